"""The history of a case in words: every event as one sentence, views apart."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mailbot.domain.books import Event
from mailbot.domain.handling import ActOnFile
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.suggestion import Flag
from mailbot.web.languages import DUTCH
from mailbot.web.pages import case_words
from mailbot.web.pages.case_events import EVENTS, OTHER_EVENT, ROBOT, VIEWS
from mailbot.web.words import day, kind_name

PLACES = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    at: datetime
    what: str
    by: str
    view: bool
    words: str = field(default="", repr=False)
    """What the officer typed with it."""


def history_of(
    events: Sequence[Event],
    acts: Sequence[ActOnFile],
    officers: Mapping[int, str],
    gettext: Callable[[str], str],
    language: str,
    *,
    kind: Kind | None = None,
) -> tuple[Line, ...]:
    """Tell the history of a case, newest first; *kind* says whose tasks its codes name."""
    typed = {str(act.number): act.words for act in acts}
    lines = [
        Line(
            one.at,
            _sentence(one, kind, gettext, language),
            officers.get(one.officer_id, "") if one.officer_id else gettext(ROBOT),
            one.kind in VIEWS,
            typed.get(dict(one.detail).get("act", ""), ""),
        )
        for one in events
    ]
    return tuple(reversed(lines))


def named(kind: str, gettext: Callable[[str], str]) -> str:
    """Name a kind of event without what it was about, for a choice."""
    message = EVENTS.get(kind)
    if message is None:
        return kind.replace("_", " ")
    return PLACES.sub("…", gettext(message)).rstrip(".")


def _sentence(event: Event, of: Kind | None, gettext: Callable[[str], str], language: str) -> str:
    message = EVENTS.get(event.kind)
    if message is None:
        return gettext(OTHER_EVENT).format(kind=event.kind.replace("_", " "))
    if "{" not in message:
        # Most of a long history: that somebody looked.
        return gettext(message)
    detail = dict(event.detail)
    subject = detail.get("subject", "")
    kind = detail.get("kind", "")
    return gettext(message).format(
        outcome=gettext(case_words.OUTCOMES.get(detail.get("outcome", ""), "?")),
        old_due=_day(detail.get("old_due"), language),
        new_due=_day(detail.get("new_due"), language),
        fact=gettext(case_words.FACTS.get(subject, subject or "?")),
        flag=gettext(case_words.FLAGS[subject]) if subject in set(Flag) else subject,
        kind=kind_name(Kind(kind), language=language) if kind in set(Kind) else kind,
        task=_task(subject, of, language),
    )


def _day(written: str | None, language: str) -> str:
    """Write a day as people do; events keep it as ISO 8601."""
    return day(date.fromisoformat(written), language=language) if written else "?"


def _task(code: str, kind: Kind | None, language: str) -> str:
    """Say a task in the words of the case page; one of an earlier kind is looked for everywhere."""
    rows = ([KINDS[kind]] if kind else []) + list(KINDS.values())
    rule = next((rule for row in rows for rule in row.tasks if rule.code == code), None)
    if rule is None:
        return code.replace("_", " ")
    return (rule.dutch if language == DUTCH else rule.english).rstrip(".")
