"""A case: its kind, its clock, its states; the facts are rows beside it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailbot.domain.kinds import Kind


class CaseState(StrEnum):
    """Where a case stands; being overdue follows from its dates and is no state."""

    RECEIVED = "received"
    """Nobody has confirmed its kind yet."""
    IN_HANDLING = "in_handling"
    CLOSED = "closed"
    """Rests on a decision; the schema sees to it."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates in force."""

    received_at: datetime
    received_on: date
    due: date | None
    working_target: date | None
    cap: date | None
    ends_at: datetime | None = None
    """The first instant that is too late; for a breach nobody was aware of yet, its alarm."""
    aware_at: datetime | None = None
    """When the board became aware of a breach; set by a person."""


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asked, as the mail said; shown to officers, never in lists or logs."""

    name: str = field(repr=False)
    address: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExtensionAct:
    """One extension as an officer decided it."""

    new_due: date
    at: datetime
    by: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as it is read from the casebook."""

    id: int
    board_id: int
    reference: str
    kind: Kind | None
    confirmed: bool
    state: CaseState
    dates: Dates
    language: str
    requester: Requester
    token: str = field(repr=False)
    """The secret that threads answers; in Message-IDs and the Reply-To only."""
    confidence: float = 0.0
    urgent: bool = False
    extensions: int = 0
    dates_since: datetime | None = None
    """When an officer last changed the dates; None while they are those of the receipt."""
    mail_id: int | None = None
    """The mail that opened it; None for a request that came another way."""
    group: int | None = None
    """Cases opened by one mail share a group."""

    def overdue(self, now: datetime) -> bool:
        """Say whether the date in force has passed while the case is not closed."""
        if self.state is CaseState.CLOSED:
            return False
        return self.dates.ends_at is not None and now >= self.dates.ends_at
