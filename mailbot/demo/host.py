"""The demo's mail host: it takes mail by SMTP, keeps the mailbox, and stores the letters sent."""

import asyncio
import smtplib
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session

from mailbot.demo.imap_host import LOOPBACK, Account

MX = "mx.demo.test"
"""The name under which this host writes what it found out about a sender."""
INBOX = "INBOX"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Posted:
    """One letter as the host took it from the robot."""

    return_path: str
    recipient: str = field(repr=False)
    content: bytes = field(repr=False)


class MailHost:
    """
    A mail host of one process: IMAP and SMTP on free loopback ports, in one thread.

    Mail for *address* (and its plus addresses) goes into the mailbox; everything else that is
    handed in is a letter, which is remembered and given to *keep*.
    """

    def __init__(
        self,
        address: str,
        password: str,
        clock: Callable[[], datetime],
        keep: Callable[[Posted], object] = lambda _: None,
    ) -> None:
        self.address = address
        self.letters: list[Posted] = []
        self.taken = 0
        """Mails put into the mailbox."""
        self._password = password
        self._clock = clock
        self._keep = keep
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="demo mail host", daemon=True
        )

    def __enter__(self) -> Self:
        """Start; both servers answer when this returns."""
        self._thread.start()
        try:
            self.imap_port, self.smtp_port = self._ask(self._start())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and close every connection."""
        self._ask(self._stop())
        self._end()

    def post(self, raw: bytes, sender: str, recipient: str) -> None:
        """Hand a mail in as the sender's own mail server would; an empty *sender* is a bounce's."""
        with smtplib.SMTP(LOOPBACK, self.smtp_port, local_hostname="outside.test") as session:
            session.sendmail(sender, [recipient], raw, mail_options=["BODY=8BITMIME"])

    def count(self, folder: str) -> int:
        """Count the mails in a folder of the mailbox."""
        return self._ask(self._account.count(folder))

    def letters_to(self, recipient: str) -> list[Posted]:
        """Name the letters one recipient got, oldest first."""
        return [letter for letter in self.letters if letter.recipient == recipient]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Take a mail; aiosmtpd calls this by its name."""
        content = bytes(envelope.original_content or b"")
        sender = (envelope.mail_from or "").removeprefix("<>")
        for recipient in envelope.rcpt_tos:
            if self._is_ours(recipient):
                stamped = _stamp(content, sender, recipient)
                await self._account.receive(stamped, self._clock())
                self.taken += 1
            else:
                self.letters.append(Posted(sender, recipient, content))
                self._keep(self.letters[-1])
        return "250 2.0.0 taken"

    def _is_ours(self, recipient: str) -> bool:
        local, _, domain = recipient.lower().rpartition("@")
        return f"{local.partition('+')[0]}@{domain}" == self.address

    async def _start(self) -> tuple[int, int]:
        self._account = Account(self.address, self._password)
        loop = asyncio.get_running_loop()
        imap = await self._account.serve()
        smtp = await loop.create_server(
            lambda: SMTP(self, hostname=MX, ident="demo", loop=loop), LOOPBACK, 0
        )
        self._servers = (imap, smtp)
        return _port(imap), _port(smtp)

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _ask(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])


def _stamp(raw: bytes, sender: str, recipient: str) -> bytes:
    """Write on top what an MX writes: the envelope, and that DMARC passed for the sender."""
    verdict = "dmarc=pass" if sender else "dmarc=none"
    domain = sender.rpartition("@")[2] or "unknown"
    head = (
        f"Return-Path: <{sender}>\r\n"
        f"Delivered-To: {recipient}\r\n"
        f"Authentication-Results: {MX}; {verdict} header.from={domain}\r\n"
    )
    return head.encode() + raw
