"""What the yearly figures ask of the database."""

from collections.abc import Sequence
from typing import Protocol

from mailbot.domain.figures import BreachRecord, CaseRecord, LetterCounts


class FiguresBook(Protocol):
    """The cases, incidents and letters of one board, as bare records."""

    def cases(self, year: int) -> Sequence[CaseRecord]:
        """List the cases received in a year."""
        ...

    def breaches(self, year: int) -> Sequence[BreachRecord]:
        """List the incidents of a year: breach cases and entries of the register."""
        ...

    def letters(self, year: int) -> LetterCounts:
        """Count the letters written in a year."""
        ...
