"""A small TCP proxy that cuts or delays a connection where a test says."""

import contextlib
import socket
import threading
import time

from tests.servers.loopback import HOST


class CuttingProxy:
    """Passes bytes on to *target_port* until *cut_after* bytes came back from there."""

    def __init__(self, target_port: int, host: str = HOST) -> None:
        self.host = host
        self.target_port = target_port
        self.cut_after: int | None = None
        """Bytes from the server after which a connection is cut; None never cuts."""
        self.cut_upward_after: int | None = None
        """The same for bytes from the client."""
        self.delay = 0.0
        """Seconds to wait before each piece from the server."""
        self.connections = 0
        self.passed = 0
        """Bytes the last connection got from the server."""
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server((host, 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="proxy", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Cut all open connections now."""
        for side in list(self._open):
            self._reset(side)

    def remove(self) -> None:
        """Stop listening and cut everything."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection((HOST, self.target_port))
            except OSError:
                client.close()
                continue
            self.connections += 1
            self.passed = 0
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open |= {client, server}
            for source, target, down in ((client, server, False), (server, client, True)):
                threading.Thread(
                    target=self._pass_on, args=(source, target, down), daemon=True
                ).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, down: bool) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                limit = self.cut_after if down else self.cut_upward_after
                if down:
                    time.sleep(self.delay)
                if limit is not None:
                    piece = piece[: limit - passed]
                target.sendall(piece)
                passed += len(piece)
                if down:
                    self.passed = passed
                if limit is not None and passed >= limit:
                    break
        for side in (source, target):
            self._reset(side)

    def _reset(self, side: socket.socket) -> None:
        self._open.discard(side)
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
        side.close()
