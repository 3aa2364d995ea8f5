"""Folds a text to plain small letters while remembering where every letter stood."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

BREAK = "\x00"
"""Stands where a sentence ends, so that no pattern reads across it."""

# Letters that Unicode does not take apart, but that parents leave out on a telephone.
_ALIKE = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ة": "ه",
    "ى": "ي",
    "ٱ": "ا",
    "ـ": None,
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u00ad": None,
    "\u200b": None,
    "\u200e": None,
    "\u200f": None,
    "\ufeff": None,
    BREAK: " ",
}
_SHORT_FORMS = (
    "art mr mw mevr dhr dr drs prof bijv nr tel evt i.v.m o.a d.w.z m.b.t n.a.v t.a.v vr gr "
    "st mrs ms vs bzw z.b nr hr fr abs av no dz ul np pani"
)
_SHORTENED = frozenset(_SHORT_FORMS.split())
_SENTENCE_END = re.compile(r"[.!?؟…]+(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*[-*•·]|[ \t]*\d{1,2}[.)] )|\n")
_SHORT_LINE = 48


class _FoldTable(dict[int, str | None]):
    """Works out a letter's folded form the first time it is met."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        folded: str | None
        if letter in _ALIKE:
            folded = _ALIKE[letter]
        elif unicodedata.category(letter) == "Mn":
            folded = None
        else:
            # Only the base letter is kept, so every letter stays exactly one letter.
            base = unicodedata.normalize("NFKD", letter)[:1].lower()[:1] or letter
            folded = _ALIKE.get(base, base)
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Return *text* in small letters without accents, marks or invisible characters."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text ready to be searched, with the way back to the words as written."""

    original: str
    text: str
    """Folded, with `BREAK` where a sentence ends."""
    places: tuple[int, ...] | None
    """Where each folded letter stood; None where nothing was dropped."""
    breaks: tuple[int, ...]
    """Ends of sentences, as offsets in *text*."""

    def place(self, offset: int) -> int:
        """Return where the letter at *offset* of the folded text stood in the original."""
        if self.places is None:
            return offset
        return self.places[offset] if offset < len(self.places) else len(self.original)

    def written(self, start: int, end: int) -> str:
        """Return the words as they were written between two folded offsets."""
        return self.original[self.place(start) : self.place(end)]

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence in which *offset* lies."""
        return bisect_right(self.breaks, offset)

    def edges(self, number: int) -> tuple[int, int]:
        """Return the folded offsets between which a sentence lies."""
        left = self.breaks[number - 1] + 1 if number else 0
        right = self.breaks[number] if number < len(self.breaks) else len(self.text)
        return left, right

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the folded offsets of the whole sentence around a match."""
        left, right = self.edges(self.sentence(start))
        return left, max(right, end)


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    """Tell a full stop from the one in `art. 15`, and a new line from a wrapped one."""
    mark = found.group()
    if mark == ".":
        words = text[max(0, found.start() - 12) : found.start()].split()
        word = words[-1] if words else ""
        return not (word in _SHORTENED or (len(word) == 1 and word.isalpha()))
    if mark == "\n":
        line = text.rfind("\n", 0, found.start()) + 1
        return found.start() - line < _SHORT_LINE
    return True


def read(original: str) -> Folded:
    """
    Fold a text and mark where its sentences end.

    Args:
        original: the text as parsing left it.

    Returns:
        The folded text with its way back.
    """
    places: tuple[int, ...] | None = None
    folded = fold(original)
    if len(folded) != len(original):
        places = tuple(i for i, letter in enumerate(original) if _TABLE[ord(letter)] is not None)
    breaks = [
        found.start() for found in _SENTENCE_END.finditer(folded) if _ends_sentence(folded, found)
    ]
    letters = list(folded)
    for place in breaks:
        letters[place] = BREAK
    return Folded(original, "".join(letters), places, tuple(breaks))
