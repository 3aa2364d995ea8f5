"""Runs the deep encoder's layers over the pieces of a few texts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.foundation import Floats, Foundation, Layer

Numbers = NDArray[np.int64]
_HALF = np.float32(0.5)
_WIDE = np.float32(0.7978845608028654)
_CUBE = np.float32(0.044715)
_NOWHERE = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts side by side, the shorter ones filled up."""

    pieces: Numbers
    """Texts by places."""
    there: NDArray[np.bool_]
    """Where a text has a piece."""


def batch_of(texts: Sequence[Sequence[int]]) -> Batch:
    """Lay texts side by side."""
    width = max(map(len, texts))
    pieces = np.ones((len(texts), width), np.int64)
    there = np.zeros((len(texts), width), bool)
    for number, text in enumerate(texts):
        pieces[number, : len(text)] = text
        there[number, : len(text)] = True
    return Batch(pieces, there)


def normed(rows: Floats, norm: tuple[Floats, Floats], tiny: float) -> Floats:
    """Bring each row to mean 0 and spread 1, then to what the layer wants."""
    rows = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.mean(rows * rows, axis=-1, keepdims=True) + np.float32(tiny))
    return np.asarray(rows / spread * norm[0] + norm[1], np.float32)


def bent(rows: Floats) -> Floats:
    """Bend the middle rows: GELU by a hyperbolic tangent, eighty times as quick as the error function."""
    return np.asarray(
        _HALF * rows * (1 + np.tanh(_WIDE * (rows + _CUBE * rows * rows * rows))), np.float32
    )


def first_rows(base: Foundation, batch: Batch) -> Floats:
    """Return what the pieces mean by themselves: texts by places by features."""
    shape = (*batch.pieces.shape, base.size)
    rows = base.words(batch.pieces.ravel()).reshape(shape)
    rows += base.positions[: shape[1]]
    rows += base.kind
    return normed(rows, base.first_norm, base.tiny)


def split(rows: Floats, heads: int) -> Floats:
    """Part the features over the heads: texts by heads by places by features."""
    texts, places, size = rows.shape
    return rows.reshape(texts, places, heads, size // heads).transpose(0, 2, 1, 3)


def attention(query: Floats, key: Floats, there: NDArray[np.bool_]) -> Floats:
    """Say how much each place looks at each other."""
    looks = query @ key.transpose(0, 1, 3, 2) * np.float32(query.shape[-1] ** -0.5)
    looks = np.where(there[:, None, None, :], looks, _NOWHERE)
    looks = np.exp(looks - looks.max(axis=-1, keepdims=True))
    return np.asarray(looks / looks.sum(axis=-1, keepdims=True), np.float32)


def through(
    layer: Layer, rows: Floats, there: NDArray[np.bool_], heads: int, tiny: float
) -> Floats:
    """
    Run one layer.

    Args:
        layer: its numbers.
        rows: texts by places by features.
        there: where a text has a piece.
        heads: how many look at once.
        tiny: what keeps a norm from dividing by nothing.

    Returns:
        The rows for the next layer.
    """
    m, o = layer.matrices, layer.offsets
    query, key, value = (split(rows @ m[part] + o[part], heads) for part in "qkv")
    seen: Floats = (attention(query, key, there) @ value).transpose(0, 2, 1, 3).reshape(rows.shape)
    rows = normed(rows + seen @ m["ao"] + o["ao"], layer.norms["aln"], tiny)
    middle = bent(rows @ m["fi"] + o["fi"])
    return normed(rows + middle @ m["fo"] + o["fo"], layer.norms["oln"], tiny)
