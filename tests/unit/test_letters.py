"""The table of letters: what rests on a decision, what may be automatic, in which languages."""

import pytest

from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_examples import example_words
from mailbot.domain.letter_words import ACCESS_WORDS
from mailbot.domain.letters import (
    LETTERS,
    AutoSubmitted,
    Trigger,
    elements,
    letter_languages,
    missing_words,
)

AVAILABLE = ("nl", "ar", "en", "tr")


def test_exactly_the_letters_that_rest_on_a_decision_are_substantive() -> None:
    """Reglement 8.9.2a: the board decides; the schema asks a decision for these letters."""
    expected = {"decision_granted", "decision_refused", "decision_safety", "breach_parents"}

    assert expected == {code for code, rule in LETTERS.items() if rule.substantive}
    assert expected == {c for c, rule in LETTERS.items() if rule.trigger is Trigger.DECISION}


def test_exactly_the_automatic_letters_say_so_in_their_headers() -> None:
    """RFC 3834, section 5: what no person sent carries Auto-Submitted."""
    automatic = {code for code, rule in LETTERS.items() if rule.trigger is Trigger.AUTOMATIC}

    assert automatic == {
        code for code, rule in LETTERS.items() if rule.auto_submitted is not AutoSubmitted.NO
    }


SEEN = ("seen", "opened", "filed", "parked", "automatic", "quarantined", "waiting")
"""What the daily proof counts."""


def test_automatic_letters_take_no_names_and_nothing_people_typed() -> None:
    """No automatic letter may echo the incoming mail; the passage is an approved text."""
    known = {
        *("reference", "received_on", "received_at", "due", "kind", "kinds", "questions"),
        *(
            "cases",
            "passage",
            "article",
            "links",
            "days_left",
            "due_at",
            "hours",
            "link",
            "destroyed_on",
        ),
        # The daily proof, which only the FG reads: counts, dates and references.
        *("day", "since", "until", "adds_up", "heaps", "leaves", "answers", *SEEN),
    }

    taken = {
        word
        for rule in LETTERS.values()
        if rule.trigger is Trigger.AUTOMATIC
        for word in (*rule.needs, *rule.may)
    }

    assert set() == taken - known


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_names_its_sources_and_what_it_must_say(letter: str) -> None:
    """The table is the place to learn why a letter exists."""
    assert LETTERS[letter].sources
    assert "fg_contact" in elements(letter)
    assert len(elements(letter)) == len(set(elements(letter)))


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_but_one_carries_a_case_number(letter: str) -> None:
    """The answer to a stranger shows nothing, not even that there is a number (faults, row 19)."""
    # The daily proof goes to the FG and is about all cases at once.
    without = letter in {"status_unknown", "daily_proof"}
    assert without != ("reference" in elements(letter))


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_with_all_its_words_lacks_nothing(letter: str) -> None:
    assert () == missing_words(letter, example_words(letter))


@pytest.mark.parametrize("letter", LETTERS)
def test_each_word_that_is_left_out_is_named(letter: str) -> None:
    for word in ("board", *LETTERS[letter].needs):
        assert word in missing_words(letter, {**example_words(letter), word: None})


@pytest.mark.parametrize("blank", ["", " \n", (), [], {}])
def test_a_blank_word_is_a_missing_word(blank: object) -> None:
    """An officer who types nothing has given no reason, and a request has a kind."""
    extension = {**example_words("extension_notice"), "reason": blank}
    request = {**example_words("ack_request"), "kinds": blank}

    assert missing_words("extension_notice", extension) == ("reason",)
    assert missing_words("ack_request", request) == ("kinds",)


def test_an_acknowledgement_may_have_nothing_to_ask() -> None:
    assert () == missing_words("ack_request", {**example_words("ack_request"), "questions": ()})


def test_a_granted_access_request_also_needs_what_gdpr_15_asks() -> None:
    """GDPR 15(1): purposes, categories, recipients, retention and source."""
    words = {k: v for k, v in example_words("decision_granted").items() if k not in ACCESS_WORDS}

    assert missing_words("decision_granted", words) == ACCESS_WORDS
    assert () == missing_words("decision_granted", {**words, "kind": Kind.ERASURE})


def test_an_unknown_letter_is_refused_by_its_name() -> None:
    with pytest.raises(LetterIncomplete, match="'decision_maybe'"):
        missing_words("decision_maybe", {})


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("nl", ("nl",)),
        ("und", ("nl",)),
        ("en", ("en", "nl")),
        ("tr", ("tr", "nl")),
        ("ar", ("ar", "nl")),
        ("de", ("nl", "en")),
        ("pl", ("nl", "en")),
    ],
)
def test_a_reader_gets_their_own_language_and_dutch_else_dutch_and_english(
    wanted: str, expected: tuple[str, ...]
) -> None:
    """Each non-Dutch letter is followed by its Dutch text."""
    assert expected == letter_languages(wanted, AVAILABLE)


def test_a_letter_that_exists_in_dutch_only_is_written_in_dutch() -> None:
    assert letter_languages("tr", ("nl",)) == ("nl",)
