"""Reads the bare records that the yearly figures are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, func, select

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.extension_rows import stands
from mailbot.adapters.merged import stands_alone
from mailbot.adapters.schema import cases, closure, extension, letter
from mailbot.adapters.schema_register import register_entry, register_version
from mailbot.domain.figures import BreachRecord, CaseRecord, LetterCounts
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import start_of_day


@dataclass(frozen=True, slots=True)
class SqlFigures:
    """
    The bare records of one board.

    Only columns are read that an erased file keeps: kind, dates, language, outcome of a letter,
    whether a breach was reported.
    """

    books: SqlBooks
    zone: ZoneInfo

    def cases(self, year: int) -> Sequence[CaseRecord]:
        """List the cases received in a year."""
        extensions = (
            select(func.count(extension.c.id))
            .where(extension.c.case_id == cases.c.id, stands())
            .scalar_subquery()
        )
        query = (
            select(
                cases.c.kind,
                cases.c.language,
                cases.c.received_on,
                cases.c.ends_at,
                closure.c.at,
                extensions.label("extensions"),
            )
            .outerjoin(closure, closure.c.id == cases.c.closure_id)
            .where(
                cases.c.board_id == self.books.board_id,
                cases.c.received_on.between(date(year, 1, 1), date(year, 12, 31)),
                # A matter that came twice is counted once.
                stands_alone(),
            )
            .order_by(cases.c.id)
        )
        with self.books.shelf() as shelf:
            return [
                CaseRecord(
                    Kind(row.kind) if row.kind else None,
                    row.language,
                    row.received_on,
                    row.ends_at,
                    row.at,
                    row.extensions,
                )
                for row in shelf.connection.execute(query)
            ]

    def breaches(self, year: int) -> Sequence[BreachRecord]:
        """List the incidents of a year: breach cases, and entries that came without a case."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        other = register_version.alias()
        newest = (
            select(func.max(other.c.number))
            .where(other.c.entry_id == register_entry.c.id)
            .scalar_subquery()
        )
        version = and_(
            register_version.c.entry_id == register_entry.c.id, register_version.c.number == newest
        )
        entered = (
            select(
                register_entry.c.case_id,
                register_entry.c.opened_at,
                cases.c.received_on,
                register_version.c.reported,
            )
            .select_from(register_entry)
            .join(register_version, version)
            .outerjoin(cases, cases.c.id == register_entry.c.case_id)
            .where(register_entry.c.board_id == self.books.board_id)
            .order_by(register_entry.c.id)
        )
        missing = select(func.count(cases.c.id)).where(
            cases.c.board_id == self.books.board_id,
            cases.c.kind == Kind.BREACH.value,
            cases.c.received_on.between(first, last),
            stands_alone(),
            ~exists().where(register_entry.c.case_id == cases.c.id),
        )
        with self.books.shelf() as shelf:
            found = [
                BreachRecord(
                    in_register=True, has_case=row.case_id is not None, reported=row.reported
                )
                for row in shelf.connection.execute(entered)
                if self._within(year, row.received_on, row.opened_at)
            ]
            left = shelf.connection.execute(missing).scalar_one()
        return [*found, *[BreachRecord(in_register=False, has_case=True, reported=None)] * left]

    def letters(self, year: int) -> LetterCounts:
        """Count the letters written in a year, by what became of them."""
        begin, end = self._bounds(year)
        query = (
            select(letter.c.state, func.count(letter.c.id))
            .where(
                letter.c.board_id == self.books.board_id,
                letter.c.written_at >= begin,
                letter.c.written_at < end,
            )
            .group_by(letter.c.state)
        )
        with self.books.shelf() as shelf:
            states = {row[0]: int(row[1]) for row in shelf.connection.execute(query)}
        return LetterCounts(
            written=sum(states.values()),
            accepted=states.get("sent", 0),
            bounced=states.get("bounced", 0),
            refused=states.get("refused", 0),
        )

    def _within(self, year: int, received_on: date | None, opened_at: datetime) -> bool:
        if received_on is not None:
            return received_on.year == year
        begin, end = self._bounds(year)
        return begin <= opened_at < end

    def _bounds(self, year: int) -> tuple[datetime, datetime]:
        return (
            start_of_day(date(year, 1, 1), self.zone),
            start_of_day(date(year + 1, 1, 1), self.zone),
        )
