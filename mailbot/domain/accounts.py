"""Who has an account at the desk, and how far a session has come."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailbot.domain.roles import Role


class Stage(StrEnum):
    """How far somebody is with signing in."""

    FIRST = "first"
    """The first factor was shown; nothing is seen yet."""
    FULL = "full"
    """Both factors were shown."""


@dataclass(frozen=True, slots=True)
class Account:
    """An officer as the door knows them; not signed in by this."""

    id: int
    board_id: int
    address: str = field(repr=False)
    name: str = field(repr=False)
    role: Role
    active: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of one officer."""

    id: int
    account: Account
    stage: Stage
    door: str
    """By which first factor: `web` for a password, else the name of the provider."""
    sign_in_id: int | None
    started: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Factors:
    """Which second factors an officer has."""

    one_time_code: bool
    passkeys: int
    recovery_codes: int
    """How many are left."""

    @property
    def any(self) -> bool:
        """Say whether there is one to ask for; recovery codes stand in for one, they are none."""
        return self.one_time_code or self.passkeys > 0


@dataclass(frozen=True, slots=True)
class Passkey:
    """One registered passkey."""

    id: int
    name: str
    added: datetime
    used: datetime | None
    credential_id: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    sign_count: int
