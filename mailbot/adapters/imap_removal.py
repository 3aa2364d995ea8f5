"""Removes mails from a mail server, and only what matches byte for byte."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.adapters.imap_fetch import fetch_group, groups, sizes
from mailbot.adapters.imap_line import Line, OpenLine
from mailbot.adapters.imap_session import MailboxAddress, Token
from mailbot.domain.ports import FolderState
from mailbot.domain.retention_book import ServerCopy

_log = logging.getLogger(__name__)

BATCH = 500


class ImapRemoval:
    """
    One mailbox, open for removing; its connection is its own and it belongs to one thread.

    A mail got a new UID when it was moved, and a person may have moved it again. So every folder
    is searched: first by size, which the server knows without opening anything, then by
    Message-ID, since some servers only estimate sizes. What is found is fetched, and only what
    has the keyed hash of the bytes that were once stored is removed.
    """

    def __init__(
        self, address: MailboxAddress, digest: Callable[[bytes], bytes], token: Token | None = None
    ) -> None:
        self._limit = address.size_limit
        self._line = Line(address, token)
        self._digest = digest
        self._known: dict[str, Known] = {}

    def remove(self, wanted: Sequence[ServerCopy]) -> frozenset[int]:
        """
        Remove every message that matches a wanted mail byte for byte.

        Returns:
            The mails of which a copy is still there, because the server would not part with it.

        Raises:
            MailboxUnavailable: the server cannot be reached; what was removed stays removed.
        """
        stuck: set[int] = set()
        with self._line.held() as line:
            folders = _own_folders(line)
            found: set[int] = set()
            for folder in folders:
                known = self._look(line, folder)
                there = self._of_size(known.sizes, wanted)
                found |= self._take(line, known, there, wanted, stuck)
            for folder in folders if (rest := _not_in(wanted, found)) else ():
                known = self._look(line, folder)
                self._take(line, known, _of_message_id(line, rest), rest, stuck)
        return frozenset(stuck)

    def close(self) -> None:
        """Sign out; never raises."""
        self._line.close()

    def _look(self, line: OpenLine, folder: str) -> "Known":
        uidvalidity = line.select(folder)
        known = self._known.get(folder)
        if known is None or known.uidvalidity != uidvalidity:
            known = self._known[folder] = Known(folder, uidvalidity)
        there = set(line.session.search("ALL"))
        for gone in set(known.sizes) - there:
            del known.sizes[gone]
        new = sorted(there - set(known.sizes))
        for start in range(0, len(new), BATCH):
            known.sizes.update(sizes(line.session, new[start : start + BATCH]))
        return known

    def _of_size(self, known: Mapping[int, int], wanted: Sequence[ServerCopy]) -> set[int]:
        whole = {one.size for one in wanted if not one.truncated}
        cut = any(one.truncated for one in wanted)
        return {uid for uid, size in known.items() if size in whole or (cut and size > self._limit)}

    def _take(
        self,
        line: OpenLine,
        known: "Known",
        uids: set[int],
        wanted: Sequence[ServerCopy],
        stuck: set[int],
    ) -> set[int]:
        by_name = {(one.content_hash, one.truncated): one.mail_id for one in wanted}
        found: dict[int, int] = {}
        state = FolderState(known.folder, known.uidvalidity, ())
        weights = {uid: known.sizes[uid] for uid in sorted(uids & set(known.sizes))}
        for group in groups(weights, self._limit):
            sized = {uid: weights[uid] for uid in group}
            for message in fetch_group(line.session, state, sized, self._limit):
                name = self._digest(message.raw), message.truncated
                if name in by_name:
                    found[message.uid] = by_name[name]
        if found and not _take_out(line, list(found)):
            stuck |= set(found.values())
        return set(found.values())


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a folder: the size of every message by its UID, asked for once a run."""

    folder: str
    uidvalidity: int
    sizes: dict[int, int] = field(default_factory=dict)


def _own_folders(line: OpenLine) -> list[str]:
    """Leave out what others share with this account (RFC 2342): that is not this mailbox."""
    names = line.folders.names()
    if not line.session.has_capability("NAMESPACE"):
        return names
    spaces = line.session.namespace()
    others = tuple(
        str(prefix)
        for space in (spaces.other, spaces.shared)
        for prefix, _ in space or ()
        if prefix
    )
    return [name for name in names if not name.startswith(others)]


def _not_in(wanted: Sequence[ServerCopy], found: set[int]) -> list[ServerCopy]:
    return [one for one in wanted if one.mail_id not in found]


def _of_message_id(line: OpenLine, wanted: Sequence[ServerCopy]) -> set[int]:
    found: set[int] = set()
    for one in wanted:
        if one.message_id and one.message_id.isascii() and one.message_id.isprintable():
            # The angle brackets may have been lost on the way; SEARCH looks for a part.
            text = one.message_id.strip("<>")
            found.update(line.session.search(["HEADER", "Message-ID", text]))
    return found


def _take_out(line: OpenLine, uids: list[int]) -> bool:
    """Remove these messages of the selected folder, and no other; False when that cannot be."""
    session = line.session
    try:
        if session.has_capability("UIDPLUS"):
            session.add_flags(uids, [b"\\Deleted"], silent=True)
            session.uid_expunge(uids)
            return True
        if set(session.search("DELETED")) - set(uids):
            # A bare EXPUNGE would also remove what a person has marked as deleted.
            return False
        session.add_flags(uids, [b"\\Deleted"], silent=True)
        session.expunge()
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        _log.warning("worked mail cannot be removed: %s", type(error).__name__)
        return False
    return True
