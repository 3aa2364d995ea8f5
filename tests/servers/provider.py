"""A small OpenID provider on loopback: real discovery, real keys, real codes with PKCE."""

import secrets
import socket
import threading
import time
from typing import Any

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "mailbot-client", "a secret between provider and desk"


class Provider:
    """Signs one person in without asking; a test says who, and what goes wrong."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        """Laid over the claims of a token, to spoil it."""
        self.now = time.time
        self._key = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
        self._another = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
        self.signs_with_another_key = False
        self._codes: dict[str, dict[str, str]] = {}
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.issuer = f"http://localhost:{self._socket.getsockname()[1]}/tenant"
        routes = [
            Route("/tenant/.well-known/openid-configuration", self._metadata),
            Route("/tenant/authorize", self._authorize),
            Route("/tenant/token", self._token, methods=["POST"]),
            Route("/tenant/keys", self._keys),
        ]
        config = uvicorn.Config(Starlette(routes=routes), log_level="warning", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})

    def start(self) -> None:
        """Serve."""
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)

    def remove(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join()

    async def _metadata(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert ("code", CLIENT, "S256") == (
            asked["response_type"],
            asked["client_id"],
            asked["code_challenge_method"],
        )
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 302)

    async def _token(self, request: Request) -> Response:
        sent = {key: str(value) for key, value in (await request.form()).items()}
        asked = self._codes.pop(sent["code"], None)
        if asked is None or not self._right(sent, asked):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(self.now())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.claims,
        }
        key = self._another if self.signs_with_another_key else self._key
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
        return JSONResponse({"id_token": token, "access_token": "x", "token_type": "Bearer"})

    def _right(self, sent: dict[str, str], asked: dict[str, str]) -> bool:
        return (
            create_s256_code_challenge(sent["code_verifier"]) == asked["code_challenge"]
            and (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
            and sent["redirect_uri"] == asked["redirect_uri"]
        )
