"""The clocks agree with a second implementation that shares nothing with them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mailbot.adapters.calendar import DutchCalendar
from mailbot.domain.clocks import clock_for, with_awareness
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.errors import ExtensionRefused
from mailbot.domain.extensions import extend
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import local_day

Minute = tuple[int, int, int, int, int]


class Oracle(Protocol):
    """What the fixture of this folder answers; test modules cannot import each other."""

    def local_day(self, received: Minute) -> str:
        """Name the local day of an instant."""
        ...

    def holidays(self, year: int) -> set[str]:
        """Name the days off of a year."""
        ...

    def dates(self, kind: str, received: Minute) -> dict[str, str | None]:
        """Name due date, working target and cap."""
        ...

    def after(self, aware: Minute, hours: int = 72) -> str:
        """Name the instant so many hours later."""
        ...

    def extended(
        self, received: Minute, acts: list[tuple[tuple[int, int, int], Minute]]
    ) -> tuple[str, int]:
        """Name the due date after these acts, and count the refused ones."""
        ...


CALENDAR = DutchCalendar()
FIRST, LAST = date(2024, 1, 1), date(2044, 12, 31)
# Hypothesis wants bounds without a zone and adds it itself.
CENTURY = datetime(2024, 1, 1), datetime(2123, 12, 31, 23, 59)  # noqa: DTZ001


def minute(instant: datetime) -> Minute:
    """The instant as the oracle reads it."""
    return instant.year, instant.month, instant.day, instant.hour, instant.minute


def written(dates: Deadlines) -> dict[str, str | None]:
    """The dates as the oracle writes them."""
    days = {"due": dates.due, "working_target": dates.working_target, "cap": dates.cap}
    return {name: day and day.isoformat() for name, day in days.items()}


def every_day() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


def turns(year: int) -> Iterator[datetime]:
    """The instants at which summer time begins and ends in a year."""
    for month in (3, 10):
        day = date(year, month, 31)
        yield datetime(year, month, 31 - (day.weekday() + 1) % 7, 1, tzinfo=UTC)


# Instants of a hundred years, and as many close to where calendars go wrong.
anywhen = st.datetimes(*CENTURY, timezones=st.just(UTC)).map(
    lambda instant: instant.replace(second=0, microsecond=0)
)
around_turns = st.builds(
    lambda year, which, minutes: list(turns(year))[which] + timedelta(minutes=minutes),
    st.integers(2024, 2123),
    st.integers(0, 1),
    st.integers(-4320, 120),
)
around_midnight = st.builds(
    lambda instant, clock: instant.replace(hour=clock[0], minute=clock[1]),
    anywhen,
    st.sampled_from([(21, 59), (22, 0), (22, 1), (22, 59), (23, 0), (23, 1), (23, 30), (0, 0)]),
)
around_leap_days = st.builds(
    lambda year, days, clock: datetime(year, 2, 28, *clock, tzinfo=UTC) + timedelta(days=days),
    st.integers(2024, 2123),
    st.integers(-29, 3),
    st.sampled_from([(22, 59), (23, 0), (23, 30), (12, 0)]),
)
instants = st.one_of(anywhen, around_turns, around_midnight, around_leap_days)


@pytest.mark.parametrize("clock", [(0, 0), (11, 0), (22, 0), (22, 59), (23, 0), (23, 30)])
def test_every_receipt_day_of_twenty_one_years_agrees(
    oracle: Oracle, clock: tuple[int, int]
) -> None:
    """Reglement 8.9.2b: four weeks and twelve, over every summer time, leap day and holiday."""
    for day in every_day():
        received = datetime(day.year, day.month, day.day, *clock, tzinfo=UTC)

        found = clock_for(Kind.ACCESS, received, calendar=CALENDAR)

        assert written(found) == oracle.dates("access", minute(received))
        assert found.received_on.isoformat() == oracle.local_day(minute(received))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_the_clock_the_reglement_gives_it(oracle: Oracle, kind: Kind) -> None:
    """Section 1: requests run four weeks, complaints five working days, some kinds none."""
    for day in list(every_day())[::11]:
        received = datetime(day.year, day.month, day.day, 22, 30, tzinfo=UTC)

        found = clock_for(kind, received, calendar=CALENDAR)

        assert written(found) == oracle.dates(kind.value, minute(received))


@pytest.mark.parametrize("hour", [0, 1, 15, 23])
def test_every_breach_of_twenty_one_years_is_due_72_true_hours_later(
    oracle: Oracle, hour: int
) -> None:
    """GDPR 33(1): an hour is an hour, also in the nights in which the clock is moved."""
    for day in every_day():
        aware = datetime(day.year, day.month, day.day, hour, 42, tzinfo=UTC)
        breach = clock_for(Kind.BREACH, aware, calendar=CALENDAR)

        due_at = with_awareness(breach, aware, by="Joke").due_at

        assert f"{due_at:%Y-%m-%dT%H:%M:%SZ}" == oracle.after(minute(aware))


def test_the_holidays_are_those_of_the_list_for_two_centuries(oracle: Oracle) -> None:
    """Section 3: nine holidays each year, Good Friday and every 5 May among them."""
    for year in range(2014, 2200):
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        working_week = {
            day.isoformat()
            for day in days
            if day.year == year and day.weekday() < 5 and CALENDAR.holiday(day)
        }
        expected = {day for day in oracle.holidays(year) if date.fromisoformat(day).weekday() < 5}

        assert working_week == expected


def test_easter_falls_where_the_churches_publish_it(oracle: Oracle) -> None:
    """The oracle itself is held against the published table, the extremes of it included."""
    published = {
        2024: "2024-04-01",
        2025: "2025-04-21",
        2026: "2026-04-06",
        2027: "2027-03-29",
        2035: "2035-03-26",
        2038: "2038-04-26",
    }
    for year, easter_monday in published.items():
        assert easter_monday in oracle.holidays(year)
        assert CALENDAR.holiday(date.fromisoformat(easter_monday)) == "Tweede paasdag"


@given(received=instants, kind=st.sampled_from(list(Kind)))
@example(received=datetime(2026, 3, 1, 23, 30, tzinfo=UTC), kind=Kind.ACCESS)
@example(received=datetime(2096, 2, 29, 23, 0, tzinfo=UTC), kind=Kind.ERASURE)
@example(received=datetime(2100, 2, 28, 23, 0, tzinfo=UTC), kind=Kind.ERASURE)
@settings(max_examples=500, deadline=None)
def test_a_hundred_years_of_receipts_agree(oracle: Oracle, received: datetime, kind: Kind) -> None:
    """Section 3 holds for any instant of the next hundred years."""
    found = clock_for(kind, received, calendar=CALENDAR)

    assert written(found) == oracle.dates(kind.value, minute(received))


@given(aware=instants)
@settings(max_examples=500, deadline=None)
def test_a_hundred_years_of_breaches_agree(oracle: Oracle, aware: datetime) -> None:
    """GDPR 33(1), on instants around every change of the clock."""
    breach = clock_for(Kind.BREACH, aware, calendar=CALENDAR)

    assert f"{breach.alarm_at:%Y-%m-%dT%H:%M:%SZ}" == oracle.after(minute(aware))


@given(
    received=instants,
    acts=st.lists(
        st.tuples(
            st.integers(20, 90),
            st.integers(-2, 90),
            st.sampled_from([-121, -120, -61, -60, -1, 0, 720]),
        ),
        max_size=4,
    ),
)
@settings(max_examples=500, deadline=None)
def test_extensions_agree_act_by_act(
    oracle: Oracle, received: datetime, acts: list[tuple[int, int, int]]
) -> None:
    """Reglement 8.9.2b: several, up to the cap, and never after the date in force."""
    dates = clock_for(Kind.ERASURE, received, calendar=CALENDAR)
    refused = 0
    asked: list[tuple[tuple[int, int, int], Minute]] = []
    for days, acted_after, minutes in acts:
        until = dates.received_on + timedelta(days=days)
        moment = received.replace(hour=0, minute=0) + timedelta(days=acted_after, minutes=minutes)
        asked.append(((until.year, until.month, until.day), minute(moment)))
        try:
            dates = extend(
                dates, until, moment, by="Joke", reason="drukte", calendar=CALENDAR
            ).deadlines
        except ExtensionRefused:
            refused += 1

    assert dates.due
    assert (dates.due.isoformat(), refused) == oracle.extended(minute(received), asked)


@given(instant=instants)
@settings(max_examples=500, deadline=None)
def test_local_days_agree(oracle: Oracle, instant: datetime) -> None:
    """A day ends at midnight in Amsterdam, one or two hours before that of UTC."""
    assert local_day(instant).isoformat() == oracle.local_day(minute(instant))
