"""The calendar feed: days, a number and a kind; nothing else leaves the house by it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from icalendar import Calendar

from mailbot.adapters.feed_ics import feed_ics
from mailbot.domain.feed import DueCase
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import AMSTERDAM

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
ACCESS = DueCase(
    reference="SIPOR-2026-000001-D",
    kind=Kind.ACCESS,
    confirmed=True,
    due=date(2026, 12, 25),
    working_target=date(2026, 12, 24),
    ends_at=datetime(2026, 12, 25, 23, 0, tzinfo=UTC),
)


def events(*cases: DueCase) -> list[tuple[str, date]]:
    """Read what stands in a feed: what is shown, and on which day."""
    feed = Calendar.from_ical(feed_ics(cases, "SIPOR", NOW, AMSTERDAM))
    return [(str(one["summary"]), one.decoded("dtstart")) for one in feed.walk("VEVENT")]


def test_a_case_has_its_target_and_its_last_day_as_whole_days() -> None:
    """Reglement 8.9.2b: received on 27 November, due on Christmas Day, worked on the day before."""
    assert [
        ("Streefdag: SIPOR-2026-000001-D (inzage)", date(2026, 12, 24)),
        ("Uiterste dag: SIPOR-2026-000001-D (inzage)", date(2026, 12, 25)),
    ] == events(ACCESS)


def test_a_target_on_the_last_day_itself_stands_there_once() -> None:
    """Nobody needs two entries on one day."""
    same = replace(ACCESS, working_target=ACCESS.due)
    assert [("Uiterste dag: SIPOR-2026-000001-D (inzage)", date(2026, 12, 25))] == events(same)


def test_a_clock_of_hours_stands_on_the_local_day_it_ends() -> None:
    """GDPR 33(1): a breach ends on an instant; just after midnight here is a new day, not UTC's."""
    breach = replace(
        ACCESS,
        kind=Kind.BREACH,
        confirmed=False,
        due=None,
        working_target=None,
        ends_at=datetime(2026, 11, 29, 23, 30, tzinfo=UTC),
    )
    assert [("Uiterste dag: SIPOR-2026-000001-D (datalek?)", date(2026, 11, 30))] == events(breach)


def test_a_feed_is_what_calendar_programs_expect() -> None:
    """RFC 5545: CRLF, a product, a version, an identity that stays the same from day to day."""
    content = feed_ics([ACCESS], "SIPOR", NOW, AMSTERDAM)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\nPRODID:" in content
    assert b"UID:SIPOR-2026-000001-D-due@mailbot\r\n" in content
    assert b"DTSTART;VALUE=DATE:20261225\r\n" in content
    assert b"DTEND;VALUE=DATE:20261226\r\n" in content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in content
    assert b"VALARM" not in content
