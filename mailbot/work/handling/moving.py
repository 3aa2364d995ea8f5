"""Mails that lie in the wrong case: moved to another one, or split off into one of their own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.books import Event, NewCase
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.mail import Mail
from mailbot.work.clockwork import dates_of
from mailbot.work.desk import ACTS, Desk, allow
from mailbot.work.handling.by_hand import acknowledge
from mailbot.work.handling.laying import lay_again
from mailbot.work.handling.merging import see_reason
from mailbot.work.indexing import index

Read = Callable[[bytes, datetime], Mail]


def move(
    desk: Desk, officer: Officer, mail_id: int, to: str | None, reason: str
) -> CaseFile | None:
    """
    Move a mail from its case to another one, or out of it to the parked mails.

    No clock moves: the case it leaves was opened by another mail, and the one it comes to too.

    Args:
        desk: the desk.
        officer: who moves it.
        mail_id: the number of the mail.
        to: the reference of the case it belongs to; None for the parked mails.
        reason: how the officer knows.

    Returns:
        The case it lies in now.

    Raises:
        ActRefused: the mail lies in no case, or opened the one it lies in.
        ReasonMissing: no reason was typed.
        UnknownCase: there is no such case, or this officer is kept away from it.
    """
    allow(officer, "confirm")
    see_reason(reason)
    with desk.books.opened() as books:
        case = _case_of(desk, books, officer, mail_id)
        goal = desk.open_file(books, officer, to) if to is not None else None
        if goal is not None and goal.id == case.id:
            raise ActRefused(f"mail {mail_id} lies in {case.reference} already")
        _see_not_the_first(case, [mail_id])
        books.merging.carry(mail_id, goal)
        where = goal.reference if goal else "parked"
        _record(
            desk,
            books,
            case,
            NewAct(Act.MAIL_MOVED, str(mail_id), choices=("to", where), words=reason),
            officer,
        )
        if goal is not None:
            told = ("from", case.reference)
            _record(
                desk,
                books,
                goal,
                NewAct(Act.MAIL_MOVED, str(mail_id), choices=told, words=reason),
                officer,
            )
        return goal


def split(
    desk: Desk,
    officer: Officer,
    reference: str,
    mail_ids: Sequence[int],
    *,
    kind: Kind,
    reason: str,
    read: Read,
    tell: bool = False,
) -> CaseFile:
    """
    Open a case of its own for some mails of another one: a second request, or a second parent.

    1. Its clock runs from the earliest of these mails, as if they had opened it then.
    2. Its requester is who sent that mail; of the letters of the old case they see nothing.
    3. Both cases are linked. Merging them again undoes it: `merge`.

    Args:
        desk: the desk.
        officer: who splits.
        reference: the case the mails lie in.
        mail_ids: the numbers of the mails.
        kind: what they ask; confirmed at once where this officer may confirm kinds.
        reason: how the officer knows.
        read: reads a stored mail.
        tell: whether the acknowledgement of this kind goes out.

    Raises:
        ActRefused: a mail lies elsewhere, or the old case would be left without its first mail.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "confirm")
    see_reason(reason)
    with desk.books.opened() as books:
        old = desk.open_file(books, officer, reference)
        if not mail_ids:
            raise ActRefused("name at least one mail")
        for mail_id in mail_ids:
            if books.merging.place(mail_id) != old.id:
                raise ActRefused(f"mail {mail_id} does not lie in {reference}")
        _see_not_the_first(old, mail_ids)
        first = min(
            (books.ledger.open(number) for number in mail_ids), key=lambda one: one.received
        )
        case = _open(
            desk, books, officer, read(first.raw, first.received), kind=kind, mail_id=first.id
        )
        for mail_id in mail_ids:
            stored = books.ledger.open(mail_id)
            index(books, read(stored.raw, stored.received), [case.id])
            books.merging.carry(mail_id, case)
        books.merging.link(old, case)
        _record(desk, books, old, NewAct(Act.SPLIT_OFF, case.reference, words=reason), officer)
        _record(desk, books, case, NewAct(Act.SPLIT_FROM, old.reference, words=reason), officer)
        if officer.role in ACTS["confirm"]:
            books.decisions.confirm(case, kind, case.dates, officer, desk.clock())
        lay_again(books, case, kind, officer, desk.clock())
        case = books.cases.case(case.id)
        if tell and case.requester.address and is_plain_address(case.requester.address):
            acknowledge(desk, books, case, officer)
        return case


def _open(
    desk: Desk, books: OpenDeskBooks, officer: Officer, mail: Mail, *, kind: Kind, mail_id: int
) -> CaseFile:
    sender = mail.sender
    dates = dates_of(desk.clockwork.fresh(kind, mail.received))
    case = books.cases.open_case(
        NewCase(
            kind=kind,
            confidence=1.0,
            confirmed=False,
            dates=dates,
            language=books.ledger.language(mail_id),
            requester_name=sender.name if sender else "",
            requester_address=sender.address if sender else None,
            urgent=KINDS[kind].urgent,
            mail_id=mail_id,
            group=None,
            opened_at=desk.clock(),
        )
    )
    opened = (("kind", kind.value), ("due", str(dates.due)))
    books.cases.record(
        Event("case_opened", desk.clock(), case.id, mail_id, officer.id, detail=opened)
    )
    return case


def _case_of(desk: Desk, books: OpenDeskBooks, officer: Officer, mail_id: int) -> CaseFile:
    """Open the case a mail lies in. Raises ActRefused, UnknownCase."""
    number = books.merging.place(mail_id)
    if number is None:
        raise ActRefused(
            f"mail {mail_id} lies in no case; put it in one: mailbot parked file {mail_id} REFERENCE"
        )
    return desk.open_file(books, officer, books.cases.case(number).reference)


def _see_not_the_first(case: CaseFile, mail_ids: Sequence[int]) -> None:
    if case.mail_id in mail_ids:
        raise ActRefused(
            f"mail {case.mail_id} opened {case.reference}, and its dates count from it. If the whole"
            " case is a duplicate, merge it: mailbot case merge"
        )


def _record(
    desk: Desk, books: OpenDeskBooks, case: CaseFile, act: NewAct, officer: Officer
) -> None:
    books.handling.record(case, act, officer, desk.clock())
