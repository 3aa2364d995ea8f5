"""What an entry of the breach register is: every incident, reported or not (reglement 6.4.2, GDPR 33(5))."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from mailbot.domain.register_words import (
    Act,
    DataKind,
    Group,
    Incident,
    Nature,
    Protection,
    Risk,
    SpecialKind,
    TellingParents,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """All that is written down of one incident; what is not known yet is None or empty."""

    summary: str = field(default="", repr=False)
    facts: str = field(default="", repr=False)
    cause: str = field(default="", repr=False)
    incident: Incident | None = None
    nature: tuple[Nature, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    discovered_at: datetime | None = None
    received_at: datetime | None = None
    aware_at: datetime | None = None
    reporter: str = field(default="", repr=False)
    processor: str = field(default="", repr=False)
    data_kinds: tuple[DataKind, ...] = ()
    special_kinds: tuple[SpecialKind, ...] = ()
    people_least: int | None = None
    people_most: int | None = None
    records_least: int | None = None
    records_most: int | None = None
    groups: tuple[Group, ...] = ()
    minors: bool | None = None
    protection: Protection | None = None
    prior_security: str = field(default="", repr=False)
    effects: str = field(default="", repr=False)
    harm: str = field(default="", repr=False)
    risk: Risk | None = None
    risk_reasoning: str = field(default="", repr=False)
    measures: str = field(default="", repr=False)
    prevention: str = field(default="", repr=False)
    cross_border: bool | None = None
    countries: tuple[str, ...] = ()
    fg_advice: str = field(default="", repr=False)
    fg_adviser: str = field(default="", repr=False)
    ap_reported: bool | None = None
    """What the board decided; the notification itself is `ap_first_at`."""
    ap_reason: str = field(default="", repr=False)
    ap_decider: str = field(default="", repr=False)
    ap_number: str = ""
    ap_first_at: datetime | None = None
    ap_followups: tuple[datetime, ...] = ()
    ap_delay_reason: str = field(default="", repr=False)
    parents: TellingParents | None = None
    parents_reason: str = field(default="", repr=False)
    parents_decider: str = field(default="", repr=False)
    parents_told_at: datetime | None = None
    parents_how: str = field(default="", repr=False)
    parents_text: str = field(default="", repr=False)
    public_notice: str = field(default="", repr=False)
    lessons: str = field(default="", repr=False)

    @property
    def settled(self) -> bool:
        """Whether the duty of GDPR 33(1) is met: the AP was notified, or need not be."""
        return self.ap_first_at is not None or self.ap_reported is False


@dataclass(frozen=True, slots=True)
class AwarenessAct:
    """A person recorded since when the school has been aware; each time is kept."""

    aware_at: datetime
    at: datetime
    by: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ParentsLetters:
    """
    What became of the letters to the parents of one breach.

    Parents are told when the mail server took the last of their letters, not when a person
    wrote them. A letter that was refused or came back told nobody.
    """

    taken: int
    waiting: int
    lost: tuple[int, ...]
    """The numbers of the letters, of the last time of writing, that reached nobody."""
    last_taken: datetime | None

    @property
    def told_at(self) -> datetime | None:
        """When every parent was told; None while a letter waits, or since one was lost."""
        return None if self.waiting or self.lost else self.last_taken


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """One version of an entry, by the officer who made it; never changed afterwards."""

    entry_id: int
    reference: str
    """The reference of its case, or `DATALEK-…` for an incident without one."""
    case_id: int | None
    number: int
    officer_id: int
    officer: str = field(repr=False)
    sign_in_id: int
    act: Act
    at: datetime
    entry: RegisterEntry
    letters: ParentsLetters | None = None
    """Where parents were written to by mail: whether they got it, as of the moment of reading."""

    @property
    def as_it_stands(self) -> RegisterEntry:
        """The entry, with the moment at which the letters to the parents were all taken."""
        told = self.letters.told_at if self.letters else None
        if told is None or self.entry.parents_told_at is not None:
            return self.entry
        return replace(self.entry, parents_told_at=told)


@dataclass(frozen=True, slots=True)
class BreachStanding:
    """What the register knows that a case's clock must follow."""

    awareness: tuple[AwarenessAct, ...] = ()
    settled: bool = False
    """Whether the 72 hours have done their work, so that nobody is reminded any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two versions."""

    name: str
    before: object = field(repr=False)
    after: object = field(repr=False)


def diff(before: RegisterEntry, after: RegisterEntry) -> Sequence[Change]:
    """Name every field that differs, in the order of the entry."""
    changes = (
        Change(one.name, getattr(before, one.name), getattr(after, one.name))
        for one in fields(RegisterEntry)
    )
    return [change for change in changes if change.before != change.after]
