"""The settings as the house uses them: frozen, complete, secrets in wrappers that never show."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mailbot.domain.board import BoardProfile
from mailbot.settings.secrets import Secret


class Security(StrEnum):
    """How a connection to a mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"
    """For loopback only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """Where everything is kept."""

    url: str = field(repr=False)
    """For SQLAlchemy, the password in it; a SQLite path is absolute."""
    shown: str
    """The same without its password, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """One mailbox that the robot reads."""

    name: str
    board: str
    """The code of its board."""
    host: str
    port: int
    security: Security
    user: str
    password: Secret[str]
    folders: tuple[str, ...]
    """Folders to read; those that do not exist are looked over."""
    done_folder: str
    """Where worked mail goes; the empty string marks it by keyword instead."""
    cutoff: datetime
    """Aware; older mail is imported without sending anything."""
    size_limit: int
    """Bytes; of a larger mail only the beginning is fetched."""
    own_mx: tuple[str, ...]
    """Authserv-ids of our own MX; no other Authentication-Results counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The server that takes our letters."""

    host: str
    port: int
    security: Security
    user: str | None
    """None where the server asks for no sign-in; then there is no password either."""
    password: Secret[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotSettings:
    """How the robot behaves."""

    poll_seconds: int
    letters_per_address_a_day: int
    letters_an_hour: int
    quarantine_tries: int
    ca_file: Path | None
    """Authorities to trust beside the system's, for a mail server with a certificate of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSettings:
    """The second channel to a person."""

    file: Path | None
    webhook: Secret[str] | None
    """Often holds a token, so it is treated as a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySettings:
    """The key that wraps every other key."""

    master: Secret[bytes]
    """32 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """Where the desk is served."""

    address: str
    port: int
    public_url: str | None
    idle_minutes: int = 30
    """After so long without a page an officer signs in again."""
    session_hours: int = 10
    """However busy, nobody stays signed in longer than a working day."""
    trusted_proxies: tuple[str, ...] = ()
    """Who may say from which address and by which scheme a request came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings:
    """A provider by which officers may show who they are."""

    name: str
    label: str
    issuer: str
    client_id: str
    secret: Secret[str]
    vouches_for_address: bool
    """Whether an address counts without the provider's word that it was verified."""
    asks_second_factor: bool
    """Whether our own second step is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything mailbot is told, checked."""

    path: Path
    """The file these were read from."""
    database: DatabaseSettings
    boards: tuple[BoardProfile, ...]
    mailboxes: tuple[MailboxSettings, ...]
    smtp: SmtpSettings
    robot: RobotSettings
    alarm: AlarmSettings
    keys: KeySettings
    web: WebSettings
    oidc: tuple[OidcSettings, ...] = ()
    warnings: tuple[str, ...] = ()
    """What is allowed but unwise, one line each."""

    def board(self, code: str) -> BoardProfile:
        """
        Return the board with this code.

        Raises:
            KeyError: no such board.
        """
        for board in self.boards:
            if board.code == code:
                return board
        raise KeyError(code)
