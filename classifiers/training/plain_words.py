"""Knows which words of the shipped texts are certainly no names."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from classifiers.folding import fold
from classifiers.training.labelled import LabelledText, labelled_texts

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VOICES = 2
"""In so many voices a word stands without a capital before it counts as a word and no name."""
_NOUNS = "de"
"""German writes every noun with a capital, so there a word may have one."""
_GERMAN_VOICES = 3


@cache
def plain_words() -> frozenset[str]:
    """Return the words of the shipped texts that are certainly no names, folded."""
    return words_of(labelled_texts())


def words_of(texts: Iterable[LabelledText]) -> frozenset[str]:
    """Return what several voices write without a capital; in German also with one."""
    small: dict[str, set[str]] = defaultdict(set)
    nouns: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for word in set(_WORD.findall(f"{text.subject}\n{text.text}")):
            if not word[0].isupper():
                small[fold(word)].add(text.voice)
            elif text.language == _NOUNS:
                nouns[fold(word)].add(text.voice)
    said = {word for word, voices in small.items() if len(voices) >= _VOICES}
    return frozenset(said | {w for w, voices in nouns.items() if len(voices) >= _GERMAN_VOICES})
