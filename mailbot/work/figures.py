"""Counts a year for the FG's annual report."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.domain.decision import Officer
from mailbot.domain.figures import YearFigures, count_year
from mailbot.domain.figures_book import FiguresBook
from mailbot.work.desk import allow


@dataclass(frozen=True, slots=True)
class Figures:
    """The yearly figures of one board."""

    book: FiguresBook
    zone: ZoneInfo
    clock: Callable[[], datetime]

    def year(self, officer: Officer, year: int) -> YearFigures:
        """
        Count one year of receipt; for the FG and the board.

        Raises:
            NotAllowed: this role has no need of them.
        """
        allow(officer, "read_figures")
        return count_year(
            year,
            self.book.cases(year),
            self.book.breaches(year),
            self.book.letters(year),
            now=self.clock(),
            zone=self.zone,
        )
