"""A receiving mail server that remembers every letter and misbehaves on demand."""

import asyncio
import ssl
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.servers.certificates import Certificates
from tests.servers.loopback import HOST, eventually, free_ports
from tests.servers.sink_session import SIGN_IN, Letter, SinkSession

Answer = TypeVar("Answer")


@dataclass
class Script:
    """What goes wrong, and how often still; -1 is for ever."""

    step: str
    """`CONNECT`, `MAIL`, `RCPT`, `DATA` (the last answer), or `BODY` (in the middle of DATA)."""
    act: str
    """The answer to give, or `hang`, `drop`, `keep_and_drop`, `answer_and_drop`."""
    times: int = -1
    recipient: str | None = None


class Sink:
    """One SMTP server with STARTTLS on *port*, with TLS from the start on *tls_port*."""

    host = HOST
    user, password = SIGN_IN[0].decode(), SIGN_IN[1].decode()

    def __init__(self, certificates: Certificates) -> None:
        self.port, self.tls_port = free_ports(2)
        self.ca_file = certificates.authority
        self.letters: list[Letter] = []
        self.connections = 0
        self.commands: list[str] = []
        self.scripts: list[Script] = []
        self.offers_starttls = True
        self.offers_utf8 = True
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(certificates.chain, certificates.key)
        self._loop = asyncio.new_event_loop()
        self._listeners: list[asyncio.Server] = []
        self.sessions: set[SinkSession] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sink", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()
        self.open()

    def remove(self) -> None:
        """Stop for good."""
        self.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def open(self) -> None:
        """Listen again on the same ports after close()."""
        self._run(self._listen())

    def close(self) -> None:
        """Refuse new connections and cut those that are open, as a server that is down."""
        self._run(self._shut())

    def cut(self) -> None:
        """Cut the open connections only, as a server that clears idle sessions."""
        self._run(self._cut())

    def answer(
        self, code: str, *, at: str = "DATA", times: int = -1, recipient: str | None = None
    ) -> None:
        """Answer *code* (as `451 4.7.1 later`) at a step, *times* or for ever."""
        self.scripts.append(Script(at, code, times, recipient))

    def greylist(self, times: int = 1) -> None:
        """Answer the first *times* letters with 451, then take them."""
        self.answer("451 4.7.1 Greylisted, try again later", at="RCPT", times=times)

    def refuse(self, recipient: str, code: str = "550 5.1.1 No such user") -> None:
        """Refuse this recipient for good."""
        self.answer(code, at="RCPT", recipient=recipient)

    def hang(self, *, at: str = "DATA", times: int = -1) -> None:
        """Say nothing more at a step, and keep the connection."""
        self.scripts.append(Script(at, "hang", times))

    def drop(self, *, at: str = "DATA", times: int = 1) -> None:
        """Cut the connection at a step instead of an answer; the letter is not taken."""
        self.scripts.append(Script(at, "drop", times))

    def drop_in_body(self, times: int = 1) -> None:
        """Cut the connection in the middle of a letter's bytes."""
        self.drop(at="BODY", times=times)

    def take_and_drop(self, times: int = 1) -> None:
        """Take the letter, but cut the connection before saying so."""
        self.scripts.append(Script("DATA", "keep_and_drop", times))

    def answer_and_drop(self, times: int = 1) -> None:
        """Take the letter, say so, and cut the connection at once."""
        self.scripts.append(Script("DATA", "answer_and_drop", times))

    def behave(self) -> None:
        """Forget everything that was to go wrong; who hangs now hangs on."""
        self.scripts.clear()

    def act(self, step: str, recipient: str | None = None) -> str | None:
        """Say what is to go wrong at this step, and count it."""
        for script in self.scripts:
            if script.step == step and script.times and script.recipient in (None, recipient):
                script.times -= 1 if script.times > 0 else 0
                return script.act
        return None

    def letters_to(self, recipient: str) -> list[Letter]:
        """The letters one recipient got."""
        return [letter for letter in self.letters if recipient in letter.recipients]

    def wait_for(self, count: int, seconds: float = 20) -> list[Letter]:
        """Wait until at least *count* letters came and return them all."""
        came = eventually(seconds, lambda: len(self.letters) >= count)
        assert came, f"{len(self.letters)} of {count} letters came"
        return list(self.letters)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        plain = await loop.create_server(lambda: SinkSession(self, self._context), HOST, self.port)
        tls = await loop.create_server(
            lambda: SinkSession(self, self._context), HOST, self.tls_port, ssl=self._context
        )
        self._listeners = [plain, tls]

    async def _shut(self) -> None:
        for listener in self._listeners:
            listener.close()
        self._listeners = []
        await self._cut()

    async def _cut(self) -> None:
        for session in list(self.sessions):
            session.cut()
        await asyncio.sleep(0.01)

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)
