"""What the robot does with mails whose request stands in a file."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailbot.cli.check import _pictures
from tests import papers
from tests.houses import TestHouse, TurnedClock, plain_mail

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def house(bare_house: Callable[..., TestHouse]) -> TestHouse:
    """A house that works off mail without a server."""
    return bare_house(TurnedClock(NOW))


def test_a_request_in_a_scan_opens_its_case_and_is_acknowledged(house: TestHouse) -> None:
    """The parent who sends a photographed letter has the same four weeks (reglement 8.9.2b)."""
    scan = papers.scanned(papers.picture(papers.LETTERS["nl"], kind="JPEG"))
    house.receive(papers.mail_with("Zie bijlage.", ("scan.pdf", papers.PDF, scan)))
    house.house.work_off()
    assert 1 == house.count("cases", "suggested_kind = 'access'")
    assert 1 == house.count("letter", "code = 'ack_request'")
    assert 1 == house.count("fact", "name = 'child_name'")


def test_a_locked_file_waits_for_a_person_with_its_clock_running(house: TestHouse) -> None:
    """A case of unknown kind opens, its sender hears that a person reads it."""
    locked = papers.pdf("geheim", password="x")
    house.receive(papers.mail_with("Zie bijlage.", ("brief.pdf", papers.PDF, locked)))
    house.house.work_off()
    assert 1 == house.count("cases", "suggested_kind IS NULL AND due_on IS NOT NULL")
    assert 1 == house.count("letter", "code = 'ack_unsure'")
    assert 1 == house.count("mail", "waits AND outcome = 'opened'")
    with house.house.engine.begin() as connection:
        asked = connection.exec_driver_sql(
            "SELECT detail FROM event WHERE kind = 'officer_asked'"
        ).scalars()
        assert any("attachment_not_read" in str(one) for one in asked)


def test_mails_without_files_do_not_wait_for_those_with(house: TestHouse) -> None:
    """Whoever must have a file opened is taken last of a round, and by nobody else meanwhile."""
    letter = papers.pdf(papers.LETTERS["nl"])
    house.receive(
        papers.mail_with("Zie bijlage.", ("brief.pdf", papers.PDF, letter)),
        plain_mail("Inzage", "Ik wil weten welke gegevens u over mijn dochter Noor heeft."),
    )
    house.house.work_off()
    with house.house.engine.begin() as connection:
        order = connection.exec_driver_sql("SELECT mail_id FROM cases ORDER BY id").scalars().all()
    assert [2, 1] == order
    assert 0 == house.count("raw_mail", "state <> 'worked'")


def test_check_says_whether_pictures_can_be_read() -> None:
    """Everything is installed where the tests run; what lacks is named with its package."""
    assert "pictures   ok   tesseract" == _pictures()
