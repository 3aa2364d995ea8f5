"""A case is found by its words, whichever way it was opened."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from mailbot import app
from mailbot.domain.decision import Officer
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import QueueFilter
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk
from mailbot.work.handling.by_hand import ByOtherWay, Channel, open_by_hand
from mailbot.work.handling.from_mail import open_from_mail
from mailbot.work.handling.moving import split
from mailbot.work.queue import overview
from tests.houses import TestHouse, TurnedClock, plain_mail

pytestmark = pytest.mark.usefixtures("connections_closed")
WHY = "De vader vraagt het zelf, zegt hij."


@pytest.fixture
def house(any_database: str, bare_house: Callable[..., TestHouse]) -> TestHouse:
    return bare_house(TurnedClock(datetime(2026, 11, 2, 9, tzinfo=UTC)), database=any_database)


def found(desk: Desk, officer: Officer, word: str) -> list[str]:
    """Search the queue as an officer does."""
    rows = overview(desk, officer, QueueFilter(words=(word,))).page.rows
    return [row.reference for row in rows]


def test_a_request_by_telephone_is_found_by_name_and_note(house: TestHouse) -> None:
    """Nobody who calls leaves a mail to search in."""
    desk, fg = house.officer(Role.FG)
    called = ByOtherWay(
        Kind.ACCESS,
        Channel.PHONE,
        date(2026, 11, 2),
        "Vanmorgen gebeld, genoteerd door de balie.",
        name="Wilhelmina Zandstra",
        about="Vraagt naar het onderzoek van de schoolarts.",
    )
    case = open_by_hand(desk, fg, called)
    for word in ("zandstra", "schoolarts"):
        assert [case.reference] == found(desk, fg, word)


def test_a_parked_mail_that_became_a_case_is_found(house: TestHouse) -> None:
    """The machine took it for nothing of ours, so nobody had indexed it."""
    house.receive(plain_mail("Gymtas", "Mijn zoon is vandaag zijn gymtas kwijt in de bus."))
    house.house.work_off()
    desk, fg = house.officer(Role.FG)
    assert [] == found(desk, fg, "gymtas")
    read = app.reader(house.settings, "sipor")
    case = open_from_mail(desk, fg, 1, Kind.ACCESS, read=read)
    assert [case.reference] == found(desk, fg, "gymtas")


def test_mails_that_got_a_case_of_their_own_are_found_there(house: TestHouse) -> None:
    """What a split takes along is found where it lies now."""
    first = "Graag een kopie van alle gegevens van mijn dochter Noor Visser."
    house.receive(plain_mail("Inzage", first, message_id="<1@gezin.test>"))
    thread = "In-Reply-To: <1@gezin.test>\n"
    house.receive(plain_mail("Re: Inzage", "Zij logeert bij tante Quirine.", extra=thread))
    house.house.work_off()
    desk, fg = house.officer(Role.FG)
    (old,) = found(desk, fg, "visser")
    mail = desk.show(fg, old).mails[-1].id
    read = app.reader(house.settings, "sipor")
    new = split(desk, fg, old, [mail], kind=Kind.ACCESS, reason=WHY, read=read)
    assert new.reference in found(desk, fg, "quirine")
    assert [old] == found(desk, fg, "visser")
