"""Answer one question about dates, as the fields that `mailbot deadlines --json` prints."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.adapters.calendar import DutchCalendar
from mailbot.cli.deadline_questions import Act, Question
from mailbot.domain.clocks import clock_for, with_awareness
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.extension_words import CAUTIONS, Caution
from mailbot.domain.extensions import extend, refusal_text, why_refused

Answer = dict[str, object]

UNTOLD = {"nl": "reden niet opgegeven", "en": "no reason given"}
"""A question on the command line need not carry the reason that an officer must type."""


@dataclass(slots=True)
class _Course:
    """How the dates went, act by act; a refused act leaves them as they were."""

    dates: Deadlines
    refused: list[str] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)


def answer(question: Question, language: str, zone: ZoneInfo) -> Answer:
    """
    Work out the dates, with every extension in its order.

    A refused extension leaves the dates as they were: the earlier ones stand, and a later
    one is looked at by itself.

    Args:
        question: what was asked.
        language: `nl` or `en`, for the sentences.
        zone: the zone in which the reglement counts its days.
    """
    calendar = DutchCalendar()
    dates = clock_for(question.kind, question.received, calendar=calendar, zone=zone)
    if question.aware is not None:
        dates = with_awareness(dates, question.aware, by="")
    course = _Course(dates)
    for act in question.acts:
        _apply(act, course, language, zone)
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
    course.dates = extended.deadlines
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
