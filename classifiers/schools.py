"""Finds one of the board's schools in a text, spelling mistakes included."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from classifiers.folding import Folded, fold, read

_SHARED_WORDS = (
    "de het een obs bs rkbs cbs pcbs sbo so vso ikc kc basisschool school openbare daltonschool "
    "montessorischool jenaplanschool jenaplan dalton montessori kindcentrum integraal st sint op"
)
_COMMON = frozenset(_SHARED_WORDS.split())
_WORD = re.compile(r"\w+")
_ALIKE = 0.86


@dataclass(frozen=True, slots=True)
class School:
    """A school of the list, and where the text names it."""

    value: str
    start: int


def _own_words(name: str) -> list[str]:
    words = _WORD.findall(fold(name))
    return [word for word in words if word not in _COMMON] or words


def _named(folded: Folded, words: list[str]) -> int:
    """Return where a school's own words stand next to each other, or -1."""
    found = list(_WORD.finditer(folded.text))
    wanted = " ".join(words)
    for number in range(len(found) - len(words) + 1):
        run = found[number : number + len(words)]
        said = " ".join(word.group() for word in run)
        # Short names are too like other words to forgive a mistake in them.
        if said == wanted or (
            len(wanted) >= 7
            and said[0] == wanted[0]
            and abs(len(said) - len(wanted)) <= 2
            and SequenceMatcher(None, said, wanted).ratio() >= _ALIKE
        ):
            capital = folded.original[folded.place(run[0].start())].isupper()
            if capital or len(wanted) >= 6 or len(words) > 1:
                return folded.place(run[0].start())
    return -1


def school_in(text: str, schools: Sequence[str]) -> School | None:
    """
    Return the first of these schools that the text names.

    Args:
        text: what the person wrote.
        schools: the board's schools.

    Returns:
        The school as the list has it, or None.
    """
    if not schools or not text:
        return None
    folded = read(text)
    for name in schools:
        place = _named(folded, _own_words(name))
        if place >= 0:
            return School(name, place)
    return None
