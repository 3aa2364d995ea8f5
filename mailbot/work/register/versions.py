"""Adds versions to the breach register, and lets the dates and tasks of the case follow."""

from collections.abc import Callable, Mapping
from datetime import datetime

from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import NotAllowed, UnknownEntry
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import to_utc
from mailbot.domain.register import RegisterEntry, RegisterVersion, diff
from mailbot.domain.register_checks import changed
from mailbot.domain.register_words import Act
from mailbot.work.desk import Desk
from mailbot.work.register.tasks import settle_by_register

Values = Mapping[str, object] | Callable[[RegisterEntry], Mapping[str, object]]
"""What a version changes, or a function that says so from the entry as it stands."""


def open_entry(
    desk: Desk,
    books: OpenDeskBooks,
    officer: Officer,
    *,
    case: CaseFile | None,
    received_at: datetime | None = None,
    summary: str = "",
) -> RegisterVersion:
    """
    Open an entry with its receipt, taken over from the case where there is one.

    Raises:
        NotAllowed: the case is no breach, or has an entry already.
    """
    now = desk.clock()
    if case is not None and case.kind is not Kind.BREACH:
        raise NotAllowed(f"{case.reference} is no breach; confirm its kind first")
    if case is not None and books.register.find(case.reference) is not None:
        raise NotAllowed(f"{case.reference} stands in the register already")
    heard = received_at or now
    received = to_utc(heard if case is None else case.dates.received_at)
    entry = changed(RegisterEntry(), now, received_at=received, summary=summary.strip())
    version = books.register.open(case, entry, officer, now)
    _record(books, officer, version, RegisterEntry())
    if case is not None:
        settle_by_register(books, case, RegisterEntry(), version, officer)
    return version


def add_version(
    desk: Desk,
    books: OpenDeskBooks,
    officer: Officer,
    reference: str,
    *,
    act: Act,
    values: Values,
) -> RegisterVersion:
    """
    Add a version with these values, note it, and let the tasks and dates of the case follow.

    Raises:
        UnknownEntry: there is none, or this officer is kept away from its case.
        EntryWrong: the entry would contradict itself.
    """
    now = desk.clock()
    known(books, officer, reference)
    case = books.cases.by_reference(reference)
    if case is not None:
        # The case first, as every act does, so that two officers never wait for each other.
        case = books.decisions.lock(reference)
    before = books.register.lock(reference)
    follows = {} if case is None else {"received_at": case.dates.received_at}
    terms = desk.clockwork.profile.terms
    given = values(before.entry) if callable(values) else values
    entry = changed(before.entry, now, terms, **{**follows, **given})
    version = books.register.write(before, entry, act, officer, now)
    _record(books, officer, version, before.entry)
    if case is not None:
        settle_by_register(books, case, before.as_it_stands, version, officer)
    _redate(desk, books, version.case_id, reference)
    return version


def known(books: OpenDeskBooks, officer: Officer, reference: str) -> RegisterVersion:
    """Find an entry that this officer is not kept away from (reglement 8.9.4)."""
    found = books.register.find(reference)
    if found is None or found.case_id in books.handling.hidden_from(officer):
        raise UnknownEntry(
            f"the register has no entry {reference}; open one with: mailbot register open"
        )
    return found


def _record(
    books: OpenDeskBooks,
    officer: Officer,
    version: RegisterVersion,
    before: RegisterEntry,
) -> None:
    detail = (
        ("entry", version.reference),
        ("version", str(version.number)),
        ("fields", " ".join(change.name for change in diff(before, version.entry))),
    )
    kind = f"register_{version.act.value}"
    books.cases.record(
        Event(kind, version.at, version.case_id, officer_id=officer.id, detail=detail)
    )


def _redate(desk: Desk, books: OpenDeskBooks, case_id: int | None, reference: str) -> None:
    case = books.cases.by_reference(reference) if case_id is not None else None
    if case is not None and case.kind is Kind.BREACH:
        standing = books.register.standing(case.id)
        dates = desk.clockwork.breach(case.dates.received_at, standing)
        books.register.redate(case.id, dates)
