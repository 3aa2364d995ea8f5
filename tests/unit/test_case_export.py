"""A case that is handed over: what lies in the ZIP, what is left out, and who may take it."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from pypdf import PdfReader

from mailbot.adapters.exports_case import case_zip
from mailbot.domain.errors import ActRefused, NotAllowed
from mailbot.domain.local_time import AMSTERDAM
from mailbot.domain.roles import Role
from mailbot.work.handling.handover import hand_over
from tests.houses import TestHouse, TurnedClock

CANARY = b"\xff\xd8\xff\xe0 this picture shows a passport"
BSN = "123456782"
REASON = "Verzoek van de ouder om het dossier"


def passport_mail() -> bytes:
    """Write a request with a copy of a passport and a citizen service number in its words."""
    mail = EmailMessage()
    mail["From"] = "=HYPERLINK <ouder@gezin.test>"
    mail["To"] = "privacy@school.test"
    mail["Subject"] = "Inzage"
    mail["Message-ID"] = "<een@gezin.test>"
    mail.set_content(f"Graag een kopie van alle gegevens van mijn kind. Mijn BSN is {BSN}.")
    mail.add_attachment(CANARY, maintype="image", subtype="jpeg", filename="paspoort.jpg")
    return mail.as_bytes()


@pytest.fixture
def house(bare_house: Callable[..., TestHouse]) -> TestHouse:
    """A house with one case, whose mail carries a passport."""
    built = bare_house(TurnedClock(datetime(2026, 11, 2, 8, 0, tzinfo=UTC)))
    built.receive(passport_mail())
    built.house.work_off()
    return built


def reference_of(house: TestHouse) -> str:
    """Name the only case."""
    with house.house.engine.begin() as connection:
        return str(connection.exec_driver_sql("SELECT reference FROM cases").scalar())


def unpacked(house: TestHouse, role: Role = Role.FG) -> dict[str, bytes]:
    """Hand the case over and unpack it."""
    desk, officer = house.officer(role)
    handover = hand_over(desk, officer, reference_of(house), REASON)  # type: ignore[arg-type]
    content = case_zip(handover, "Stichting SIPOR", AMSTERDAM)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_zip_holds_mails_letters_events_and_a_summary(house: TestHouse) -> None:
    """GDPR 15(3): everything of the case, under names in which nothing of a stranger stands."""
    files = unpacked(house)
    assert {"LEESMIJ.txt", "gebeurtenissen.csv", "samenvatting.pdf", "mails/20261102-1.eml"} <= set(
        files
    )
    letters = [name for name in files if name.startswith("brieven/")]
    assert [] != letters
    assert b"Subject:" in files[letters[0]]
    summary = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(files["samenvatting.pdf"])).pages
    )
    assert reference_of(house) in summary
    assert BSN not in summary


def test_a_copy_of_an_identity_document_is_left_out(house: TestHouse) -> None:
    """Policy: such a copy is hidden from the moment it comes, and never leaves the house again."""
    mail = unpacked(house)["mails/20261102-1.eml"]
    assert b"paspoort.jpg" in mail
    assert b"this picture" not in mail
    assert b"/9j/" not in mail
    assert b"kopie van alle gegevens" in mail


def test_no_cell_of_the_events_is_run_by_a_spreadsheet(house: TestHouse) -> None:
    """Faults: an officer's name that begins like a formula is text in every program."""
    unpacked(house)
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE officer SET name = '=cmd()' WHERE role = 'fg'")
    sheet = unpacked(house)["gebeurtenissen.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert ["Moment", "Gebeurtenis", "Door", "Mail", "Bijzonderheden"] == rows[0]
    assert {"de robot", "'=cmd()"} == {row[2] for row in rows[1:]}


def test_who_took_it_out_and_why_stays_with_the_case(house: TestHouse) -> None:
    """GDPR 5(2): an event without words, and a sealed note with the reason."""
    unpacked(house, Role.BOARD)
    assert 1 == house.count("event", "kind = 'case_exported'")
    assert 0 == house.count("event", f"detail LIKE '%{REASON}%'")
    desk, officer = house.officer(Role.FG)
    notes = desk.show(officer, reference_of(house)).notes  # type: ignore[arg-type]
    assert [f"Dossier uitgevoerd: {REASON}"] == [one.text for one in notes]


@pytest.mark.parametrize("role", [Role.HANDLER, Role.ADMIN])
def test_only_the_fg_and_the_board_hand_a_case_over(house: TestHouse, role: Role) -> None:
    """Reglement 3.3: a handler prepares, an administrator sees no case."""
    desk, officer = house.officer(role)
    with pytest.raises(NotAllowed):
        hand_over(desk, officer, reference_of(house), REASON)  # type: ignore[arg-type]


def test_a_case_is_not_handed_over_without_a_reason(house: TestHouse) -> None:
    """Nobody can say afterwards for whom it was, so it is asked before."""
    desk, officer = house.officer(Role.FG)
    with pytest.raises(ActRefused):
        hand_over(desk, officer, reference_of(house), "  kort  ")  # type: ignore[arg-type]
    assert 0 == house.count("event", "kind = 'case_exported'")
