"""Cuts a text into sentences that know where they stand."""

import re
from dataclasses import dataclass
from itertools import pairwise

from classifiers.folding import Folded

LONGEST_SENTENCE = 420
"""Letters after which a sentence without a full stop is cut: an embedding blurs long ones."""
_CUT = re.compile(r"[,;:\n]\s+|\s-\s")
_WORDLIKE = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its place in the text it was cut from."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the sentence ends in the text."""
        return self.start + len(self.text)


def _pieces(start: int, text: str) -> list[tuple[int, str]]:
    """Cut what is far too long at the comma nearest its middle, until it is not."""
    if len(text) <= LONGEST_SENTENCE:
        return [(start, text)]
    middle = len(text) // 2
    cuts = [found.end() for found in _CUT.finditer(text, 40, len(text) - 40)]
    cut = min(cuts, key=lambda place: abs(place - middle), default=middle)
    return _pieces(start, text[:cut]) + _pieces(start + cut, text[cut:])


def sentences_of(folded: Folded) -> tuple[Sentence, ...]:
    """
    Cut a text into its sentences.

    Args:
        folded: the text as `classifiers.folding.read` leaves it, its breaks marked.

    Returns:
        The sentences that hold a letter or a digit, as written, with their places.
    """
    edges = [0, *(folded.place(mark) + 1 for mark in folded.breaks), len(folded.original)]
    found: list[Sentence] = []
    for left, right in pairwise(edges):
        for start, text in _pieces(left, folded.original[left:right]):
            bare = text.strip()
            if _WORDLIKE.search(bare):
                found.append(Sentence(bare, start + text.index(bare)))
    return tuple(found)
