"""What people's doors ask of the breach register."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailbot.domain.case import CaseFile, Dates
from mailbot.domain.decision import Officer
from mailbot.domain.register import BreachStanding, RegisterEntry, RegisterVersion
from mailbot.domain.register_words import Act


class Register(Protocol):
    """The breach register of a board: nothing in it is changed or removed, only added to."""

    def open(
        self, case: CaseFile | None, entry: RegisterEntry, officer: Officer, at: datetime
    ) -> RegisterVersion:
        """Open an entry, for a case or for an incident that came without one."""
        ...

    def write(
        self,
        before: RegisterVersion,
        entry: RegisterEntry,
        act: Act,
        officer: Officer,
        at: datetime,
    ) -> RegisterVersion:
        """Add a version to an entry."""
        ...

    def lock(self, reference: str) -> RegisterVersion:
        """Read an entry and keep others from adding to it meanwhile. Raises UnknownEntry."""
        ...

    def find(self, reference: str) -> RegisterVersion | None:
        """Read the newest version of an entry."""
        ...

    def history(self, entry_id: int) -> Sequence[RegisterVersion]:
        """Read every version of an entry, oldest first."""
        ...

    def entries(self) -> Sequence[RegisterVersion]:
        """Read the newest version of every entry, oldest entry first."""
        ...

    def missing(self) -> Sequence[CaseFile]:
        """List the breach cases that have no entry, closed ones too, oldest first."""
        ...

    def became_aware(
        self, entry_id: int, aware_at: datetime, reason: str, officer: Officer, at: datetime
    ) -> None:
        """Write down since when the school has been aware, beside what was written before."""
        ...

    def standing(self, case_id: int) -> BreachStanding:
        """Say what the clock of a case must follow."""
        ...

    def redate(self, case_id: int, dates: Dates) -> None:
        """Set the dates in force of a case."""
        ...
