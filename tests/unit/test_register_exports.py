"""The exports of the register: no cell runs, no letter is lost without a sign."""

import csv
import io
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.adapters.exports_csv import neutral, register_csv
from mailbot.adapters.exports_pdf import ExportHead, register_pdf
from mailbot.domain.register import RegisterEntry, RegisterVersion
from mailbot.domain.register_fields import FIELDS, Section
from mailbot.domain.register_words import Act, Risk

ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 3, 27, 15, tzinfo=UTC)
HEAD = ExportHead("Stichting SIPOR", "privacy@sipor.nl", "F. Gee", AT, ZONE)
EVIL = (
    "=1+1",
    "+31612345678",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\ufeff=1+1",
    "\xa0=1+1",
    "＝1+1",
    "\0=1+1",
    '=HYPERLINK("http://evil.test","klik")',
    "=cmd|' /C calc'!A0",
)


def version(**values: object) -> RegisterVersion:
    """One version of an entry."""
    entry = RegisterEntry(received_at=AT, **values)  # type: ignore[arg-type]
    return RegisterVersion(1, "SIPOR-2026-000001-D", 1, 1, 1, "F. Gee", 1, Act.OPEN, AT, entry)


def rows(raw: bytes) -> list[list[str]]:
    """Read a CSV as Excel does."""
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def words(pdf: bytes, folder: Path) -> str:
    """Read the text of a PDF with a program that is not ours."""
    program = shutil.which("pdftotext")
    assert program, "install poppler-utils"
    file = folder / "register.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [program, "-layout", str(file), "-"], check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.parametrize("cell", EVIL)
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    """A parent who writes a formula makes nobody's spreadsheet run it (fault 36)."""
    raw = register_csv([version(facts=cell, reporter=cell)], ZONE)
    for row in rows(raw):
        for found in row:
            assert not re.match(r"[ \xa0\ufeff]*[=+\-@\t\r\n＝＋－＠]", found)
    assert neutral(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "ja", "24", "27-03-2026 16:00", "Jan = Piet", "a@b.nl"])
def test_an_innocent_cell_stays_as_it_is(cell: str) -> None:
    """Only what could run is marked."""
    assert cell == neutral(cell)


def test_the_csv_has_a_column_for_every_field_and_a_line_for_every_entry() -> None:
    """Quotes, semicolons and line breaks in a text do not shift the columns."""
    text = 'Zij zei: "weg";\r\nen toen niets'
    found = rows(register_csv([version(facts=text), version(risk=Risk.HIGH)], ZONE))
    assert 3 == len(found)
    assert {len(FIELDS) + 5} == {len(row) for row in found}
    assert text == dict(zip(found[0], found[1], strict=True))["Wat er is gebeurd"]
    assert "er is een hoog risico" == dict(zip(found[0], found[2], strict=True))["Risico"]


def test_a_citizen_number_is_masked_in_both_exports(tmp_path: Path) -> None:
    """A BSN stands in no export (UAVG article 46)."""
    one = version(facts="Het BSN 111222333 stond in de bijlage")
    assert b"111222333" not in register_csv([one], ZONE)
    assert "111222333" not in words(register_pdf([[one]], HEAD), tmp_path)


def test_the_pdf_follows_the_order_of_the_form(tmp_path: Path) -> None:
    """Who fills in the form of the AP reads from top to bottom."""
    text = words(register_pdf([[version(facts="Lijst weg")]], HEAD), tmp_path)
    places = [text.index(f"{number}. {part.value}") for number, part in enumerate(Section)]
    assert sorted(places) == places
    assert text.index("Lijst weg") > text.index("3. Gegevens over het datalek")
    assert "Stichting SIPOR" in text
    assert "27-03-2026 16:00" in text
    assert "nog in te vullen" in text
    assert "Geschiedenis van dit dossier" in text


def test_the_pdf_shows_names_in_other_scripts_or_their_codes(tmp_path: Path) -> None:
    """Turkish, Polish, Greek, Cyrillic and Arabic have letters; the rest its code, never a gap."""
    name = "Ömer Şahin, Łukasz, Ωμέγα, Привет"
    text = words(register_pdf([[version(reporter=f"{name} 漢 😀 \x07x")]], HEAD), tmp_path)
    flat = " ".join(text.split())
    assert name in flat
    assert "[U+6F22] [U+1F600] x" in flat
    arabic = register_pdf([[version(reporter="محمد الأمين")]], HEAD)
    assert b"NotoSansArabic" in arabic
    assert "U+" not in words(arabic, tmp_path)


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "kort " * 4000, "\n" * 300, "\u202e" * 50, "ـ" * 900]
)
def test_no_text_breaks_the_pdf(text: str) -> None:
    """Neither a word without end nor one without any letter stops an export."""
    pdf = register_pdf([[version(facts=text)]], HEAD)
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")


def test_each_entry_begins_on_a_page_of_its_own_with_its_name_at_the_foot(tmp_path: Path) -> None:
    """One entry can be handed over without another's page."""
    other = RegisterVersion(
        2, "DATALEK-2026-000001-X", None, 1, 1, "F", 1, Act.OPEN, AT, RegisterEntry()
    )
    pages = words(register_pdf([[version()], [other]], HEAD), tmp_path).split("\f")
    for page in pages[:-1]:
        assert ("SIPOR-2026-000001-D" in page) != ("DATALEK-2026-000001-X" in page)


def test_an_export_of_nothing_says_so(tmp_path: Path) -> None:
    """An empty year is a page that says it is empty."""
    assert "geen incidenten" in words(register_pdf([], HEAD), tmp_path)
    assert 1 == len(rows(register_csv([], ZONE)))


def test_the_same_entry_gives_the_same_bytes() -> None:
    """Two exports of one moment can be compared."""
    made = [register_pdf([[version(facts="Lijst")]], HEAD) for _ in range(2)]
    assert made[0] == made[1]
    later = ExportHead("Stichting SIPOR", "x", "F", AT + timedelta(days=1), ZONE)
    assert made[0] != register_pdf([[version(facts="Lijst")]], later)
