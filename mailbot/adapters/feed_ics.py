"""Writes due dates as an iCalendar feed (RFC 5545): a number and a kind, never a name."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from mailbot.domain.feed import DueCase
from mailbot.domain.kinds import KINDS
from mailbot.domain.local_time import local_day

EVERY = timedelta(hours=1)
"""How often a calendar program may ask again (RFC 7986, section 5.7)."""


def feed_ics(cases: Sequence[DueCase], board: str, now: datetime, zone: ZoneInfo) -> bytes:
    """
    Write the days of open cases as events that last a whole day and keep nobody busy.

    Args:
        cases: the open cases.
        board: the short name of the board.
        now: when it is made.
        zone: the zone in which the reglement counts its days.

    Returns:
        The feed, UTF-8 with CRLF.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//mailbot//termijnen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Termijnen privacy {board}")
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in cases:
        for event in _events(one, now, zone):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(one: DueCase, now: datetime, zone: ZoneInfo) -> Iterator[Event]:
    kind = KINDS[one.kind].dutch if one.kind else "soort onbekend"
    named = f"{one.reference} ({kind}{'' if one.confirmed else '?'})"
    last = last_day(one, zone)
    if one.working_target is not None and one.working_target != last:
        yield _event(f"{one.reference}-target", f"Streefdag: {named}", one.working_target, now)
    if last is not None:
        yield _event(f"{one.reference}-due", f"Uiterste dag: {named}", last, now)


def last_day(one: DueCase, zone: ZoneInfo) -> date | None:
    """Name the last day on which a case is in time; a clock of hours has the day it ends on."""
    if one.due is not None or one.ends_at is None:
        return one.due
    return local_day(one.ends_at, zone)


def _event(uid: str, summary: str, day: date, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@mailbot")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event
