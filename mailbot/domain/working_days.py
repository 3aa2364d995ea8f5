"""Find working days and working hours; they guide people and never move a legal date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.domain.local_time import AMSTERDAM, at_local, to_utc
from mailbot.domain.ports import Calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5
OPENS = 8
CLOSES = 18


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Say whether people work on *day*: no weekend and no holiday."""
    return day.weekday() < SATURDAY and calendar.holiday(day) is None


def last_working_day(day: date, calendar: Calendar) -> date:
    """Return the last working day on or before *day*."""
    while not is_working_day(day, calendar):
        day -= ONE_DAY
    return day


def first_working_day(day: date, calendar: Calendar) -> date:
    """Return the first working day on or after *day*."""
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """Return the *count*-th working day after *day*; the day itself does not count."""
    for _ in range(count):
        day = first_working_day(day + ONE_DAY, calendar)
    return day


def in_working_hours(
    now: datetime,
    calendar: Calendar,
    zone: ZoneInfo = AMSTERDAM,
    hours: tuple[int, int] = (OPENS, CLOSES),
) -> bool:
    """
    Say whether people are at work at *now*: a working day, from 08:00 until 18:00 local.

    Args:
        now: aware instant.
        calendar: the days on which nobody works.
        zone: the zone of the hours.
        hours: when work begins and ends, where a board keeps other hours.

    Raises:
        NaiveInstant: if *now* carries no zone.
    """
    local = to_utc(now).astimezone(zone)
    return hours[0] <= local.hour < hours[1] and is_working_day(local.date(), calendar)


def working_moment(instant: datetime, calendar: Calendar, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """
    Return *instant* itself within working hours, else the moment work next begins, in UTC.

    Raises:
        NaiveInstant: if *instant* carries no zone.
    """
    if in_working_hours(instant, calendar, zone):
        return to_utc(instant)
    local = to_utc(instant).astimezone(zone)
    day = local.date() + ONE_DAY if local.hour >= CLOSES else local.date()
    return at_local(first_working_day(day, calendar), OPENS, zone)
