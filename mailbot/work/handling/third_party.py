"""The receipt to a third party, which confirms nobody (reglement 5.2 and 7.2)."""

from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import Kind
from mailbot.work.desk import Desk, allow


def confirm_receipt(desk: Desk, officer: Officer, reference: str) -> CaseFile:
    """
    Tell a third party that their letter came, and nothing else: not even that a pupil exists.

    Raises:
        ActRefused: the case is no third-party request, or has no address.
    """
    allow(officer, "write")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if case.kind is not Kind.THIRD_PARTY_REQUEST:
            raise ActRefused(f"{reference} is no third-party request")
        if case.requester.address is None:
            raise ActRefused(f"{reference} has no address to write to")
        desk.write_to(books, case, "third_party_reply", {}, officer_id=officer.id)
        return case
