"""The yearly figures: counted right, written so that they can be read and cannot do harm."""

import csv
import io
import re
from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from mailbot.adapters.figures_csv import MEASURES, figures_csv
from mailbot.adapters.figures_page import figures_html
from mailbot.adapters.figures_pdf import figures_pdf
from mailbot.adapters.figures_plots import plots, svg
from mailbot.adapters.figures_words import LANGUAGES, WORDS
from mailbot.domain.figures import (
    BreachCounts,
    BreachRecord,
    CaseRecord,
    LetterCounts,
    Row,
    YearFigures,
    count_year,
)
from mailbot.domain.kinds import Kind

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2027, 1, 8, 12, tzinfo=UTC)
LETTERS = LetterCounts(written=9, accepted=7, bounced=1, refused=1)


def case(
    kind: Kind | None = Kind.ACCESS,
    received: date = date(2026, 3, 2),
    after_days: int | None = 10,
    *,
    language: str = "nl",
    extensions: int = 0,
    term: int = 28,
) -> CaseRecord:
    """A case that was closed some days after its receipt, at noon."""
    ends = datetime.combine(received + timedelta(days=term + 1), time(), ZONE)
    closed = None
    if after_days is not None:
        closed = datetime.combine(received + timedelta(days=after_days), time(12), ZONE)
    return CaseRecord(kind, language, received, ends, closed, extensions)


def counted(*cases: CaseRecord, breaches: tuple[BreachRecord, ...] = ()) -> YearFigures:
    """The figures of 2026 with these cases."""
    return count_year(2026, cases, breaches, LETTERS, now=NOW, zone=ZONE)


def test_a_case_is_in_time_through_its_due_date_and_late_from_the_next_day() -> None:
    """Reglement 8.9.2b: the due date itself still counts."""
    assert (1, 0) == _in_time_and_late(counted(case(after_days=28)))
    assert (0, 1) == _in_time_and_late(counted(case(after_days=29)))


def _in_time_and_late(figures: YearFigures) -> tuple[int, int]:
    return figures.total.in_time, figures.total.late


def test_an_open_case_runs_until_its_term_is_over_and_is_late_then() -> None:
    """A missed deadline is missed whether or not somebody closed the case."""
    running = counted(case(received=date(2026, 12, 28), after_days=None))
    assert (0, 1) == (running.total.late, running.total.running)
    late = counted(case(received=date(2026, 11, 2), after_days=None))
    assert (1, 0) == (late.total.late, late.total.running)
    assert None is late.total.median_days


def test_an_extension_counts_as_one_extended_case_and_its_term_is_the_new_one() -> None:
    """Twice extended is one case that was extended; in time is within the term in force."""
    figures = counted(case(after_days=80, term=84, extensions=2), case())
    assert Row(received=2, closed=2, in_time=2, extended=1, median_days=45.0) == figures.total


@pytest.mark.parametrize("kind", [Kind.BREACH, Kind.COMPLAINT, Kind.AUTHORITY])
def test_what_has_another_clock_is_neither_in_time_nor_late(kind: Kind) -> None:
    """A breach has seventy-two hours to be reported, a complaint follows its own rules."""
    row = counted(case(kind, after_days=200, term=3)).by_kind[kind]
    assert (0, 0, 0, 1) == (row.in_time, row.late, row.running, row.without_term)


def test_every_case_is_in_one_state_in_every_grouping() -> None:
    """The parts of a bar add up to the bar, and each grouping adds up to the total."""
    figures = counted(
        *(case(kind, received=date(2026, 1 + number % 12, 5)) for number, kind in enumerate(Kind)),
        case(None, after_days=None, language="tr"),
        case(after_days=40, language="ar"),
    )
    for groups in (figures.by_kind, figures.by_month, figures.by_language):
        assert figures.total.received == sum(row.received for row in groups.values())
        for row in groups.values():
            states = row.in_time + row.late + row.running + row.without_term
            assert row.received == states
    assert set(range(1, 13)) == set(figures.by_month)
    assert ["nl", "ar", "tr"] == list(figures.by_language)


def test_the_median_counts_whole_local_days() -> None:
    """An even number of cases has the mean of the two in the middle."""
    assert 7.5 == counted(case(after_days=5), case(after_days=10)).total.median_days


def test_breaches_are_counted_by_what_was_decided() -> None:
    """GDPR 33: reported, not reported, not decided; a case without an entry is shown as a lack."""
    figures = counted(
        breaches=(
            BreachRecord(in_register=True, has_case=True, reported=True),
            BreachRecord(in_register=True, has_case=False, reported=False),
            BreachRecord(in_register=True, has_case=True, reported=None),
            BreachRecord(in_register=False, has_case=True, reported=None),
        )
    )
    assert BreachCounts(1, 1, 1, 1) == figures.breaches


def test_both_languages_have_every_word() -> None:
    """A page in English holds no Dutch word, and none is missing."""
    assert set(WORDS["nl"]) == set(WORDS["en"])
    assert set(LANGUAGES["nl"]) == set(LANGUAGES["en"])


def test_the_csv_has_a_line_for_every_group_and_whole_columns() -> None:
    """Every line is as long as the head, whatever it counts."""
    text = figures_csv(counted(case(), case(Kind.ERASURE, language="tr", after_days=13)))
    lines = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert {4 + len(MEASURES) - 1} == {len(line) for line in lines}
    found = {(line[1], line[2]): line[3:] for line in lines[1:]}
    assert ["2", "2", "2", "0", "0", "0", "0", "11,5"] == found["totaal", "totaal"]
    assert "1" == found["Zaken per soort", "wissing"][0]
    assert "2" == found["Binnengekomen per maand", "mrt"][0]
    assert "1" == found["Taal van de mail", "Turks"][0]
    assert "1" == found["Brieven", "teruggekomen"][0]
    assert "0" == found["Datalekken", "gemeld bij de AP"][0]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_csv_can_be_a_formula(sign: str) -> None:
    """Faults 36: a language code is the only word that comes from a mail's analysis."""
    text = figures_csv(counted(case(language=f"{sign}1"))).decode("utf-8-sig")
    lines = csv.reader(io.StringIO(text), delimiter=";")
    cells = [cell for line in lines for cell in line]
    assert f"'{sign}1" in cells
    assert [] == [cell for cell in cells if cell[:1] in tuple("=+-@\t")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_stands_alone(language: str) -> None:
    """No script, and nothing that a browser would fetch: it may be mailed and archived."""
    page = figures_html(counted(case(), case(None)), "Bestuur <b>&amp;</b>", ZONE, language)
    assert "<script" not in page
    assert "<b>" not in page
    outside = re.findall(r"""(?:src|href)=["']([^"'#][^"']*)""", page)
    assert [] == outside
    assert [] == re.findall(r"url\((?!#)", page)
    assert [] == re.findall(r"@import", page)
    assert 4 == page.count("<svg ")
    assert f'<html lang="{language}">' in page


def test_the_names_within_the_plots_of_a_page_never_meet() -> None:
    """Two plots in one page share its names; a clip of one must not cut the other."""
    drawn = [svg(plot) for plot in plots(counted(case(), case(Kind.BREACH)), "nl")]
    names = [name for one in drawn for name in set(re.findall(r'\bid="(p[0-9a-f]+)"', one))]
    assert len(names) == len(set(names))
    for one in drawn:
        assert ET.fromstring(one).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_same_figures_give_the_same_bytes() -> None:
    """A page that was archived can be compared with one made again."""
    figures = counted(case(), case(Kind.BREACH))
    assert figures_html(figures, "SIPOR", ZONE) == figures_html(figures, "SIPOR", ZONE)


def test_a_year_without_cases_says_so() -> None:
    """An empty year is an answer too, on the page and on paper."""
    page = figures_html(counted(), "SIPOR", ZONE)
    assert WORDS["nl"]["nothing"] in page
    assert "<svg " not in page
    assert figures_pdf(counted(), "SIPOR", ZONE).startswith(b"%PDF-")


def test_the_pdf_has_its_pages_and_keeps_a_dollar_sign() -> None:
    """Counts first, plots after; a name is text and never a formula of the drawing library."""
    pdf = figures_pdf(counted(*(case(kind) for kind in Kind)), "Stichting $x$ ^_{", ZONE, "en")
    assert pdf.startswith(b"%PDF-")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf))
