"""Fetches mail from a mailbox into the ledger, and only then marks it on the server."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.books import Books
from mailbot.domain.ports import Fetched, FolderState, Mailbox

BATCH = 50
"""Mails a commit; a MOVE of fifty costs little more than a MOVE of one."""
BATCH_BYTES = 20_000_000
"""A batch of large mails is cut off here, so that memory stays small."""


@dataclass(frozen=True, slots=True)
class Source:
    """One mailbox as intake knows it."""

    number: int
    folders: tuple[str, ...]
    cutoff: datetime
    """Mail received before this is imported without sending anything."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What one visit brought."""

    new: int = 0
    """Mails that were never seen before."""
    not_given: int = 0
    """Mails that the server showed but did not give; a thorough visit asks for them again."""

    def __add__(self, other: "Collected") -> "Collected":
        return Collected(self.new + other.new, self.not_given + other.not_given)


def collect(
    mailbox: Mailbox, source: Source, books: Books, now: datetime, *, thorough: bool = False
) -> Collected:
    """
    Fetch everything that was never stored, folder by folder, oldest first.

    1. Look which UIDs of the folder are new to the ledger; a *thorough* visit also looks for
       earlier ones that the server could not give when they were new.
    2. Store them in batches, each in one commit, with their bytes encrypted.
    3. Only then mark or move them on the server; what a crash left unmarked is marked now.

    Raises:
        MailboxUnavailable: the server went away; what was committed stays, the rest comes later.
    """
    there = set(mailbox.folders())
    collected = Collected()
    for folder in source.folders:
        if folder in there:
            state = mailbox.look(folder)
            collected += _collect_folder(mailbox, state, source, books, now, thorough=thorough)
    return collected


def _collect_folder(
    mailbox: Mailbox,
    state: FolderState,
    source: Source,
    books: Books,
    now: datetime,
    *,
    thorough: bool,
) -> Collected:
    with books.opened() as open_books:
        unseen = list(open_books.ledger.unseen(source.number, state))
        if thorough:
            unseen = [*open_books.ledger.passed_over(source.number, state), *unseen]
        left = open_books.ledger.unmarked(source.number, state)
    new = given = 0
    _mark(mailbox, state, source, books, left)
    for batch in _batches(mailbox.fetch(state, unseen)):
        with books.opened() as open_books:
            new += open_books.ledger.store(source.number, batch, source.cutoff, now)
        given += len(batch)
        _mark(mailbox, state, source, books, [fetched.uid for fetched in batch])
    return Collected(new, len(unseen) - given)


def _mark(
    mailbox: Mailbox, state: FolderState, source: Source, books: Books, uids: Sequence[int]
) -> None:
    if not uids:
        return
    mailbox.mark(state, uids)
    with books.opened() as open_books:
        open_books.ledger.marked(source.number, state, uids)


def _batches(mails: Iterator[Fetched]) -> Iterator[list[Fetched]]:
    batch: list[Fetched] = []
    size = 0
    for fetched in mails:
        batch.append(fetched)
        size += len(fetched.raw)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
