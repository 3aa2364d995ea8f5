"""Fetch messages in batches small enough for memory, whole or their beginning."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.domain.errors import MailboxUnavailable
from mailbot.domain.ports import Fetched, FolderState

_log = logging.getLogger(__name__)

BATCH = 50
BATCH_BYTES = 32 * 1024 * 1024
"""A batch also ends here, so that large messages never pile up in memory."""

Answer = Mapping[int, Mapping[bytes, object]]


def sizes(session: IMAPClient, uids: Sequence[int]) -> dict[int, int]:
    """Ask how large these messages of the selected folder are; those gone meanwhile are left out."""
    answer: Answer = session.fetch(uids, ["RFC822.SIZE"])
    found = {uid: answer[uid].get(b"RFC822.SIZE") for uid in uids if uid in answer}
    return {uid: size for uid, size in found.items() if isinstance(size, int)}


def groups(sizes_by_uid: Mapping[int, int], size_limit: int) -> Iterator[list[int]]:
    """Divide into groups to fetch with one command; a message to be cut is a group of its own."""
    group: list[int] = []
    weight = 0
    for uid, size in sizes_by_uid.items():
        cut = size > size_limit
        if group and (cut or weight + size > BATCH_BYTES):
            yield group
            group, weight = [], 0
        group.append(uid)
        weight += size
        if cut:
            yield group
            group, weight = [], 0
    if group:
        yield group


def fetch_group(
    session: IMAPClient, state: FolderState, group: Mapping[int, int], size_limit: int
) -> list[Fetched]:
    """
    Fetch one group of messages of the selected folder without marking them.

    A message that is gone meanwhile is left out. So is one the server cannot give although
    it gives the others: one bad message may not keep back the rest.

    Args:
        session: signed in, with the folder selected.
        state: the folder as it was seen.
        group: sizes by UID, from groups().
        size_limit: bytes after which a message is cut.

    Raises:
        MailboxUnavailable: the server's answer makes no sense.
    """
    cut = size_limit if max(group.values()) > size_limit else None
    answer = _ask(session, list(group), cut)
    return [
        _fetched(state, uid, answer[uid], size_limit, size)
        for uid, size in group.items()
        if _body(answer.get(uid, {})) is not None
    ]


def _ask(session: IMAPClient, uids: Sequence[int], cut: int | None) -> Answer:
    # PEEK leaves \Seen to the people who read this mailbox beside the robot.
    body = "BODY.PEEK[]" if cut is None else f"BODY.PEEK[]<0.{cut}>"
    try:
        answer: Answer = session.fetch(uids, [body, "INTERNALDATE"])
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        if len(uids) > 1:
            return {uid: one for lone in uids for uid, one in _ask(session, [lone], cut).items()}
        _log.warning("the server does not give UID %d: %s", uids[0], type(error).__name__)
        return {}
    return answer


def _fetched(
    state: FolderState, uid: int, parts: Mapping[bytes, object], size_limit: int, size: int
) -> Fetched:
    raw = _body(parts)
    received = parts.get(b"INTERNALDATE")
    if not isinstance(raw, bytes) or not isinstance(received, datetime):
        raise MailboxUnavailable(f"the server gives UID {uid} without body or date")
    # Some servers only estimate RFC822.SIZE, so the bytes themselves are measured again.
    truncated = size > size_limit or len(raw) > size_limit
    return Fetched(
        state.folder, state.uidvalidity, uid, received, raw[:size_limit], truncated=truncated
    )


def _body(parts: Mapping[bytes, object]) -> object:
    return parts.get(b"BODY[]", parts.get(b"BODY[]<0>"))
