"""Say how a connection to a mail server is protected."""

import ipaddress
import ssl
from typing import Literal

from mailbot.domain.errors import SettingsWrong

Security = Literal["tls", "starttls", "none"]


def refuse_plain_text(key: str, host: str, security: Security) -> None:
    """
    Refuse a connection without TLS to anything but this machine itself.

    Args:
        key: the settings table the connection comes from, as `mailbox` or `smtp`.
        host: the name or address of the server.
        security: what the settings ask for.

    Raises:
        SettingsWrong: when mail would cross a network in plain text (GDPR 32).
    """
    if security == "none" and not is_loopback(host):
        raise SettingsWrong(
            [f"{key}.security: found none; allowed: tls, starttls (none on loopback only)"]
        )


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine itself; a name other than localhost never is."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """
    Make a context that verifies the server's certificate and name.

    Args:
        ca_file: authorities in PEM to trust instead of the system's.

    Raises:
        SettingsWrong: when *ca_file* cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise SettingsWrong(
            [f"ca_file: found {ca_file}; allowed: a readable PEM file ({type(error).__name__})"]
        ) from error
