"""What an officer's calendar shows of the cases: a number, a kind and days, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from mailbot.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class DueCase:
    """The dates of one open case."""

    reference: str
    kind: Kind | None
    confirmed: bool
    due: date | None
    working_target: date | None
    ends_at: datetime | None


class Feeds(Protocol):
    """The calendar addresses of a board's officers, and what lies behind them."""

    def due_cases(self, officer_id: int) -> Sequence[DueCase]:
        """List the open cases with a date that this officer is not kept away from, first due first."""
        ...

    def made_at(self, officer_id: int) -> datetime | None:
        """Say when an officer's address was made; None where there is none."""
        ...

    def renew(self, officer_id: int, token: str, at: datetime) -> None:
        """Let this token open the calendar of an officer, and no earlier one."""
        ...

    def revoke(self, officer_id: int) -> bool:
        """Let no token open it any more; False when none did."""
        ...

    def whose(self, token: str) -> int | None:
        """Find the active officer, one who works on cases, whose calendar a token opens."""
        ...
