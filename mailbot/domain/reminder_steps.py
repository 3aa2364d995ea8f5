"""Name the moments at which people are reminded of a deadline: never early, never twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.domain.board import ReminderSteps
from mailbot.domain.deadlines import Deadlines, too_late_at
from mailbot.domain.kinds import Clock
from mailbot.domain.local_time import AMSTERDAM, at_local, local_day, to_utc
from mailbot.domain.ports import Calendar
from mailbot.domain.school_holidays import before_holidays
from mailbot.domain.working_days import (
    ONE_DAY,
    first_working_day,
    in_working_hours,
    last_working_day,
)

STANDARD = ReminderSteps()
"""The steps of a board whose profile says nothing about them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder; sent once for each case, `Deadlines.version` and *code*."""

    code: str
    """`due_14` … `due_0`, `last_working_day`, `overdue_N`, `breach_N` or `missed`."""
    at: datetime
    """Not before this instant, in UTC."""


def due_steps(
    deadlines: Deadlines,
    now: datetime,
    *,
    calendar: Calendar,
    zone: ZoneInfo = AMSTERDAM,
    since: datetime | None = None,
    plan: ReminderSteps = STANDARD,
) -> tuple[Step, ...]:
    """
    Return every step whose moment has come, oldest first.

    Outside working hours there are none, except for a breach: what fell due meanwhile
    goes when work begins.

    Args:
        deadlines: the dates in force.
        now: aware instant.
        calendar: the days on which nobody works.
        zone: the zone of the working hours.
        since: when these dates came into force (the officer's act); steps up to that moment
            are left out, so that nobody is nagged about days that passed under the old date.
        plan: the steps and working hours of this board.

    Raises:
        NaiveInstant: if *now* or *since* carries no zone.
    """
    hours = (plan.from_hour, plan.until_hour)
    if deadlines.clock is not Clock.BREACH and not in_working_hours(now, calendar, zone, hours):
        return ()
    after = to_utc(since) if since else None
    steps = ladder(deadlines, now, calendar=calendar, zone=zone, since=since, plan=plan)
    return tuple(step for step in steps if after is None or step.at > after)


def latest_step(
    deadlines: Deadlines,
    now: datetime,
    *,
    calendar: Calendar,
    zone: ZoneInfo = AMSTERDAM,
    since: datetime | None = None,
    plan: ReminderSteps = STANDARD,
) -> Step | None:
    """
    Return the one reminder to send now, if it was not sent yet: the last step that has come.

    After a week of downtime one mail says where the case stands; the steps before it say
    nothing any more. The arguments are those of `due_steps`.
    """
    steps = due_steps(deadlines, now, calendar=calendar, zone=zone, since=since, plan=plan)
    return steps[-1] if steps else None


def ladder(
    deadlines: Deadlines,
    until: datetime,
    *,
    calendar: Calendar,
    zone: ZoneInfo = AMSTERDAM,
    since: datetime | None = None,
    plan: ReminderSteps = STANDARD,
) -> tuple[Step, ...]:
    """
    Return every step of these dates up to and including *until*, oldest first.

    The arguments are those of `due_steps`; *since* leaves nothing out here, but no step is
    brought forward to a moment before it.

    Raises:
        NaiveInstant: if *until* or *since* carries no zone.
    """
    end = to_utc(until)
    known = max(deadlines.received_at, to_utc(since)) if since else deadlines.received_at
    if deadlines.clock is Clock.BREACH:
        steps = _breach_steps(deadlines, plan)
    elif deadlines.due is not None:
        steps = _day_steps(deadlines, known, end, calendar=calendar, zone=zone, plan=plan)
    else:
        return ()
    return tuple(sorted((step for step in steps if step.at <= end), key=lambda step: step.at))


def missed_step(deadlines: Deadlines, zone: ZoneInfo = AMSTERDAM) -> Step | None:
    """Return the moment from which the deadline is missed and the board is alarmed, at any hour."""
    moment = too_late_at(deadlines, zone)
    return Step("missed", moment) if moment else None


def _breach_steps(deadlines: Deadlines, plan: ReminderSteps) -> Iterator[Step]:
    # Whoever recorded the awareness has seen the breach, so its first step is not repeated.
    start, hours = (
        (deadlines.aware_at, tuple(hour for hour in plan.breach_hours if hour))
        if deadlines.aware_at
        else (deadlines.received_at, plan.breach_hours)
    )
    for hour in hours:
        yield Step(f"breach_{hour}", start + timedelta(hours=hour))


def _day_steps(
    deadlines: Deadlines,
    known: datetime,
    until: datetime,
    *,
    calendar: Calendar,
    zone: ZoneInfo,
    plan: ReminderSteps,
) -> Iterator[Step]:
    """
    Yield the steps of a due date, in the order of their urgency.

    1. A step on a day off goes at the start of the next working day.
    2. Where that lies after the due date the step is dropped: the daily reminder of an overdue
       case says it already. So that people are still warned in time, the last working day then
       gets a step of its own. It is not an early form of the dropped one: it has its own day.
    3. A step in a school holiday goes on the last working day before that holiday, unless the
       date was not known then. The last working day itself keeps its step: who works through
       the holiday is still told.
    4. A step whose moment passed before the mail came was never due.
    """
    due = deadlines.due
    assert due is not None
    target = last_working_day(due, calendar)
    days = {}
    for n in plan.days_before:
        day = first_working_day(due - timedelta(days=n), calendar)
        early = before_holidays(day, plan.school_holidays, calendar)
        in_time = day <= due and at_local(early, plan.from_hour, zone) > known
        days[f"due_{n}"] = early if in_time else day
    if target not in days.values():
        days["last_working_day"] = target
    for code, day in days.items():
        moment = at_local(day, plan.from_hour, zone)
        if day <= due and moment > deadlines.received_at:
            yield Step(code, moment)
    day = first_working_day(due + ONE_DAY, calendar)
    while day <= local_day(until, zone):
        yield Step(f"overdue_{(day - due).days}", at_local(day, plan.from_hour, zone))
        day = first_working_day(day + timedelta(days=plan.overdue_every_days), calendar)
