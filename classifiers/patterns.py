"""
Turns a readable phrase of the word tables into a search.

A phrase is a row of words as a parent would write them, without accents or capitals:

- `foto*` is any word that begins with foto; `*foto` any that ends with it;
- `(weg|offline)` is one of these; `(weg)?` may be there or not;
- `<child>` is one of the words of that name in the same table's `[words]`;
- `#` is a number;
- `...` is a gap of at most nine words within the sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from classifiers.folding import Folded, fold

_SPACE = r"[^\w\x00]+"
_GAP = r"[^\w\x00]+(?:[^\s\x00]+\s+){0,9}?[^\w\x00]*"
_TOKEN = re.compile(
    r"\((?P<group>(?:[^()]|\([^()]*\))*)\)(?P<maybe>\?)?|<(?P<name>\w+)>|(?P<gap>\.\.\.)|(?P<word>[^\s()<>]+)"
)
_OPEN_END = r"[\w'-]*"
_RUN = 4


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase, compiled; its anchors tell quickly that it cannot be in a text."""

    phrase: str
    regex: re.Pattern[str]
    anchors: tuple[str, ...]
    """At least one of these stands in every text that the phrase matches."""

    def possible(self, text: str) -> bool:
        """Whether *text* holds one of the anchors at all."""
        # A plain loop: this runs for every phrase of every mail, and a generator costs more.
        for anchor in self.anchors:  # noqa: SIM110
            if anchor in text:
                return True
        return False


class Anchors:
    """
    Finds many phrases in a text, and looks for each only where it can be.

    Asking each of a thousand phrases costs a long look through the text each; here the text is cut
    into runs of four letters, and only anchors that begin with one of them are looked for. No
    phrase reads across the end of a sentence, so it is searched for in the sentences of its anchors.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._regexes = [pattern.regex for pattern in patterns]
        self._short: dict[str, list[int]] = {}
        self._beginnings: dict[str, dict[str, list[int]]] = {}
        for number, pattern in enumerate(patterns):
            for anchor in pattern.anchors:
                long = len(anchor) >= _RUN
                there = self._beginnings.setdefault(anchor[:_RUN], {}) if long else self._short
                there.setdefault(anchor, []).append(number)

    def found_in(self, folded: Folded) -> Iterator[tuple[int, re.Match[str]]]:
        """Find the phrases in a text: the number of each with a match, in the order of both."""
        for number, sentence in self._possible(folded):
            for found in self._regexes[number].finditer(folded.text, *folded.edges(sentence)):
                yield number, found

    def _possible(self, folded: Folded) -> list[tuple[int, int]]:
        """Return the numbers of the phrases and of the sentences that hold an anchor of them."""
        text, beginnings = folded.text, self._beginnings
        ends = range(_RUN, len(text) + 1)
        runs = {run for end in ends if (run := text[end - _RUN : end]) in beginnings}
        return sorted(
            {
                (number, sentence)
                for anchors in (self._short, *map(beginnings.__getitem__, runs))
                for anchor, numbers in anchors.items()
                if anchor in text
                for sentence in _sentences_with(anchor, folded)
                for number in numbers
            }
        )


def _sentences_with(anchor: str, folded: Folded) -> Iterator[int]:
    """Return the numbers of the sentences that hold an anchor; one without letters is anywhere."""
    if not anchor:
        yield from range(len(folded.breaks) + 1)
        return
    at = folded.text.find(anchor)
    while at >= 0:
        sentence = folded.sentence(at)
        yield sentence
        at = folded.text.find(anchor, folded.edges(sentence)[1])


@dataclass(frozen=True, slots=True)
class _Piece:
    regex: str
    anchors: tuple[str, ...]
    gap: bool = False
    maybe: bool = False


def _word(word: str) -> _Piece:
    chunks = fold(word).split("*")
    regex = _OPEN_END.join(re.escape(chunk).replace(r"\#", r"\d+") for chunk in chunks)
    # A number has no letters that could be looked for beforehand.
    chunks = [piece for chunk in chunks for piece in chunk.split("#")]
    return _Piece(regex, (max(chunks, key=len),))


def _one_of(alternatives: list[str], words: Mapping[str, str], *, maybe: bool = False) -> _Piece:
    parts = [_sequence(alternative, words) for alternative in alternatives]
    regex = "(?:" + "|".join(part.regex for part in parts) + ")"
    anchors = tuple(anchor for part in parts for anchor in part.anchors)
    return _Piece(regex, anchors, maybe=maybe)


def _split(group: str) -> list[str]:
    """Split at the bars that do not stand within inner brackets."""
    depth, parts = 0, [""]
    for letter in group:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _piece(found: re.Match[str], words: Mapping[str, str]) -> _Piece:
    if found["gap"]:
        return _Piece("", (), gap=True)
    if found["group"] is not None:
        return _one_of(_split(found["group"]), words, maybe=bool(found["maybe"]))
    if found["name"]:
        return _one_of(_split(words[found["name"]]), words)
    return _word(found["word"])


def _sequence(phrase: str, words: Mapping[str, str]) -> _Piece:
    """Join the pieces of a phrase, and keep the anchors of its most telling piece."""
    regex, between, best = "", "", tuple[str, ...]()
    for found in _TOKEN.finditer(phrase):
        piece = _piece(found, words)
        if piece.gap:
            between = _GAP
            continue
        regex += f"(?:{between}{piece.regex})?" if piece.maybe else between + piece.regex
        between = _SPACE if regex else ""
        if not piece.maybe and _weight(piece.anchors) > _weight(best):
            best = piece.anchors
    return _Piece(regex, best)


def _weight(anchors: tuple[str, ...]) -> float:
    """Prefer anchors that are long and few; a text is sooner ruled out by them."""
    return min(map(len, anchors)) - 0.02 * len(anchors) if anchors else -1.0


def compile_phrase(phrase: str, words: Mapping[str, str]) -> Pattern:
    """
    Compile one phrase.

    Args:
        phrase: the phrase as the table has it.
        words: the named words of the same table.

    Returns:
        The compiled phrase.
    """
    piece = _sequence(phrase, words)
    return Pattern(phrase, re.compile(rf"(?<!\w)(?:{piece.regex})(?!\w)"), piece.anchors)
