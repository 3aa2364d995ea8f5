"""Open and sign in one IMAP session, with every failure by the name the house knows."""

import imaplib
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.adapters.tls import Security, refuse_plain_text, tls_context
from mailbot.domain.errors import MailboxRefused, MailboxUnavailable, SettingsWrong

# These loggers write whole commands and answers, with addresses and bodies, at DEBUG.
logging.getLogger("imapclient").setLevel(logging.WARNING)

# A SEARCH answer is one line; the library's own limit ends at some 140,000 UIDs.
imaplib._MAXLINE = 10_000_000  # type: ignore[attr-defined]  # noqa: SLF001

Token = Callable[[], str]
"""Gives a fresh OAuth2 access token when a session signs in."""

# RFC 5530: with these the server does not judge the password, it is merely not well.
_PASSING = frozenset({"UNAVAILABLE", "INUSE", "SERVERBUG", "LIMIT", "CONTACTADMIN"})
_KEYWORD = re.compile(r"[A-Za-z0-9$._-]+")
_RESPONSE_CODE = re.compile(r"\[([A-Z-]+)")


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where a mailbox is, and how it is to be read."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security = "tls"
    done_folder: str | None = None
    """Where worked mail goes, `/` between its levels; None marks it by keyword in place."""
    keyword: str = "$MailbotSeen"
    size_limit: int = 50 * 1024 * 1024
    """Bytes of a message to fetch at most."""
    timeout: float = 60.0
    """Seconds to wait for any one answer."""
    ca_file: str | None = None

    def __post_init__(self) -> None:
        refuse_plain_text("mailbox", self.host, self.security)
        if not _KEYWORD.fullmatch(self.keyword):
            raise SettingsWrong(
                [f"mailbox.keyword: found {self.keyword!r}; allowed: letters, digits, $ . _ -"]
            )


def open_session(address: MailboxAddress, token: Token | None = None) -> IMAPClient:
    """
    Connect, begin TLS and sign in.

    Args:
        address: the mailbox.
        token: gives an OAuth2 access token; the password is then not used.

    Raises:
        MailboxUnavailable: the server cannot be reached, or its certificate is not trusted.
        MailboxRefused: the server refuses the sign-in.
    """
    with named_failures(address.host):
        session = _connect(address)
    try:
        with named_failures(address.host):
            if address.security == "starttls":
                session.starttls(tls_context(address.ca_file))
            _sign_in(session, address, token)
    except BaseException:
        hang_up(session)
        raise
    return session


def hang_up(session: IMAPClient) -> None:
    """Close the connection without a word; never raises."""
    with suppress(IMAPClientError, OSError):
        session.shutdown()


@contextmanager
def named_failures(host: str) -> Iterator[None]:
    """Turn what the library and the network raise into MailboxUnavailable."""
    try:
        yield
    except (MailboxUnavailable, GeneratorExit):
        raise
    except (IMAPClientError, OSError, ValueError) as error:
        # The server's own words may hold an address, so only their code goes on.
        raise MailboxUnavailable(f"{host}: {_short(error)}") from None


def _connect(address: MailboxAddress) -> IMAPClient:
    encrypted = address.security == "tls"
    session = IMAPClient(
        address.host,
        address.port,
        ssl=encrypted,
        ssl_context=tls_context(address.ca_file) if encrypted else None,
        timeout=address.timeout,
    )
    # INTERNALDATE starts the legal clock, so it keeps the zone the server wrote.
    session.normalise_times = False
    return session


def _sign_in(session: IMAPClient, address: MailboxAddress, token: Token | None) -> None:
    try:
        if token is not None:
            session.oauth2_login(address.user, token())
        elif (address.user + address.password).isascii():
            session.login(address.user, address.password)
        else:
            # LOGIN knows ASCII only; SASL PLAIN carries UTF-8 (RFC 4616).
            session.plain_login(address.user, address.password)
    except IMAPClientError as error:
        lost = isinstance(error, IMAPClientAbortError) or isinstance(
            error.__context__, IMAPClientAbortError
        )
        if lost or _code(error) in _PASSING:
            raise
        raise MailboxRefused(f"{address.host}: sign-in refused {_code(error)}".rstrip()) from None


def _code(error: Exception) -> str:
    found = _RESPONSE_CODE.search(str(error))
    return found[1] if found else ""


def _short(error: Exception) -> str:
    if isinstance(error, IMAPClientError):
        return f"{type(error).__name__} {_code(error)}".rstrip()
    return f"{type(error).__name__} {getattr(error, 'errno', None) or ''}".rstrip()
