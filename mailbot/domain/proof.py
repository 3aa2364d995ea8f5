"""The daily proof: what became of every mail since the proof before, counted two ways."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from mailbot.domain.books import Draft
from mailbot.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class Counts:
    """
    What became of the mails that came within a span.

    *seen* is counted from what the mail servers showed us, the others from what was written
    down of each mail, so that a mail that got lost between the two shows.
    """

    seen: int
    opened: int
    filed: int
    parked: int
    automatic: int
    quarantined: int
    waiting: int
    """Stored, and nobody has looked yet: the robot is at it, or stands still."""

    @property
    def accounted(self) -> int:
        """How many mails have a place."""
        ends = (self.opened, self.filed, self.parked, self.automatic, self.quarantined)
        return sum(ends) + self.waiting

    @property
    def adds_up(self) -> bool:
        """Whether every mail that was seen has a place, and nothing more."""
        return self.seen == self.accounted


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for people, of one sort."""

    what: str
    """`unread`, `parked`, `asked`, `quarantined`, `held`, `refused` or `unconfirmed`."""
    count: int
    since: datetime
    """When the one that waits longest came."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A case whose term ends soon or is over; its number, kind and date, nothing personal."""

    case_id: int
    reference: str
    kind: Kind | None
    due: date | None
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof, as it was written down and mailed."""

    day: date
    """The working day it was written for, in the board's zone."""
    since: datetime
    until: datetime
    counts: Counts
    waiting: tuple[Waiting, ...] = ()
    leaving: tuple[Leaving, ...] = ()
    answered: Mapping[str, int] = field(default_factory=dict)
    """How many letters the assistant wrote by itself, by letter."""
    passages: Mapping[str, int] = field(default_factory=dict)
    """How many questions each passage answered."""


@dataclass(frozen=True, slots=True)
class ProofOnFile:
    """What is known of a proof that was written, for whoever watches over it."""

    id: int
    day: date
    until: datetime
    """When it was written; it counts what came before."""
    adds_up: bool
    accepted_at: datetime | None
    """When the mail server took it to the last of its readers."""
    lost: bool
    """Whether the mail server refused it to somebody, or it came back."""


class ProofBook(Protocol):
    """What the proof counts, and the proofs themselves, within one transaction."""

    def last(self) -> ProofOnFile | None:
        """Read the newest proof."""
        ...

    def written(self, most: int) -> Sequence[Proof]:
        """List the last proofs, the newest first, with their counts alone."""
        ...

    def first_mail(self) -> datetime | None:
        """Say when the first mail ever was stored."""
        ...

    def counts(self, since: datetime, until: datetime) -> Counts:
        """Count the mails stored from *since* and before *until*."""
        ...

    def waiting(self) -> Sequence[Waiting]:
        """Say what waits for people now."""
        ...

    def leaving(self, before: datetime) -> Sequence[Leaving]:
        """List the open cases whose term ends before an instant, first due first."""
        ...

    def answered(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Count what the assistant wrote by itself, by letter."""
        ...

    def passages(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Count the questions that each passage answered."""
        ...

    def readers(self) -> Sequence[str]:
        """The addresses of the FGs who are active."""
        ...

    def kept_away(self, case_id: int) -> Sequence[str]:
        """The addresses of the officers who are kept away from a case or one linked to it."""
        ...

    def take(self, one: Proof) -> int | None:
        """Write a proof down; None when this day's was written already."""
        ...

    def write(self, draft: Draft) -> None:
        """Put the letter of a proof in the outbox."""
        ...


class ProofBooks(Protocol):
    """The proof book of one board."""

    def opened(self) -> AbstractContextManager[ProofBook]:
        """Open it for one transaction."""
        ...
