"""A case file as officers read it, whole: letters in full, decisions with their grounds, acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.deadlines import Deadlines
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import CaseStory, OpenDeskBooks
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


@dataclass(frozen=True, slots=True)
class OpenPage:
    """What the page of a case shows beside its file, read at the same moment."""

    file: WholeFile
    deadlines: Deadlines
    """Its dates, each with how it came to be."""
    colleagues: Sequence[tuple[int, str]]
    """Whom it can be given to: number and name."""
    waiting: Sequence[int]
    """Which of its mails the robot asked a person to look at."""


def whole_file(desk: Desk, officer: Officer, reference: str) -> WholeFile:
    """Read everything of a case at one moment. Raises UnknownCase."""
    allow(officer, "read")
    with desk.books.looked_through() as books:
        return _read(desk, books, officer, reference)


def open_page(desk: Desk, officer: Officer, reference: str) -> OpenPage:
    """Read a case with what its page shows beside it. Raises UnknownCase."""
    allow(officer, "read")
    with desk.books.looked_through() as books:
        file = _read(desk, books, officer, reference)
        return OpenPage(
            file=file,
            deadlines=desk.replayed(books, file.story.case),
            colleagues=books.queue.colleagues(),
            waiting=books.conversation.waiting([one.id for one in file.story.mails]),
        )


def _read(desk: Desk, books: OpenDeskBooks, officer: Officer, reference: str) -> WholeFile:
    case = desk.look_into(books, officer, reference)
    papers = CasePapers(
        letters=books.papers.letters(case),
        decisions=books.papers.decisions(case),
        acts=books.handling.acts(case),
        officers=books.papers.officers(),
        in_hands_of=(books.queue.in_hands_of(case.id) or (0, ""))[1],
    )
    return WholeFile(books.decisions.story(case), read_page(desk, books, case), papers)
