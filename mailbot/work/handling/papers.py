"""A case file as officers read it, whole: letters in full, decisions with their grounds, acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import CaseStory
from mailbot.domain.handling import ActOnFile
from mailbot.domain.papers import DecisionCopy, LetterCopy
from mailbot.work.desk import Desk, allow
from mailbot.work.handling.page import HandlingPage, read_page


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


@dataclass(frozen=True, slots=True)
class WholeFile:
    """Everything of a case, read in one transaction."""

    story: CaseStory
    handling: HandlingPage
    papers: CasePapers


def whole_file(desk: Desk, officer: Officer, reference: str) -> WholeFile:
    """Read everything of a case at one moment. Raises UnknownCase."""
    allow(officer, "read")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        papers = CasePapers(
            letters=books.papers.letters(case),
            decisions=books.papers.decisions(case),
            acts=books.handling.acts(case),
            officers=books.papers.officers(),
            in_hands_of=(books.queue.in_hands_of(case.id) or (0, ""))[1],
        )
        return WholeFile(books.decisions.story(case), read_page(desk, books, case), papers)
