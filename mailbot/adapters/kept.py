"""Finds everything whose term runs, and the mails that go with it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import (
    Instant,
    cases,
    closure,
    data_key,
    decision,
    event,
    letter,
    mail,
    raw_mail,
    sighting,
)
from mailbot.adapters.schema_merging import merged_case
from mailbot.adapters.schema_register import register_entry, register_key, register_version
from mailbot.adapters.schema_retention import looked
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import local_day
from mailbot.domain.retention import HANDED_OUT_BY, Candidate, Category, Item, category_of
from mailbot.domain.retention_book import ServerCopy

UNDER_WAY = ("waiting", "sending")
"""States of a letter that still leaves; what it belongs to stays until it has left."""
COPY_DESTROYED = "copy_destroyed"
"""The event by which an officer says that the school's own copy is gone."""
CASE_FILES = frozenset({Category.REQUEST, Category.COMPLAINT, Category.BREACH, Category.OTHER})
MAILS = frozenset({Category.PARKED, Category.AUTOMATIC})


def candidates(shelf: Shelf, zone: ZoneInfo, only: Item | None) -> Sequence[Candidate]:
    """List everything whose term runs, or only what one item is about."""
    found: list[Candidate] = []
    for categories, rows in (
        (CASE_FILES, _case_files),
        (CASE_FILES, _merged_files),
        ({Category.REGISTER}, _entries),
        (MAILS, _mails),
        ({Category.LETTER}, _letters),
        ({Category.COPY}, _handed_out),
    ):
        if only is None or only.category in categories:
            found.extend(rows(shelf, zone, only.number if only else None))
    return found


def copies_of(shelf: Shelf, item: Item) -> Sequence[ServerCopy]:
    """List the mails that go with an item: those that no other file needs any more."""
    if item.category in CASE_FILES:
        of_case = or_(
            mail.c.case_id == item.number,
            raw_mail.c.id.in_(select(cases.c.mail_id).where(cases.c.id == item.number)),
        )
        which = and_(of_case, ~_needed_by_another(item.number))
    elif item.category in MAILS:
        which = raw_mail.c.id == item.number
    else:
        return []
    query = (
        select(raw_mail, mail.c.sealed.label("words"), data_key.c.wrapped)
        .outerjoin(mail, mail.c.id == raw_mail.c.id)
        .join(data_key, data_key.c.id == raw_mail.c.key_id)
        .where(raw_mail.c.board_id == shelf.board_id, which)
        .order_by(raw_mail.c.id)
    )
    return [_copy(shelf, row) for row in shelf.connection.execute(query).all()]


def _copy(shelf: Shelf, row: Any) -> ServerCopy:
    words = shelf.unseal(row.wrapped, "mail", row.words) if row.words is not None else {}
    seen = select(sighting.c.mailbox_id).where(sighting.c.raw_id == row.id).distinct()
    return ServerCopy(
        row.id,
        frozenset(shelf.connection.execute(seen).scalars()),
        row.size,
        row.truncated,
        bytes(row.content_hash),
        words.get("message_id"),
    )


def _needed_by_another(case_id: int) -> ColumnElement[bool]:
    other = cases.alias()
    return exists().where(
        other.c.id != case_id,
        other.c.key_id.is_not(None),
        or_(other.c.mail_id == raw_mail.c.id, other.c.id == mail.c.case_id),
    )


def _case_files(shelf: Shelf, zone: ZoneInfo, number: int | None) -> Iterator[Candidate]:
    """Closed cases with nothing under way: no letter still to leave, no mail still to be read."""
    of_case = mail.c.case_id == cases.c.id
    last_mail = (
        select(func.max(raw_mail.c.received_at, type_=Instant))
        .join(mail, mail.c.id == raw_mail.c.id)
        .where(of_case)
        .scalar_subquery()
    )
    leaving = exists().where(letter.c.case_id == cases.c.id, letter.c.state.in_(UNDER_WAY))
    query = (
        select(cases.c.id, cases.c.reference, cases.c.kind, closure.c.at, last_mail.label("last"))
        .join(closure, closure.c.id == cases.c.closure_id)
        .where(
            cases.c.board_id == shelf.board_id,
            cases.c.state == "closed",
            cases.c.key_id.is_not(None),
            ~exists().where(of_case, mail.c.waits.is_(True)),
            ~leaving,
        )
    )
    for row in _rows(shelf, query, cases.c.id, number):
        since = _latest(zone, row.at, row.last)
        yield Candidate(category_of(Kind(row.kind)), row.reference, row.id, since)


def _merged_files(shelf: Shelf, zone: ZoneInfo, number: int | None) -> Iterator[Candidate]:
    """Cases that are merged into a closed one: they close with it, and their term runs with its."""
    other = cases.alias()
    of_case = mail.c.case_id == cases.c.id
    leaving = exists().where(letter.c.case_id == cases.c.id, letter.c.state.in_(UNDER_WAY))
    query = (
        select(cases.c.id, cases.c.reference, closure.c.at)
        .add_columns(func.coalesce(cases.c.kind, other.c.kind).label("kind"))
        .join(merged_case, merged_case.c.case_id == cases.c.id)
        .join(other, other.c.id == merged_case.c.into_id)
        .join(closure, closure.c.id == other.c.closure_id)
        .where(
            cases.c.board_id == shelf.board_id,
            other.c.state == "closed",
            cases.c.key_id.is_not(None),
            ~exists().where(of_case, mail.c.waits.is_(True)),
            ~leaving,
        )
    )
    for row in _rows(shelf, query, cases.c.id, number):
        since = _latest(zone, row.at)
        yield Candidate(category_of(Kind(row.kind)), row.reference, row.id, since)


def _entries(shelf: Shelf, zone: ZoneInfo, number: int | None) -> Iterator[Candidate]:
    """Entries of the breach register whose case, if they have one, is closed."""
    entry = register_entry
    last = (
        select(func.max(register_version.c.at, type_=Instant))
        .where(register_version.c.entry_id == entry.c.id)
        .scalar_subquery()
    )
    query = (
        select(entry.c.id, entry.c.reference, entry.c.opened_at, last.label("last"), closure.c.at)
        .join(register_key, register_key.c.entry_id == entry.c.id)
        .outerjoin(cases, cases.c.id == entry.c.case_id)
        .outerjoin(closure, closure.c.id == cases.c.closure_id)
        .where(
            entry.c.board_id == shelf.board_id,
            register_key.c.key_id.is_not(None),
            or_(entry.c.case_id.is_(None), cases.c.state == "closed"),
        )
    )
    for row in _rows(shelf, query, entry.c.id, number):
        since = _latest(zone, row.opened_at, row.last, row.at)
        yield Candidate(Category.REGISTER, row.reference, row.id, since)


def _mails(shelf: Shelf, zone: ZoneInfo, number: int | None) -> Iterator[Candidate]:
    """Mails without a case that a person looked at; nothing goes unseen."""
    in_a_case = exists().where(
        cases.c.key_id.is_not(None),
        or_(cases.c.mail_id == raw_mail.c.id, cases.c.id == mail.c.case_id),
    )
    query = (
        select(raw_mail.c.id, mail.c.outcome, looked.c.at)
        .join(looked, looked.c.mail_id == raw_mail.c.id)
        .outerjoin(mail, mail.c.id == raw_mail.c.id)
        .where(
            raw_mail.c.board_id == shelf.board_id,
            raw_mail.c.key_id.is_not(None),
            raw_mail.c.state.in_(["worked", "quarantined"]),
            ~in_a_case,
            ~exists().where(letter.c.mail_id == raw_mail.c.id, letter.c.state.in_(UNDER_WAY)),
        )
    )
    for row in _rows(shelf, query, raw_mail.c.id, number):
        category = Category.AUTOMATIC if row.outcome == "automatic" else Category.PARKED
        yield Candidate(category, f"mail {row.id}", row.id, _latest(zone, row.at))


def _letters(shelf: Shelf, zone: ZoneInfo, number: int | None) -> Iterator[Candidate]:
    """Letters of no case and no mail."""
    query = select(letter.c.id, letter.c.written_at).where(
        letter.c.board_id == shelf.board_id,
        letter.c.case_id.is_(None),
        letter.c.mail_id.is_(None),
        letter.c.key_id.is_not(None),
        letter.c.state.not_in(UNDER_WAY),
    )
    for row in _rows(shelf, query, letter.c.id, number):
        since = _latest(zone, row.written_at)
        yield Candidate(Category.LETTER, f"letter {row.id}", row.id, since)


def _handed_out(shelf: Shelf, zone: ZoneInfo, number: int | None) -> Iterator[Candidate]:
    """Granted cases whose copy nobody has said to be destroyed."""
    told = (
        select(func.min(letter.c.accepted_at, type_=Instant))
        .where(letter.c.decision_id == decision.c.id)
        .scalar_subquery()
    )
    said = exists().where(event.c.case_id == cases.c.id, event.c.kind == COPY_DESTROYED)
    query = (
        select(cases.c.id, cases.c.reference, decision.c.at, told.label("told"))
        .join(closure, closure.c.id == cases.c.closure_id)
        .join(decision, decision.c.id == closure.c.decision_id)
        .where(
            cases.c.board_id == shelf.board_id,
            cases.c.kind.in_([kind.value for kind in HANDED_OUT_BY]),
            decision.c.outcome.in_(["granted", "partly"]),
            ~said,
        )
    )
    for row in _rows(shelf, query, cases.c.id, number):
        yield Candidate(Category.COPY, row.reference, row.id, _latest(zone, row.told or row.at))


def _rows(
    shelf: Shelf, query: Select[Any], column: ColumnElement[int], number: int | None
) -> Sequence[Any]:
    narrowed = query if number is None else query.where(column == number)
    return shelf.connection.execute(narrowed.order_by(column)).all()


def _latest(zone: ZoneInfo, *instants: datetime | None) -> date:
    return local_day(max(instant for instant in instants if instant is not None), zone)
