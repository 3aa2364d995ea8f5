"""Reads the words that tell a general question from one about a child, a request or an event."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from classifiers.folding import fold
from classifiers.patterns import Pattern, compile_phrase

NAMES = "allowed_names"


@dataclass(frozen=True, slots=True)
class Table:
    """One list of phrases."""

    patterns: tuple[Pattern, ...]

    def within(self, folded: str) -> bool:
        """Whether one of the phrases stands in a folded text."""
        return any(one.possible(folded) and one.regex.search(folded) for one in self.patterns)

    def opens(self, folded: str) -> bool:
        """Whether a folded text begins with one of the phrases."""
        return any(one.regex.match(folded) for one in self.patterns)

    def without(self, folded: str) -> str:
        """Return a folded text with these phrases cut out, so that no other list meets them."""
        for one in self.patterns:
            folded = one.regex.sub(" ~ ", folded)
        return folded


@cache
def words() -> dict[str, Table]:
    """Read and compile every list once."""
    return {
        name: Table(tuple(compile_phrase(phrase, {}) for phrase in phrases))
        for name, phrases in _lists().items()
        if name != NAMES
    }


@cache
def allowed_names() -> frozenset[str]:
    """Name what may stand with a capital in a general question."""
    return frozenset(fold(name) for name in _lists()[NAMES])


@cache
def _lists() -> dict[str, list[str]]:
    table = (files("classifiers") / "answering" / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(table)
