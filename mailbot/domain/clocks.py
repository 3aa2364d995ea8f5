"""Work out the dates of a case from its receipt, each with its explanation."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.domain.breach_clock import alarm_at, breach_due_at
from mailbot.domain.deadlines import ByHand, Deadlines
from mailbot.domain.explained import Explained, Rule
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.local_time import AMSTERDAM, local_day, to_utc
from mailbot.domain.ports import Calendar
from mailbot.domain.tasks import TaskDue, TaskRule
from mailbot.domain.terms import REGLEMENT, Terms
from mailbot.domain.working_days import SATURDAY, add_working_days, last_working_day


def clock_for(
    kind: Kind,
    received: datetime,
    *,
    calendar: Calendar,
    terms: Terms = REGLEMENT,
    zone: ZoneInfo = AMSTERDAM,
    by_hand: ByHand | None = None,
) -> Deadlines:
    """
    Work out every date that follows from the receipt of a mail.

    The term runs from first receipt (reglement 8.9.2b), so *received* is the mail server's
    date, or the one an officer set with a reason. It is never moved for a weekend or holiday.

    Args:
        kind: the kind of the case.
        received: aware instant of first receipt.
        calendar: the days on which nobody works.
        terms: the terms of this board.
        zone: the zone in which the reglement counts its days.
        by_hand: who set the receipt, and why; None where the mail server did.

    Returns:
        The dates of this kind's clock; a breach has no `due_at` yet (see `with_awareness`).

    Raises:
        NaiveInstant: if *received* carries no zone.
    """
    received_on = local_day(received, zone)
    start = Deadlines(
        kind, to_utc(received), received_on, explanation=(_receipt(kind, received_on, by_hand),)
    )
    match KINDS[kind].clock:
        case Clock.REQUEST:
            return _request(start, terms, calendar)
        case Clock.COMPLAINT:
            return _complaint(start, terms, calendar)
        case Clock.BREACH:
            return _breach(start, terms)
        case Clock.NONE:
            return _add(start, Explained(Rule.NO_TERM, KINDS[kind].articles[0], received_on))


def with_awareness(
    deadlines: Deadlines, aware_at: datetime, *, by: str, terms: Terms = REGLEMENT
) -> Deadlines:
    """
    Start the clock of the authority: a person recorded since when the school has been aware.

    Awareness may lie before the receipt, where a colleague knew earlier than the mailbox.

    Args:
        deadlines: the dates of a breach.
        aware_at: aware instant; recording it again replaces the earlier one.
        by: the officer who recorded it.
        terms: the terms of this board.

    Raises:
        NaiveInstant: if *aware_at* carries no zone.
        ValueError: if the case is no breach.
    """
    if deadlines.clock is not Clock.BREACH:
        raise ValueError(f"awareness belongs to a breach, not to {deadlines.kind}")
    due_at = breach_due_at(aware_at, terms)
    kept = tuple(
        one
        for one in deadlines.explanation
        if one.rule not in (Rule.BREACH_NOT_AWARE, Rule.BREACH_DUE)
    )
    told = Explained(
        Rule.BREACH_DUE, "G33(1)", due_at, to_utc(aware_at), terms.breach_hours, by_whom=by
    )
    return replace(deadlines, aware_at=to_utc(aware_at), due_at=due_at, explanation=(*kept, told))


def with_due_by_hand(
    deadlines: Deadlines, due: date, by_hand: ByHand, *, calendar: Calendar
) -> Deadlines:
    """
    Record the deadline that a person read in a letter (reglement 8.9.5).

    Raises:
        ValueError: if the kind has a clock of its own, which nobody may overrule by hand.
    """
    if deadlines.clock is not Clock.NONE:
        raise ValueError(f"the date of {deadlines.kind} follows from its own clock")
    told = Explained(Rule.SET_BY_HAND, "R8.9.5", due, by_whom=by_hand.by, note=by_hand.reason)
    fresh = replace(deadlines, due=due, explanation=(deadlines.explanation[0], told))
    return with_target(fresh, calendar)


def with_target(deadlines: Deadlines, calendar: Calendar) -> Deadlines:
    """Add the working target of the due date in force, and say why it is that day."""
    due = deadlines.due
    if due is None:
        return deadlines
    target = last_working_day(due, calendar)
    holiday = calendar.holiday(due)
    if target == due:
        rule = Rule.TARGET
    elif holiday is None or due.weekday() >= SATURDAY:
        rule = Rule.TARGET_WEEKEND
    else:
        rule = Rule.TARGET_HOLIDAY
    told = Explained(rule, "policy", target, due, (due - target).days, note=holiday or "")
    return replace(_add(deadlines, told), working_target=target)


def task_due(
    task: TaskRule,
    deadlines: Deadlines,
    *,
    calendar: Calendar,
    terms: Terms = REGLEMENT,
    zone: ZoneInfo = AMSTERDAM,
) -> date | None:
    """
    Return the day of a task, or None where it follows from a later act of a person.

    Rectification's "meteen" (reglement 8.3.1) names no term: the next working day is policy.
    """
    match task.due:
        case TaskDue.AT_ONCE:
            return add_working_days(
                deadlines.received_on, terms.rectification_working_days, calendar
            )
        case TaskDue.WITH_ANSWER:
            return deadlines.working_target
        case TaskDue.BREACH_CLOCK:
            end = deadlines.due_at or deadlines.alarm_at
            return local_day(end, zone) if end else None
        case TaskDue.BY_LETTER:
            return deadlines.due
        case TaskDue.AFTER_DECISION | TaskDue.BEFORE_LIFTING:
            return None


def _add(deadlines: Deadlines, explained: Explained) -> Deadlines:
    return replace(deadlines, explanation=(*deadlines.explanation, explained))


def _receipt(kind: Kind, received_on: date, by_hand: ByHand | None) -> Explained:
    # Only a request counts its term from here by the reglement; elsewhere the rule is ours.
    article = "R8.9.2b" if KINDS[kind].clock is Clock.REQUEST else "policy"
    if by_hand is None:
        return Explained(Rule.RECEIVED, article, received_on)
    return Explained(
        Rule.RECEIVED_BY_HAND, article, received_on, by_whom=by_hand.by, note=by_hand.reason
    )


def _request(start: Deadlines, terms: Terms, calendar: Calendar) -> Deadlines:
    received_on = start.received_on
    due = received_on + timedelta(days=terms.request_days)
    cap = received_on + timedelta(days=terms.cap_days)
    told = (
        Explained(Rule.REQUEST_DUE, "R8.9.2b", due, received_on, terms.request_days),
        Explained(Rule.REQUEST_CAP, "R8.9.2b", cap, received_on, terms.cap_days),
    )
    dated = replace(start, due=due, cap=cap, explanation=(*start.explanation, *told))
    return with_target(dated, calendar)


def _complaint(start: Deadlines, terms: Terms, calendar: Calendar) -> Deadlines:
    days = terms.complaint_ack_working_days
    acknowledge_by = add_working_days(start.received_on, days, calendar)
    told = Explained(Rule.ACKNOWLEDGE, "policy", acknowledge_by, start.received_on, days)
    dated = replace(_add(start, told), acknowledge_by=acknowledge_by, due=acknowledge_by)
    if terms.complaint_answer_days is not None:
        answer_days = terms.complaint_answer_days
        due = start.received_on + timedelta(days=answer_days)
        answer = Explained(Rule.COMPLAINT_ANSWER, "policy", due, start.received_on, answer_days)
        dated = replace(_add(dated, answer), due=due)
    return with_target(dated, calendar)


def _breach(start: Deadlines, terms: Terms) -> Deadlines:
    alarm = alarm_at(start.received_at, terms)
    told = (
        Explained(Rule.BREACH_ALARM, "policy", alarm, start.received_at, terms.breach_hours),
        Explained(Rule.BREACH_NOT_AWARE, "G33(1)", alarm),
    )
    return replace(start, alarm_at=alarm, explanation=(*start.explanation, *told))
