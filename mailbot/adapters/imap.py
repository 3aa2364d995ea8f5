"""Read one mailbox over IMAP; the house's `Mailbox`."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence

from mailbot.adapters.imap_fetch import BATCH, fetch_group, groups, sizes
from mailbot.adapters.imap_line import Line
from mailbot.adapters.imap_marks import Marks
from mailbot.adapters.imap_session import MailboxAddress, Token
from mailbot.adapters.imap_wait import wait_for_news
from mailbot.domain.errors import MailboxUnavailable
from mailbot.domain.ports import Fetched, FolderState

_log = logging.getLogger(__name__)

_HANGUPS_IN_A_ROW = 3
"""After so many it is the server that is unwell, not a message."""


class ImapMailbox:
    """
    One mailbox, connected when first used and again after every failure.

    It belongs to one thread; only close() may be called from another one.
    """

    def __init__(self, address: MailboxAddress, token: Token | None = None) -> None:
        self._address = address
        self._line = Line(address, token)
        self._highest: dict[str, tuple[int, int]] = {}
        """What look() saw last: UIDVALIDITY and the highest UID of each folder."""
        self._warned = False

    def folders(self) -> Sequence[str]:
        """
        Name the folders that exist, as the server names them.

        Raises:
            MailboxUnavailable: see look().
        """
        with self._line.held() as line:
            return line.folders.names()

    def look(self, folder: str) -> FolderState:
        """
        Select a folder and list its UIDs, oldest first.

        Raises:
            MailboxRefused: the sign-in was refused.
            MailboxUnavailable: the server or the folder cannot be reached.
        """
        with self._line.held() as line:
            uidvalidity = line.select(folder)
            # Some servers tell of new mail only after a NOOP that follows an IDLE.
            line.session.noop()
            uids = tuple(sorted(line.session.search("ALL")))
        self._highest[folder] = (uidvalidity, max(uids, default=0))
        return FolderState(folder, uidvalidity, uids)

    def fetch(self, state: FolderState, uids: Sequence[int]) -> Iterator[Fetched]:
        """
        Fetch messages whole, or their beginning past the size limit, without marking them.

        What is asked for and does not come is either gone from the folder or cannot be read by
        the server itself; the next look tells which.

        Raises:
            MailboxUnavailable: the server cannot be reached, or the folder is not the one of *state*
                any more; what was yielded before is whole.
        """
        for start in range(0, len(uids), BATCH):
            # The line is not held while the caller works on what was yielded.
            with self._line.held() as line:
                line.select_again(state)
                found = sizes(line.session, uids[start : start + BATCH])
            for group in groups(found, self._address.size_limit):
                yield from self._group(state, {uid: found[uid] for uid in group})

    def mark(self, state: FolderState, uids: Sequence[int]) -> None:
        """
        Move these to the done folder or mark them by keyword, whatever the server allows.

        Raises:
            MailboxUnavailable: see fetch().
        """
        if not uids:
            return
        with self._line.held() as line:
            line.select_again(state)
            marks = Marks(line.session, line.folders, self._address.keyword)
            shown = marks.mark(uids, self._address.done_folder, line.permanent_flags)
        if not shown and not self._warned:
            self._warned = True
            _log.warning("this mail server allows no marks; the ledger alone knows what is done")

    def wait(self, folder: str, seconds: float) -> bool:
        """
        Wait for new mail with IDLE, or just wait; close() ends it.

        Returns:
            Whether the server told of new mail since the last look at this folder.

        Raises:
            MailboxUnavailable: see look().
        """
        end = time.monotonic() + seconds
        with self._line.held() as line:
            uidvalidity, highest = self._highest.get(folder, (0, 0))
            if line.selected is None or line.selected[0] != folder:
                line.select(folder)
            if line.selected != (folder, uidvalidity):
                # Never looked at, or made anew: everything in it is news.
                highest = 0
            if line.session.has_capability("IDLE"):
                return wait_for_news(line.session, highest, end, self._line.closing)
        self._line.closing.wait(max(0.0, end - time.monotonic()))
        return False

    def close(self) -> None:
        """Sign out, also while another thread waits; never raises."""
        self._line.close()

    def _group(self, state: FolderState, weights: Mapping[int, int]) -> Iterator[Fetched]:
        try:
            messages = self._at_once(state, weights)
        except MailboxUnavailable:
            # Some servers hang up over a message they cannot read. Alone on its own connection
            # it keeps back no other.
            yield from self._one_by_one(state, weights)
        else:
            yield from messages

    def _one_by_one(self, state: FolderState, weights: Mapping[int, int]) -> Iterator[Fetched]:
        in_a_row = 0
        for uid, size in weights.items():
            with self._line.held() as line:
                line.select_again(state)
            try:
                messages = self._at_once(state, {uid: size})
                in_a_row = 0
            except MailboxUnavailable:
                in_a_row += 1
                if in_a_row == _HANGUPS_IN_A_ROW:
                    raise
                _log.warning("the server hangs up over UID %d; the others are fetched", uid)
                continue
            yield from messages

    def _at_once(self, state: FolderState, weights: Mapping[int, int]) -> list[Fetched]:
        with self._line.held() as line:
            line.select_again(state)
            return fetch_group(line.session, state, weights, self._address.size_limit)
