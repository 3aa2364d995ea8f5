"""The passages: plain words with their article, for the boards they hold for, nothing invented."""

import re
import tomllib
from pathlib import Path

import pytest

from mailbot.adapters.passages import passages_of, read_passages
from mailbot.adapters.stationery import PaperStationery
from mailbot.domain.board import BoardProfile
from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.letters import BoardWords
from mailbot.domain.readability import OFFICIALESE, read
from mailbot.profiles import find
from tests.dialogues.manners import outcome_in

LANGUAGES = {"nl", "en", "tr", "ar"}
LONGEST_SENTENCE = 18
MOST_WORDS_A_SENTENCE = 13.0
LOWEST_SCORE = 55.0
"""Flesch-Douma; a list of what is recorded holds long nouns, and no other passage comes near."""
LOWEST_MEAN = 75.0
CODES = sorted(read_passages())


@pytest.fixture(scope="module")
def sipor() -> BoardProfile:
    return find("sipor", Path())


@pytest.fixture(scope="module")
def spo_utrecht() -> BoardProfile:
    return find("spo-utrecht", Path(), {"privacy_address": "privacy@spo.test"})


@pytest.mark.parametrize("code", CODES)
def test_every_passage_reads_easily_in_dutch(code: str) -> None:
    """Parents at B1 understand it; the passage names no word of officials and says `u`."""
    text = read_passages()[code].texts["nl"]

    found = read(text)

    assert found.words_per_sentence <= MOST_WORDS_A_SENTENCE
    assert found.longest_sentence <= LONGEST_SENTENCE
    assert found.score >= LOWEST_SCORE
    words = set(re.findall(r"\w+", text.lower()))
    assert set() == words & (OFFICIALESE | {"je", "jij", "jouw", "jullie"})


@pytest.mark.parametrize("code", CODES)
def test_no_passage_states_or_hints_at_an_outcome(code: str) -> None:
    """The reviewed list of outcomes holds for passages as for every automatic letter."""
    for language, text in read_passages()[code].texts.items():
        assert [] == outcome_in(text), language


def test_the_passages_together_read_as_easily_as_the_letters() -> None:
    scores = [read(one.texts["nl"]).score for one in read_passages().values()]

    assert sum(scores) / len(scores) >= LOWEST_MEAN


@pytest.mark.parametrize("code", CODES)
def test_every_passage_exists_in_four_languages_and_names_its_place(
    code: str, sipor: BoardProfile, spo_utrecht: BoardProfile
) -> None:
    """No answer goes out without the article or the page it rests on."""
    held = [
        passages[code]
        for passages in (passages_of(sipor), passages_of(spo_utrecht))
        if code in passages
    ]

    assert held
    for passage in held:
        assert LANGUAGES == set(passage.texts) == set(passage.articles)
        assert all(passage.articles.values())
        assert not any("{" in text for text in passage.texts.values())


def test_what_stands_on_one_boards_page_never_answers_for_the_other(
    sipor: BoardProfile, spo_utrecht: BoardProfile
) -> None:
    """CBS and NCO are SPO Utrecht's; the articles of the reglement are SIPOR's."""
    ours, theirs = set(passages_of(sipor)), set(passages_of(spo_utrecht))

    research = {"research", "research_objecting", "research_traceable", "research_special"}
    assert set() == research & ours
    assert research <= theirs
    assert "retention" in ours - theirs
    assert {"answer_term", "copy_cost", "withdrawal"} == ours & theirs


def test_a_shared_passage_names_the_law_where_a_board_has_no_article(
    sipor: BoardProfile, spo_utrecht: BoardProfile
) -> None:
    assert passages_of(sipor)["answer_term"].articles["nl"] == (
        "artikel 8.9.2 van het privacyreglement van SIPOR"
    )
    assert passages_of(spo_utrecht)["answer_term"].articles["nl"] == (
        "artikel 12(3) van de AVG (de privacywet)"
    )


def test_terms_and_addresses_come_from_the_profile(sipor: BoardProfile) -> None:
    """A board that changes its terms or its address changes its answers with them."""
    shorter = find(
        "sipor", Path(), {"privacy_address": "avg@sipor.nl", "terms": {"request_days": 10}}
    )

    assert "binnen 4 weken" in passages_of(sipor)["answer_term"].texts["nl"]
    assert "12 أسبوعًا" in passages_of(sipor)["answer_term"].texts["ar"]
    assert "binnen 10 dagen" in passages_of(shorter)["answer_term"].texts["nl"]
    assert "avg@sipor.nl" in passages_of(shorter)["breach"].texts["tr"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("{privacy_address}", "{fg_name}"), "unknown {fg_name}"),
        (("[sources.sipor]", "[sources.sipor]\nnothing = 1\n[odd]"), "unknown key 'odd'"),
        (('tr = "Veri', 'fr = "Veri'), "title.tr: missing or unknown"),
        (('reglement = ["6.4.1", "6.4.5"]\nexplained = ["6.4"]', ""), "names no article"),
    ],
)
def test_a_passage_with_wrong_words_stops_mailbot_at_its_start(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    """What is wrong is found before a parent reads it, and every file is named."""
    source = Path("templates/passages/breach.toml").read_text(encoding="utf-8")
    assert change[0] in source
    (tmp_path / "breach.toml").write_text(source.replace(*change, 1), encoding="utf-8")

    with pytest.raises(LetterIncomplete) as stopped:
        read_passages(tmp_path)

    assert "passages/breach.toml" in str(stopped.value)
    assert told in str(stopped.value)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_passage_fits_the_letter(language: str, sipor: BoardProfile) -> None:
    """The letter names the article, links the official text and says how to reach a person."""
    stationery = PaperStationery()
    board = BoardWords(
        name="SIPOR",
        full_name="SIPOR",
        privacy_address="privacy@sipor.nl",
        fg_contact="fg@sipor.nl",
        reglement_link="https://sipor.example/reglement",
    )
    for passage in passages_of(sipor).values():
        words = {
            "board": board,
            "reference": "SIPOR-2026-000001-A",
            "passage": passage.texts,
            "article": passage.articles,
            "links": ("https://sipor.example/klachten",),
        }
        text = stationery.write("answer", (language,), words).text
        assert passage.texts[language].splitlines()[0] in text
        assert passage.articles[language] in text
        assert "https://sipor.example/reglement" in text
        assert "https://sipor.example/klachten" in text
        assert "fg@sipor.nl" in text


def test_every_passage_has_example_questions_and_none_stands_in_the_benchmark() -> None:
    """What is measured was never learned from."""
    folder = Path("classifiers/answering/questions")
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    bench = tomllib.loads(Path("benchmarks/answers.toml").read_text("utf-8"))

    learned = {
        _bare(text) for table in tables.values() for texts in table.values() for text in texts
    }
    measured = [
        text
        for passages in bench["right"].values()
        for texts in passages.values()
        for text in texts
    ] + [text for texts in bench["silence"].values() for text in texts]

    assert set(tables) == LANGUAGES
    assert all(set(CODES) | {"none", "filler"} == set(table) for table in tables.values())
    assert all(set(CODES) == set(passages) for passages in bench["right"].values())
    assert [] == [text for text in measured if _bare(text) in learned]
    assert 300 <= len(measured)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
