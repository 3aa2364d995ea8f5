"""Corrects the day a case was received, with a reason; its dates follow, none shrinks unseen."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile, Dates
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.local_time import start_of_day, to_utc
from mailbot.domain.working_days import last_working_day
from mailbot.work.clockwork import clock_kind, dates_of
from mailbot.work.desk import Desk, allow


@dataclass(frozen=True, slots=True)
class Corrected:
    """A case under its corrected receipt, and what its requester was promised before."""

    case: CaseFile
    former_due: date | None

    @property
    def shorter(self) -> bool:
        """Whether the due date now lies before the one that was promised."""
        due = self.case.dates.due
        return due is not None and self.former_due is not None and due < self.former_due


def correct_receipt(
    desk: Desk,
    officer: Officer,
    reference: str,
    received: datetime | date,
    reason: str,
    *,
    shorten: bool = False,
) -> Corrected:
    """
    Set the day of first receipt: a colleague had the mail before the privacy address did.

    1. Due date, cap and working target follow the new receipt.
    2. An extension that was announced stays, unless it lies past the new cap: then the act is
       refused until the officer says that the date may shrink to the cap.

    Args:
        desk: the desk.
        officer: who corrects it.
        reference: the case.
        received: the instant, or the local day where no time is known.
        reason: how the officer knows.
        shorten: whether an announced date may shrink to the new cap.

    Raises:
        ActRefused: the receipt lies in the future, or an announced date would shrink.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "confirm")
    instant = received_instant(desk, received)
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        move_receipt(desk, books, case, instant, officer=officer, reason=reason, shorten=shorten)
        return Corrected(books.cases.case(case.id), case.dates.due)


def move_receipt(
    desk: Desk,
    books: OpenDeskBooks,
    case: CaseFile,
    instant: datetime,
    *,
    officer: Officer,
    reason: str,
    shorten: bool = False,
) -> None:
    """
    Let the dates of a case follow another receipt; the reason stands with the date.

    Raises:
        ActRefused: an announced date would shrink.
        ReasonMissing: no reason was given.
    """
    dates = _dates(desk, books, case, instant)
    if case.extensions and case.dates.due and dates.cap:
        if case.dates.due > dates.cap and not shorten:
            raise ActRefused(
                f"the announced date {case.dates.due} lies past {dates.cap}, the most this"
                " receipt allows (reglement 8.9.2b); add --shorten and tell the requester"
            )
        dates = _with_due(desk, dates, min(max(case.dates.due, dates.due or dates.cap), dates.cap))
    act = NewAct(Act.RECEIPT_CORRECTED, _stamp(instant), dates.due, words=reason)
    books.handling.record(case, act, officer, desk.clock())
    books.handling.set_dates(case, dates)


def received_instant(desk: Desk, received: datetime | date) -> datetime:
    """
    Give the instant of a receipt: a day without a time begins at local midnight.

    Raises:
        ActRefused: it lies in the future.
    """
    zone = desk.clockwork.profile.zone
    if isinstance(received, datetime):
        instant = to_utc(received if received.tzinfo else received.replace(tzinfo=zone))
    else:
        instant = start_of_day(received, zone)
    if instant > desk.clock():
        raise ActRefused("a request cannot be received in the future")
    return instant


def _dates(desk: Desk, books: OpenDeskBooks, case: CaseFile, received: datetime) -> Dates:
    clockwork, kind = desk.clockwork, clock_kind(case)
    if kind is Kind.BREACH:
        # The receipt moves the alarm clock only; awareness is what a person recorded.
        return clockwork.breach(received, books.register.standing(case.id))
    dates = dates_of(clockwork.fresh(kind, received))
    if KINDS[kind].clock is not Clock.NONE:
        return dates
    kept = case.dates
    return replace(dates, due=kept.due, working_target=kept.working_target, ends_at=kept.ends_at)


def _with_due(desk: Desk, dates: Dates, due: date) -> Dates:
    clockwork = desk.clockwork
    fresh = clockwork.fresh(None, dates.received_at)
    target = last_working_day(due, clockwork.calendar)
    ends = dates_of(replace(fresh, due=due)).ends_at
    return replace(dates, due=due, working_target=target, ends_at=ends)


def _stamp(instant: datetime) -> str:
    return to_utc(instant).isoformat()
