"""Gathers a case to be handed over (GDPR 15(3)); that it was, and why, stays in its file."""

from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused, Damaged, NotAllowed, UnknownMail, UnreadableMail
from mailbot.domain.handover import Handover, MailFile
from mailbot.domain.identity import without_copies
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk

MAY = frozenset({Role.FG, Role.BOARD})
SHORTEST_REASON = 10


def hand_over(desk: Desk, officer: Officer, reference: str, reason: str) -> Handover:
    """
    Gather a case with its mails, letters, decisions and events.

    Copies of identity documents are left out of the mails, also before their day to be destroyed.

    Args:
        desk: the desk of the board.
        officer: the FG or a board member.
        reference: the case.
        reason: for whom and why; kept as a note.

    Raises:
        NotAllowed: another role.
        UnknownCase: there is none, or this officer is kept from it.
        ActRefused: no reason was typed.
    """
    if officer.role not in MAY:
        raise NotAllowed("a case is handed over by the FG or the board")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ActRefused(f"type for whom and why, in at least {SHORTEST_REASON} characters")
    story = desk.show(officer, reference)
    now = desk.clock()
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        mails, unreadable = _mails(books, case, [(one.id, one.received) for one in story.mails])
        letters = books.audit.letter_files(case, [one.id for one in story.letters])
        decisions = books.papers.decisions(case)
        officers = dict(books.papers.officers())
        books.decisions.note(case, f"Dossier uitgevoerd: {reason.strip()}", officer, now)
        detail = (("letters", str(len(letters))), ("mails", str(len(mails))))
        books.cases.record(
            Event("case_exported", now, case.id, officer_id=officer.id, detail=detail)
        )
    return Handover(
        story=story,
        mails=mails,
        unreadable=unreadable,
        letters=letters,
        decisions=decisions,
        officers=officers,
        explanation=desk.explain(story),
        made_at=now,
        made_by=officer.name,
    )


def _mails(
    books: OpenDeskBooks, case: CaseFile, listed: list[tuple[int, object]]
) -> tuple[list[MailFile], list[int]]:
    copies = {one.mail_id for one in books.handling.copies(case)}
    lying = {one.mail_id for one in books.handling.copies(case) if one.destroyed_at is None}
    found, unreadable = [], []
    for number, _ in listed:
        try:
            stored = books.ledger.open(number)
            raw = stored.raw
            if number in lying:
                raw = without_copies(raw, books.looks.parts(number))
        except (Damaged, UnknownMail, UnreadableMail):
            unreadable.append(number)
            continue
        if stored.damaged:
            unreadable.append(number)
            continue
        found.append(MailFile(number, stored.received, number in copies, raw))
    return found, unreadable
