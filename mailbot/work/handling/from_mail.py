"""Opens a case for a mail the machine took for something else; the clock runs from its receipt."""

from collections.abc import Callable
from datetime import datetime

from mailbot.domain.books import Event, NewCase
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.mail import Mail
from mailbot.work.clockwork import dates_of
from mailbot.work.desk import ACTS, Desk, allow
from mailbot.work.handling.by_hand import acknowledge
from mailbot.work.handling.laying import lay_again
from mailbot.work.indexing import index


def open_from_mail(
    desk: Desk,
    officer: Officer,
    mail_id: int,
    kind: Kind,
    *,
    read: Callable[[bytes, datetime], Mail],
    tell: bool = False,
) -> CaseFile:
    """
    Open a case for a parked mail (reglement 8.9: no request is lost by a wrong label).

    1. The clock starts at the mail server's receipt, as if the case had opened then.
    2. The kind is confirmed at once where this officer may confirm kinds.
    3. With *tell* the acknowledgement goes out, where this kind has one.

    Raises:
        UnknownMail: there is no mail of this number.
        ActRefused: the mail belongs to a case already, or cannot be read.
        UnreadableMail: it is in quarantine because nobody can read it.
    """
    allow(officer, "prepare")
    now = desk.clock()
    with desk.books.opened() as books:
        stored = books.ledger.open(mail_id)
        mail = read(stored.raw, stored.received)
        sender = mail.sender
        dates = dates_of(desk.clockwork.fresh(kind, stored.received))
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
                group=mail_id,
                opened_at=now,
            )
        )
        if not books.ledger.adopt(mail_id, case.id):
            raise ActRefused(f"mail {mail_id} is not parked; see `mailbot parked list`")
        index(books, mail, [case.id])
        opened = (("kind", kind.value), ("due", str(dates.due)))
        books.cases.record(Event("case_opened", now, case.id, mail_id, officer.id, opened))
        if officer.role in ACTS["confirm"]:
            books.decisions.confirm(case, kind, dates, officer, now)
        lay_again(books, case, kind, officer, now)
        if tell and sender is not None and is_plain_address(sender.address):
            acknowledge(desk, books, books.cases.case(case.id), officer)
        return books.cases.case(case.id)
