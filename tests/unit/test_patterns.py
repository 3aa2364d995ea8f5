"""The phrases of the word tables are ruled out quickly, and none of them wrongly."""

from collections.abc import Sequence

import pytest

from classifiers.concepts import lexicon
from classifiers.folding import Folded, read
from classifiers.patterns import Anchors, Pattern, compile_phrase
from classifiers.tables import tables_for
from classifiers.training.labelled import labelled_texts

Places = list[tuple[int, tuple[int, int]]]


def one_by_one(patterns: Sequence[Pattern], folded: Folded) -> Places:
    """Ask each phrase by itself, all through the text."""
    return [
        (number, found.span())
        for number, pattern in enumerate(patterns)
        if pattern.possible(folded.text)
        for found in pattern.regex.finditer(folded.text)
    ]


def at_once(patterns: Sequence[Pattern], folded: Folded) -> Places:
    """Find the phrases the way the tables do."""
    return [(number, found.span()) for number, found in Anchors(patterns).found_in(folded)]


def test_short_anchors_are_looked_for_too() -> None:
    """A run of four letters cannot show that a word of three stands there."""
    patterns = [compile_phrase(phrase, {}) for phrase in ("weg", "foto*", "avg ... wissen")]
    assert [(0, (16, 19)), (1, (3, 8))] == at_once(patterns, read("de fotos moeten weg"))
    assert [] == at_once(patterns, read("wissen"))
    assert [] == at_once(patterns, read("fot"))


def test_a_phrase_without_letters_is_looked_for_everywhere() -> None:
    """A number alone shows nothing that could be looked for beforehand."""
    patterns = [compile_phrase(phrase, {}) for phrase in ("#", "art #")]
    folded = read("Art 15. Of 17?\n\nDat is art 15.")
    assert 5 == len(at_once(patterns, folded))
    assert one_by_one(patterns, folded) == at_once(patterns, folded)


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar", "so"])
def test_no_phrase_is_ruled_out_that_is_there(language: str) -> None:
    """Each phrase asked by itself, all through the text, stands in the same places."""
    tables = tables_for(language)
    rows = [
        [sign.pattern for sign in tables.signs],
        [trap.pattern for trap in tables.traps],
        [pattern for _, pattern in lexicon(language).phrases],
    ]
    texts = [text.text for text in labelled_texts() if text.whole and text.language == language]
    for folded in map(read, texts[::20]):
        for patterns in rows:
            assert one_by_one(patterns, folded) == at_once(patterns, folded)
