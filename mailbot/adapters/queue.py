"""Reads the queue from its rows: no sealed word is opened, whatever the number of cases."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    delete,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from mailbot.adapters.finding import find
from mailbot.adapters.handling import SqlHandling
from mailbot.adapters.merged import stands_alone
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import cases, event, mail, officer
from mailbot.adapters.schema_queue import assignment, page_open, saved_view
from mailbot.domain.case import CaseState
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import PAGE_SIZE, Place, QueueFilter, QueuePage, QueueRow, Turn, View
from mailbot.domain.roles import Role

STILL_OPEN = timedelta(seconds=45)
"""How long after its last sign of life a page counts as open."""
_WORKERS = (Role.FG.value, Role.BOARD.value, Role.HANDLER.value)


class SqlQueue:
    """The queue of one board within one transaction."""

    def __init__(self, shelf: Shelf, handling: SqlHandling) -> None:
        self._shelf = shelf
        self._handling = handling
        self._connection = shelf.connection

    def page(
        self, chosen: QueueFilter, officer_id: int, now: datetime, after: Place | None
    ) -> QueuePage:
        """Read one page in the order of the dates, from where the page before ended."""
        wanted = self._wanted(chosen, officer_id, now, self._hidden(officer_id))
        found = find(self._shelf, chosen.words)
        wanted += found.holds
        if found.numbers is not None:
            rows = list(self._among(found.numbers, wanted, after))
        else:
            rows = list(self._dated(wanted, after))
            if len(rows) <= PAGE_SIZE:
                rows = [*rows, *self._undated(wanted, after)][: PAGE_SIZE + 1]
        shown = rows[:PAGE_SIZE]
        others = self._looking_now([row.id for row in shown], officer_id, now)
        more = len(rows) > PAGE_SIZE
        last = Place(shown[-1].ends_at, shown[-1].id) if more else None
        return QueuePage([_read(row, others.get(row.id, ())) for row in shown], last)

    def _dated(
        self, wanted: Sequence[ColumnElement[bool]], after: Place | None
    ) -> Sequence[Row[Any]]:
        """Read the cases that have a date, in the order of the index."""
        if after is not None and after.ends_at is None:
            return ()
        query = _columns().where(*wanted, cases.c.ends_at.is_not(None))
        if after is not None:
            query = query.where(
                tuple_(cases.c.ends_at, cases.c.id) > (after.ends_at, after.case_id)
            )
        ordered = query.order_by(cases.c.ends_at, cases.c.id).limit(PAGE_SIZE + 1)
        return self._connection.execute(ordered).all()

    def _undated(
        self, wanted: Sequence[ColumnElement[bool]], after: Place | None
    ) -> Sequence[Row[Any]]:
        """Read the cases without a date, which come last; the databases order nothing by nothing."""
        query = _columns().where(*wanted, cases.c.ends_at.is_(None))
        if after is not None and after.ends_at is None:
            query = query.where(cases.c.id > after.case_id)
        return self._connection.execute(query.order_by(cases.c.id).limit(PAGE_SIZE + 1)).all()

    def _among(
        self, numbers: Collection[int], wanted: Sequence[ColumnElement[bool]], after: Place | None
    ) -> Sequence[Row[Any]]:
        """Read some cases in the same order, those without a date last."""
        undated = cases.c.ends_at.is_(None)
        query = _columns().where(*wanted, cases.c.id.in_(numbers))
        if after is not None and after.ends_at is None:
            query = query.where(undated, cases.c.id > after.case_id)
        elif after is not None:
            place = tuple_(cases.c.ends_at, cases.c.id) > (after.ends_at, after.case_id)
            query = query.where(or_(undated, place))
        # Not by the index of that order, in which SQLite would look for these cases one by one.
        ordered = query.order_by(undated, cases.c.ends_at, cases.c.id).limit(PAGE_SIZE + 1)
        return self._connection.execute(ordered).all()

    def counts(self, officer_id: int, now: datetime, most: int) -> dict[Turn, int]:
        """Count the open heaps, each up to *most*: nobody needs to know whether 900 or 901 wait."""
        hidden = self._hidden(officer_id)
        sizes = []
        for turn in _COUNTED:
            wanted = self._wanted(QueueFilter(turn), officer_id, now, hidden)
            some = _from(select(cases.c.id)).where(*wanted).limit(most).subquery()
            sizes.append(select(func.count()).select_from(some).scalar_subquery())
        # All in one statement: a page that asks for each by itself waits five times for the answer.
        row = self._connection.execute(select(*sizes)).one()
        return {turn: int(size) for turn, size in zip(_COUNTED, row, strict=True)}

    def newest_event(self) -> int:
        """Number the last thing that happened, so that a page can tell that it is old."""
        query = select(func.max(event.c.id)).where(event.c.board_id == self._shelf.board_id)
        return int(self._connection.execute(query).scalar() or 0)

    def assign(self, case_id: int, officer_id: int | None, at: datetime) -> None:
        """Put a case in somebody's hands, or in nobody's."""
        here = assignment.c.case_id == case_id
        self._connection.execute(delete(assignment).where(here))
        if officer_id is not None:
            board = self._shelf.board_id
            self._shelf.insert_once(
                assignment, case_id=case_id, board_id=board, officer_id=officer_id, at=at
            )

    def in_hands_of(self, case_id: int) -> tuple[int, str] | None:
        """Say who has a case in hand: number and name."""
        query = (
            select(officer.c.id, officer.c.name)
            .join(assignment, assignment.c.officer_id == officer.c.id)
            .where(assignment.c.case_id == case_id)
        )
        row = self._connection.execute(query).one_or_none()
        return (row.id, row.name) if row else None

    def colleagues(self) -> Sequence[tuple[int, str]]:
        """List the active officers who work on cases: number and name."""
        query = (
            select(officer.c.id, officer.c.name)
            .where(
                officer.c.board_id == self._shelf.board_id,
                officer.c.active.is_(True),
                officer.c.role.in_(_WORKERS),
            )
            .order_by(officer.c.name, officer.c.id)
        )
        return [(row.id, row.name) for row in self._connection.execute(query)]

    def looking(self, case_id: int, officer_id: int, now: datetime) -> Sequence[str]:
        """Remember that an officer has a case open; name the others who have it open now."""
        mine = and_(page_open.c.case_id == case_id, page_open.c.officer_id == officer_id)
        self._connection.execute(delete(page_open).where(mine))
        self._shelf.insert_once(page_open, case_id=case_id, officer_id=officer_id, seen_at=now)
        return self._looking_now([case_id], officer_id, now).get(case_id, ())

    def views(self, officer_id: int) -> Sequence[View]:
        """List the views an officer saved."""
        query = (
            select(saved_view)
            .where(saved_view.c.officer_id == officer_id)
            .order_by(saved_view.c.name)
        )
        return [View(row.id, row.name, row.filters) for row in self._connection.execute(query)]

    def save_view(self, officer_id: int, name: str, filters: str) -> None:
        """Save a view; one of this name is replaced."""
        same = and_(saved_view.c.officer_id == officer_id, saved_view.c.name == name)
        self._connection.execute(delete(saved_view).where(same))
        board = self._shelf.board_id
        self._shelf.insert(
            saved_view, board_id=board, officer_id=officer_id, name=name, filters=filters
        )

    def drop_view(self, officer_id: int, view_id: int) -> None:
        """Forget a view."""
        mine = and_(saved_view.c.officer_id == officer_id, saved_view.c.id == view_id)
        self._connection.execute(delete(saved_view).where(mine))

    def _hidden(self, officer_id: int) -> frozenset[int]:
        return self._handling.hidden_from_number(officer_id)

    def _wanted(
        self, chosen: QueueFilter, officer_id: int, now: datetime, hidden: frozenset[int]
    ) -> list[ColumnElement[bool]]:
        wanted = [cases.c.board_id == self._shelf.board_id, _TURNS[chosen.turn](officer_id, now)]
        if hidden:
            wanted.append(cases.c.id.not_in(hidden))
        if chosen.kind is not None:
            wanted.append(cases.c.kind == chosen.kind.value)
        if chosen.state is not None:
            wanted.append(cases.c.state == chosen.state.value)
        if chosen.language is not None:
            wanted.append(cases.c.language == chosen.language)
        return wanted

    def _looking_now(
        self, case_ids: Sequence[int], officer_id: int, now: datetime
    ) -> Mapping[int, tuple[str, ...]]:
        if not case_ids:
            return {}
        query = (
            select(page_open.c.case_id, officer.c.name)
            .join(officer, officer.c.id == page_open.c.officer_id)
            .where(
                page_open.c.case_id.in_(case_ids),
                page_open.c.officer_id != officer_id,
                page_open.c.seen_at > now - STILL_OPEN,
            )
            .order_by(officer.c.name)
        )
        found: dict[int, tuple[str, ...]] = {}
        for row in self._connection.execute(query):
            found[row.case_id] = (*found.get(row.case_id, ()), row.name)
        return found


def _open() -> ColumnElement[bool]:
    # Written out, for SQLite uses an index of some rows only where it reads the same condition.
    open_now = cases.c.state != literal_column(f"'{CaseState.CLOSED.value}'")
    return and_(open_now, stands_alone())


_TURNS: Mapping[Turn, Any] = {
    Turn.OPEN: lambda _officer, _now: _open(),
    Turn.MINE: lambda number, _now: and_(_open(), assignment.c.officer_id == number),
    Turn.NOBODY: lambda _officer, _now: and_(_open(), assignment.c.officer_id.is_(None)),
    Turn.OVERDUE: lambda _officer, now: and_(_open(), cases.c.ends_at <= now),
    Turn.UNCONFIRMED: lambda _officer, _now: and_(_open(), cases.c.confirmed_by.is_(None)),
    Turn.CLOSED: lambda _officer, _now: cases.c.state == CaseState.CLOSED.value,
}
"""What each heap is; the machine's label plays no part in any of them."""
_COUNTED = (Turn.OPEN, Turn.MINE, Turn.NOBODY, Turn.OVERDUE, Turn.UNCONFIRMED)


def _from(query: Select[Any]) -> Select[Any]:
    return query.select_from(cases).outerjoin(assignment, assignment.c.case_id == cases.c.id)


def _columns() -> Select[Any]:
    waits = select(mail.c.id).where(mail.c.case_id == cases.c.id, mail.c.waits.is_(True)).exists()
    query = select(
        cases.c.id,
        cases.c.reference,
        cases.c.kind,
        cases.c.confirmed_by,
        cases.c.confidence,
        cases.c.state,
        cases.c.urgent,
        cases.c.language,
        cases.c.received_on,
        cases.c.due_on,
        cases.c.working_target,
        cases.c.ends_at,
        waits.label("waits"),
        officer.c.name.label("in_hands_of"),
    )
    return _from(query).outerjoin(officer, officer.c.id == assignment.c.officer_id)


def _read(row: Row[Any], looked_at_by: tuple[str, ...]) -> QueueRow:
    return QueueRow(
        id=row.id,
        reference=row.reference,
        kind=Kind(row.kind) if row.kind else None,
        confirmed=row.confirmed_by is not None,
        confidence=row.confidence,
        state=CaseState(row.state),
        urgent=row.urgent,
        language=row.language,
        received_on=row.received_on,
        due=row.due_on,
        working_target=row.working_target,
        ends_at=row.ends_at,
        waits=bool(row.waits),
        in_hands_of=row.in_hands_of,
        looked_at_by=looked_at_by,
    )
