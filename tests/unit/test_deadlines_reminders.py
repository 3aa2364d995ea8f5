"""People are reminded in time, in working hours, never early and never twice."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.adapters.calendar import DutchCalendar
from mailbot.domain.board import ReminderSteps
from mailbot.domain.clocks import clock_for, with_awareness
from mailbot.domain.deadlines import Deadlines, too_late_at
from mailbot.domain.extensions import extend
from mailbot.domain.kinds import Kind
from mailbot.domain.reminder_steps import Step, due_steps, ladder, latest_step, missed_step
from mailbot.domain.working_days import in_working_hours

CALENDAR = DutchCalendar()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    """An instant; without a zone it is local time in Amsterdam."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def request(received: str) -> Deadlines:
    """A request received at noon."""
    return clock_for(Kind.ERASURE, at(f"{received}T12:00"), calendar=CALENDAR)


def written(steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    """Each step with its local time."""
    return [(step.code, f"{step.at.astimezone(AMSTERDAM):%a %d %b %H:%M}") for step in steps]


def test_a_plain_request_is_reminded_at_14_7_3_1_days_and_on_the_day() -> None:
    """Issue 2, item 11; due on Thursday 12 November 2026, then daily on working days."""
    dates = request("2026-10-15")

    assert written(ladder(dates, at("2026-11-17T09:00"), calendar=CALENDAR)) == [
        ("due_14", "Thu 29 Oct 08:00"),
        ("due_7", "Thu 05 Nov 08:00"),
        ("due_3", "Mon 09 Nov 08:00"),
        ("due_1", "Wed 11 Nov 08:00"),
        ("due_0", "Thu 12 Nov 08:00"),
        ("overdue_1", "Fri 13 Nov 08:00"),
        ("overdue_4", "Mon 16 Nov 08:00"),
        ("overdue_5", "Tue 17 Nov 08:00"),
    ]


def test_a_due_date_at_the_end_of_easter_is_still_warned_of_before_easter() -> None:
    """
    Due on Easter Monday 2026: the steps of 1 and 0 days would go on the Tuesday after it.

    So they are dropped, and the last working day has a step of its own.
    """
    dates = request("2026-03-09")

    assert written(ladder(dates, at("2026-04-08T09:00"), calendar=CALENDAR)) == [
        ("due_14", "Mon 23 Mar 08:00"),
        ("due_7", "Mon 30 Mar 08:00"),
        ("last_working_day", "Thu 02 Apr 08:00"),
        ("overdue_1", "Tue 07 Apr 08:00"),
        ("overdue_2", "Wed 08 Apr 08:00"),
    ]


def test_a_due_date_on_a_saturday_needs_no_step_of_its_own() -> None:
    """The step of one day before falls on the last working day already."""
    dates = request("2026-01-31")

    assert written(ladder(dates, at("2026-03-01T09:00"), calendar=CALENDAR)) == [
        ("due_14", "Mon 16 Feb 08:00"),
        ("due_7", "Mon 23 Feb 08:00"),
        ("due_3", "Wed 25 Feb 08:00"),
        ("due_1", "Fri 27 Feb 08:00"),
    ]


def test_a_breach_is_reminded_at_any_hour() -> None:
    """Issue 2, item 11: at receipt, 24, 48, 60, 68 hours, over the night of summer time."""
    breach = clock_for(Kind.BREACH, at("2026-03-27T16:00"), calendar=CALENDAR)

    assert written(due_steps(breach, at("2026-03-31T03:00"), calendar=CALENDAR)) == [
        ("breach_0", "Fri 27 Mar 16:00"),
        ("breach_24", "Sat 28 Mar 16:00"),
        ("breach_48", "Sun 29 Mar 17:00"),
        ("breach_60", "Mon 30 Mar 05:00"),
        ("breach_68", "Mon 30 Mar 13:00"),
    ]


def test_recorded_awareness_sets_the_ladder_of_a_breach() -> None:
    """The hours run from awareness then; who recorded it needs no first notice."""
    breach = clock_for(Kind.BREACH, at("2026-06-05T16:00"), calendar=CALENDAR)
    aware = with_awareness(breach, at("2026-06-05T10:00"), by="Joke")

    assert written(due_steps(aware, at("2026-06-07T10:00"), calendar=CALENDAR)) == [
        ("breach_24", "Sat 06 Jun 10:00"),
        ("breach_48", "Sun 07 Jun 10:00"),
    ]
    assert aware.version != breach.version


def test_a_missed_deadline_has_its_moment_at_any_hour() -> None:
    """Section 3: the duty stays, and the board is alarmed."""
    dates = request("2026-01-31")
    breach = clock_for(Kind.BREACH, at("2026-03-27T16:00"), calendar=CALENDAR)
    other = clock_for(Kind.OTHER, at("2026-03-27T16:00"), calendar=CALENDAR)

    assert missed_step(dates) == Step("missed", at("2026-03-01T00:00").astimezone(UTC))
    assert missed_step(breach) == Step("missed", at("2026-03-30T17:00").astimezone(UTC))
    assert missed_step(other) is None


def test_after_a_week_of_downtime_one_reminder_says_where_the_case_stands() -> None:
    """Fault 31: each reminder once, late, never early; five mails at once help nobody."""
    dates = request("2026-10-15")
    now = at("2026-11-12T09:00")

    assert [step.code for step in due_steps(dates, now, calendar=CALENDAR)] == [
        "due_14",
        "due_7",
        "due_3",
        "due_1",
        "due_0",
    ]
    assert latest_step(dates, now, calendar=CALENDAR) == Step(
        "due_0", at("2026-11-12T08:00").astimezone(UTC)
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-29T07:59", None),
        ("2026-10-29T08:00", "due_14"),
        ("2026-10-29T17:59", "due_14"),
        ("2026-10-29T18:00", None),
        ("2026-10-31T12:00", None),
        ("2026-11-02T08:00", "due_14"),
    ],
)
def test_nobody_is_mailed_at_night_or_on_a_day_off(now: str, expected: str | None) -> None:
    """What fell due meanwhile goes when work begins."""
    step = latest_step(request("2026-10-15"), at(now), calendar=CALENDAR)

    assert (step.code if step else None) == expected


def test_nobody_is_nagged_about_the_days_before_an_extension() -> None:
    """Reminders follow the date in force, from the moment it came into force."""
    act = at("2026-11-12T10:00")
    dates = extend(
        request("2026-10-15"), date(2026, 11, 16), act, by="Joke", reason="druk", calendar=CALENDAR
    ).deadlines

    silent = due_steps(dates, act + timedelta(hours=1), calendar=CALENDAR, since=act)
    monday = due_steps(dates, at("2026-11-16T08:00"), calendar=CALENDAR, since=act)

    assert silent == ()
    # One day before is a Sunday, so its step and that of the day itself meet on Monday.
    assert [step.code for step in monday] == ["due_3", "due_1", "due_0"]


def test_a_mail_found_late_is_reminded_once_and_not_of_the_time_before_it_came() -> None:
    """A step whose moment passed before the receipt was never due."""
    late = clock_for(Kind.COMPLAINT, at("2026-10-14T12:00"), calendar=CALENDAR)

    assert written(ladder(late, at("2026-10-21T12:00"), calendar=CALENDAR)) == [
        ("due_3", "Mon 19 Oct 08:00"),
        ("due_1", "Tue 20 Oct 08:00"),
        ("due_0", "Wed 21 Oct 08:00"),
    ]


def test_a_case_without_a_term_is_not_reminded_of_one() -> None:
    """Section 1: its deadline is read by a human, and until then there is none."""
    dates = clock_for(Kind.AUTHORITY, at("2026-10-14T12:00"), calendar=CALENDAR)

    assert due_steps(dates, at("2027-10-14T12:00"), calendar=CALENDAR) == ()


@given(
    received=st.datetimes(
        datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone.
        datetime(2123, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    )
)
@settings(max_examples=300, deadline=None)
def test_on_any_day_of_a_century_the_ladder_keeps_its_promises(received: datetime) -> None:
    """Never early, in working hours, each code once, and always a warning before the end."""
    dates = clock_for(Kind.ACCESS, received, calendar=CALENDAR)
    assert dates.due
    assert dates.working_target
    steps = ladder(dates, received + timedelta(days=45), calendar=CALENDAR)
    before = [step for step in steps if not step.code.startswith("overdue")]

    assert len({step.code for step in steps}) == len(steps)
    assert list(steps) == sorted(steps, key=lambda step: step.at)
    assert all(in_working_hours(step.at, CALENDAR) for step in steps)
    for step in before:
        own_day = dates.working_target
        if step.code.startswith("due_"):
            own_day = dates.due - timedelta(days=int(step.code.removeprefix("due_")))
        assert own_day <= step.at.astimezone(AMSTERDAM).date() <= dates.due
    assert before[-1].at.astimezone(AMSTERDAM).date() == dates.working_target
    end = too_late_at(dates)
    assert end
    assert all(step.at >= end for step in steps if step not in before)


def test_a_board_may_keep_steps_and_hours_of_its_own() -> None:
    """The profile's reminders are the ones that are sent (issue of policy, not of law)."""
    plan = ReminderSteps(days_before=(5,), from_hour=9, overdue_every_days=2)
    deadlines = clock_for(Kind.ACCESS, datetime(2026, 11, 2, 9, tzinfo=UTC), calendar=CALENDAR)
    steps = ladder(deadlines, datetime(2026, 12, 5, tzinfo=UTC), calendar=CALENDAR, plan=plan)
    local = [(step.code, step.at.astimezone(AMSTERDAM).hour) for step in steps]
    assert [("due_5", 9), ("overdue_1", 9), ("overdue_3", 9)] == [
        one for one in local if one[0] != "last_working_day"
    ]
