"""Turns a sentence into hashed groups of letters and words, without a dictionary."""

import zlib

import numpy as np
from numpy.typing import NDArray

from classifiers.folding import fold

BUCKETS = 1 << 15
"""Places a group of letters may hash to; more of them gained nothing and cost megabytes."""
_LENGTHS = (2, 3, 4, 5)
_PRIME = np.uint64(1_099_511_628_211)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_TOP = np.uint64(40)
_PLACES = np.uint64(BUCKETS - 1)

Indices = NDArray[np.int64]
Floats = NDArray[np.float32]


def _letter_groups(text: str) -> Indices:
    """Hash every run of two to five letters, spaces counting as letters."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    groups: list[NDArray[np.uint64]] = []
    rolled = codes + _MIX
    for length in range(2, max(_LENGTHS) + 1):
        if len(codes) < length:
            break
        rolled = rolled[: len(codes) - length + 1] * _PRIME ^ codes[length - 1 :]
        groups.append(rolled)
    return (np.concatenate(groups) * _MIX >> _TOP & _PLACES).view(np.int64)


def _word_groups(text: str) -> Indices:
    """Hash every word, and every pair of neighbours."""
    words = text.encode().split(b" ") if text else []
    alone = list(map(zlib.crc32, words))
    pairs = [zlib.crc32(b" " + two, one) for one, two in zip(alone, words[1:], strict=False)]
    return np.array(alone + pairs, dtype=np.int64) % BUCKETS + BUCKETS


def groups_of(sentence: str) -> tuple[Indices, Floats]:
    """
    Count the groups of letters and words of one sentence.

    Args:
        sentence: the sentence as written.

    Returns:
        The buckets met, in order, and the damped count of each.
    """
    text = " ".join(fold(sentence).split())
    met = np.concatenate([_letter_groups(text), _word_groups(text)])
    met.sort()
    # By hand, since `np.unique` takes three times as long over so few numbers.
    last = np.ones(len(met), bool)
    last[:-1] = met[1:] != met[:-1]
    ends = last.nonzero()[0]
    counts = ends + 1
    counts[1:] = ends[1:] - ends[:-1]
    return met[ends], (1 + np.log(counts)).astype(np.float32)
