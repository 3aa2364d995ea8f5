"""What may be erased when, and why: one table, and a plan made from it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from mailbot.domain.board import Retention
from mailbot.domain.kinds import Kind


class Category(StrEnum):
    """What kind of file a term belongs to; the codes stand in the plan and in the log."""

    REQUEST = "request"
    COMPLAINT = "complaint"
    BREACH = "breach"
    REGISTER = "register"
    OTHER = "other"
    PARKED = "parked"
    AUTOMATIC = "automatic"
    LETTER = "letter"
    COPY = "handed_out_copy"


@dataclass(frozen=True, slots=True)
class Term:
    """A span in whole years, weeks or days."""

    years: int = 0
    weeks: int = 0
    days: int = 0

    def last_day(self, start: date) -> date:
        """
        Give the last day of a term that starts on *start*.

        A day that its month does not have, 29 February, becomes the last one it has
        (Regulation 1182/71, 3(2)(c)).
        """
        try:
            moved = start.replace(year=start.year + self.years)
        except ValueError:
            moved = start.replace(year=start.year + self.years, day=28)
        return moved + timedelta(weeks=self.weeks, days=self.days)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    category: Category
    what: str
    since: str
    term: Callable[[Retention], Term]
    source: str
    by_hand: bool = False
    """Whether the thing lies outside this house, so that a person must destroy it and say so."""


def _years(name: str) -> Callable[[Retention], Term]:
    return lambda terms: Term(years=getattr(terms, name))


def _other(terms: Retention) -> Term:
    return Term(days=terms.other_days)


RULES = (
    Rule(
        Category.REQUEST,
        "file of a request or question, with its mails and letters",
        "its closing, or its last mail if that is later",
        _years("request_years"),
        "toelichting 6.5",
    ),
    Rule(
        Category.COMPLAINT,
        "file of a complaint, with its mails and letters",
        "its closing, or its last mail if that is later",
        _years("complaint_years"),
        "reglement 6.5.3",
    ),
    Rule(
        Category.BREACH,
        "file of a breach, with its mails and letters",
        "its closing, or its last mail if that is later",
        _years("breach_register_years"),
        "policy, after reglement 6.4.2",
    ),
    Rule(
        Category.REGISTER,
        "entry in the breach register, with every version",
        "its last version, or the closing of its case if that is later",
        _years("breach_register_years"),
        "policy, after reglement 6.4.2",
    ),
    Rule(
        Category.OTHER,
        "file that turned out not to be ours",
        "its closing, or its last mail if that is later",
        _other,
        "policy",
    ),
    Rule(
        Category.PARKED,
        "mail without a case, spam and mail in quarantine too",
        "the day a person looked at it",
        _other,
        "policy",
    ),
    Rule(
        Category.AUTOMATIC,
        "automatic mail without a case",
        "the day a person looked at it",
        _other,
        "policy",
    ),
    Rule(
        Category.LETTER,
        "letter of ours without a case",
        "the day it was written",
        _other,
        "policy",
    ),
    Rule(
        Category.COPY,
        "the school's own copy of what was handed out",
        "its delivery",
        lambda terms: Term(weeks=terms.handed_out_copy_weeks),
        "policy",
        by_hand=True,
    ),
)
"""Reglement 6.5; every term is the board's own, from its profile.

Copies of identity documents are not in this table: their term is zero (reglement 8.2.2), and
they are destroyed as soon as they are seen, by a job of their own.
"""

RULE: Mapping[Category, Rule] = {rule.category: rule for rule in RULES}

_OF_KIND = {
    Kind.COMPLAINT: Category.COMPLAINT,
    Kind.BREACH: Category.BREACH,
    Kind.OTHER: Category.OTHER,
}

HANDED_OUT_BY = frozenset({Kind.ACCESS, Kind.PORTABILITY})
"""The kinds whose grant hands out a copy (reglement 8.2.1 and 8.7)."""


def category_of(kind: Kind) -> Category:
    """Name the category of a case's file."""
    return _OF_KIND.get(kind, Category.REQUEST)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something whose term runs."""

    category: Category
    subject: str
    """A reference, or a number such as `mail 12`; never a name."""
    number: int
    """The row it is."""
    since: date


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """Something whose term is over."""

    category: Category
    subject: str
    number: int
    kept_until: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What may go on one day, what a legal hold keeps, and what people must destroy themselves."""

    day: date
    due: tuple[Item, ...]
    held: tuple[Item, ...] = ()
    by_hand: tuple[Item, ...] = ()

    @property
    def code(self) -> str:
        """Name this plan by its day and content: another content is another plan."""
        lines = "\n".join(f"{one.category} {one.subject} {one.kept_until}" for one in self.due)
        return f"{self.day:%Y%m%d}-{sha256(lines.encode()).hexdigest()[:8]}"

    def counts(self) -> Mapping[Category, int]:
        """Count what may go, category by category, in the order of the table."""
        found = Counter(one.category for one in self.due)
        return {rule.category: found[rule.category] for rule in RULES if found[rule.category]}


def make_plan(
    candidates: Iterable[Candidate], held: frozenset[str], terms: Retention, today: date
) -> Plan:
    """
    Say what may go today.

    Args:
        candidates: everything whose term runs.
        held: subjects under a legal hold; a hold wins over every term.
        terms: the board's own.
        today: the local day; something is kept through the last day of its term.
    """
    over = sorted(
        Item(one.category, one.subject, one.number, last)
        for one in candidates
        if (last := RULE[one.category].term(terms).last_day(one.since)) < today
    )
    free = [one for one in over if one.subject not in held]
    return Plan(
        today,
        due=tuple(one for one in free if not RULE[one.category].by_hand),
        held=tuple(one for one in over if one.subject in held),
        by_hand=tuple(one for one in free if RULE[one.category].by_hand),
    )


def ripe(
    plan: Plan, shown_since: Mapping[tuple[Category, str], date], visible_days: int
) -> Sequence[Item]:
    """Choose what stood in the plan long enough to go without a person's word."""
    stood = plan.day - timedelta(days=visible_days)
    return [
        one for one in plan.due if shown_since.get((one.category, one.subject), plan.day) <= stood
    ]
