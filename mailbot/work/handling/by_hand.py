"""Opens a case for a request that came by telephone, by letter or at the desk."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.asked import Asker
from mailbot.domain.books import NewCase
from mailbot.domain.case import CaseFile
from mailbot.domain.deadlines import ByHand
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.letters import RequestWords
from mailbot.domain.search_words import search_words
from mailbot.domain.suggestion import FactName
from mailbot.work.clockwork import dates_of
from mailbot.work.desk import ACTS, Desk, allow
from mailbot.work.handling.laying import lay_again
from mailbot.work.handling.receipt import received_instant


class Channel(StrEnum):
    """How a request came."""

    PHONE = "phone"
    LETTER = "letter"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class ByOtherWay:
    """A request as an officer wrote it down."""

    kind: Kind
    channel: Channel
    received: datetime | date
    reason: str
    """How the officer knows when it was received; stands with the date."""
    name: str = field(default="", repr=False)
    address: str | None = field(default=None, repr=False)
    """Where letters may go by mail; None where none was given."""
    language: str = "nl"
    about: str = field(default="", repr=False)
    """What was asked, as a note for colleagues."""
    role: Asker = Asker.UNKNOWN
    acknowledge: bool = False
    """Whether the officer wants the acknowledgement sent by mail."""


def open_by_hand(desk: Desk, officer: Officer, request: ByOtherWay) -> CaseFile:
    """
    Open a case with its own date of receipt, explained by the officer who entered it.

    The kind is confirmed at once where this officer may confirm kinds; a handler's stays as
    suggested until the FG looks.

    Raises:
        ActRefused: a receipt in the future, an address that is none, or an acknowledgement
            without an address.
        ReasonMissing: no reason was typed.
    """
    allow(officer, "prepare")
    _see(request)
    now = desk.clock()
    instant = received_instant(desk, request.received)
    act = NewAct(Act.OPENED_BY_HAND, request.channel.value, words=request.reason)
    explained = ByHand(officer.name, request.reason)
    dates = dates_of(desk.clockwork.fresh(request.kind, instant, by_hand=explained))
    with desk.books.opened() as books:
        case = books.cases.open_case(
            NewCase(
                kind=request.kind,
                confidence=1.0,
                confirmed=False,
                dates=dates,
                language=request.language,
                requester_name=request.name.strip(),
                requester_address=request.address,
                urgent=KINDS[request.kind].urgent,
                mail_id=None,
                opened_at=now,
            )
        )
        books.handling.record(case, act, officer, now)
        books.words.add(case.id, search_words(request.name, request.about))
        _write_down(desk, books, case, officer, request)
        if officer.role in ACTS["confirm"]:
            books.decisions.confirm(case, request.kind, dates, officer, now)
        lay_again(books, case, request.kind, officer, now)
        case = books.cases.case(case.id)
        if request.acknowledge:
            acknowledge(desk, books, case, officer)
        return case


def _see(request: ByOtherWay) -> None:
    if request.address is not None and not is_plain_address(request.address):
        raise ActRefused("--address: this is no mail address")
    letter = KINDS[request.kind].acknowledgement
    if request.acknowledge and request.address is None:
        raise ActRefused("an acknowledgement by mail needs --address")
    if request.acknowledge and letter is None:
        raise ActRefused(f"{request.kind} has no acknowledgement; a person writes first")


def _write_down(
    desk: Desk, books: OpenDeskBooks, case: CaseFile, officer: Officer, request: ByOtherWay
) -> None:
    if request.about.strip():
        books.decisions.note(case, request.about, officer, desk.clock())
    if request.role is not Asker.UNKNOWN:
        name = FactName.REQUESTER_ROLE.value
        books.handling.confirm_fact(case, name, request.role.value, officer, desk.clock())


def acknowledge(desk: Desk, books: OpenDeskBooks, case: CaseFile, officer: Officer) -> None:
    """Write the acknowledgement an officer asked for, where the kind has one."""
    letter = KINDS[case.kind].acknowledgement if case.kind else None
    if letter is None or case.kind is None:
        return
    words = {
        "received_at": case.dates.received_at,
        "due": case.dates.due,
        "kinds": [RequestWords(case.kind, case.reference, case.dates.due)],
        "questions": [],
    }
    desk.write_to(books, case, letter, words, officer_id=officer.id)
