"""Hold the line to one IMAP server: connect when needed, drop when broken, know what is selected."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, IMAPClientReadOnlyError

from mailbot.adapters.imap_folders import Folders
from mailbot.adapters.imap_session import (
    MailboxAddress,
    Token,
    hang_up,
    named_failures,
    open_session,
)
from mailbot.domain.errors import MailboxUnavailable
from mailbot.domain.ports import FolderState


@dataclass(slots=True)
class OpenLine:
    """A signed-in session, and what it shows now."""

    session: IMAPClient
    host: str
    folders: Folders
    selected: tuple[str, int] | None = None
    """The folder and its UIDVALIDITY."""
    permanent_flags: tuple[bytes, ...] = field(default=())

    def select(self, folder: str) -> int:
        """
        Select a folder afresh.

        Returns:
            Its UIDVALIDITY.

        Raises:
            MailboxUnavailable: when it has none, so that its UIDs mean nothing.
        """
        self.selected = None
        name = self.folders.real_name(folder)
        try:
            answer = self.session.select_folder(name)
        except IMAPClientReadOnlyError:
            # The library takes it for a failure that we may only read here; it is none.
            answer = self.session.select_folder(name, readonly=True)
        # Where the server does not say, everything may be stored (RFC 3501, 7.1).
        self.permanent_flags = tuple(answer.get(b"PERMANENTFLAGS", (b"\\*",)))
        uidvalidity = answer.get(b"UIDVALIDITY")
        if not isinstance(uidvalidity, int):
            raise MailboxUnavailable(f"{self.host}: the folder has no UIDVALIDITY")
        self.selected = (folder, uidvalidity)
        return uidvalidity

    def select_again(self, state: FolderState) -> None:
        """
        Make sure the UIDs of *state* still mean what they meant (RFC 3501, 2.3.1.1).

        Raises:
            MailboxUnavailable: the folder is another one now, under the same name.
        """
        if self.selected is None or self.selected[0] != state.folder:
            self.select(state.folder)
        if self.selected != (state.folder, state.uidvalidity):
            raise MailboxUnavailable(f"{self.host}: the folder was made anew since the last look")


class Line:
    """The line to one server, for one thread at a time; close() may come from any thread."""

    def __init__(self, address: MailboxAddress, token: Token | None) -> None:
        self._address = address
        self._token = token
        self._open: OpenLine | None = None
        self._turn = threading.RLock()
        self.closing = threading.Event()

    @contextmanager
    def held(self) -> Iterator[OpenLine]:
        """Give the open line, and drop it when anything at all goes wrong with it."""
        with self._turn:
            if self.closing.is_set():
                raise MailboxUnavailable(f"{self._address.host}: closed")
            try:
                with named_failures(self._address.host):
                    if self._open is None:
                        session = open_session(self._address, self._token)
                        self._open = OpenLine(session, self._address.host, Folders(session))
                    yield self._open
            except BaseException:
                self._drop()
                raise

    def close(self) -> None:
        """Sign out, once whoever holds the line lets go of it; never raises."""
        self.closing.set()
        with self._turn:
            if self._open is not None:
                with suppress(IMAPClientError, OSError):
                    self._open.session.logout()
            self._drop()

    def _drop(self) -> None:
        line, self._open = self._open, None
        if line is not None:
            hang_up(line.session)
