"""The queue as people look at it: rows without anything personal, filters, pages, search."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from mailbot.domain.case import CaseState
from mailbot.domain.kinds import Kind

PAGE_SIZE = 50


class Turn(StrEnum):
    """Which heap of the queue is shown."""

    OPEN = "open"
    MINE = "mine"
    NOBODY = "nobody"
    """Open, and in nobody's hands."""
    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What is shown; every part narrows it."""

    turn: Turn = Turn.OPEN
    kind: Kind | None = None
    state: CaseState | None = None
    language: str | None = None
    words: tuple[str, ...] = field(default=(), repr=False)
    """What somebody looks for: a reference, an address, or words of a mail or name."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after this row, in the order of the dates."""

    ends_at: datetime | None
    case_id: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case in the list: number, kind and dates, nothing personal."""

    id: int
    reference: str
    kind: Kind | None
    confirmed: bool
    confidence: float
    state: CaseState
    urgent: bool
    language: str
    received_on: date
    due: date | None
    working_target: date | None
    ends_at: datetime | None
    waits: bool
    """Whether a mail of the case was put before a person."""
    in_hands_of: str | None
    looked_at_by: tuple[str, ...] = ()
    """Which colleagues have it open now."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue."""

    rows: Sequence[QueueRow]
    following: Place | None
    """Where the next page begins; None on the last."""


@dataclass(frozen=True, slots=True)
class View:
    """A view an officer saved: a name and filters, never what was searched for."""

    id: int
    name: str
    filters: str


class QueueBook(Protocol):
    """The queue within one transaction."""

    def page(
        self, chosen: QueueFilter, officer_id: int, now: datetime, after: Place | None
    ) -> QueuePage:
        """Read one page of what an officer may see."""
        ...

    def counts(self, officer_id: int, now: datetime, most: int) -> dict[Turn, int]:
        """Count the open heaps, each up to *most*."""
        ...

    def newest_event(self) -> int:
        """Number the last thing that happened, so that a page can tell that it is old."""
        ...

    def assign(self, case_id: int, officer_id: int | None, at: datetime) -> None:
        """Put a case in somebody's hands, or in nobody's."""
        ...

    def in_hands_of(self, case_id: int) -> tuple[int, str] | None:
        """Say who has a case in hand: number and name."""
        ...

    def colleagues(self) -> Sequence[tuple[int, str]]:
        """List the active officers who work on cases: number and name."""
        ...

    def looking(self, case_id: int, officer_id: int, now: datetime) -> Sequence[str]:
        """Remember that an officer has a case open; name the others who have it open now."""
        ...

    def views(self, officer_id: int) -> Sequence[View]:
        """List the views an officer saved."""
        ...

    def save_view(self, officer_id: int, name: str, filters: str) -> None:
        """Save a view; one of this name is replaced."""
        ...

    def drop_view(self, officer_id: int, view_id: int) -> None:
        """Forget a view."""
        ...
