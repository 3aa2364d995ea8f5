"""Who asks: the officer's record of it, the letter that asks for it, and copies that are none."""

from collections.abc import Mapping

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused, ReasonMissing
from mailbot.domain.handling import IdentityRecord
from mailbot.domain.identity import How
from mailbot.domain.letter_words import IDENTITY_OPTIONS, Typed
from mailbot.domain.masking import mask_bsn
from mailbot.work.desk import Desk, allow


def establish(
    desk: Desk, officer: Officer, reference: str, how: How, note: str = ""
) -> IdentityRecord:
    """
    Record that an identity was established: how, when, by whom; and nothing else (8.2.2, 8.2.3).

    A citizen service number in the note is hidden before it is stored.

    Raises:
        ReasonMissing: another way than the listed ones needs a note that describes it.
    """
    allow(officer, "prepare")
    if how is How.OTHER and not note.strip():
        raise ReasonMissing("describe how the identity was established (--note)")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        books.handling.establish(case, how.value, mask_bsn(note), officer, desk.clock())
        found = books.handling.identity(case)
        assert found is not None
        return found


def ask_identity(desk: Desk, officer: Officer, reference: str) -> CaseFile:
    """
    Ask the requester who they are, with the least intrusive ways first; the clock runs on.

    Raises:
        ActRefused: the case has no address to write to.
    """
    allow(officer, "write")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        _needs_address(case)
        books.handling.record(case, NewAct(Act.IDENTITY_ASKED), officer, desk.clock())
        words = {"due": case.dates.due, "options": list(IDENTITY_OPTIONS)}
        desk.write_to(books, case, "identity_request", words, officer_id=officer.id)
        return case


def ask(
    desk: Desk,
    officer: Officer,
    reference: str,
    question: str,
    why: str,
    *,
    told: Mapping[str, Typed] | None = None,
) -> CaseFile:
    """
    Ask the requester what is meant, and why we ask; "everything" remains a valid request.

    *told* holds both as the letter tells them, in the requester's language as well.

    Raises:
        ActRefused: the case has no address to write to.
    """
    allow(officer, "write")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        _needs_address(case)
        words = f"{question.strip()}\n{why.strip()}"
        books.handling.record(
            case, NewAct(Act.CLARIFICATION_ASKED, words=words), officer, desk.clock()
        )
        asked = {"due": case.dates.due, "question": question, "why": why, **(told or {})}
        desk.write_to(books, case, "clarification_request", asked, officer_id=officer.id)
        return case


def answered(desk: Desk, officer: Officer, reference: str) -> CaseFile:
    """Record that the requester answered what was asked; ends the pauses, which are advice."""
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        books.handling.record(case, NewAct(Act.ANSWERED), officer, desk.clock())
        return case


def release_copy(
    desk: Desk, officer: Officer, reference: str, mail_id: int, reason: str
) -> CaseFile:
    """
    Stop hiding what looked like a copy of an identity document and is none.

    Raises:
        ActRefused: this mail of this case holds nothing hidden, or it is destroyed already.
    """
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if mail_id not in {copy.mail_id for copy in books.handling.copies(case)}:
            raise ActRefused(f"mail {mail_id} of {case.reference} holds no hidden copy")
        if not books.copies.show_again(mail_id):
            raise ActRefused(f"the copy in mail {mail_id} is destroyed already")
        act = NewAct(Act.COPY_RELEASED, str(mail_id), words=reason)
        books.handling.record(case, act, officer, desk.clock())
        return case


def _needs_address(case: CaseFile) -> None:
    if case.requester.address is None:
        raise ActRefused(
            f"{case.reference} has no address to write to; ask by telephone or letter and"
            " write a note"
        )
