"""Cuts text into the pieces of words that the deep encoder knows."""

from collections.abc import Sequence
from functools import lru_cache

SPACE = "▁"
_UNKNOWN_COSTS = 10.0
_KEPT_WORDS = 50_000


class Pieces:
    """Cuts words into known pieces, by the best sum of their scores (unigram SentencePiece)."""

    def __init__(
        self,
        pieces: dict[str, int],
        scores: Sequence[float],
        plain: dict[int, str],
        unknown: int,
    ) -> None:
        self._pieces, self._scores, self._plain, self._unknown = pieces, scores, plain, unknown
        self._longest = max(map(len, pieces))
        self._nothing = min(scores) - _UNKNOWN_COSTS
        self._cut = lru_cache(maxsize=_KEPT_WORDS)(self._cut_word)

    def __call__(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text, in order."""
        words = text.translate(self._plain).split(" ")
        return [
            number for word in words for number in self._cut(SPACE + word) if word or number >= 0
        ]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        """Find the best way to cut one word, from left to right and then back."""
        if word == SPACE:
            return ()
        size = len(word)
        best = [0.0] + [-1e30] * size
        came: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        for left in range(size):
            for right in range(left + 1, min(size, left + self._longest) + 1):
                number = self._pieces.get(word[left:right], -1)
                if number < 0 and right > left + 1:
                    continue
                score = best[left] + (self._scores[number] if number >= 0 else self._nothing)
                if score > best[right]:
                    best[right] = score
                    came[right] = (left, number if number >= 0 else self._unknown)
        found: list[int] = []
        at = size
        while at:
            at, number = came[at]
            found.append(number)
        return tuple(reversed(found))
