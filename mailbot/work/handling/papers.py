"""The papers of a case as officers read them: letters in full, decisions with their grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.decision import Officer
from mailbot.domain.handling import ActOnFile
from mailbot.domain.papers import DecisionCopy, LetterCopy
from mailbot.work.desk import Desk, allow


@dataclass(frozen=True, slots=True)
class CasePapers:
    """What lies in a case file in full."""

    letters: Sequence[LetterCopy]
    decisions: Sequence[DecisionCopy]
    acts: Sequence[ActOnFile]
    """Every act of an officer with its words, oldest first."""
    officers: Mapping[int, str]
    """The names of the board's officers by their numbers."""
    in_hands_of: str
    """Who works on the case; empty for nobody."""


def papers_of(desk: Desk, officer: Officer, reference: str) -> CasePapers:
    """Read the papers of a case. Raises UnknownCase."""
    allow(officer, "read")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        return CasePapers(
            letters=books.papers.letters(case),
            decisions=books.papers.decisions(case),
            acts=books.handling.acts(case),
            officers=books.papers.officers(),
            in_hands_of=(books.queue.in_hands_of(case.id) or (0, ""))[1],
        )
