"""Which cases are one, which belong together, and in which of them a mail lies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer


class MergingBook(Protocol):
    """What people arrange among cases, within one transaction."""

    def into(self, case: CaseFile) -> CaseFile | None:
        """Read the case that a merged one now goes on in; None for one that stands alone."""
        ...

    def duplicates(self, case: CaseFile) -> Sequence[CaseFile]:
        """List the cases that are merged into this one now, oldest first."""
        ...

    def decided(self, case: CaseFile) -> bool:
        """Say whether anybody ever decided this case."""
        ...

    def merge(
        self, case: CaseFile, into: CaseFile, reason: str, officer: Officer, at: datetime
    ) -> None:
        """Let one case go on in another, and link all that were linked to either."""
        ...

    def unmerge(self, case: CaseFile) -> None:
        """Let a merged case stand alone again, linked to what it was linked to before."""
        ...

    def link(self, case: CaseFile, other: CaseFile) -> None:
        """Link two cases and all that are linked to either."""
        ...

    def leave(self, case: CaseFile) -> None:
        """Take a case out of those it is linked to."""
        ...

    def place(self, mail_id: int) -> int | None:
        """
        Say in which case a mail lies; None for one that lies in none.

        Raises:
            ActRefused: there is no such mail, or nobody read it yet.
        """
        ...

    def carry(self, mail_id: int, to: CaseFile | None) -> None:
        """Put a mail into another case, or among the parked; what it says of facts goes with it."""
        ...

    def add_address(self, case: CaseFile, address: str) -> None:
        """Let an address count as the case's own."""
        ...

    def write_to(self, case: CaseFile, name: str, address: str) -> None:
        """Send the letters of a case here from now on; it counts as the case's own."""
        ...
