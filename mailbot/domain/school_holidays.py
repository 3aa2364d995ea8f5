"""School holidays: they bring reminders forward, and never move a date of the reglement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailbot.domain.ports import Calendar
from mailbot.domain.working_days import ONE_DAY, last_working_day

LONGEST = 70
"""Days; a summer holiday has about forty-four, so more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """One holiday of the board's schools, as its profile gives it; none is ever invented."""

    name: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Say whether the schools are closed on *day* for this holiday."""
        return self.first <= day <= self.last


def holiday_on(day: date, holidays: Sequence[SchoolHoliday]) -> SchoolHoliday | None:
    """Return the school holiday on *day*, if there is one."""
    return next((one for one in holidays if one.covers(day)), None)


def before_holidays(day: date, holidays: Sequence[SchoolHoliday], calendar: Calendar) -> date:
    """
    Return *day* itself, or the last working day before the school holiday it falls in.

    Args:
        day: a day on which a reminder would go.
        holidays: those of the board.
        calendar: the days on which nobody works.
    """
    while (found := holiday_on(day, holidays)) is not None:
        day = last_working_day(found.first - ONE_DAY, calendar)
    return day


def reach(today: date, days: int, holidays: Sequence[SchoolHoliday]) -> date:
    """
    Return the last due date of which a reminder may have to go today.

    Args:
        today: the local day.
        days: how long before a due date its first reminder goes.
        holidays: those of the board; each may bring reminders forward by its whole length.
    """
    end = today + timedelta(days=days)
    for one in sorted(holidays, key=lambda one: one.first):
        if today < one.last and one.first <= end:
            end = max(end, one.last + timedelta(days=days))
    return end
