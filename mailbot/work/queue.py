"""What people do with the queue: look through it, search it, share it out, confirm many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.books import Event
from mailbot.domain.decision import Officer
from mailbot.domain.errors import MailbotError, NotAllowed
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import Place, QueueFilter, QueuePage, Turn, View
from mailbot.work.desk import Desk, allow

COUNTED_TO = 1000
"""Heaps are counted up to here; more is said as "1000+"."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """The queue as it is shown, read at one moment."""

    page: QueuePage
    counts: Mapping[Turn, int]
    newest: int
    """How new it is."""
    colleagues: Sequence[tuple[int, str]]
    """Whom a case can be given to: number and name."""
    views: Sequence[View]
    """What this officer saved."""


def overview(
    desk: Desk, officer: Officer, chosen: QueueFilter, after: Place | None = None
) -> Overview:
    """Read one page of the queue, first due first, whatever the machine believes."""
    allow(officer, "read")
    now = desk.clock()
    with desk.books.looked_through() as books:
        return Overview(
            page=books.queue.page(chosen, officer.id, now, after),
            counts=books.queue.counts(officer.id, now, COUNTED_TO),
            newest=books.queue.newest_event(),
            colleagues=books.queue.colleagues(),
            views=books.queue.views(officer.id),
        )


def newest(desk: Desk, officer: Officer) -> int:
    """Number the last thing that happened, for a page that asks whether it is old."""
    allow(officer, "read")
    with desk.books.looked_through() as books:
        return books.queue.newest_event()


def assign(desk: Desk, officer: Officer, reference: str, to: int | None) -> None:
    """
    Put a case in a colleague's hands, or in nobody's; it says who works on it, not who decides.

    Raises:
        UnknownCase: there is none, or this officer is kept from it.
        NotAllowed: the colleague is not active, does not work on cases, or is kept from this one.
    """
    allow(officer, "assign")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if to is not None:
            if to not in dict(books.queue.colleagues()):
                raise NotAllowed("this colleague is not active or does not work on cases")
            if case.id in books.handling.hidden_from_number(to):
                raise NotAllowed("this colleague is kept away from this case")
        books.queue.assign(case.id, to, desk.clock())
        detail = (("to", str(to) if to is not None else "nobody"),)
        books.cases.record(
            Event("assigned", desk.clock(), case.id, officer_id=officer.id, detail=detail)
        )


def looking(desk: Desk, officer: Officer, reference: str) -> Sequence[str]:
    """Remember that an officer has a case open; name the colleagues who have it open too."""
    allow(officer, "read")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        return books.queue.looking(case.id, officer.id, desk.clock())


def confirm_many(
    desk: Desk, officer: Officer, chosen: Mapping[str, Kind]
) -> tuple[Sequence[str], Mapping[str, str]]:
    """
    Confirm the kinds of several cases, each by itself.

    Args:
        desk: the desk of the board.
        officer: who confirms.
        chosen: reference to the kind the officer saw; where it is no longer the suggestion,
            the case is left for the officer to look at.

    Returns:
        The references that were confirmed, and for the others why not.
    """
    done, left = [], {}
    for reference, kind in chosen.items():
        try:
            with desk.books.opened() as books:
                now = desk.open_file(books, officer, reference).kind
            if now is not kind:
                left[reference] = "the suggestion has changed meanwhile; look at it"
                continue
            desk.confirm(officer, reference, kind)
        except MailbotError as error:
            left[reference] = str(error)
        else:
            done.append(reference)
    return done, left


def save_view(desk: Desk, officer: Officer, name: str, filters: str) -> None:
    """Save a view of filters under a name; one of this name is replaced."""
    allow(officer, "read")
    with desk.books.opened() as books:
        books.queue.save_view(officer.id, " ".join(name.split())[:LONGEST_NAME], filters)


def drop_view(desk: Desk, officer: Officer, view_id: int) -> None:
    """Forget one of this officer's own views."""
    with desk.books.opened() as books:
        books.queue.drop_view(officer.id, view_id)
