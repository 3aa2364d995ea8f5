"""Passkeys (W3C WebAuthn 3): our question, the browser's answer, and whether it fits."""

import base64
from collections.abc import Sequence
from datetime import timedelta

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from mailbot.adapters.door import OpenDoor
from mailbot.domain.accounts import Account, Passkey
from mailbot.web.asked import Asked

NEW, KNOWN = "new passkey", "passkey"
WAITS = timedelta(minutes=5)
CHALLENGE_BYTES = 32
MOST = 10
"""Passkeys of one officer; more are a mistake."""


def ask_for_new(asked: Asked, door: OpenDoor, account: Account) -> str:
    """Write the question with which a browser makes a passkey, as JSON."""
    options = generate_registration_options(
        rp_id=asked.house.origins.relying_party,
        rp_name="mailbot",
        user_id=asked.house.vault.keyed_hash(f"passkeys of {account.id}"),
        user_name=account.address,
        user_display_name=account.name,
        challenge=_challenge(asked, door, NEW),
        timeout=int(WAITS.total_seconds() * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_described(door.passkeys.of(account)),
    )
    return options_to_json(options)


def take_new(asked: Asked, door: OpenDoor, account: Account, answer: str, name: str) -> bool:
    """Register the passkey a browser made; False when its answer does not fit our question."""
    challenge = _taken(asked, door, NEW)
    if challenge is None or door.passkeys.count(account) >= MOST:
        return False
    made = _registered(asked, challenge, answer)
    if made is None:
        return False
    return door.passkeys.add(
        account,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name[:60] or "passkey",
        now=asked.now,
    )


def ask_for_known(asked: Asked, door: OpenDoor, account: Account) -> str:
    """Write the question with which a browser shows one of an officer's passkeys, as JSON."""
    options = generate_authentication_options(
        rp_id=asked.house.origins.relying_party,
        challenge=_challenge(asked, door, KNOWN),
        timeout=int(WAITS.total_seconds() * 1000),
        allow_credentials=_described(door.passkeys.of(account)),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def passkey_fits(asked: Asked, door: OpenDoor, account: Account, answer: str) -> bool:
    """Say whether an answer was signed by one of this officer's passkeys, just now, for us."""
    challenge = _taken(asked, door, KNOWN)
    if challenge is None:
        return False
    for key in door.passkeys.of(account):
        shown = _shown(asked, challenge, answer, key)
        if shown is not None:
            door.passkeys.used(key, shown.new_sign_count, asked.now)
            return True
    return False


def _challenge(asked: Asked, door: OpenDoor, purpose: str) -> bytes:
    challenge = asked.house.random(CHALLENGE_BYTES)
    words = {"challenge": base64.b64encode(challenge).decode()}
    door.challenges.ask(asked.token, purpose, words, asked.now, asked.now + WAITS)
    return challenge


def _taken(asked: Asked, door: OpenDoor, purpose: str) -> bytes | None:
    words = door.challenges.take(asked.token, purpose, asked.now)
    return base64.b64decode(words["challenge"]) if words else None


def _described(keys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=key.credential_id) for key in keys]


def _registered(asked: Asked, challenge: bytes, answer: str) -> VerifiedRegistration | None:
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=asked.house.origins.relying_party,
            expected_origin=list(asked.house.origins.allowed),
        )
    except Exception:  # noqa: BLE001 - CBOR and base64 from outside fail in any way they like.
        return None


def _shown(
    asked: Asked, challenge: bytes, answer: str, key: Passkey
) -> VerifiedAuthentication | None:
    try:
        if parse_authentication_credential_json(answer).raw_id != key.credential_id:
            return None
        return verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=asked.house.origins.relying_party,
            expected_origin=list(asked.house.origins.allowed),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except Exception:  # noqa: BLE001 - CBOR and base64 from outside fail in any way they like.
        return None
