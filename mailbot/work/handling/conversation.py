"""What people do about a conversation: put a mail in its case, reopen, set the language of letters."""

from collections.abc import Mapping, Sequence

from mailbot.domain.acts import SHORTEST_REASON, Act, NewAct
from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused, ReasonMissing
from mailbot.work.desk import Desk, allow


def file_mail(desk: Desk, officer: Officer, mail_id: int, reference: str) -> CaseFile:
    """
    Put a parked mail in the case it belongs to, as guessed or otherwise.

    What it says of child, school and role stands beside the case from then on, as suggested.

    Raises:
        ActRefused: the mail belongs to a case already, or was never read.
        UnknownCase: there is no such case, or this officer is kept away from it.
    """
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if not books.conversation.file(mail_id, case):
            raise ActRefused(f"mail {mail_id} is in no pile any more; see `mailbot parked list`")
        filed = Event("mail_filed_by_hand", desk.clock(), case.id, mail_id, officer.id)
        books.cases.record(filed)
        return case


def guessed(desk: Desk, officer: Officer, mail_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Give for parked mails the case each may belong to, and why; none this officer may not see."""
    allow(officer, "look")
    with desk.books.opened() as books:
        hidden = books.handling.hidden_from(officer)
        found = books.conversation.guesses(mail_ids)
        cases = {mail_id: books.cases.by_reference(one[0]) for mail_id, one in found.items()}
        return {
            mail_id: one
            for mail_id, one in found.items()
            if (case := cases[mail_id]) is not None and case.id not in hidden
        }


def reopen(desk: Desk, officer: Officer, reference: str, reason: str) -> CaseFile:
    """
    Take a closed case in hand again; its decision and its dates stay as they are.

    Raises:
        ActRefused: the case is not closed.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "confirm")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(f"type the reason (at least {SHORTEST_REASON} characters)")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if case.state is not CaseState.CLOSED:
            raise ActRefused(f"{reference} is not closed")
        now = desk.clock()
        books.handling.record(case, NewAct(Act.REOPENED, words=reason), officer, now)
        books.cases.reopen(case.id, "officer", now)
        return books.cases.case(case.id)


def set_language(desk: Desk, officer: Officer, reference: str, language: str) -> CaseFile:
    """
    Set the language of the letters of a case; they no longer follow the parent's mails.

    Raises:
        ActRefused: there are no letters in this language.
    """
    allow(officer, "prepare")
    there = desk.correspondence.stationery.languages("ack_request")
    if language not in there:
        raise ActRefused(f"found {language}; there are letters in: {', '.join(there)}")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        books.handling.record(case, NewAct(Act.LANGUAGE_SET, language), officer, desk.clock())
        books.conversation.set_language(case, language)
        return books.cases.case(case.id)
