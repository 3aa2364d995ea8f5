"""Under which names the desk answers, and which page a form may come from."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from mailbot.settings.values import WebSettings

ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on.


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of the desk; the first is the one that is told to people."""

    allowed: tuple[str, ...]

    @property
    def public(self) -> str:
        """The origin people are told."""
        return self.allowed[0]

    @property
    def secure(self) -> bool:
        """Say whether people come by TLS."""
        return self.public.startswith("https:")

    @property
    def relying_party(self) -> str:
        """The name passkeys are bound to (WebAuthn 5.4.2)."""
        return urlsplit(self.public).hostname or "localhost"

    def host_allowed(self, host: str) -> bool:
        """Say whether a Host header names us; a wrong one may be a rebound name."""
        return any(urlsplit(one).netloc == host.lower() for one in self.allowed)

    def own(self, origin: str) -> bool:
        """Say whether a form was sent from one of our own pages."""
        return origin in self.allowed


def origins_of(settings: WebSettings) -> Origins:
    """Work out the origins from the settings: the public one, else this machine's."""
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        return Origins((f"{parts.scheme}://{parts.netloc.lower()}",))
    own = [] if settings.address in ANYWHERE else [settings.address]
    names = dict.fromkeys(["localhost", "127.0.0.1", *own])
    return Origins(tuple(f"http://{_in_url(name)}:{settings.port}" for name in names))


def _in_url(name: str) -> str:
    try:
        return f"[{name}]" if ipaddress.ip_address(name).version == 6 else name
    except ValueError:
        return name.lower()
