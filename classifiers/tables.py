"""Reads the word tables in `classifiers/words/`, one for each language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from classifiers.patterns import Pattern, compile_phrase

STRENGTHS = {"sure": 0.85, "likely": 0.6, "hint": 0.3}
"""How much a phrase says by itself; found by trying on the labelled texts of `tests/mails`."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One phrase with the label it speaks for and how strongly it does."""

    label: str
    strength: float
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Trap:
    """A phrase that looks like a label and is not: it mutes those labels."""

    pattern: Pattern
    mutes: frozenset[str]
    whole_mail: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """All phrases of all languages; a mail may mix them."""

    signs: tuple[Sign, ...]
    traps: tuple[Trap, ...]


def _signs(label: str, section: dict[str, list[str]], words: dict[str, str]) -> list[Sign]:
    return [
        Sign(label, STRENGTHS[strength], compile_phrase(phrase, words))
        for strength, phrases in section.items()
        for phrase in phrases
    ]


def _trap(row: dict[str, Any], words: dict[str, str]) -> Trap:
    return Trap(
        compile_phrase(row["words"], words),
        frozenset(row["mutes"]),
        whole_mail=row.get("scope") == "mail",
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
        traps += [_trap(row, words) for row in table.pop("trap", [])]
        for label, section in table.items():
            signs += _signs(label, section, words)
    return Tables(tuple(signs), tuple(traps))
