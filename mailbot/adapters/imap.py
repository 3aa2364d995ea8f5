"""Read one mailbox over IMAP; the house's `Mailbox`."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, IMAPClientReadOnlyError

from mailbot.adapters.imap_fetch import BATCH, fetch_group, groups, sizes
from mailbot.adapters.imap_folders import Folders
from mailbot.adapters.imap_marks import Marks
from mailbot.adapters.imap_session import (
    MailboxAddress,
    Token,
    hang_up,
    named_failures,
    open_session,
)
from mailbot.adapters.imap_wait import wait_for_news
from mailbot.domain.errors import MailboxUnavailable
from mailbot.domain.ports import Fetched, FolderState

_log = logging.getLogger(__name__)


class ImapMailbox:
    """
    One mailbox, connected when first used and again after every failure.

    It belongs to one thread; only close() may be called from another one.
    """

    def __init__(self, address: MailboxAddress, token: Token | None = None) -> None:
        self._address = address
        self._token = token
        self._session: IMAPClient | None = None
        self._folders: Folders | None = None
        self._selected: tuple[str, int] | None = None
        self._highest: dict[str, tuple[int, int]] = {}
        """What look() saw last: UIDVALIDITY and the highest UID of each folder."""
        self._permanent_flags: tuple[bytes, ...] = ()
        self._warned = False
        self._closing = threading.Event()
        self._busy = threading.RLock()

    def folders(self) -> Sequence[str]:
        """
        Name the folders that exist, as the server names them.

        Raises:
            MailboxUnavailable: see look().
        """
        with self._on_the_wire() as (_, folders):
            return folders.names()

    def look(self, folder: str) -> FolderState:
        """
        Select a folder and list its UIDs, oldest first.

        Raises:
            MailboxRefused: the sign-in was refused.
            MailboxUnavailable: the server or the folder cannot be reached.
        """
        with self._on_the_wire() as (session, _):
            uidvalidity = self._select(folder)
            # Some servers tell of new mail only after a NOOP that follows an IDLE.
            session.noop()
            uids = tuple(sorted(session.search("ALL")))
            self._highest[folder] = (uidvalidity, max(uids, default=0))
            return FolderState(folder, uidvalidity, uids)

    def fetch(self, state: FolderState, uids: Sequence[int]) -> Iterator[Fetched]:
        """
        Fetch messages whole, or their beginning past the size limit, without marking them.

        Raises:
            MailboxUnavailable: the connection broke, or the folder is not the one of *state*
                any more; what was yielded before is whole.
        """
        limit = self._address.size_limit
        for start in range(0, len(uids), BATCH):
            # The connection is not held while the caller works on what was yielded.
            with self._on_the_wire() as (session, _):
                self._reselect(state)
                found = sizes(session, uids[start : start + BATCH])
            for group in groups(found, limit):
                with self._on_the_wire() as (session, _):
                    self._reselect(state)
                    weights = {uid: found[uid] for uid in group}
                    messages = fetch_group(session, state, weights, limit)
                yield from messages

    def mark(self, state: FolderState, uids: Sequence[int]) -> None:
        """
        Move these to the done folder or mark them by keyword, whatever the server allows.

        Raises:
            MailboxUnavailable: see fetch().
        """
        if not uids:
            return
        with self._on_the_wire() as (session, folders):
            self._reselect(state)
            marks = Marks(session, folders, self._address.keyword)
            shown = marks.mark(uids, self._address.done_folder, self._permanent_flags)
        if not shown and not self._warned:
            self._warned = True
            _log.warning("this mail server allows no marks; the ledger alone knows what is done")

    def wait(self, folder: str, seconds: float) -> bool:
        """
        Wait for new mail with IDLE, or just wait; close() ends it.

        Returns:
            Whether the server told of new mail.

        Raises:
            MailboxUnavailable: see look().
        """
        end = time.monotonic() + seconds
        with self._on_the_wire() as (session, _):
            uidvalidity, highest = self._highest.get(folder, (0, 0))
            if self._selected is None or self._selected[0] != folder:
                seen = self.look(folder)
                if seen.uidvalidity != uidvalidity:
                    highest = max(seen.uids, default=0)
            if session.has_capability("IDLE"):
                return wait_for_news(session, highest, end, self._closing)
        self._closing.wait(max(0.0, end - time.monotonic()))
        return False

    def close(self) -> None:
        """Sign out, also while another thread waits; never raises."""
        self._closing.set()
        with self._busy:
            session, self._session = self._session, None
            if session is not None:
                with suppress(IMAPClientError, OSError):
                    session.logout()
                hang_up(session)

    @contextmanager
    def _on_the_wire(self) -> Iterator[tuple[IMAPClient, Folders]]:
        """Give a signed-in session, and drop it when anything at all goes wrong with it."""
        with self._busy:
            if self._closing.is_set():
                raise MailboxUnavailable(f"{self._address.host}: closed")
            try:
                with named_failures(self._address.host):
                    if self._session is None or self._folders is None:
                        self._session = open_session(self._address, self._token)
                        self._folders = Folders(self._session)
                    yield self._session, self._folders
            except MailboxUnavailable:
                self._drop()
                raise

    def _drop(self) -> None:
        session, self._session = self._session, None
        self._selected = None
        if session is not None:
            hang_up(session)

    def _select(self, folder: str) -> int:
        assert self._session is not None
        assert self._folders is not None
        self._selected = None
        name = self._folders.real_name(folder)
        try:
            answer = self._session.select_folder(name)
        except IMAPClientReadOnlyError:
            # The library takes it for a failure that we may only read here; it is none.
            answer = self._session.select_folder(name, readonly=True)
        # Where the server does not say, everything may be stored (RFC 3501, 7.1).
        self._permanent_flags = tuple(answer.get(b"PERMANENTFLAGS", (b"\\*",)))
        uidvalidity = answer.get(b"UIDVALIDITY")
        if not isinstance(uidvalidity, int):
            raise MailboxUnavailable(f"{self._address.host}: the folder has no UIDVALIDITY")
        self._selected = (folder, uidvalidity)
        return uidvalidity

    def _reselect(self, state: FolderState) -> None:
        """Make sure the UIDs of *state* still mean the messages they meant (RFC 3501, 2.3.1.1)."""
        if self._selected is None or self._selected[0] != state.folder:
            self._select(state.folder)
        if self._selected != (state.folder, state.uidvalidity):
            raise MailboxUnavailable("the folder was made anew since it was looked at")
