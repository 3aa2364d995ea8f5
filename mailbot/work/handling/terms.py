"""What people do about the dates: late notices, announcements by hand, a term read in a letter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.clocks import with_due_by_hand
from mailbot.domain.deadlines import ByHand, is_overdue
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.explained import Explained
from mailbot.domain.letter_words import Typed
from mailbot.domain.local_time import local_day
from mailbot.domain.noticed import Announced, ExtensionOnFile, extensions_on_file
from mailbot.domain.pauses import Pause, advisory_due
from mailbot.work.clockwork import clock_kind, dates_of
from mailbot.work.desk import Desk, allow

QUESTIONS = (Act.IDENTITY_ASKED, Act.CLARIFICATION_ASKED)


def extensions_of(desk: Desk, books: OpenDeskBooks, case: CaseFile) -> Sequence[ExtensionOnFile]:
    """Say of each extension of a case whether it was announced in time."""
    return extensions_on_file(
        books.handling.notices(case),
        books.handling.acts(case, Act.EXTENSION_TOLD),
        desk.clock(),
        desk.clockwork.profile.zone,
    )


def announced_of(
    desk: Desk, books: OpenDeskBooks, cases: Sequence[CaseFile]
) -> dict[int, bool | None]:
    """Say for each case whether all its extensions were announced in time; None without any."""
    return {
        case.id: all(one.announced is Announced.IN_TIME for one in extensions_of(desk, books, case))
        if case.extensions
        else None
        for case in cases
    }


def advisory_of(desk: Desk, books: OpenDeskBooks, case: CaseFile) -> Explained | None:
    """Work out the suspended date beside the binding one; advice only (E1 §159)."""
    zone = desk.clockwork.profile.zone
    pauses: list[Pause] = []
    for act in books.handling.acts(case, *QUESTIONS, Act.ANSWERED):
        day = local_day(act.at, zone)
        if act.code in QUESTIONS:
            pauses.append(Pause(day))
        else:
            pauses = [p if p.answered_on else replace(p, answered_on=day) for p in pauses]
    today = local_day(desk.clock(), zone)
    return advisory_due(desk.clockwork.of(case), pauses, today)


def late_notice(
    desk: Desk,
    officer: Officer,
    reference: str,
    new_date: date,
    cause: str,
    *,
    told: Typed | None = None,
) -> CaseFile:
    """
    Tell the requester that the answer is late, why, and when it comes (reglement 8.9.2b).

    The term itself stays passed: the duty remains and the case remains overdue. Only after
    the due date; before it, an extension is the way. *told* is the cause as the letter tells
    it, in the requester's language as well.

    Raises:
        ActRefused: the term has not ended, the case is closed or has no term, the new day is
            past, or there is no address.
        ReasonMissing: no cause was typed.
    """
    allow(officer, "extend")
    now, zone = desk.clock(), desk.clockwork.profile.zone
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if case.state is CaseState.CLOSED:
            raise ActRefused(f"{reference} is closed")
        if case.dates.due is None:
            raise ActRefused(f"{reference} has no due date that could have passed")
        if not is_overdue(desk.clockwork.of(case), now, zone):
            raise ActRefused(
                f"{reference} is due {case.dates.due}, so nothing is late yet; extend it instead"
            )
        if new_date < local_day(now, zone):
            raise ActRefused("the new date has passed already")
        if case.requester.address is None:
            raise ActRefused(f"{reference} has no address; tell the requester and write a note")
        act = NewAct(Act.LATE_NOTICE, day=new_date, words=cause)
        books.handling.record(case, act, officer, now)
        words = {"old_due": case.dates.due, "new_due": new_date, "cause": told or cause}
        desk.write_to(books, case, "late_notice", words, officer_id=officer.id)
        return case


def told_by_hand(
    desk: Desk, officer: Officer, reference: str, told_on: date, how: str
) -> Sequence[ExtensionOnFile]:
    """
    Record that the requester heard of the latest extension by letter, telephone or at the desk.

    Raises:
        ActRefused: nothing was extended, or the day lies in the future.
    """
    allow(officer, "extend")
    now = desk.clock()
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        notices = books.handling.notices(case)
        if not notices:
            raise ActRefused(f"{reference} was not extended")
        if told_on > local_day(now, desk.clockwork.profile.zone):
            raise ActRefused("the day on which it was told lies in the future")
        about = str(notices[-1].extension)
        books.handling.record(
            case, NewAct(Act.EXTENSION_TOLD, about, told_on, words=how), officer, now
        )
        return extensions_of(desk, books, case)


def set_deadline(desk: Desk, officer: Officer, reference: str, due: date, reason: str) -> CaseFile:
    """
    Record the deadline that a person read in a letter (reglement 8.9.5).

    Raises:
        ActRefused: this kind has a clock of its own, which nobody may overrule by hand.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "extend")
    act = NewAct(Act.DEADLINE_SET, day=due, words=reason)
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        fresh = desk.clockwork.fresh(clock_kind(case), case.dates.received_at)
        try:
            set_by_hand = with_due_by_hand(
                fresh, due, ByHand(officer.name, reason), calendar=desk.clockwork.calendar
            )
        except ValueError as error:
            raise ActRefused(str(error)) from error
        books.handling.set_dates(case, dates_of(set_by_hand))
        books.handling.record(case, act, officer, desk.clock())
        return books.cases.case(case.id)
