"""Letters are filled with values that stay values, from templates whose words were checked."""

import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from mailbot.adapters.letter_values import clean
from mailbot.adapters.stationery import PaperStationery, templates_folder
from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.letter_examples import EXAMPLE_BOARD, example_words
from mailbot.domain.letter_words import RefusedPart
from mailbot.domain.letters import LETTERS

LANGUAGES = ("nl", "en", "tr", "ar")
SPEAKS_MARKDOWN = "**vet** _cursief_ [klik](https://evil.example) ![x](https://evil.example/p.png)"
SPEAKS_HTML = '<script>alert(1)</script><img src=x onerror=a()><a href="https://evil.example">k</a>'
SPEAKS_JINJA = "{{ board.phone }} {% include 'layout.html' %} {{ 7 * 7 }}"
BREAKS_OUT = '"><b>\n\n# Kop\n\n- lijst\n\n---\n\n> citaat\n\n    code\n\n</span></p></div>'
TURNS_AROUND = "abc\u202egnp.exe\u2066x\u2069\u200f\ue0000\ue001\x00\x1b[31m\ud800"
ATTACKS = (SPEAKS_MARKDOWN, SPEAKS_HTML, SPEAKS_JINJA, BREAKS_OUT, TURNS_AROUND)


@pytest.fixture(scope="module")
def stationery() -> PaperStationery:
    return PaperStationery()


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Copy the letters, so that a test can spoil one."""
    return Path(shutil.copytree(str(templates_folder()), tmp_path / "letters"))


def with_typed(letter: str, value: str) -> dict[str, object]:
    """Put *value* into every word of a letter that is text."""
    words = {k: value if isinstance(v, str) else v for k, v in example_words(letter).items()}
    words["kind"] = example_words(letter).get("kind")
    if "options" in words:
        words["options"] = ("at_school",)
    if "parts" in words:
        words["parts"] = (RefusedPart(value, value, value),)
    if "passage" in words:
        words["passage"] = value
    words["board"] = replace(
        EXAMPLE_BOARD, fg_name=value, phone=value, complaints_link=value, name=value
    )
    return words


def tags(html: str) -> Counter[str]:
    """Count the elements of a page, without those a typed paragraph may add."""
    root = HTMLParser(html).root
    assert root is not None
    found = Counter(node.tag for node in root.traverse())
    return Counter({t: n for t, n in found.items() if t not in {"br", "p", "span", "bdi"}})


def links(html: str) -> set[str | None]:
    return {node.attributes.get("href") for node in HTMLParser(html).css("[href], [src]")}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_no_value_becomes_markup_or_a_link(
    stationery: PaperStationery, letter: str, language: str, attack: str
) -> None:
    """A name, or what an officer typed, is shown as it is and adds no element and no link."""
    harmless = stationery.write(letter, (language,), with_typed(letter, "x"))
    attacked = stationery.write(letter, (language,), with_typed(letter, attack))

    assert tags(harmless.html) == tags(attacked.html)
    assert links(attacked.html) <= links(harmless.html)
    assert "<script" not in attacked.html
    assert "\n" not in attacked.subject


@given(value=st.text())
def test_whatever_is_typed_stands_in_the_letter_as_it_was_typed(value: str) -> None:
    """Text and HTML both show it, without direction marks and controls."""
    words = {**example_words("extension_notice"), "reason": "@" + value + "@"}

    rendered = STATIONERY.write("extension_notice", ("nl",), words)

    expected = re.sub("\n{3,}", "\n\n", clean(f"@{value}@").strip())
    assert expected in rendered.text
    shown = "".join(node.text() for node in HTMLParser(rendered.html).css("span.typed"))
    assert "".join(expected.split()) in "".join(shown.split())


STATIONERY = PaperStationery()
"""For hypothesis, which shares nothing with fixtures of a module."""


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_asks_nothing_of_the_outside_world(
    stationery: PaperStationery, letter: str
) -> None:
    """No image, script, style sheet or frame: opening a letter tells nobody."""
    html = stationery.write(letter, ("ar", "nl"), example_words(letter)).html

    page = HTMLParser(html)
    assert [] == page.css("img, script, iframe, link, object, embed, video, audio, form, base")
    assert [] == page.css("[src], [background], [onload], [onclick]")
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("letter", LETTERS)
def test_each_part_says_its_language_and_direction(
    stationery: PaperStationery, letter: str
) -> None:
    """Arabic reads from the right, the Dutch below it from the left (WCAG 3.1.2)."""
    page = HTMLParser(stationery.write(letter, ("ar", "nl"), example_words(letter)).html)

    root = page.css_first("html")
    assert root is not None
    assert (root.attributes["lang"], root.attributes["dir"]) == ("ar", "rtl")
    parts = page.css(".letter > div")
    assert [("ar", "rtl"), ("nl", "ltr")] == [
        (part.attributes["lang"], part.attributes["dir"]) for part in parts
    ]
    assert len(page.css("h1")) == 2


@pytest.mark.parametrize("letter", LETTERS)
def test_each_line_of_arabic_text_starts_from_the_right(
    stationery: PaperStationery, letter: str
) -> None:
    """In plain text the first strong character of a line tells its direction (UAX 9, P2)."""
    text = stationery.write(letter, ("ar",), example_words(letter)).text

    lines = [line for line in text.splitlines() if re.search("[\u0600-\u06ff]", line)]
    strong = [[c for c in map(bidirectional, line) if c in {"L", "R", "AL"}] for line in lines]
    assert lines
    assert {"R", "AL"} >= {line[0] for line in strong}


def test_a_reference_and_a_number_hold_together_in_arabic(stationery: PaperStationery) -> None:
    """Marks in the text and bdi in the HTML keep their characters in order."""
    rendered = stationery.write("ack_request", ("ar",), example_words("ack_request"))

    assert "\u200eSIPOR-2026-000123-Q\u200e" in rendered.text
    assert "\u200e030 123 45 67\u200e" in rendered.text
    assert '<bdi class="held">SIPOR-2026-000123-Q</bdi>' in rendered.html
    assert "\u200e" not in rendered.html


def test_an_arabic_name_in_a_dutch_letter_is_set_apart(stationery: PaperStationery) -> None:
    words = {**example_words("extension_notice"), "name": "فاطمة"}

    rendered = stationery.write("extension_notice", ("nl",), words)

    assert "Beste <bdi>فاطمة</bdi>," in rendered.html


def test_a_subject_carries_no_direction_marks(stationery: PaperStationery) -> None:
    """Header values may hold none (faults, row 20)."""
    for letter in LETTERS:
        for language in LANGUAGES:
            subject = stationery.write(letter, (language,), example_words(letter)).subject
            assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\n]", subject)


def test_the_other_language_is_announced_and_set_apart(stationery: PaperStationery) -> None:
    """Whoever cannot read the first part finds their own."""
    rendered = stationery.write("ack_unsure", ("tr", "nl"), example_words("ack_unsure"))

    assert rendered.subject.startswith("E-postanızı aldık")
    assert rendered.text.startswith("De Nederlandse tekst staat hieronder.\n\nMerhaba,")
    turkish, dutch = re.split("\n={60}\n", rendered.text)
    assert "Saygılarımızla" in turkish
    assert dutch.strip().startswith("Goedendag,")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", "2 maart 2026 om 00:30 uur"),
        ("en", "2 March 2026 at 00:30"),
        ("tr", "2 Mart 2026, saat 00:30"),
        ("ar", "2 مارس (آذار) 2026 الساعة 00:30"),
    ],
)
def test_a_moment_is_written_in_the_zone_of_the_board(
    stationery: PaperStationery, language: str, expected: str
) -> None:
    """The reglement counts local days: 23:30 UTC is the next day in Amsterdam."""
    words = {
        **example_words("ack_breach"),
        "received_at": datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
    }

    assert expected in stationery.write("ack_breach", (language,), words).text


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_has_a_name_of_its_own(
    stationery: PaperStationery, language: str, month: int
) -> None:
    words = example_words("ack_unsure")
    lines = [
        stationery.write("ack_unsure", (language,), {**words, "due": date(2026, m, 9)}).text
        for m in (month, month % 12 + 1)
    ]

    assert lines[0] != lines[1]
    assert "9 " in lines[0]


def test_the_zone_is_the_boards_own() -> None:
    stationery = PaperStationery(zone=ZoneInfo("UTC"))

    text = stationery.write("ack_breach", ("nl",), example_words("ack_breach")).text

    assert "27 november 2026 om 09:15 uur" in text


def test_a_board_without_a_complaints_link_is_named_by_its_website(
    stationery: PaperStationery,
) -> None:
    """What the profile lacks is never invented; the klachtenreglement stands on the website."""
    words = example_words("ack_complaint")
    poor = replace(EXAMPLE_BOARD, complaints_link=None)
    poorest = replace(poor, website=None, authority_link=None, court_link=None, phone=None)

    site = stationery.write("ack_complaint", ("nl",), {**words, "board": poor}).text
    none = stationery.write("ack_complaint", ("nl",), {**words, "board": poorest})

    assert "op de website van het schoolbestuur: https://www.bestuur.example\n" in site
    assert "op de website van het schoolbestuur.\n" in none.text
    assert "http" not in none.text
    assert links(none.html) == {"mailto:fg@bestuur.example"}


def test_what_was_typed_in_the_readers_language_is_used_else_the_dutch(
    stationery: PaperStationery,
) -> None:
    words = {**example_words("extension_notice"), "reason": {"nl": "Ziekte.", "tr": "Hastalık."}}

    turkish = stationery.write("extension_notice", ("tr",), words).html
    english = stationery.write("extension_notice", ("en",), words).html

    assert '<span class="typed" lang="tr" dir="auto">Hastalık.</span>' in turkish
    assert '<span class="typed" lang="nl" dir="auto">Ziekte.</span>' in english


def test_paragraphs_an_officer_types_stay_paragraphs(stationery: PaperStationery) -> None:
    words = {**example_words("extension_notice"), "reason": "Een.\nTwee.\n\n\n\nDrie."}

    rendered = stationery.write("extension_notice", ("nl",), words)

    assert "Een.\nTwee.\n\nDrie." in rendered.text
    assert "Een.<br>\nTwee.</span></p>" in rendered.html


def test_a_missing_word_stops_the_letter(stationery: PaperStationery) -> None:
    words = {k: v for k, v in example_words("extension_notice").items() if k != "new_due"}

    with pytest.raises(LetterIncomplete, match="'extension_notice' lacks the words: new_due"):
        stationery.write("extension_notice", ("nl",), words)


@pytest.mark.parametrize("value", [3.5, b"x", object(), ["x"]])
def test_a_value_of_an_unknown_type_stops_the_letter(
    stationery: PaperStationery, value: object
) -> None:
    """No object ever shows its insides in a letter."""
    with pytest.raises(LetterIncomplete):
        stationery.write("ack_unsure", ("nl",), {**example_words("ack_unsure"), "due": value})


def test_a_code_without_a_name_stops_the_letter(stationery: PaperStationery) -> None:
    words = {**example_words("ack_request"), "questions": ("shoe_size",)}

    with pytest.raises(LetterIncomplete, match="questions does not name 'shoe_size'"):
        stationery.write("ack_request", ("tr",), words)


def test_a_letter_is_not_written_in_a_language_it_does_not_exist_in(
    stationery: PaperStationery,
) -> None:
    with pytest.raises(LetterIncomplete, match="does not exist in 'de'"):
        stationery.write("ack_unsure", ("de",), example_words("ack_unsure"))


def test_every_letter_exists_in_all_four_languages(stationery: PaperStationery) -> None:
    assert {code: set(LANGUAGES) for code in LETTERS} == {
        code: set(stationery.languages(code)) for code in LETTERS
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("nl/status/body.md", "Goedendag,", "Goedendag {{ nickname }},", "unknown word 'nickname'"),
        ("tr/ack_unsure/body.md", "{{ due }}", "yakında", "never uses 'due'"),
        ("nl/_parts/fg.md", "board.phone", "board.fax", "unknown word 'board.fax'"),
        ("ar/status/body.md", "case.stage", "case.outcome", "unknown word 'case.outcome'"),
        ("en/answer/body.md", "| typed", "| shout", "line 6: No filter named 'shout'"),
        ("en/answer/body.md", "{% else %}", "{% otherwise %}", "line"),
        ("nl/answer/subject.txt", "{{ reference }}", "{{ reference", "line 1"),
        ("nl/_parts/ending.md", "_parts/fg.md", "_parts/dpo.md", "this file is missing"),
        ("nl/_parts/fg.md", "De FG let", '{% include "_parts/ending.md" %}', "includes itself"),
        ("ar/language.toml", "child_name =", "childs_name =", "does not name 'child_name'"),
        ("tr/language.toml", '"Ocak", ', "", "wants 12 months"),
        ("en/language.toml", "direction =", "way =", "direction"),
    ],
)
def test_a_spoiled_template_fails_at_the_start_and_names_file_and_word(
    templates: Path, file: str, old: str, new: str, problem: str
) -> None:
    """A board that changes its letters learns of a slip before any letter leaves."""
    path = templates / file
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new), encoding="utf-8")

    with pytest.raises(LetterIncomplete) as refused:
        PaperStationery(templates)

    assert problem in str(refused.value)
    assert "_parts" in file or file.split("/", maxsplit=1)[0] in str(refused.value)


def test_all_problems_are_named_at_once(templates: Path) -> None:
    for letter in ("status", "answer"):
        (templates / "nl" / letter / "body.md").write_text("{{ nobody }}", encoding="utf-8")

    with pytest.raises(LetterIncomplete) as refused:
        PaperStationery(templates)

    assert "nl/status/body.md: unknown word 'nobody'" in str(refused.value)
    assert "nl/answer/body.md: unknown word 'nobody'" in str(refused.value)


def test_a_letter_may_be_absent_in_another_language_but_not_in_dutch(templates: Path) -> None:
    shutil.rmtree(templates / "tr" / "answer")
    assert set(PaperStationery(templates).languages("answer")) == {"nl", "en", "ar"}

    shutil.rmtree(templates / "nl" / "answer")
    with pytest.raises(LetterIncomplete, match=r"nl/answer/body\.md: this file is missing"):
        PaperStationery(templates)


def test_a_template_cannot_reach_into_python(templates: Path) -> None:
    """Templates are words; the sandbox and the check of parts keep them so."""
    body = templates / "nl" / "answer" / "body.md"
    source = body.read_text(encoding="utf-8")
    body.write_text(source + "\n{{ board.__class__.__mro__ }}\n", encoding="utf-8")

    with pytest.raises(LetterIncomplete, match="__class__"):
        PaperStationery(templates)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_colour_has_strong_contrast(stationery: PaperStationery) -> None:
    """At least seven to one, the strictest step of WCAG 1.4.6, by day and by night."""
    html = stationery.write("status", ("nl",), example_words("status")).html
    day, night = html.split("@media (prefers-color-scheme: dark)")

    for sheet, ground in ((day, "#ffffff"), (night, "#161616")):
        assert f"background: {ground}" in sheet
        colours = re.findall(r"[{; ]color: (#[0-9a-f]{6})", sheet)
        assert len(colours) >= 3
        assert [] == [colour for colour in colours if contrast(colour, ground) < 7]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_a_case_number_is_never_broken_over_two_lines(stationery: PaperStationery) -> None:
    """A number copied in halves finds no case; held together it fits the smallest screen."""
    for language in ("nl", "ar"):
        html = stationery.write("status", (language,), example_words("status")).html

        heading = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)

        assert heading is not None
        assert 'class="held">SIPOR-2026-000123-Q<' in heading[1]
