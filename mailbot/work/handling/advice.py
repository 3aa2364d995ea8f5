"""The FG's advice on a case: on record before the board decides, and never a decision."""

from mailbot.domain.acts import SHORTEST_REASON, Act, NewAct
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused, ReasonMissing
from mailbot.work.desk import Desk, allow


def advise(desk: Desk, officer: Officer, reference: str, advice: str) -> CaseFile:
    """
    Write down what the FG advises (reglement 3.3, 8.9.3); the board reads it when it decides.

    Raises:
        ActRefused: the case is closed.
        ReasonMissing: no advice was typed.
    """
    allow(officer, "advise")
    if len(advice.strip()) < SHORTEST_REASON:
        raise ReasonMissing(f"type the advice (at least {SHORTEST_REASON} characters)")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if case.state is CaseState.CLOSED:
            raise ActRefused(f"{reference} is closed")
        books.handling.record(case, NewAct(Act.FG_ADVISED, words=advice), officer, desk.clock())
        return case
