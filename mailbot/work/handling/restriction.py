"""The mark of a restriction, and the notice that goes before it is lifted (reglement 8.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.handling import ActOnFile, latest
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import Typed
from mailbot.domain.local_time import local_day
from mailbot.work.desk import Desk, allow

RESTRICTION_ACTS = (Act.RESTRICTED, Act.LIFT_ANNOUNCED, Act.RESTRICTION_LIFTED)
LETTER = "restriction_lift"


@dataclass(frozen=True, slots=True)
class Mark:
    """The visible mark of a restriction."""

    since: datetime
    lifts_on: date | None
    announced: datetime | None
    """When the mail server took the notice that it will be lifted."""


def mark_of(books: OpenDeskBooks, case: CaseFile) -> Mark | None:
    """Read the mark of a case, or None where nothing is restricted."""
    acts = books.handling.acts(case, *RESTRICTION_ACTS)
    last = latest(acts, Act.RESTRICTED, Act.RESTRICTION_LIFTED)
    if last is None or last.code is Act.RESTRICTION_LIFTED:
        return None
    lift = _lift_since(acts, last)
    taken = books.handling.letter_accepted(case, LETTER, lift.at) if lift else None
    return Mark(last.at, lift.day if lift else None, taken)


def restrict(desk: Desk, officer: Officer, reference: str, where: str = "") -> CaseFile:
    """
    Put the visible mark on a case; *where* says where it stands in the school's own files.

    Raises:
        ActRefused: the case is no restriction, or bears the mark already.
    """
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if case.kind is not Kind.RESTRICTION:
            raise ActRefused(f"{reference} is no restriction")
        if mark_of(books, case) is not None:
            raise ActRefused(f"{reference} bears the mark already")
        books.handling.record(case, NewAct(Act.RESTRICTED, words=where), officer, desk.clock())
        return case


def announce_lifting(
    desk: Desk,
    officer: Officer,
    reference: str,
    lifts_on: date,
    reason: str,
    *,
    told: Typed | None = None,
) -> CaseFile:
    """
    Tell the requester that the restriction ends, before it does (reglement 8.5.4, GDPR 18(3)).

    *told* is the reason as the letter tells it, in the requester's language as well.

    Raises:
        ActRefused: nothing is restricted, the day is not in the future, or there is no address.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "write")
    now = desk.clock()
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if mark_of(books, case) is None:
            raise ActRefused(f"{reference} bears no mark of a restriction")
        if lifts_on <= local_day(now, desk.clockwork.profile.zone):
            raise ActRefused("the notice goes before the lifting: pick a day after today")
        if case.requester.address is None:
            raise ActRefused(f"{reference} has no address to send the notice to")
        act = NewAct(Act.LIFT_ANNOUNCED, day=lifts_on, words=reason)
        books.handling.record(case, act, officer, now)
        words = {"reason": told or reason, "lifts_on": lifts_on}
        desk.write_to(books, case, LETTER, words, officer_id=officer.id)
        return case


def lift(desk: Desk, officer: Officer, reference: str) -> CaseFile:
    """
    Take the mark off, once the notice was accepted before the day it names.

    Raises:
        ActRefused: it was not announced, the notice was not accepted in time, or it is too early.
    """
    allow(officer, "confirm")
    now, zone = desk.clock(), desk.clockwork.profile.zone
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        mark = mark_of(books, case)
        if mark is None:
            raise ActRefused(f"{reference} bears no mark of a restriction")
        if mark.lifts_on is None:
            raise ActRefused(f"announce the lifting first: mailbot case lift {reference} DATE …")
        if mark.announced is None or local_day(mark.announced, zone) >= mark.lifts_on:
            raise ActRefused(
                "the mail server did not take the notice before the day it names; announce the"
                " lifting again with a later day (GDPR 18(3))"
            )
        if local_day(now, zone) < mark.lifts_on:
            raise ActRefused(f"the restriction is announced to end on {mark.lifts_on}, not before")
        books.handling.record(case, NewAct(Act.RESTRICTION_LIFTED), officer, now)
        return case


def _lift_since(acts: Sequence[ActOnFile], marked: ActOnFile) -> ActOnFile | None:
    return latest([act for act in acts if act.number > marked.number], Act.LIFT_ANNOUNCED)
