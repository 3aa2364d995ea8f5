"""Open one SMTP session, and name what an SMTP server's answers mean for a letter."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import aiosmtplib

from mailbot.adapters.smtp_answers import unavailable
from mailbot.adapters.tls import Security, refuse_plain_text, tls_context

Token = Callable[[], str]
"""Gives a fresh OAuth2 access token when a session signs in."""


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


class Session(aiosmtplib.SMTP):
    """
    A session that is cut at once when it ends, unsent bytes included.

    The library closes politely: over TLS that waits for the server's own goodbye, which a server
    that takes nothing any more never says, and which may outlive the event loop.
    """

    def close(self) -> None:
        """Cut the connection without a word; the library calls this too, after any failure."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()
        super().close()


async def open_session(office: PostOffice, token: Token | None) -> Session:
    """
    Connect, begin TLS and sign in.

    Raises:
        PostOfficeUnavailable: whatever the reason; no letter is to blame.
    """

    async def oauth_token() -> str:
        assert token is not None
        # It may ask a server and take its time.
        return await asyncio.to_thread(token)

    session = Session(
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
        session.close()
        raise unavailable(office.host, error) from None
    except BaseException:
        session.close()
        raise
    return session
