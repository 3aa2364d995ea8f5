"""The phrases of the word tables are ruled out quickly, and none of them wrongly."""

import pytest

from classifiers.concepts import lexicon
from classifiers.folding import read
from classifiers.patterns import Anchors, compile_phrase
from classifiers.tables import tables_for
from classifiers.training.labelled import labelled_texts


def test_short_anchors_are_looked_for_too() -> None:
    """A run of four letters cannot show that a word of three stands there."""
    anchors = Anchors([compile_phrase(phrase, {}) for phrase in ("weg", "foto*", "avg ... wissen")])
    assert [0, 1] == anchors.possible("de fotos moeten weg")
    assert [2] == anchors.possible("wissen")
    assert [] == anchors.possible("fot")


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar", "so"])
def test_no_phrase_is_ruled_out_that_may_be_there(language: str) -> None:
    """Each phrase asked by itself gives the same ones, in the same order."""
    tables, words = tables_for(language), lexicon(language)
    texts = [text.text for text in labelled_texts() if text.whole and text.language == language]
    for text in (read(one).text for one in texts[::20]):
        assert [one for one in tables.signs if one.pattern.possible(text)] == tables.signs_in(text)
        assert [one for one in tables.traps if one.pattern.possible(text)] == tables.traps_in(text)
        assert [one for one in words.phrases if one[1].possible(text)] == words.phrases_in(text)
