"""Turns a sentence into hashed groups of letters and words, without a dictionary."""

import zlib
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from classifiers.folding import fold

BUCKETS = 1 << 15
"""Places a group of letters may hash to; more of them gained nothing and cost megabytes."""
_LENGTHS = (2, 3, 4, 5)
_PRIME = np.uint64(1_099_511_628_211)
_MIX = np.uint64(0x9E3779B97F4A7C15)

Indices = NDArray[np.int64]
Floats = NDArray[np.float32]


def _letter_groups(text: str) -> NDArray[np.uint64]:
    """Hash every run of two to five letters, spaces counting as letters."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    groups: list[NDArray[np.uint64]] = []
    rolled = codes + _MIX
    for length in range(2, max(_LENGTHS) + 1):
        if len(codes) < length:
            break
        rolled = rolled[: len(codes) - length + 1] * _PRIME ^ codes[length - 1 :]
        groups.append(rolled * _MIX >> np.uint64(40))
    return np.concatenate(groups) if groups else np.zeros(0, np.uint64)


@lru_cache(maxsize=20_000)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode())


def _word_groups(text: str) -> list[int]:
    """Hash every word, and every pair of neighbours."""
    words = text.split()
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return [_word_hash(group) for group in (*words, *pairs)]


def groups_of(sentence: str) -> tuple[Indices, Floats]:
    """
    Count the groups of letters and words of one sentence.

    Args:
        sentence: the sentence as written.

    Returns:
        The buckets met, in order, and the damped count of each.
    """
    text = " ".join(fold(sentence).split())
    letters = (_letter_groups(text) % np.uint64(BUCKETS)).astype(np.int64)
    words = np.array(_word_groups(text), dtype=np.int64) % BUCKETS + BUCKETS
    places, counts = np.unique(np.concatenate([letters, words]), return_counts=True)
    return places, (1 + np.log(counts)).astype(np.float32)
