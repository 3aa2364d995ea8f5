"""Say of a case that its reminders come early, because a school holiday lies in the way."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.domain.board import ReminderSteps
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.explained import Explained, Rule
from mailbot.domain.local_time import AMSTERDAM, local_day, start_of_day
from mailbot.domain.ports import Calendar
from mailbot.domain.reminder_steps import ladder
from mailbot.domain.school_holidays import SchoolHoliday, holiday_on
from mailbot.domain.working_days import ONE_DAY


def with_early_reminders(
    deadlines: Deadlines,
    plan: ReminderSteps,
    *,
    calendar: Calendar,
    zone: ZoneInfo = AMSTERDAM,
    since: datetime | None = None,
) -> Deadlines:
    """
    Add one sentence for each school holiday that brings reminders forward; no date changes.

    Args:
        deadlines: the dates in force.
        plan: the steps of this board, with its school holidays.
        calendar: the days on which nobody works.
        zone: the zone of the working hours.
        since: when these dates came into force, if an officer changed them.

    Returns:
        The same dates; the same object where no reminder moves.
    """
    if not plan.school_holidays or deadlines.due is None:
        return deadlines
    end = start_of_day(deadlines.due + ONE_DAY, zone)
    early = ladder(deadlines, end, calendar=calendar, zone=zone, since=since, plan=plan)
    moved = {step.code: local_day(step.at, zone) for step in early}
    usual = ladder(
        deadlines, end, calendar=calendar, zone=zone, plan=replace(plan, school_holidays=())
    )
    told: dict[SchoolHoliday, Explained] = {}
    for step in usual:
        day = local_day(step.at, zone)
        holiday = holiday_on(day, plan.school_holidays)
        if holiday is None or moved.get(step.code, day) == day:
            continue
        note = f"{holiday.name}, regio {plan.school_region}" if plan.school_region else holiday.name
        told.setdefault(
            holiday,
            Explained(Rule.REMINDED_EARLY, "policy", moved[step.code], holiday.first, note=note),
        )
    return replace(deadlines, explanation=(*deadlines.explanation, *told.values()))
