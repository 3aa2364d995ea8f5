"""Show on the mail server that a message has been worked on, as well as the server allows."""

import logging
from collections.abc import Sequence

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.adapters.imap_folders import Folders

_log = logging.getLogger(__name__)

BATCH = 500
"""UIDs in one command; some servers refuse longer lines."""


class Marks:
    """
    The ways to mark, best first: move, copy and expunge, keyword, nothing.

    Nothing is a way too: what has been worked on stands in the house's own ledger, and the
    mark on the server only tells a person who looks into the mailbox.
    """

    def __init__(self, session: IMAPClient, folders: Folders, keyword: str) -> None:
        self._session = session
        self._folders = folders
        self._keyword = keyword.encode("ascii")

    def mark(
        self, uids: Sequence[int], done_folder: str | None, permanent_flags: Sequence[bytes]
    ) -> bool:
        """
        Move or flag these messages of the selected folder.

        Args:
            uids: the messages; those no longer there are no failure.
            done_folder: where to move them, None to leave them where they are.
            permanent_flags: what SELECT said may be stored (RFC 3501, 7.1).

        Returns:
            Whether the server shows them as worked on now.
        """
        whole = True
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            moved = done_folder is not None and self._move(batch, done_folder)
            whole = (moved or self._flag(batch, permanent_flags)) and whole
        return whole

    def _move(self, uids: Sequence[int], done_folder: str) -> bool:
        name = self._folders.real_name(done_folder)
        try:
            self._folders.ensure(name)
            return self._carry(uids, name)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            _log.info("worked mail cannot be moved yet: %s", type(error).__name__)
        try:
            # A person may have removed the folder since it was seen.
            self._folders.ensure(name, again=True)
            return self._carry(uids, name)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            _log.warning("worked mail cannot be moved: %s", type(error).__name__)
            return False

    def _carry(self, uids: Sequence[int], name: str) -> bool:
        if self._session.has_capability("MOVE"):
            self._session.move(uids, name)
        elif self._session.has_capability("UIDPLUS"):
            self._session.copy(uids, name)
            self._session.add_flags(uids, [b"\\Deleted"], silent=True)
            self._session.uid_expunge(uids)
        else:
            # A bare EXPUNGE would also remove what a person has marked as deleted.
            return False
        return True

    def _flag(self, uids: Sequence[int], permanent_flags: Sequence[bytes]) -> bool:
        if b"\\*" not in permanent_flags and self._keyword not in permanent_flags:
            return False
        try:
            self._session.add_flags(uids, [self._keyword], silent=True)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            _log.warning("worked mail cannot be flagged: %s", type(error).__name__)
            return False
        return True
