"""The given names parents give, and those among them that are also words."""

import tomllib
from functools import cache
from importlib.resources import files

from classifiers.folding import fold


@cache
def _table() -> dict[str, str]:
    return tomllib.loads((files("classifiers") / "given_names.toml").read_text("utf-8"))


@cache
def given_names() -> frozenset[str]:
    """Every given name of the list, folded."""
    kept = (row for key, row in _table().items() if not key.endswith("words"))
    return frozenset(fold(" ".join(kept)).split())


@cache
def also_words() -> frozenset[str]:
    """The names that are also words, folded."""
    return frozenset(fold(f"{_table()['words']} {_table()['arabic_words']}").split())


@cache
def turkish_words() -> frozenset[str]:
    """Return the names that are words in Turkish alone, folded."""
    return frozenset(fold(_table()["turkish_words"]).split())


@cache
def english_words() -> frozenset[str]:
    """Return the names that are words in English alone, folded."""
    return frozenset(fold(_table()["english_words"]).split())


@cache
def small_words() -> frozenset[str]:
    """Return the names that are words where they have no capital, in small letters."""
    return frozenset(_table()["small_words"].split())


@cache
def plain_names() -> frozenset[str]:
    """Return the names that are words nowhere, folded."""
    return given_names() - also_words()
