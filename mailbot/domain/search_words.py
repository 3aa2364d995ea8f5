"""Cuts a text into the words people search by: folded, so that case and accents do not matter."""

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 3
LONGEST = 40
MOST = 600
"""Words kept of one mail; a longer one is found by its first words."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")  # noqa: RUF001 - names are written with either apostrophe.


def search_words(*texts: str) -> tuple[str, ...]:
    """
    Return the different words of some texts, folded, in the order they came.

    A word of digits alone is left out where it may be a citizen number (eight or nine digits):
    what is masked wherever it is shown must not be found by typing it.
    """
    found: dict[str, None] = {}
    for word in _pieces(texts):
        if len(found) >= MOST:
            break
        if SHORTEST <= len(word) <= LONGEST and not _may_be_a_citizen_number(word):
            found[word] = None
    return tuple(found)


def folded(text: str) -> str:
    """Write a text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _pieces(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for match in _WORD.finditer(folded(text)):
            yield match[0]
            # `De Vries-Jansen` is looked for by either name.
            parts = re.split(r"['’.-]", match[0])  # noqa: RUF001 - as above.
            if len(parts) > 1:
                yield from parts


def _may_be_a_citizen_number(word: str) -> bool:
    digits = re.sub(r"\D", "", word)
    return len(digits) in (8, 9) and len(digits) >= len(word) - 3
