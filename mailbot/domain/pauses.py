"""Show what the date would be if waiting for the requester did not count: advice, never binding."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mailbot.domain.deadlines import Deadlines
from mailbot.domain.explained import Explained, Rule


@dataclass(frozen=True, slots=True)
class Pause:
    """One question to the requester: about identity, or what is meant."""

    asked_on: date
    answered_on: date | None = None
    """None while the answer is still out."""


def advisory_due(deadlines: Deadlines, pauses: Iterable[Pause], today: date) -> Explained | None:
    """
    Work out the suspended date (EDPB Guidelines 01/2022, §159), as advice only.

    Asking for identity or clarification never stops the binding clock; this function returns
    a sentence beside it and touches no deadline. Days that two questions share count once.

    Args:
        deadlines: the dates in force.
        pauses: the questions that were asked.
        today: local day, for questions without an answer.

    Returns:
        The date with its explanation, or None where no day was spent waiting.
    """
    due = deadlines.due
    if due is None:
        return None
    waited: set[date] = set()
    for pause in pauses:
        first = max(pause.asked_on, deadlines.received_on)
        last = pause.answered_on or today
        waited.update(first + timedelta(days=n) for n in range((last - first).days))
    if not waited:
        return None
    days = len(waited)
    return Explained(Rule.SUSPENDED, "E1 §159", due + timedelta(days=days), due, days)
