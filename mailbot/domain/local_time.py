"""Turn instants into local days and back, summer time included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailbot.domain.errors import NaiveInstant

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""The zone in which the reglement counts its days."""


def to_utc(instant: datetime) -> datetime:
    """
    Return the same instant in UTC, where adding hours means what it says.

    Python ignores summer time when it adds to, or subtracts, two datetimes of one zone;
    so everything that counts hours does so on the result of this function.

    Raises:
        NaiveInstant: if *instant* carries no zone.
    """
    if instant.utcoffset() is None:
        raise NaiveInstant("an instant needs its zone, for example 2026-03-01T23:30Z")
    return instant.astimezone(UTC)


def local_day(instant: datetime, zone: ZoneInfo = AMSTERDAM) -> date:
    """
    Return the calendar day on which *instant* falls in *zone*.

    Raises:
        NaiveInstant: if *instant* carries no zone.
    """
    return to_utc(instant).astimezone(zone).date()


def at_local(day: date, hour: int, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """Return the instant, in UTC, at which the clock in *zone* shows *hour* on *day*."""
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def start_of_day(day: date, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """Return the first instant of *day* in *zone*, in UTC."""
    return at_local(day, 0, zone)


def end_of_day(day: date, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """Return the first instant that is too late for *day*: midnight after it, in UTC."""
    return start_of_day(day + timedelta(days=1), zone)
