"""Recognises ideas by many words each, and weighs which ideas stand together in a sentence."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from classifiers.folding import Folded, fold
from classifiers.patterns import Anchors, Pattern, compile_phrase

_WORD = re.compile(r"[\w'-]+")
_ARABIC_BEFORE = re.compile("^(?:[وفبلك]?ال|لل|[وفبلك])(?=..)")
_NEIGHBOURS = 0.72
"""How much of its strength a combination keeps that is spread over two sentences."""
_TABLED = ("nl", "en", "de", "fr", "tr", "ar", "pl", "es", "uk", "so", "pap")
_SHORTEST, _LONGEST = 2, 24
"""Letters of a beginning that are looked up."""
_KEPT_WORDS = 8192
"""Words whose ideas are kept: a mail has few that none before it had."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Ideas that together speak for a label."""

    label: str
    ideas: frozenset[str]
    unless: frozenset[str]
    strength: float


@dataclass(frozen=True)
class Lexicon:
    """The words of the ideas in one language."""

    whole: dict[str, frozenset[str]]
    beginnings: dict[str, frozenset[str]]
    phrases: tuple[tuple[str, Pattern], ...]

    @cached_property
    def _anchors(self) -> Anchors:
        return Anchors([pattern for _, pattern in self.phrases])

    def phrases_in(self, folded: Folded) -> Iterator[tuple[str, re.Match[str]]]:
        """Find the phrases in a text, each with its idea, in the order of the table."""
        return (
            (self.phrases[number][0], found) for number, found in self._anchors.found_in(folded)
        )

    def ideas(self, word: str) -> frozenset[str]:
        """Return the ideas that one folded word stands for."""
        found = self.whole.get(word, frozenset())
        for length in range(_SHORTEST, min(len(word), _LONGEST) + 1):
            found |= self.beginnings.get(word[:length], frozenset())
        return found


@dataclass(frozen=True, slots=True)
class Met:
    """An idea met in the text, with its place in the folded text."""

    idea: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Together:
    """A combination met in the text."""

    label: str
    strength: float
    start: int
    end: int
    sentence: int


def _folder(name: str) -> str:
    return (files("classifiers") / "concepts_words" / name).read_text("utf-8")


@cache
def combinations() -> tuple[Combination, ...]:
    """Read which ideas speak for what."""
    rows: list[Combination] = []
    for label, entries in tomllib.loads(_folder("combinations.toml")).items():
        for entry in entries:
            ideas = entry["ideas"].split()
            rows.append(
                Combination(
                    label,
                    frozenset(idea for idea in ideas if not idea.startswith("-")),
                    frozenset(idea[1:] for idea in ideas if idea.startswith("-")),
                    entry["strength"],
                ),
            )
    return tuple(rows)


@cache
def lexicon(language: str) -> Lexicon:
    """Read the words of the ideas in one language."""
    whole: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    phrases: list[tuple[str, Pattern]] = []
    for idea, words in tomllib.loads(_folder(f"{language}.toml")).items():
        for word in words.get("words", "").split():
            into = beginnings if word.endswith("*") else whole
            into.setdefault(fold(word.rstrip("*")), set()).add(idea)
        phrases += [(idea, compile_phrase(phrase, {})) for phrase in words.get("phrases", [])]
    return Lexicon(
        {word: frozenset(ideas) for word, ideas in whole.items()},
        {word: frozenset(ideas) for word, ideas in beginnings.items()},
        tuple(phrases),
    )


@lru_cache(maxsize=_KEPT_WORDS)
def _ideas(language: str, word: str) -> frozenset[str]:
    """Return the ideas of one folded word, with and without what Arabic writes before it."""
    words = lexicon(language)
    bare = _ARABIC_BEFORE.sub("", word)
    return words.ideas(word) if bare == word else words.ideas(word) | words.ideas(bare)


def _met(folded: Folded, language: str) -> Iterator[Met]:
    for found in _WORD.finditer(folded.text):
        ideas = _ideas(language, found.group())
        if ideas:
            sentence = folded.sentence(found.start())
            for idea in ideas:
                yield Met(idea, found.start(), found.end(), sentence)
    for idea, found in lexicon(language).phrases_in(folded):
        yield Met(idea, found.start(), found.end(), folded.sentence(found.start()))
    for place in folded.breaks:
        if folded.original[folded.place(place)] in "?؟":
            yield Met("asks", place, place, folded.sentence(place - 1) if place else 0)


def _span(combination: Combination, met: list[Met]) -> tuple[int, int]:
    """Return the shortest stretch worth showing: from the first to the last idea needed."""
    needed = [one for one in met if one.idea in combination.ideas and one.start < one.end]
    firsts = {one.idea: one for one in reversed(needed)}
    if not firsts:
        return 0, 0
    return min(one.start for one in firsts.values()), max(one.end for one in firsts.values())


@lru_cache(maxsize=4096)
def _speaking(present: frozenset[str]) -> tuple[Combination, ...]:
    """Return what these ideas speak for; sentences share few sets of ideas, so it is kept."""
    return tuple(
        combination
        for combination in combinations()
        if combination.ideas <= present and not combination.unless & present
    )


def _in_window(met: list[Met], sentence: int, share: float) -> Iterator[Together]:
    for combination in _speaking(frozenset(one.idea for one in met)):
        start, end = _span(combination, met)
        yield Together(combination.label, combination.strength * share, start, end, sentence)


def together(folded: Folded, language: str) -> Iterator[Together]:
    """
    Find the combinations of ideas in a text.

    Args:
        folded: the text, folded and cut into sentences.
        language: the language of the text; Dutch and English are tried where it is unknown.

    Returns:
        Each combination met, with its strength and place.
    """
    for code in (language,) if language in _TABLED else ("nl", "en"):
        by_sentence: dict[int, list[Met]] = {}
        for one in _met(folded, code):
            by_sentence.setdefault(one.sentence, []).append(one)
        for sentence, met in by_sentence.items():
            yield from _in_window(met, sentence, 1.0)
            if sentence + 1 in by_sentence:
                yield from _in_window(met + by_sentence[sentence + 1], sentence, _NEIGHBOURS)
