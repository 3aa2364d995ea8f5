"""How dates, kinds and clocks are said on a page, in the officer's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta

from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.feed import DueCase
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.local_time import local_day
from mailbot.domain.queue import QueueRow
from mailbot.domain.roles import Role
from mailbot.web.languages import DUTCH, N_

ROLES: Mapping[Role, str] = {
    Role.FG: N_("data protection officer"),
    Role.BOARD: N_("board member"),
    Role.HANDLER: N_("handler"),
    Role.ADMIN: N_("administrator"),
}
STATES: Mapping[CaseState, str] = {
    CaseState.RECEIVED: N_("received"),
    CaseState.IN_HANDLING: N_("in handling"),
    CaseState.CLOSED: N_("closed"),
}
SOON = timedelta(days=7)
NOW = timedelta(days=3)
IN_HOURS = timedelta(hours=96)
"""A term of 72 hours is counted in hours; weeks are counted in days."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as a page shows it: the colour says the same as the words, never more."""

    tone: str
    """`late`, `now`, `soon`, `calm` or `none`; a class in desk.css."""
    left: timedelta | None
    due: date | datetime | None
    target: date | None
    days: int | None
    """Whole local days until the due date, below zero when it has passed."""


def clock_of_row(row: QueueRow, now: datetime, zone: ZoneInfo) -> Clock:
    """Read the clock of a line of the queue at an instant."""
    return _clock(row.state, row.ends_at, row.due, row.working_target, now=now, zone=zone)


def clock_of(case: CaseFile, now: datetime, zone: ZoneInfo) -> Clock:
    """Read the clock of a case at an instant."""
    dates = case.dates
    return _clock(case.state, dates.ends_at, dates.due, dates.working_target, now=now, zone=zone)


def clock_of_due(one: DueCase, now: datetime, zone: ZoneInfo) -> Clock:
    """Read the clock of an open case in the calendar at an instant."""
    received = CaseState.RECEIVED
    return _clock(received, one.ends_at, one.due, one.working_target, now=now, zone=zone)


def _clock(
    state: CaseState,
    ends_at: datetime | None,
    due: date | None,
    target: date | None,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> Clock:
    if state is CaseState.CLOSED or ends_at is None:
        return Clock("none", None, due, target, None)
    left = ends_at - now
    last = due or local_day(ends_at, zone)
    return Clock(_tone(left), left, due or ends_at, target, (last - local_day(now, zone)).days)


def _tone(left: timedelta) -> str:
    if left <= timedelta(0):
        return "late"
    return "now" if left <= NOW else "soon" if left <= SOON else "calm"


# A list names the same few days over and over, and a history the same instants at every look.
@lru_cache(maxsize=4_096)
def day(value: date | None, *, language: str) -> str:
    """Write a day, such as 3 nov 2026."""
    return format_date(value, "d MMM y", locale=language) if value else ""


def long_day(value: date | None, *, language: str) -> str:
    """Write a day in full, such as dinsdag 3 november 2026."""
    return format_date(value, "full", locale=language) if value else ""


@lru_cache(maxsize=4_096)
def moment(value: datetime | None, zone: ZoneInfo, *, language: str) -> str:
    """Write an instant in local time, such as 3 nov 2026 14:05."""
    if value is None:
        return ""
    return format_datetime(value, "d MMM y HH:mm", tzinfo=zone, locale=language)


def span(value: timedelta, *, language: str) -> str:
    """Write a span of time, such as 5 uur."""
    unit: Literal["hour", "day"] = "hour" if abs(value) < IN_HOURS else "day"
    return format_timedelta(value, granularity=unit, threshold=10_000, locale=language)


def kind_name(kind: Kind | None, *, language: str) -> str:
    """Name a kind of case; empty where nobody knows it yet."""
    if kind is None:
        return ""
    row = KINDS[kind]
    return row.dutch if language == DUTCH else row.english


FILTERS: Mapping[str, Callable[..., object]] = {
    "day": day,
    "long_day": long_day,
    "moment": moment,
    "span": span,
    "kind_name": kind_name,
}
"""What templates may pipe a value through; each is told the language of its page."""
