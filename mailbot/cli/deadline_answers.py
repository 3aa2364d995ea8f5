"""Answer one question about dates, as the fields that `mailbot deadlines --json` prints."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.adapters.calendar import DutchCalendar
from mailbot.cli.deadline_questions import Act, Question
from mailbot.domain.board import ReminderSteps
from mailbot.domain.clocks import clock_for, with_awareness
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.early_reminders import with_early_reminders
from mailbot.domain.extension_words import CAUTIONS, Caution
from mailbot.domain.extensions import extend, refusal_text, why_refused
from mailbot.domain.reminder_steps import STANDARD
from mailbot.domain.terms import REGLEMENT, Terms

Answer = dict[str, object]

UNTOLD = {"nl": "reden niet opgegeven", "en": "no reason given"}
"""A question on the command line need not carry the reason that an officer must type."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one board has laid down about its dates; by default the reglement alone."""

    zone: ZoneInfo
    terms: Terms = REGLEMENT
    reminders: ReminderSteps = STANDARD


@dataclass(slots=True)
class _Course:
    """How the dates went, act by act; a refused act leaves them as they were."""

    dates: Deadlines
    since: datetime | None = None
    """The act from which the date in force is known; reminders before it belong to the old one."""
    refused: list[str] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)


def answer(question: Question, language: str, rules: Rules) -> Answer:
    """
    Work out the dates, with every extension in its order.

    A refused extension leaves the dates as they were: the earlier ones stand, and a later
    one is looked at by itself.

    Args:
        question: what was asked.
        language: `nl` or `en`, for the sentences.
        rules: the terms and school holidays of the board, and the zone it counts its days in.
    """
    calendar, zone = DutchCalendar(), rules.zone
    dates = clock_for(
        question.kind, question.received, calendar=calendar, terms=rules.terms, zone=zone
    )
    if question.aware is not None:
        dates = with_awareness(dates, question.aware, by="", terms=rules.terms)
    course = _Course(dates)
    for act in question.acts:
        _apply(act, course, language, zone)
    course.dates = with_early_reminders(
        course.dates, rules.reminders, calendar=calendar, zone=zone, since=course.since
    )
    return _fields(course, language, zone)


def _apply(act: Act, course: _Course, language: str, zone: ZoneInfo) -> None:
    reason = UNTOLD[language] if act.reason is None else act.reason
    refusal = why_refused(course.dates, act.until, act.at, reason=reason, zone=zone)
    if refusal is not None:
        course.refused.append(
            refusal_text(refusal, course.dates, act.until, act.at, language=language, zone=zone)
        )
        return
    extended = extend(
        course.dates,
        act.until,
        act.at,
        by=act.by,
        reason=reason,
        calendar=DutchCalendar(),
        zone=zone,
    )
    course.dates, course.since = extended.deadlines, act.at
    course.cautions.extend(extended.cautions)


def _fields(course: _Course, language: str, zone: ZoneInfo) -> Answer:
    dates = course.dates
    return {
        "kind": dates.kind.value,
        "received": _day(dates.received_on),
        "due": _day(dates.due),
        "working_target": _day(dates.working_target),
        "cap": _day(dates.cap),
        "due_at": _zulu(dates.due_at),
        "alarm_at": _zulu(dates.alarm_at),
        "acknowledge_by": _day(dates.acknowledge_by),
        "extensions": dates.extensions,
        "explanation": list(dates.sentences(language, zone)),
        "warnings": [CAUTIONS[one][language == "en"] for one in dict.fromkeys(course.cautions)],
        "refused": " ".join(course.refused) or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _zulu(instant: datetime | None) -> str | None:
    return instant.isoformat().replace("+00:00", "Z") if instant else None
