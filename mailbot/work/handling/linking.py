"""Cases that belong together without being one: linked, and taken apart."""

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.suggestion import Flag
from mailbot.work.desk import Desk, allow


def link(desk: Desk, officer: Officer, reference: str, other: str) -> CaseFile:
    """
    Link two cases, and all that are linked to either; each keeps its own clock and requester.

    Two parents who ask the same stay two cases: no letter of the one ever goes to the other.

    Raises:
        ActRefused: they are one case, or linked already.
        UnknownCase: there is no such case, or this officer is kept away from it.
    """
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        found = desk.open_file(books, officer, other)
        if case.id == found.id or (case.group is not None and case.group == found.group):
            raise ActRefused(f"{reference} and {other} are linked already")
        books.merging.link(case, found)
        now = desk.clock()
        books.handling.record(case, NewAct(Act.LINKED, found.reference), officer, now)
        books.handling.record(found, NewAct(Act.LINKED, case.reference), officer, now)
        return books.cases.case(case.id)


def unlink(desk: Desk, officer: Officer, reference: str) -> CaseFile:
    """
    Take a case out of those it is linked to.

    What protected it by the link protects it still: a safety flag, and whoever is kept away.

    Raises:
        ActRefused: it is linked to none, or merged with one of them.
    """
    allow(officer, "confirm")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        family = [one for one in books.handling.family(case) if one.id != case.id]
        if not family:
            raise ActRefused(f"{reference} is linked to no other case")
        if books.merging.into(case) or books.merging.duplicates(case):
            raise ActRefused(f"{reference} is merged; first undo that: mailbot case unmerge")
        keep_protected(desk, books, case, officer, "bij het losmaken van een gekoppelde zaak")
        books.merging.leave(case)
        about = NewAct(Act.UNLINKED, family[0].reference)
        books.handling.record(case, about, officer, desk.clock())
        return books.cases.case(case.id)


def keep_protected(
    desk: Desk, books: OpenDeskBooks, case: CaseFile, officer: Officer, why: str
) -> None:
    """Write on a case itself what has protected it through those it is linked to."""
    now = desk.clock()
    if Flag.SAFETY.value in books.handling.flags(case):
        books.handling.change_flag(case, Flag.SAFETY.value, present=True)
    for address in books.cases.kept_away(case.id):
        named = books.handling.officer_named(address)
        if named is not None:
            words = f"zoals het al gold, {why}"
            about = NewAct(Act.OFFICER_EXCLUDED, str(named[0]), words=words)
            books.handling.record(case, about, officer, now)
