"""One connection to the sink, acting as the sink's script says."""

import asyncio
import ssl
from dataclasses import dataclass
from typing import Protocol

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SIGN_IN = (b"robot", b"secret")


@dataclass(frozen=True)
class Letter:
    """One letter as it came."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    options: tuple[str, ...] = ()
    encrypted: bool = False


class Recorder(Protocol):
    """What a connection tells the sink, and asks of it."""

    letters: list[Letter]
    connections: int
    commands: list[str]
    sessions: set["SinkSession"]
    offers_starttls: bool
    offers_utf8: bool

    def act(self, step: str, recipient: str | None = None) -> str | None:
        """Say what is to go wrong at this step, and count it."""
        ...


class SinkSession(SMTP):
    """One connection, acting as the script says."""

    def __init__(self, sink: Recorder, context: ssl.SSLContext) -> None:
        self._sink = sink
        super().__init__(
            _Handler(sink),
            hostname="sink.example",
            ident="ESMTP",
            enable_SMTPUTF8=sink.offers_utf8,
            tls_context=context if sink.offers_starttls else None,
            authenticator=_sign_in,
            auth_require_tls=True,
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection; STARTTLS calls this a second time for the same one."""
        if self._original_transport is None:
            self._sink.connections += 1
            self._sink.sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection."""
        self._sink.sessions.discard(self)
        super().connection_lost(error)

    def cut(self) -> None:
        """Reset the connection."""
        transport = self._original_transport or self.transport
        if transport is not None:
            transport.abort()

    async def push(self, status: str | bytes) -> None:
        """Answer, unless the script wants something else at this step."""
        text = status.decode() if isinstance(status, bytes) else status
        if text.startswith("220 sink.example"):
            text = await self.scripted("CONNECT") or text
        if text.startswith("354"):
            await super().push(text)
            await self.scripted("BODY")
            return
        await super().push(text)
        if text == _LAST_WORDS:
            self._writer.close()

    async def scripted(self, step: str) -> str | None:
        """Hang or drop if the script says so, else return the answer it wants."""
        act = self._sink.act(step)
        if act == "hang":
            await asyncio.sleep(3600)
        if act == "drop":
            if step == "BODY":
                await self._reader.readexactly(20)
            self.cut()
            raise asyncio.CancelledError
        return act


_LAST_WORDS = "250 2.0.0 Taken, goodbye"


class _Handler:
    """Remembers what came."""

    def __init__(self, sink: Recorder) -> None:
        self._sink = sink

    async def handle_MAIL(  # noqa: N802  # aiosmtpd calls it by this name.
        self,
        server: SinkSession,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        self._sink.commands.append("MAIL")
        answer = await server.scripted("MAIL")
        if answer is not None:
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it by this name.
        self,
        server: SinkSession,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        self._sink.commands.append("RCPT")
        answer = self._sink.act("RCPT", address)
        if answer == "hang":
            await asyncio.sleep(3600)
        if answer == "drop":
            server.cut()
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_RSET(  # noqa: N802  # aiosmtpd calls it by this name.
        self, server: SinkSession, session: Session, envelope: Envelope
    ) -> str:
        self._sink.commands.append("RSET")
        return "250 2.0.0 OK"

    async def handle_QUIT(  # noqa: N802  # aiosmtpd calls it by this name.
        self, server: SinkSession, session: Session, envelope: Envelope
    ) -> str:
        self._sink.commands.append("QUIT")
        return "221 2.0.0 Bye"

    async def handle_DATA(  # noqa: N802  # aiosmtpd calls it by this name.
        self, server: SinkSession, session: Session, envelope: Envelope
    ) -> str:
        self._sink.commands.append("DATA")
        act = self._sink.act("DATA")
        if act == "hang":
            await asyncio.sleep(3600)
        if act == "drop":
            server.cut()
            raise asyncio.CancelledError
        if act is not None and act[:1].isdigit():
            return act
        self._sink.letters.append(
            Letter(
                (envelope.mail_from or "").removeprefix("<>"),
                tuple(envelope.rcpt_tos),
                bytes(envelope.content or b""),
                tuple(envelope.mail_options),
                server.transport.get_extra_info("sslcontext") is not None,
            )
        )
        if act == "keep_and_drop":
            server.cut()
            raise asyncio.CancelledError
        return _LAST_WORDS if act == "answer_and_drop" else "250 2.0.0 OK queued"


def _sign_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, words: object
) -> AuthResult:
    right = isinstance(words, LoginPassword) and (words.login, words.password) == SIGN_IN
    return AuthResult(success=right, handled=False)
