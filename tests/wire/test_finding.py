"""A case is found by its words, whichever way it was opened."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from mailbot import app
from mailbot.adapters.finding import find
from mailbot.adapters.schema import cases
from mailbot.adapters.schema_queue import case_word
from mailbot.domain.decision import Officer
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import PAGE_SIZE, Place, QueueFilter, QueueRow
from mailbot.domain.reference import Reference
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


def test_a_word_too_short_to_be_kept_hides_nobody(house: TestHouse) -> None:
    """No name is commoner than "de Vries"; "de" alone names nobody."""
    desk, fg = house.officer(Role.FG)
    called = ByOtherWay(
        Kind.ACCESS,
        Channel.PHONE,
        date(2026, 11, 2),
        "Vanmorgen gebeld.",
        name="Wilhelmina de Vries",
        about="Vraagt wat er ligt.",
    )
    case = open_by_hand(desk, fg, called)
    page = overview(desk, fg, QueueFilter(words=("de", "Vries"))).page
    assert [row.reference for row in page.rows] == [case.reference]
    assert found(desk, fg, "de") == []


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


def test_a_case_is_found_by_its_number_and_by_how_a_number_begins(house: TestHouse) -> None:
    """People paste a number whole, in small letters, or type the beginning of it."""
    house.receive(plain_mail("Inzage", "Graag een kopie van alle gegevens van mijn zoon Daan."))
    house.receive(
        plain_mail(
            "Wissen", "Wilt u de gegevens van mijn dochter verwijderen?", sender="a@elders.test"
        ),
    )
    house.house.work_off()
    desk, fg = house.officer(Role.FG)
    every = [row.reference for row in overview(desk, fg, QueueFilter()).page.rows]
    assert 2 == len(every)
    for one in every:
        assert [one] == found(desk, fg, one)
        assert [one] == found(desk, fg, one.lower())
        assert [one] == found(desk, fg, one[:-2])
    assert every == found(desk, fg, every[0][:10])
    assert [] == found(desk, fg, f"{every[0][:-1]}{'A' if every[0][-1] != 'A' else 'B'}")


def test_a_case_that_a_mail_names_is_found_with_the_one_it_lies_in(house: TestHouse) -> None:
    """Who looks for a number wants to see also who else wrote about it."""
    house.receive(plain_mail("Inzage", "Graag een kopie van alle gegevens van mijn zoon Daan."))
    house.house.work_off()
    desk, fg = house.officer(Role.FG)
    (first,) = found(desk, fg, "daan")
    called = ByOtherWay(
        Kind.ACCESS,
        Channel.PHONE,
        date(2026, 11, 2),
        "Vanmorgen gebeld.",
        name="Jip Smit",
        about=f"Belde over {first}.",
    )
    second = open_by_hand(desk, fg, called).reference
    assert {first, second} == set(found(desk, fg, first))


def test_words_of_few_and_of_many_cases_find_the_same(house: TestHouse) -> None:
    """Which index is asked first is a matter of speed alone."""
    house.receive(
        plain_mail("Inzage", "Kopie van alle gegevens van mijn zoon Daan de Vries-Jansen."),
        plain_mail("Inzage", "Kopie van alle gegevens van Roos Jansen.", sender="b@elders.test"),
        plain_mail("Inzage", "Kopie van alle gegevens van Roos Smit.", sender="c@elders.test"),
    )
    house.house.work_off()
    with house.house.boards["sipor"].books.shelf() as shelf:
        for words in (
            ("jansen",),
            ("vries-jansen",),
            ("roos", "jansen"),
            ("roos", "c@elders.test"),
            ("b@elders.test",),
            ("sipor-2026-00000",),
            ("kopie", "nergens"),
            ("kopie", "?"),
            ("?",),
        ):
            told = []
            for few in (0, 1, 1000):
                searched = find(shelf, words, few)
                query = select(cases.c.id).where(*searched.holds)
                if searched.numbers is not None:
                    query = query.where(cases.c.id.in_(searched.numbers))
                told.append(sorted(shelf.connection.execute(query).scalars()))
            assert told[0] == told[1] == told[2], words
            assert bool(told[0]) == (words not in {("kopie", "nergens"), ("?",)}), words


@pytest.mark.parametrize("word", ["daan", "many", ""])
def test_a_search_is_paged_in_the_order_of_the_dates(house: TestHouse, word: str) -> None:
    """Each case stands on one page, those without a date last, however many cases a word has."""
    house.receive(plain_mail("Inzage", "Graag een kopie van alle gegevens van mijn zoon Daan."))
    house.house.work_off()
    desk, fg = house.officer(Role.FG)
    copies = 1_100 if word == "many" else 2 * PAGE_SIZE
    _copy(house, copies, word)
    rows: list[QueueRow] = []
    after: Place | None = None
    while True:
        page = overview(desk, fg, QueueFilter(words=(word,) if word else ()), after).page
        rows += page.rows
        after = page.following
        if after is None:
            break
    assert copies + (word != "many") == len(rows) == len({row.id for row in rows})
    order = [(row.ends_at is None, row.ends_at, row.id) for row in rows]
    assert order == sorted(order, key=lambda one: (one[0], one[1] or house.clock(), one[2]))
    assert any(none for none, _, _ in order)


def _copy(house: TestHouse, copies: int, word: str) -> None:
    """Copy the first case many times; each third copy has no date, and two share each date."""
    with house.house.boards["sipor"].books.shelf() as shelf:
        query = select(cases).order_by(cases.c.id).limit(1)
        model = dict(shelf.connection.execute(query).mappings().one())
        del model["id"]
        rows = [
            {
                **model,
                "reference": str(Reference("SIPOR", 2025, number)),
                "token_hash": number.to_bytes(32, "big"),
                "ends_at": house.clock() + timedelta(hours=number // 2) if number % 3 else None,
            }
            for number in range(1, copies + 1)
        ]
        numbers = shelf.connection.execute(insert(cases).returning(cases.c.id), rows).scalars()
        one = shelf.word_hash(word or "daan")
        shelf.connection.execute(
            insert(case_word), [{"case_id": number, "word_hash": one} for number in numbers]
        )
