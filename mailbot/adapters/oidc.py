"""Asks an OpenID provider who somebody is: code flow with PKCE, and a token that must hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from mailbot.domain.errors import ProviderFailed

SCOPE = "openid email profile"
ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signed with the provider's own key; `none` and shared secrets are not on the list."""
LEEWAY = 120
"""Seconds by which the provider's clock may differ from ours."""
PATIENCE = 10.0
LARGEST = 1_000_000
VERIFIER_LENGTH = 64
"""Letters; RFC 7636 asks for 43 to 128."""


@dataclass(frozen=True, slots=True)
class OutsideIdentity:
    """Who somebody is, as a provider says."""

    issuer: str
    subject: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """One provider, as the settings name it."""

    name: str
    label: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    vouches_for_address: bool
    asks_second_factor: bool

    def begin(self, back: str) -> tuple[str, Mapping[str, str]]:
        """
        Work out where to send a browser, and what to remember until it comes back.

        Raises:
            ProviderFailed: the provider does not answer, or names another issuer.
        """
        words = {name: generate_token(VERIFIER_LENGTH) for name in ("state", "nonce", "verifier")}
        url = prepare_grant_uri(
            self._metadata()["authorization_endpoint"],
            client_id=self.client_id,
            response_type="code",
            redirect_uri=back,
            scope=SCOPE,
            state=words["state"],
            nonce=words["nonce"],
            code_challenge=create_s256_code_challenge(words["verifier"]),
            code_challenge_method="S256",
        )
        return str(url), words

    def finish(
        self, code: str, back: str, words: Mapping[str, str], now: datetime
    ) -> OutsideIdentity:
        """
        Exchange the code a browser brought for who its person is.

        Raises:
            ProviderFailed: the code is none, or the token does not hold, or no address is verified.
        """
        metadata = self._metadata()
        answer = self._ask(
            "POST",
            metadata["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": back,
                "client_id": self.client_id,
                "client_secret": self.secret,
                "code_verifier": words["verifier"],
            },
        )
        keys = self._ask("GET", metadata["jwks_uri"])
        claims = self._claims(answer, keys, words["nonce"], now)
        return OutsideIdentity(self.issuer, str(claims["sub"]), self._address(claims))

    def _claims(
        self, answer: Mapping[str, Any], keys: Mapping[str, Any], nonce: str, now: datetime
    ) -> Mapping[str, Any]:
        """Hold the token against OpenID Connect Core 3.1.3.7."""
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        try:
            token = jwt.decode(
                str(answer["id_token"]),
                KeySet.import_key_set(keys),  # type: ignore[arg-type]
                algorithms=ALGORITHMS,
            )
            params = {
                "nonce": nonce,
                "client_id": self.client_id,
                "access_token": answer.get("access_token"),
            }
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise ProviderFailed(f"the token of {self.name} does not hold") from error
        return dict(claims)

    def _address(self, claims: Mapping[str, Any]) -> str:
        """Read the address, where somebody has made sure that it is this person's."""
        verified = claims.get("email_verified") in {True, "true"}
        address = claims.get("email")
        if self.vouches_for_address:
            address = address or claims.get("preferred_username")
        if not isinstance(address, str) or not (verified or self.vouches_for_address):
            raise ProviderFailed(f"{self.name} gave no verified address")
        return address

    def _metadata(self) -> Mapping[str, Any]:
        found = self._ask("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise ProviderFailed(f"{self.name} names another issuer than the settings")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            scheme = urlsplit(str(found.get(name))).scheme
            if scheme != urlsplit(self.issuer).scheme:
                raise ProviderFailed(f"{self.name} names no safe {name}")
        return found

    def _ask(self, method: str, url: str, **words: Any) -> Mapping[str, Any]:
        try:
            with httpx.Client(timeout=PATIENCE, follow_redirects=False) as client:
                answer = client.request(method, url, **words)
            found = answer.json() if len(answer.content) <= LARGEST else None
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderFailed(f"{self.name} cannot be asked") from error
        if not answer.is_success or not isinstance(found, dict):
            raise ProviderFailed(f"{self.name} answered with {answer.status_code}")
        return found
