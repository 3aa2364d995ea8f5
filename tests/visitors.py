"""A browser without a screen: sends what it is told, keeps its token, follows nothing by itself."""

import ssl
from http.cookies import SimpleCookie
from typing import Any, Self

import httpx

from mailbot.domain.roles import Role
from mailbot.web.cookies import TOKEN
from tests.desks import DeskServer

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Visitor:
    """One browser at a desk, with the session of a role, or with none."""

    def __init__(self, desk: DeskServer, role: Role | None = None) -> None:
        self.desk = desk
        self.token = desk.session(role) if role else ""
        self.cookies: dict[str, str] = {}
        # Plain HTTP on loopback: reading the system's authorities each time would be the slowest part.
        self._client = httpx.Client(base_url=desk.url, follow_redirects=False, verify=NO_TLS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page."""
        return self._heard(self._client.get(path, headers={**self._cookie(), **headers}))

    def post(self, path: str, /, **fields: Any) -> httpx.Response:
        """Send a form as our own pages do: with its token, from our origin."""
        if not self.token:
            self.get("/sign-in")
        data = {"csrf": self.desk.csrf(self.token), **fields}
        headers = {**self._cookie(), "Origin": self.desk.url}
        return self._heard(self._client.post(path, data=data, headers=headers))

    def send(self, method: str, path: str, **words: Any) -> httpx.Response:
        """Send anything at all, with the token and nothing else."""
        headers = {**self._cookie(), **words.pop("headers", {})}
        return self._heard(self._client.request(method, path, headers=headers, **words))

    def _cookie(self) -> dict[str, str]:
        cookies = {**self.cookies, **({TOKEN: self.token} if self.token else {})}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def _heard(self, answer: httpx.Response) -> httpx.Response:
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                if name == TOKEN:
                    self.token = morsel.value
                elif morsel.value:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer
