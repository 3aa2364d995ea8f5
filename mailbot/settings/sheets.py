"""The shape of mailbot.toml: which tables and keys it has and what each may hold."""

import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from mailbot.profiles.checking import HIDDEN, Sheet
from mailbot.settings.values import Security

UNITS = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
VARIABLE_NAME = r"^MAILBOT_[A-Z0-9_]+$"
HOST = re.compile(r"^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")


def is_loopback(host: str) -> bool:
    """Tell whether a connection to this host never leaves the machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _host(host: str) -> str:
    if not HOST.match(host):
        try:
            ipaddress.ip_address(host)
        except ValueError:
            raise ValueError("no host name") from None
    return host


def _size(found: object) -> object:
    if not isinstance(found, str):
        return found
    match = re.fullmatch(r"\s*(\d{1,12})\s*([A-Za-z]*)\s*", found)
    unit = UNITS.get((match[2] or "B").upper()) if match else None
    if match is None or unit is None:
        raise ValueError("no size")
    return int(match[1]) * unit


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not safe or not parts.hostname or any(mark.isspace() for mark in url):
        raise ValueError("no https address")
    return url


Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Folder = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Host = Annotated[str, AfterValidator(_host)]
Port = Annotated[int, Field(ge=1, le=65535)]
SecretName = Annotated[str, Field(pattern=VARIABLE_NAME)]
WebAddress = Annotated[str, AfterValidator(_web_address)]

NAMING_RULE = (
    "the NAME of a secret, such as {name}: capitals that begin with MAILBOT_; "
    "the value stands in that environment variable or in the file named by it with _FILE"
)
SECURITY_RULE = "tls, starttls, or none (none only for a host on this machine)"


class DatabaseSheet(Sheet):
    """`[database]`."""

    url: str = Field(
        default="sqlite:///mailbot.db",
        description="sqlite:///FILE or postgresql+psycopg://USER@HOST:PORT/NAME",
        json_schema_extra=HIDDEN,
    )
    secret: SecretName = Field(
        default="MAILBOT_DATABASE_PASSWORD",
        description=NAMING_RULE.format(name="MAILBOT_DATABASE_PASSWORD"),
        json_schema_extra=HIDDEN,
    )


class ServerSheet(Sheet):
    """What a mailbox and the outgoing server have in common."""

    host: Host = Field(description="a host name or IP address, without imaps:// or a port")
    port: Port | None = Field(default=None, description="a port from 1 to 65535")
    security: Security = Field(default=Security.TLS, description=SECURITY_RULE)

    @field_validator("security")
    @classmethod
    def _open_only_at_home(cls, security: Security, others: ValidationInfo) -> Security:
        if security is Security.NONE and not is_loopback(others.data.get("host", "localhost")):
            raise ValueError("the host is not on this machine")
        return security


class MailboxSheet(ServerSheet):
    """`[[mailbox]]`."""

    name: Line = Field(description="a name of your choice, one for each mailbox")
    board: str | None = Field(
        default=None, description="the code of a board; may be left out where there is only one"
    )
    user: Line | None = Field(
        default=None, description="the name to sign in with; left out, the board's privacy address"
    )
    secret: SecretName = Field(
        default="MAILBOT_IMAP_PASSWORD",
        description=NAMING_RULE.format(name="MAILBOT_IMAP_PASSWORD"),
        json_schema_extra=HIDDEN,
    )
    folders: tuple[Folder, ...] = Field(
        default=("INBOX", "Junk"), min_length=1, description='a list of folders, such as ["INBOX"]'
    )
    done_folder: str = Field(
        default="mailbot",
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description='a folder that is not read itself, or "" to mark mail by keyword',
    )
    cutoff: str = Field(
        description="a date or date-time such as 2026-11-22T09:00:00+01:00: mail that came before "
        "it is taken in without sending anything"
    )
    size_limit: Annotated[int, Field(ge=10_000, le=10**9), BeforeValidator(_size)] = Field(
        default=30_000_000, description='bytes, or text such as "30 MB"; from 10 KB to 1 GB'
    )
    own_mx: tuple[Line, ...] = Field(
        default=(), description="a list of the names our own MX writes in Authentication-Results"
    )

    @field_validator("done_folder")
    @classmethod
    def _done_is_not_read(cls, done_folder: str, others: ValidationInfo) -> str:
        if done_folder in others.data.get("folders", ()):
            raise ValueError("one of folders")
        return done_folder


class SmtpSheet(ServerSheet):
    """`[smtp]`."""

    user: Line | None = Field(
        default=None, description="the name to sign in with, or leave it out for no sign-in"
    )
    secret: SecretName = Field(
        default="MAILBOT_SMTP_PASSWORD",
        description=NAMING_RULE.format(name="MAILBOT_SMTP_PASSWORD"),
        json_schema_extra=HIDDEN,
    )


class RobotSheet(Sheet):
    """`[robot]`."""

    poll_seconds: int = Field(default=60, ge=1, le=3600, description="1 to 3600 seconds")
    letters_per_address_a_day: int = Field(default=5, ge=1, le=100, description="1 to 100")
    letters_an_hour: int = Field(default=200, ge=1, le=100_000, description="1 to 100000")
    quarantine_tries: int = Field(default=3, ge=1, le=10, description="1 to 10")
    ca_file: Line | None = Field(
        default=None, description="the path of a PEM file, or leave it out to trust the system's"
    )


class AlarmSheet(Sheet):
    """`[alarm]`."""

    file: Line | None = Field(default=None, description="the path of a file that monitoring reads")
    webhook: WebAddress | None = Field(
        default=None, description="an https:// address", json_schema_extra=HIDDEN
    )


class KeysSheet(Sheet):
    """`[keys]`."""

    master: SecretName = Field(
        default="MAILBOT_MASTER_KEY",
        description=NAMING_RULE.format(name="MAILBOT_MASTER_KEY"),
        json_schema_extra=HIDDEN,
    )


class WebSheet(Sheet):
    """`[web]`."""

    address: Host = Field(default="127.0.0.1", description="the address to listen on")
    port: Port = Field(default=8080, description="a port from 1 to 65535")
    public_url: WebAddress | None = Field(
        default=None, description="the https:// address at which people reach the desk"
    )
    idle_minutes: int = Field(default=30, ge=1, le=480, description="1 to 480")
    session_hours: int = Field(default=10, ge=1, le=24, description="1 to 24")
    trusted_proxies: tuple[Line, ...] = Field(
        default=(), description="a list of the IP addresses of our own proxies"
    )


class OidcSheet(Sheet):
    """`[[oidc]]`."""

    name: str = Field(
        pattern=r"^[a-z][a-z0-9-]{0,14}$",
        description="a name of your choice in small letters; part of the address to register",
    )
    label: Line = Field(description="what stands on the button, such as Microsoft")
    issuer: WebAddress = Field(description="the https:// address of the provider")
    client_id: Line = Field(description="the number the provider gave to this application")
    secret: SecretName = Field(
        default="MAILBOT_OIDC_SECRET",
        description=NAMING_RULE.format(name="MAILBOT_OIDC_SECRET"),
        json_schema_extra=HIDDEN,
    )
    vouches_for_address: bool = Field(
        default=False,
        description="true only where the provider is your own organisation's and gives every "
        "address itself, such as a single tenant of Entra ID",
    )
    asks_second_factor: bool = Field(
        default=False,
        description="true only where the provider itself asks every officer for a second factor",
    )


TABLES: dict[str, type[Sheet]] = {
    "database": DatabaseSheet,
    "mailbox": MailboxSheet,
    "smtp": SmtpSheet,
    "robot": RobotSheet,
    "alarm": AlarmSheet,
    "keys": KeysSheet,
    "web": WebSheet,
    "oidc": OidcSheet,
}
"""Every table of mailbot.toml except `[[board]]`, which is a profile with keys laid over it."""
