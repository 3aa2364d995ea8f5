"""Guesses to which running case a mail without a thread belongs; a person confirms it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import FactName, Suggestion
from mailbot.domain.thread import Known, RunningCase

PROBABLE = 0.75
"""From here a mail that is no clear request waits for a person, instead of opening a case."""
POSSIBLE = 0.6
"""From here a person is told of the guess."""
_CLEAR = 0.65
_FOLLOWS = 0.8
_LONG_AGO = timedelta(days=90)
_ANSWERS = frozenset({FactName.CHILD_NAME, FactName.SCHOOL, FactName.WHICH_DATA})
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Guess:
    """One running case, how likely a mail belongs to it, and why: codes of `SIGNS`."""

    case_id: int
    score: float
    why: tuple[str, ...]


Sign = Callable[[Mail, Suggestion, Known, RunningCase], bool]

SIGNS: Sequence[tuple[str, float, Sign]] = (
    ("own_address", 0.3, lambda *_: True),
    ("address_verified", 0.15, lambda _m, _s, known, _c: known.verified),
    ("only_case", 0.15, lambda _m, _s, known, _c: len(known.open_cases) == 1),
    ("reads_as_follow_up", 0.2, lambda _m, said, _k, _c: said.follow_up >= _FOLLOWS),
    ("same_subject", 0.2, lambda mail, _s, _k, one: _alike(mail.subject, one.subject)),
    ("same_child", 0.25, lambda _m, said, _k, one: _same_child(said, one)),
    ("gives_what_was_asked", 0.15, lambda _m, said, _k, _c: _gives(said)),
    ("clear_other_request", -0.4, lambda _m, said, _k, one: _other(said, one)),
    ("other_child", -0.25, lambda _m, said, _k, one: _other_child(said, one)),
    ("long_ago", -0.1, lambda mail, _s, _k, one: _is_old(mail, one)),
)
"""What speaks for a case and against it; the sum is the score."""


def best_guess(mail: Mail, suggestion: Suggestion, known: Known) -> Guess | None:
    """
    Guess the running case of the sender that a mail belongs to.

    Args:
        mail: a mail without a thread.
        suggestion: what is believed of it.
        known: the running cases of its sender.

    Returns:
        The likeliest case with its reasons, or None where none is likely enough or two are
        as likely as each other.
    """
    guesses = sorted(
        (_weigh(mail, suggestion, known, one) for one in known.open_cases),
        key=lambda guess: -guess.score,
    )
    if not guesses or guesses[0].score < POSSIBLE:
        return None
    if len(guesses) > 1 and guesses[1].score == guesses[0].score:
        return None
    return guesses[0]


def _weigh(mail: Mail, suggestion: Suggestion, known: Known, one: RunningCase) -> Guess:
    hits = [(why, weight) for why, weight, sign in SIGNS if sign(mail, suggestion, known, one)]
    score = max(0.0, sum(weight for _, weight in hits))
    return Guess(one.case.id, round(score, 2), tuple(why for why, _ in hits))


def _folded(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    return set(_WORD.findall("".join(one for one in plain if not unicodedata.combining(one))))


def _alike(subject: str, other: str) -> bool:
    mine, theirs = _folded(subject), _folded(other)
    return bool(mine and theirs) and len(mine & theirs) * 2 >= min(len(mine), len(theirs))


def _children(suggestion: Suggestion) -> set[str]:
    names = [fact.value for fact in suggestion.facts if fact.name is FactName.CHILD_NAME]
    return {name.split()[0].lower() for value in names for name in value.split("; ") if name}


def _known_children(one: RunningCase) -> set[str]:
    return {name.split()[0].lower() for name in one.children if name.strip()}


def _same_child(suggestion: Suggestion, one: RunningCase) -> bool:
    return bool(_children(suggestion) & _known_children(one))


def _other_child(suggestion: Suggestion, one: RunningCase) -> bool:
    mine, theirs = _children(suggestion), _known_children(one)
    return bool(mine and theirs) and not mine & theirs


def _gives(suggestion: Suggestion) -> bool:
    return bool({fact.name for fact in suggestion.facts} & _ANSWERS) and not suggestion.kinds


def _other(suggestion: Suggestion, one: RunningCase) -> bool:
    return any(
        found.confidence >= _CLEAR and found.kind is not one.case.kind for found in suggestion.kinds
    )


def _is_old(mail: Mail, one: RunningCase) -> bool:
    return mail.received - one.case.dates.received_at > _LONG_AGO
