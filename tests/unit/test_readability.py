"""The Dutch letters read easily: short sentences, few hard words, a good Flesch-Douma score."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot.adapters.stationery import PaperStationery
from mailbot.cli.letter import letter as letter_commands
from mailbot.domain.letter_examples import example_words
from mailbot.domain.letters import LETTERS
from mailbot.domain.readability import OFFICIALESE, is_hard, read, syllables

MOST_WORDS_A_SENTENCE = 9.0
LONGEST_SENTENCE = 18
MOST_HARD_WORDS = 0.02
LOWEST_SCORE = 70.0
LOWEST_SCORE_FOR_OFFICERS = 60.0
"""The reminder goes to the FG and the board and is mostly a list of names and dates."""

DOCS = Path(__file__).parents[2] / "docs" / "letters.md"


@pytest.fixture(scope="module")
def stationery() -> PaperStationery:
    return PaperStationery()


@pytest.mark.parametrize("letter", LETTERS)
def test_every_dutch_letter_reads_easily(stationery: PaperStationery, letter: str) -> None:
    """Plain language at B1; the thresholds stand in docs/letters.md."""
    text = stationery.write(letter, ("nl",), example_words(letter)).text

    found = read(text)

    lowest = LOWEST_SCORE_FOR_OFFICERS if letter == "reminder" else LOWEST_SCORE
    assert found.words_per_sentence <= MOST_WORDS_A_SENTENCE
    assert found.longest_sentence <= LONGEST_SENTENCE
    assert found.hard_share <= MOST_HARD_WORDS, found.hard_words
    assert found.score >= lowest
    assert found.words > 50


@pytest.mark.parametrize("letter", LETTERS)
def test_no_dutch_letter_speaks_like_an_official_or_says_je(
    stationery: PaperStationery, letter: str
) -> None:
    """Letters say `u`, and use no word for which there is a plainer one."""
    text = stationery.write(letter, ("nl",), example_words(letter)).text

    words = set(re.findall(r"\w+", text.lower()))

    assert set() == words & OFFICIALESE
    assert set() == words & {"je", "jij", "jou", "jouw", "jullie", "gij", "uwe"}


def test_the_figures_in_the_documentation_are_those_of_this_tree() -> None:
    """`mailbot letter figures` prints the table; a changed letter changes the table."""
    printed = CliRunner().invoke(letter_commands, ["figures"])

    assert printed.exit_code == 0
    assert printed.output.strip() in DOCS.read_text(encoding="utf-8")


def test_the_thresholds_in_the_documentation_are_those_of_this_test() -> None:
    text = DOCS.read_text(encoding="utf-8")

    assert f"at most {MOST_WORDS_A_SENTENCE:.0f} words a sentence on average" in text
    assert f"no sentence longer than {LONGEST_SENTENCE} words" in text
    assert f"at most {MOST_HARD_WORDS:.0%} hard words" in text
    assert f"at least {LOWEST_SCORE:.0f}" in text
    assert f"at least {LOWEST_SCORE_FOR_OFFICERS:.0f}" in text


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("dag", 1),
        ("school", 1),
        ("ouders", 2),
        ("gegevens", 3),
        ("functionaris", 5),
        ("geïnformeerd", 4),
        ("beoordeel", 3),
        ("moeilijk", 2),
        ("ideeën", 3),
        ("nieuwe", 2),
        ("vernietigd", 3),
        ("gezaaid", 2),
        ("bureau", 2),
        ("FG", 1),
    ],
)
def test_syllables_are_counted_as_a_reader_speaks_them(word: str, expected: int) -> None:
    assert expected == syllables(word)


def test_the_score_is_douma_s() -> None:
    """206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence."""
    found = read("De kat zit op het dak. De hond ligt in de mand.")

    assert (2, 12, 6.0, 6) == (
        found.sentences,
        found.words,
        found.words_per_sentence,
        found.longest_sentence,
    )
    assert found.score == pytest.approx(206.84 - 77 * 1.0 - 0.93 * 6)


def test_a_text_of_officials_falls_through() -> None:
    """The measure can fail: this is how the letters must not sound."""
    found = read(
        "Naar aanleiding van uw bovengenoemde verzoek delen wij u mede dat, teneinde de "
        "desbetreffende persoonsgegevens te kunnen verstrekken, ingevolge de vigerende "
        "regelgeving eerst uw identiteit dient te worden geverifieerd door ondergetekende."
    )

    assert found.words_per_sentence > MOST_WORDS_A_SENTENCE
    assert found.hard_share > MOST_HARD_WORDS
    assert found.score < LOWEST_SCORE
    assert {"bovengenoemde", "teneinde", "ingevolge"} <= set(found.hard_words)


def test_addresses_links_and_references_are_not_read_aloud() -> None:
    found = read("Mail naar fg@bestuur.example. Zie https://www.bestuur.example/a (SIPOR-2026-1).")

    assert "bestuur" not in " ".join(found.hard_words)
    assert found.words <= 5


@pytest.mark.parametrize("word", ["derhalve", "gegevensverwerkingsovereenkomst", "rechtmatigheid"])
def test_words_of_officials_and_long_unknown_words_are_hard(word: str) -> None:
    assert is_hard(word)


def test_an_empty_text_has_figures_too() -> None:
    assert read("").words == 0
