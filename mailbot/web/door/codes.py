"""One-time codes from an app (RFC 6238) and recovery codes on paper."""

import base64
import hmac
from collections.abc import Callable, Sequence
from datetime import datetime

import pyotp

from mailbot.adapters.door import OpenDoor
from mailbot.domain.accounts import Account, Factors

STEP = 30
"""Seconds for which a code is shown."""
AROUND = (0, -1, 1)
"""The step of now and its neighbours: a telephone's clock may be off by half a minute."""
SEED_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
"""Eighty bits; a keyed hash of it cannot be tried out."""
ISSUER = "mailbot"


def new_seed(random: Callable[[int], bytes]) -> str:
    """Make a seed of 160 bits (RFC 4226, requirement 6)."""
    return base64.b32encode(random(SEED_BYTES)).decode()


def step_of(seed: str, code: str, now: datetime) -> int | None:
    """Say which step a code belongs to; None when it is no code of around now."""
    digits = "".join(code.split())
    steps = int(now.timestamp()) // STEP
    generator = pyotp.HOTP(seed)
    for near in AROUND:
        if hmac.compare_digest(generator.at(steps + near).encode(), digits.encode()):
            return steps + near
    return None


def address_for_app(seed: str, account: Account, board: str) -> str:
    """Write what an authenticator app reads from the picture."""
    return pyotp.TOTP(seed).provisioning_uri(name=account.address, issuer_name=f"{ISSUER} {board}")


def code_fits(door: OpenDoor, account: Account, code: str, now: datetime) -> bool:
    """Take a code of an officer's app; each code is taken once."""
    seed = door.seeds.find(account)
    step = step_of(seed, code, now) if seed else None
    return step is not None and door.seeds.take(account, step)


def recovery_codes(random: Callable[[int], bytes]) -> Sequence[str]:
    """Make codes for a sheet of paper: four groups of four letters and digits."""
    return [_grouped(random(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]


def factors_of(door: OpenDoor, account: Account) -> Factors:
    """Say which second factors an officer has."""
    return Factors(
        door.seeds.has(account), door.passkeys.count(account), door.recovery.left(account)
    )


def _grouped(raw: bytes) -> str:
    text = base64.b32encode(raw).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
