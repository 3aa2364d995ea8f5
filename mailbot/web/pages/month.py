"""A month of due dates: a row for each week, and on each day the cases whose last day it is."""

import re
from calendar import Calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from starlette.responses import Response

from mailbot.adapters.feed_ics import last_day
from mailbot.domain.feed import DueCase
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import local_day
from mailbot.web.asked import PageRequest
from mailbot.web.words import Clock, clock_of_due
from mailbot.work.handling.feed import due_cases

WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
"""A month in an address, such as 2026-11; of this century, as every case is."""
LONGEST_MONTH = timedelta(days=31)
ONE_DAY = timedelta(days=1)
MONDAY = 0


@dataclass(frozen=True, slots=True)
class DueOnDay:
    """One case on its last day."""

    reference: str
    kind: Kind | None
    confirmed: bool
    clock: Clock


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the table."""

    day: date
    within: bool
    """Whether it belongs to the month; the first and the last week reach over its ends."""
    due: Sequence[DueOnDay]


@dataclass(frozen=True, slots=True)
class Row:
    """One week, from Monday on."""

    number: int
    days: Sequence[Day]

    @property
    def empty(self) -> bool:
        """Whether nothing is due in it."""
        return not any(one.due for one in self.days)


def month_page(page: PageRequest) -> Response:
    """Show the due dates of one month; this one where none is named."""
    zone = page.office.profile.zone
    today = local_day(page.now, zone)
    first = month_of(page.query.get("month"), today)
    cases = due_cases(page.desk, page.officer)
    by_day: Mapping[date, list[DueOnDay]] = defaultdict(list)
    for one in cases:
        day = last_day(one, zone)
        if day is not None:
            by_day[day].append(_shown(one, page))
    return page.render(
        "month.html",
        first=first,
        rows=rows_of(first, by_day),
        weekdays=[format_date(one, "EEEE", locale=page.language) for one in _a_week(first)],
        name=lambda month: format_date(month, "LLLL y", locale=page.language),
        before=(first - ONE_DAY).replace(day=1),
        after=(first + LONGEST_MONTH).replace(day=1),
        today=today,
    )


def month_of(written: str, today: date) -> date:
    """Read a month from an address; the month of today where it names none."""
    found = WRITTEN.fullmatch(written)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def rows_of(first: date, by_day: Mapping[date, Sequence[DueOnDay]]) -> list[Row]:
    """Lay out the weeks of a month, whole."""
    return [
        Row(
            week[0].isocalendar().week,
            [Day(day, day.month == first.month, by_day.get(day, ())) for day in week],
        )
        for week in Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    ]


def _shown(one: DueCase, page: PageRequest) -> DueOnDay:
    clock = clock_of_due(one, page.now, page.office.profile.zone)
    return DueOnDay(one.reference, one.kind, one.confirmed, clock)


def _a_week(first: date) -> Sequence[date]:
    return Calendar(MONDAY).monthdatescalendar(first.year, first.month)[0]
