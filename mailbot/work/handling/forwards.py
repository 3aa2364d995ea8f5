"""Whose mail a colleague sent on, and since when the school has it: a person says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused
from mailbot.domain.forwarded import Traced, is_passed_on, traced
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.mail import Address, Mail
from mailbot.domain.suggestion import Flag
from mailbot.work.desk import Desk, allow
from mailbot.work.handling.by_hand import acknowledge
from mailbot.work.handling.merging import see_reason
from mailbot.work.handling.receipt import move_receipt, received_instant

Read = Callable[[bytes, datetime], Mail]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asked, as an officer confirms it."""

    sender: Address
    received: datetime | date
    """When the school first had it; any official address counts, a colleague's too."""
    reason: str
    """How the officer knows; it stands with the date."""


def trace(desk: Desk, officer: Officer, reference: str, read: Read) -> Traced | None:
    """
    Suggest who wrote the mail that a colleague sent on, and when.

    Returns:
        What that mail says of it; None where the case was not opened by such a mail.

    Raises:
        UnknownCase: there is none, or this officer is kept away from it.
    """
    allow(officer, "read")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if case.mail_id is None:
            return None
        stored = books.ledger.open(case.mail_id)
    mail, domains = read(stored.raw, stored.received), desk.clockwork.profile.own_domains
    return traced(mail, domains) if is_passed_on(mail, domains) else None


def confirm_sender(
    desk: Desk, officer: Officer, reference: str, origin: Origin, *, tell: bool = False
) -> CaseFile:
    """
    Set who asked and since when, of a case that nobody is the requester of yet.

    The dates follow the first receipt and say who set it (reglement 8.9.2b). Until this is done
    no letter of the case goes to anybody.

    Args:
        desk: the desk.
        officer: who confirms it.
        reference: the case.
        origin: who asked, and since when the school has it.
        tell: whether the acknowledgement goes out now.

    Raises:
        ActRefused: the case has a requester, it is no address, or the receipt is in the future.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "confirm")
    see_reason(origin.reason)
    address = origin.sender.address.strip().lower()
    if not is_plain_address(address):
        raise ActRefused("this is no mail address")
    instant = received_instant(desk, origin.received)
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if case.requester.address is not None:
            raise ActRefused(
                f"{reference} has a requester; for another address of theirs: mailbot case address"
            )
        if Flag.SAFETY.value in books.handling.flags(case):
            raise ActRefused(f"{reference} is under a safety flag: no address is added to it")
        books.merging.write_to(case, origin.sender.name.strip(), address)
        about = NewAct(Act.SENDER_CONFIRMED, words=origin.reason)
        books.handling.record(case, about, officer, desk.clock())
        if instant != case.dates.received_at:
            move_receipt(desk, books, case, instant, officer=officer, reason=origin.reason)
        case = books.cases.case(case.id)
        if tell:
            acknowledge(desk, books, case, officer)
        return case
