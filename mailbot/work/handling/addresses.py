"""The addresses of a requester, as people verified them; until then letters go to the old one."""

from enum import StrEnum

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.suggestion import Flag
from mailbot.work.desk import Desk, allow
from mailbot.work.handling.merging import see_reason


class Use(StrEnum):
    """What an address is for."""

    ALSO = "also"
    """Mail from there counts as the requester's; letters keep going to the former one."""
    INSTEAD = "instead"
    """Letters go there from now on; mail from the former one still counts."""


def set_address(
    desk: Desk, officer: Officer, reference: str, address: str, how: str, *, use: Use = Use.ALSO
) -> CaseFile:
    """
    Let an address count as the requester's, because a person verified that it is.

    A mail that says so, or that comes from there, is no proof: whoever read along could write it.

    Args:
        desk: the desk.
        officer: who verified it.
        reference: the case.
        address: the mail address.
        how: how it was verified, such as a call back on a number the school has.
        use: whether letters go there from now on.

    Raises:
        ActRefused: it is no address, or the case is under a safety flag.
        ReasonMissing: how it was verified was not typed.
    """
    allow(officer, "confirm")
    see_reason(how)
    address = address.strip().lower()
    if not is_plain_address(address):
        raise ActRefused("this is no mail address")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if Flag.SAFETY.value in books.handling.flags(case):
            raise ActRefused(
                f"{reference} is under a safety flag: no address is added while it stands."
                " Talk to the FG; the flag is cleared first, with a reason: mailbot case flag"
            )
        if use is Use.ALSO:
            books.merging.add_address(case, address)
        else:
            books.merging.write_to(case, case.requester.name, address)
        code = Act.ADDRESS_ADDED if use is Use.ALSO else Act.ADDRESS_CHANGED
        books.handling.record(case, NewAct(code, words=how), officer, desk.clock())
        return books.cases.case(case.id)
