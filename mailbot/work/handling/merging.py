"""Two cases that are one matter: merged into one, and taken apart again; both with their clocks."""

from dataclasses import dataclass
from datetime import date, datetime

from mailbot.domain.acts import SHORTEST_REASON, Act, NewAct
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused, ReasonMissing
from mailbot.domain.handling import latest
from mailbot.domain.kinds import Kind
from mailbot.work.desk import Desk, allow
from mailbot.work.handling.linking import keep_protected
from mailbot.work.handling.receipt import move_receipt


@dataclass(frozen=True, slots=True)
class Merged:
    """The case that goes on, and the due date it had before."""

    case: CaseFile
    former_due: date | None

    @property
    def clock_moved(self) -> bool:
        """Whether its due date is another one now."""
        return self.case.dates.due != self.former_due


def merge(desk: Desk, officer: Officer, reference: str, into: str, reason: str) -> Merged:
    """
    Let a duplicate go on in another case; it leaves the queue, and nothing of it is decided.

    1. The earliest receipt counts for the case that goes on, and its dates say so (8.9.2b).
    2. Mail in the thread of the duplicate lands in the case that goes on.
    3. Both are linked, so that whoever is kept from the one is kept from the other.

    Args:
        desk: the desk.
        officer: who merges.
        reference: the duplicate.
        into: the case that goes on.
        reason: how the officer knows that they are one matter.

    Raises:
        ActRefused: they cannot be one; the message says why and what to do instead.
        ReasonMissing: no reason was typed.
        UnknownCase: there is no such case, or this officer is kept away from it.
    """
    allow(officer, "confirm")
    see_reason(reason)
    with desk.books.opened() as books:
        return _merge(desk, books, officer, reference, into=into, reason=reason)


def foretell(desk: Desk, officer: Officer, reference: str, into: str, reason: str) -> Merged:
    """
    Say what merging would make of the clock, by doing it and leaving it undone.

    Raises:
        ActRefused: they cannot be one.
        ReasonMissing: no reason was typed.
        UnknownCase: there is no such case, or this officer is kept away from it.
    """
    allow(officer, "confirm")
    see_reason(reason)
    try:
        with desk.books.opened() as books:
            # An exception leaves the books as they were: what was foretold never happened.
            raise _Foretold(  # noqa: TRY301 - leaving the books undone is the point.
                _merge(desk, books, officer, reference, into=into, reason=reason)
            )
    except _Foretold as told:
        return told.merged


def unmerge(desk: Desk, officer: Officer, reference: str, reason: str) -> Merged:
    """
    Let a merged case stand in the queue again, with its own clock as it always ran.

    Where its receipt had moved the clock of the other case, that one gets its own back, unless
    a person has set another receipt since.

    Returns:
        The case that it had gone on in.

    Raises:
        ActRefused: the case is not merged.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "confirm")
    see_reason(reason)
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        found = books.merging.into(case)
        if found is None:
            raise ActRefused(f"{reference} is not merged into another case")
        other = desk.open_file(books, officer, found.reference)
        together = books.merging.duplicates(other)
        own = _own_receipt(books, other)
        keep_protected(desk, books, case, officer, f"bij ontkoppelen van {other.reference}")
        books.merging.unmerge(case)
        about = NewAct(Act.UNMERGED, other.reference, words=reason)
        books.handling.record(case, about, officer, desk.clock())
        books.handling.record(
            other, NewAct(Act.UNMERGED, case.reference, words=reason), officer, desk.clock()
        )
        counted = min([own, *(one.dates.received_at for one in together)])
        left = min([own, *(one.dates.received_at for one in together if one.id != case.id)])
        if other.dates.received_at == counted and left != counted:
            why = f"de samenvoeging met {case.reference} is ongedaan gemaakt"
            move_receipt(desk, books, other, left, officer=officer, reason=why)
        return Merged(books.cases.case(other.id), other.dates.due)


class _Foretold(Exception):
    """Carries what would be out of a transaction that must not last."""

    def __init__(self, merged: Merged) -> None:
        super().__init__()
        self.merged = merged


def _merge(
    desk: Desk, books: OpenDeskBooks, officer: Officer, reference: str, *, into: str, reason: str
) -> Merged:
    case = desk.open_file(books, officer, reference)
    other = desk.open_file(books, officer, into)
    _may_merge(books, case, other)
    own = _own_receipt(books, other)
    books.merging.merge(case, other, reason, officer, desk.clock())
    merged = NewAct(Act.MERGED, other.reference, words=reason)
    books.handling.record(case, merged, officer, desk.clock())
    told = NewAct(Act.MERGED_IN, case.reference, choices=(own.isoformat(),), words=reason)
    books.handling.record(other, told, officer, desk.clock())
    if case.dates.received_at < other.dates.received_at:
        why = f"{case.reference} is hiermee samengevoegd en kwam eerder binnen"
        move_receipt(desk, books, other, case.dates.received_at, officer=officer, reason=why)
    return Merged(books.cases.case(other.id), other.dates.due)


def see_reason(reason: str) -> None:
    """Refuse an act without its reason. Raises ReasonMissing."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(f"type the reason (at least {SHORTEST_REASON} characters)")


def _own_receipt(books: OpenDeskBooks, case: CaseFile) -> datetime:
    """Say when a case was received itself, whatever was merged into it since."""
    merged = {one.reference for one in books.merging.duplicates(case)}
    acts = [act for act in books.handling.acts(case, Act.MERGED_IN) if act.subject in merged]
    last = latest(acts, Act.MERGED_IN)
    return datetime.fromisoformat(last.choices[0]) if last else case.dates.received_at


def _may_merge(books: OpenDeskBooks, case: CaseFile, into: CaseFile) -> None:
    """Refuse what is no duplicate, or whose file would be lost to the eye by it."""
    name = case.reference
    if case.id == into.id:
        raise ActRefused("a case cannot be merged into itself")
    for one in (case, into):
        found = books.merging.into(one)
        if found is not None:
            raise ActRefused(f"{one.reference} goes on in {found.reference} already; use that one")
        if one.state is CaseState.CLOSED:
            raise ActRefused(f"{one.reference} is closed; link the two instead: mailbot case link")
    if books.merging.duplicates(case):
        raise ActRefused(f"other cases go on in {name}; let {name} be the one that goes on")
    if case.extensions or books.merging.decided(case):
        raise ActRefused(
            f"{name} was extended or decided, and its letters name its dates;"
            f" let {name} be the one that goes on: mailbot case merge {into.reference} {name}"
        )
    _see_kinds(books, case, into)
    _see_address(books, case, into)


def _see_kinds(books: OpenDeskBooks, case: CaseFile, into: CaseFile) -> None:
    differ = case.kind is not into.kind
    if differ and ((case.confirmed and into.confirmed) or case.kind is Kind.BREACH):
        raise ActRefused(
            f"{case.reference} is {case.kind} and {into.reference} is {into.kind}: each has its"
            " own clock; link them instead (mailbot case link), or confirm another kind first"
        )
    if books.register.find(case.reference) is not None:
        raise ActRefused(
            f"{case.reference} stands in the breach register; let it be the one that goes on"
        )


def _see_address(books: OpenDeskBooks, case: CaseFile, into: CaseFile) -> None:
    """Two parents each have a request of their own, and neither sees the other's."""
    address = case.requester.address
    if address is not None and not books.cases.is_own_address(into.id, address):
        raise ActRefused(
            "the two came from different addresses. Two people each keep their own case: link"
            " them (mailbot case link). If it is one person, first write down how you know:"
            f" mailbot case address {into.reference} ADDRESS --how …"
        )
