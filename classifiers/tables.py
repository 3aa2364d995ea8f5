"""Reads the word tables in `classifiers/words/`, one for each language."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from classifiers.folding import Folded
from classifiers.patterns import Anchors, Pattern, compile_phrase

STRENGTHS = {"sure": 0.85, "likely": 0.6, "hint": 0.3}
"""How much a phrase says by itself; found by trying on the labelled texts of `tests/mails`."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One phrase with the label it speaks for and how strongly it does."""

    label: str
    strength: float
    pattern: Pattern
    table: str
    """The table it stands in: a language, or `more`."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A phrase that looks like a label and is not: it mutes those labels."""

    pattern: Pattern
    mutes: frozenset[str]
    whole_mail: bool
    table: str


@dataclass(frozen=True)
class Tables:
    """All phrases of all languages; a mail may mix them."""

    signs: tuple[Sign, ...]
    traps: tuple[Trap, ...]

    @cached_property
    def _anchors(self) -> tuple[Anchors, Anchors]:
        signs, traps = ([one.pattern for one in rows] for rows in (self.signs, self.traps))
        return Anchors(signs), Anchors(traps)

    def signs_in(self, folded: Folded) -> Iterator[tuple[Sign, re.Match[str]]]:
        """Find the signs in a text, in the order of the table."""
        return ((self.signs[number], found) for number, found in self._anchors[0].found_in(folded))

    def traps_in(self, folded: Folded) -> Iterator[tuple[Trap, re.Match[str]]]:
        """Find the traps in a text, in the order of the table."""
        return ((self.traps[number], found) for number, found in self._anchors[1].found_in(folded))


def _signs(
    label: str, section: dict[str, list[str]], words: dict[str, str], table: str
) -> list[Sign]:
    return [
        Sign(label, STRENGTHS[strength], compile_phrase(phrase, words), table)
        for strength, phrases in section.items()
        for phrase in phrases
    ]


def _trap(row: dict[str, Any], words: dict[str, str], table: str) -> Trap:
    return Trap(
        compile_phrase(row["words"], words),
        frozenset(row["mutes"]),
        whole_mail=row.get("scope") == "mail",
        table=table,
    )


_OWN_TABLE = ("ar", "de", "fr", "pl", "tr")
_ALWAYS = ("nl", "en")


@cache
def tables_for(language: str) -> Tables:
    """
    Return the phrases to look for in a text of this language.

    Dutch and English always count, since parents mix them into everything; a word of another
    language is left out where it would only be a false friend (Somali *saar* is a Dutch name).
    """
    own = language if language in _OWN_TABLE else "more"
    wanted = {*_ALWAYS, own} if language not in _ALWAYS else set(_ALWAYS)
    whole = load()
    return Tables(
        tuple(sign for sign in whole.signs if sign.table in wanted),
        tuple(trap for trap in whole.traps if trap.table in wanted),
    )


@cache
def load() -> Tables:
    """Read and compile every table once."""
    signs: list[Sign] = []
    traps: list[Trap] = []
    folder = files("classifiers") / "words"
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not path.name.endswith(".toml"):
            continue
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        words = table.pop("words", {})
        name = path.name.removesuffix(".toml")
        traps += [_trap(row, words, name) for row in table.pop("trap", [])]
        for label, section in table.items():
            signs += _signs(label, section, words, name)
    return Tables(tuple(signs), tuple(traps))
