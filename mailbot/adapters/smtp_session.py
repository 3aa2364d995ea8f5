"""Open one SMTP session, and name what an SMTP server's answers mean for a letter."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parseaddr

import aiosmtplib

from mailbot.adapters.tls import Security, refuse_plain_text, tls_context
from mailbot.domain.errors import LetterRefused, PostOfficeUnavailable
from mailbot.domain.ports import Envelope

Token = Callable[[], str]
"""Gives a fresh OAuth2 access token when a session signs in."""

# Answers about the connection or our sign-in. They would be the same for every letter, so no
# letter is refused for them: all of them wait (RFC 5321, 4.2.3; RFC 4954, 6).
_ABOUT_US = frozenset({421, 503, 530, 534, 535, 538})

_PLAIN = re.compile(r"[^\s\x00-\x20\x7f-\xa0\ud800-\udfff<>,;]*")

MAILBOX_NAME_NOT_ALLOWED = 553
"""Our own answer to an address that cannot be written on this wire."""


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Where letters are handed in."""

    host: str
    port: int
    user: str | None = None
    password: str = field(default="", repr=False)
    security: Security = "starttls"
    ca_file: str | None = None
    ehlo_name: str | None = None
    """What we call ourselves; None takes the name of this machine."""
    timeout: float = 60.0
    """Seconds for each step but the last."""
    data_timeout: float = 600.0
    """Seconds for the answer to a whole letter. Who hangs up sooner sends letters twice
    (RFC 5321, 4.5.3.2.6; RFC 1047)."""
    letters_per_connection: int = 100
    idle_seconds: float = 60.0
    """A connection unused for longer is opened anew."""

    def __post_init__(self) -> None:
        refuse_plain_text("smtp", self.host, self.security)


async def open_session(office: PostOffice, token: Token | None) -> aiosmtplib.SMTP:
    """
    Connect, begin TLS and sign in.

    Raises:
        PostOfficeUnavailable: whatever the reason; no letter is to blame.
    """

    async def oauth_token() -> str:
        assert token is not None
        return token()

    session = aiosmtplib.SMTP(
        hostname=office.host,
        port=office.port,
        local_hostname=office.ehlo_name,
        timeout=office.timeout,
        use_tls=office.security == "tls",
        start_tls=office.security == "starttls",
        tls_context=None if office.security == "none" else tls_context(office.ca_file),
        username=office.user,
        password=None if office.user is None else office.password,
        oauth_token_generator=None if token is None else oauth_token,
    )
    try:
        await session.connect()
        if session.is_ehlo_or_helo_needed:
            await session.ehlo()
    except (aiosmtplib.SMTPException, OSError) as error:
        hang_up(session, session.transport)
        raise unavailable(office, error) from None
    except BaseException:
        hang_up(session, session.transport)
        raise
    return session


def hang_up(session: aiosmtplib.SMTP, transport: asyncio.BaseTransport | None) -> None:
    """
    Cut the connection without a word, unsent bytes included.

    Args:
        session: what to close.
        transport: what the session ran on; after a timeout the library has let go of it, and
            merely closing it would wait for a server that takes nothing any more.
    """
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
    session.close()


def mail_options(session: aiosmtplib.SMTP, envelope: Envelope, letter: bytes) -> list[str]:
    """
    Say in MAIL FROM what the letter needs: its size, 8 bit, UTF-8 addresses.

    Raises:
        LetterRefused: the address is not ASCII and the server does not speak SMTPUTF8.
    """
    options = []
    if session.supports_extension("size"):
        options.append(f"SIZE={len(letter)}")
    if not letter.isascii() and session.supports_extension("8bitmime"):
        options.append("BODY=8BITMIME")
    if not is_ascii(envelope):
        if not session.supports_extension("smtputf8"):
            raise LetterRefused(permanent=True, code=MAILBOX_NAME_NOT_ALLOWED)
        options.append("SMTPUTF8")
    return options


def refuse_unwritable(envelope: Envelope) -> None:
    """
    Refuse addresses that would not stand in the command exactly as they are given.

    The library strips what it takes for a display name or a comment, and a letter must go to
    the recorded address or to nobody.

    Raises:
        LetterRefused: for good, since it would be the same every time.
    """
    for address in (envelope.return_path, envelope.recipient):
        if not _PLAIN.fullmatch(address) or parseaddr(address)[1] != address:
            raise LetterRefused(permanent=True, code=MAILBOX_NAME_NOT_ALLOWED)
    if "@" not in envelope.recipient:
        raise LetterRefused(permanent=True, code=MAILBOX_NAME_NOT_ALLOWED)


def is_ascii(envelope: Envelope) -> bool:
    """Whether both addresses can be written without SMTPUTF8 (RFC 6531)."""
    return envelope.return_path.isascii() and envelope.recipient.isascii()


def meaning(
    office: PostOffice, error: aiosmtplib.SMTPException | OSError
) -> LetterRefused | PostOfficeUnavailable:
    """
    Tell whether an error is about this letter or about the connection.

    Args:
        office: for naming the host.
        error: what the library raised while a letter was handed over.
    """
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0
    if code in _ABOUT_US or not 400 <= code < 600:
        return unavailable(office, error)
    return LetterRefused(permanent=code >= 500, code=code)


def unavailable(office: PostOffice, error: Exception) -> PostOfficeUnavailable:
    """Name what happened without the server's words, which may hold an address."""
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else ""
    return PostOfficeUnavailable(f"{office.host}: {type(error).__name__} {code}".rstrip())
