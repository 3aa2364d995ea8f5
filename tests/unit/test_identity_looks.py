"""Identity documents that nobody named are found in the background, hidden and destroyed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailbot.adapters.texts import Texts
from mailbot.domain.identity import files_in, without_copies
from mailbot.domain.suggestion import Flag
from tests import papers
from tests.houses import TestHouse, TurnedClock

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
BODY = (
    "Geachte functionaris, ik verzoek u om inzage in alle gegevens die de school over mijn zoon"
    " Sem Bakker bewaart. Hij zit in groep 7. Ik ontvang graag een kopie van zijn hele dossier."
)


@pytest.fixture
def house(any_database: str, bare_house: Callable[..., TestHouse]) -> TestHouse:
    """A house that works off mail without a server."""
    return bare_house(TurnedClock(NOW), database=any_database)


def test_a_passport_nobody_named_is_hidden_flagged_and_destroyed(house: TestHouse) -> None:
    """Its machine-readable lines give it away; the class photo beside it stays (reglement 8.2.2)."""
    passport, photograph = papers.passport(), papers.holiday_photograph()
    raw = papers.mail_with(
        BODY, ("IMG_1.jpg", "image/jpeg", photograph), ("IMG_2.jpg", "image/jpeg", passport)
    )
    house.receive(raw)
    house.house.work_off()
    assert (1, 0) == (house.count("cases"), house.count("identity_copy"))
    assert 1 == house.house.look_for_copies()
    assert 1 == house.count("identity_copy", "destroyed_at IS NULL AND case_id IS NOT NULL")
    assert 1 == house.count("case_flag", f"flag = '{Flag.IDENTITY_DOCUMENT}'")
    assert 1 == house.count("event", "kind = 'identity_copy_hidden'")
    assert 1 == house.house.destroy_copies()
    with house.house.boards["sipor"].books.opened() as books:
        left = [file.content for _, file in files_in(books.ledger.open(1).raw, Texts())]
    assert [photograph] == left


def test_each_mail_is_looked_at_once_and_one_without_files_never(house: TestHouse) -> None:
    """What shows nothing stays as it is, and costs its second once."""
    photograph = ("klas.jpg", "image/jpeg", papers.holiday_photograph())
    house.receive(papers.mail_with(BODY, photograph), papers.mail_with(BODY + " Dank u wel."))
    house.house.work_off()
    assert [0, 0] == [house.house.look_for_copies(), house.house.look_for_copies()]
    assert 1 == house.count("identity_look", "looked_at IS NOT NULL AND tries = 1")
    assert 1 == house.count("identity_look")
    assert 0 == house.count("identity_copy")


def test_two_robots_do_not_look_at_one_mail_at_once(house: TestHouse) -> None:
    """A claim holds for minutes; a robot that died leaves the mail to the next."""
    house.receive(papers.mail_with(BODY, ("a.jpg", "image/jpeg", papers.holiday_photograph())))
    house.house.work_off()
    looks = house.house.boards["sipor"].looks
    assert looks._claim(NOW) is not None
    assert looks._claim(NOW) is None
    house.clock.turn(minutes=6)  # type: ignore[attr-defined]
    assert 0 == house.house.look_for_copies()
    assert 1 == house.count("identity_look", "tries = 2 AND looked_at IS NOT NULL")


def test_only_the_file_that_was_seen_to_show_a_document_is_taken_out() -> None:
    """Also where a scan stands beside photographs, which would else all go in its place."""
    scan = papers.scanned(papers.passport())
    photograph = papers.holiday_photograph()
    raw = papers.mail_with(
        BODY, ("foto.jpg", "image/jpeg", photograph), ("scan.pdf", papers.PDF, scan)
    )
    numbers = {file.filename: number for number, file in files_in(raw, Texts())}
    left = without_copies(raw, frozenset({numbers["scan.pdf"]}))
    assert [photograph] == [file.content for _, file in files_in(left, Texts())]
