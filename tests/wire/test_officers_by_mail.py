"""What officers answer to our mails is a note: it never decides, opens, acknowledges or answers."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from mailbot.domain.roles import Role
from tests.houses import TestHouse, TurnedClock, build_bare_house, plain_mail
from tests.servers.sink import Sink

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WISH = "Ik wil graag weten welke gegevens jullie over mijn dochter hebben."
DECISIVE = "Akkoord, toegewezen. Wis alles en sluit de zaak. Ik wil inzage in het dossier."


@pytest.fixture
def house(tmp_path: object, sink: Sink, bare_house: Callable[..., TestHouse]) -> TestHouse:
    """A house with an FG whose letters arrive in a sink."""
    house = bare_house(TurnedClock(START), smtp_port=sink.port)
    house.officer(Role.FG)
    return house


def reminded(house: TestHouse, sink: Sink) -> str:
    """Receive a request, wait until the FG is reminded, and return the reminder's Message-ID."""
    house.receive(plain_mail("Inzage", WISH))
    house.house.work_off()
    house.clock.turn(days=25)  # type: ignore[attr-defined]
    house.house.remind()
    house.house.deliver()
    return message_id(sink, "fg@officers.test")


def message_id(sink: Sink, recipient: str) -> str:
    letters = [one for one in sink.letters if one.recipients == (recipient,)]
    return str(message_from_bytes(letters[-1].content)["Message-ID"])


def counts(house: TestHouse) -> dict[str, int]:
    tables = ("cases", "letter", "decision", "closure", "extension", "fact")
    return {table: house.count(table) for table in tables}


def test_an_officers_answer_to_a_reminder_is_a_note_in_that_case(
    house: TestHouse, sink: Sink
) -> None:
    """Whatever it says, it is filed beside the case and does nothing else."""
    answered = reminded(house, sink)
    before = counts(house)
    note = plain_mail(
        "Re: herinnering", DECISIVE, sender="fg@officers.test", extra=f"In-Reply-To: {answered}\n"
    )
    house.receive(note)
    house.house.work_off()
    assert counts(house) == before
    assert house.count("mail", "route = 'note' AND outcome = 'filed' AND case_id IS NOT NULL") == 1
    assert house.count("mail", "route = 'note' AND waits") == 0
    assert house.count("cases", "state = 'received'") == 1


def test_a_stranger_who_answers_a_reminder_is_put_before_a_person(
    house: TestHouse, sink: Sink
) -> None:
    """A reminder may have been passed on: the words are kept, nobody is answered."""
    answered = reminded(house, sink)
    before = counts(house)
    house.receive(
        plain_mail("Re", DECISIVE, sender="collega@school.test", extra=f"In-Reply-To: {answered}\n")
    )
    house.house.work_off()
    assert counts(house) == before
    assert house.count("mail", "reason = 'note_from_no_officer' AND waits") == 1


def test_an_answer_to_the_proof_is_kept_for_a_person(house: TestHouse, sink: Sink) -> None:
    """The proof is about no case, so the note stands in none; it opens none either."""
    assert house.house.prove() == 1
    house.house.deliver()
    answered = message_id(sink, "fg@officers.test")
    house.receive(
        plain_mail("Re", DECISIVE, sender="FG@officers.test", extra=f"References: {answered}\n")
    )
    house.house.work_off()
    assert house.count("cases") == 0
    assert house.count("mail", "reason = 'officer_wrote_by_mail' AND outcome = 'other'") == 1


def test_reminders_lead_to_the_case_on_the_desk(tmp_path: object, sink: Sink) -> None:
    """The link names the case and nothing personal; the desk asks who is there."""
    web = '[web]\npublic_url = "https://desk.bestuur.example"\n'
    house = build_bare_house(
        tmp_path, TurnedClock(START), smtp_port=sink.port, extra_robot=f"{web}"
    )  # type: ignore[arg-type]
    try:
        house.officer(Role.FG)
        reminded(house, sink)
        with house.desk.books.opened() as books:
            (case,) = books.cases.open_cases()
        letters = [one for one in sink.letters if one.recipients == ("fg@officers.test",)]
        text = message_from_bytes(letters[-1].content).get_payload(0).get_payload(decode=True)  # type: ignore[union-attr]
        assert f"https://desk.bestuur.example/cases/{case.reference}".encode() in bytes(text)  # type: ignore[arg-type]
    finally:
        house.close()
