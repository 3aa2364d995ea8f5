"""
A second implementation of the clocks, different on purpose.

It uses no datetime, no zoneinfo and no holidays library: days are (year, month, day) and are
walked one by one, hours are walked one by one, the offset of Amsterdam follows from the EU rule,
weekdays are counted on from a known Monday, and Easter follows from the age of the moon.
Nothing here is taken from the product, and the product takes nothing from here.
"""

from functools import cache

import pytest

Day = tuple[int, int, int]
Hour = tuple[int, int, int, int]
Minute = tuple[int, int, int, int, int]

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SATURDAY, SUNDAY = 5, 6
REQUESTS = frozenset(
    {
        "access",
        "rectification",
        "erasure",
        "restriction",
        "objection",
        "portability",
        "automated_decision",
        "consent_withdrawal",
        "research_objection",
        "question",
    }
)


def month_length(year: int, month: int) -> int:
    leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
    return 29 if leap and month == 2 else LENGTHS[month - 1]


def day_after(day: Day) -> Day:
    year, month, number = day
    if number < month_length(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def day_before(day: Day) -> Day:
    year, month, number = day
    if number > 1:
        return year, month, number - 1
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return year, month, month_length(year, month)


def walk(day: Day, days: int) -> Day:
    for _ in range(days):
        day = day_after(day)
    return day


@cache
def weekday_of_new_year(year: int) -> int:
    """1 January 2024 was a Monday; every year moves it on by 365 or 366 days."""
    weekday = 0
    for passed in range(2024, year):
        weekday += 366 if month_length(passed, 2) == 29 else 365
    for ahead in range(year, 2024):
        weekday -= 366 if month_length(ahead, 2) == 29 else 365
    return weekday % 7


@cache
def weekday(day: Day) -> int:
    year, month, number = day
    before = sum(month_length(year, earlier) for earlier in range(1, month))
    return (weekday_of_new_year(year) + before + number - 1) % 7


@cache
def easter(year: int) -> Day:
    """The Sunday after the full moon of spring; the moon's age by the epact, after Clavius."""
    golden, century = year % 19 + 1, year // 100 + 1
    dropped_leap_days = 3 * century // 4 - 12
    moon_correction = (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon_correction - dropped_leap_days) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full = 44 - epact if epact <= 23 else 74 - epact
    day = walk((year, 3, 1), full)
    while weekday(day) != SUNDAY:
        day = day_after(day)
    return day


@cache
def days_off(year: int) -> frozenset[Day]:
    """Nieuwjaar, Goede Vrijdag, 2e Paasdag, Koningsdag, 5 mei, Hemelvaart, 2e Pinksterdag, Kerst."""
    sunday = easter(year)
    king = (year, 4, 27) if weekday((year, 4, 27)) != SUNDAY else (year, 4, 26)
    return frozenset(
        {
            (year, 1, 1),
            day_before(day_before(sunday)),
            day_after(sunday),
            king,
            (year, 5, 5),
            walk(sunday, 39),
            walk(sunday, 50),
            (year, 12, 25),
            (year, 12, 26),
        }
    )


def works(day: Day) -> bool:
    return weekday(day) < SATURDAY and day not in days_off(day[0])


@cache
def last_sunday(year: int, month: int) -> Day:
    day = (year, month, month_length(year, month))
    while weekday(day) != SUNDAY:
        day = day_before(day)
    return day


def hour_after(hour: Hour) -> Hour:
    year, month, number, clock = hour
    if clock < 23:
        return year, month, number, clock + 1
    return (*day_after((year, month, number)), 0)


def amsterdam(utc: Minute) -> Day:
    """The local day: one hour ahead, two from the last Sunday of March until that of October."""
    hour = utc[:4]
    summer = (*last_sunday(utc[0], 3), 1) <= hour < (*last_sunday(utc[0], 10), 1)
    for _ in range(2 if summer else 1):
        hour = hour_after(hour)
    return hour[:3]


def iso(day: Day) -> str:
    year, month, number = day
    return f"{year:04}-{month:02}-{number:02}"


@cache
def on_or_before(day: Day) -> Day:
    while not works(day):
        day = day_before(day)
    return day


class Oracle:
    """What the tests ask: instants go in as UTC minutes, dates come out as ISO text."""

    def local_day(self, received: Minute) -> str:
        """The local day of an instant."""
        return iso(amsterdam(received))

    def holidays(self, year: int) -> set[str]:
        """The days off of a year."""
        return {iso(day) for day in days_off(year)}

    def dates(self, kind: str, received: Minute) -> dict[str, str | None]:
        """The due date, working target and cap of a kind."""
        start = amsterdam(received)
        if kind in REQUESTS:
            due = walk(start, 28)
            return {
                "due": iso(due),
                "working_target": iso(on_or_before(due)),
                "cap": iso(walk(start, 84)),
            }
        if kind == "complaint":
            day, seen = start, 0
            while seen < 5:
                day = day_after(day)
                seen += works(day)
            return {"due": iso(day), "working_target": iso(day), "cap": None}
        return {"due": None, "working_target": None, "cap": None}

    def after(self, aware: Minute, hours: int = 72) -> str:
        """The instant so many hours later, walked hour by hour."""
        hour = aware[:4]
        for _ in range(hours):
            hour = hour_after(hour)
        return f"{iso(hour[:3])}T{hour[3]:02}:{aware[4]:02}:00Z"

    def extended(self, received: Minute, acts: list[tuple[Day, Minute]]) -> tuple[str, int]:
        """The due date after these acts, and how many of them were refused."""
        start = amsterdam(received)
        due, cap = walk(start, 28), walk(start, 84)
        refused = 0
        for until, moment in acts:
            if start <= amsterdam(moment) <= due < until <= cap:
                due = until
            else:
                refused += 1
        return iso(due), refused


@pytest.fixture(scope="session")
def oracle() -> Oracle:
    """The second implementation."""
    return Oracle()
