"""Reads with the encoder's upper layers, and works out how each number pulls at the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.encoder import attention, split
from classifiers.learned.foundation import PARTS, Floats, Foundation, Layer, foundation
from classifiers.learned.tuning import FIRST_TUNED, HEAD, LAYERS, Tuning, tuned_names

Slopes = dict[str, Floats]

RANK = 16
"""How thin the added matrices are."""
_PACE = 2e-3
_FADE = 0.01
_WIDE, _CUBE = np.float32(0.7978845608028654), np.float32(0.044715)
_HALF = np.float32(0.5)


def _norm(rows: Floats, norm: tuple[Floats, Floats], tiny: float) -> tuple[Floats, Any]:
    rows = rows - rows.mean(axis=-1, keepdims=True)
    narrow = 1 / np.sqrt(np.mean(rows * rows, axis=-1, keepdims=True) + np.float32(tiny))
    even = rows * narrow
    return even * norm[0] + norm[1], (even, narrow, norm[0])


def _norm_slope(slope: Floats, kept: Any) -> Floats:
    even, narrow, wide = kept
    slope = slope * wide
    level = slope.mean(axis=-1, keepdims=True)
    along = np.mean(slope * even, axis=-1, keepdims=True)
    return np.asarray(narrow * (slope - level - even * along), np.float32)


def _bent(rows: Floats) -> tuple[Floats, Floats]:
    """Bend rows as `encoder.bent` does, in two blocks of memory: fresh ones cost more than the sums."""
    bend: Floats = rows * rows
    bend *= _CUBE
    bend += 1
    bend *= rows
    bend *= _WIDE
    np.tanh(bend, out=bend)
    bent: Floats = bend + 1
    bent *= rows
    bent *= _HALF
    return bend, bent


def _bent_slope(rows: Floats, bend: Floats) -> Floats:
    steep: Floats = rows * rows
    steep *= 3 * _CUBE
    steep += 1
    steep *= _WIDE
    steep *= 1 - bend * bend
    steep *= rows
    steep += bend
    steep += 1
    steep *= _HALF
    return steep


@dataclass(slots=True)
class _Step:
    """What one layer leaves behind for its slopes."""

    rows: Floats
    parts: tuple[Floats, Floats, Floats]
    looks: Floats
    seen: Floats
    first: Any
    between: Floats
    middle: Floats
    bend: Floats
    bent: Floats
    last: Any


class Tuner:
    """A tuning in the making."""

    def __init__(self, labels: int, seed: int = 0) -> None:
        self.base: Foundation = foundation()
        self._layers = {n: self.base.layer(n) for n in range(FIRST_TUNED, LAYERS)}
        dice = np.random.default_rng(seed)
        self.numbers: Slopes = {}
        for name in tuned_names():
            number, part = name.split(".")
            inner, outer = self._layers[int(number)].matrices[part].shape
            thin = dice.standard_normal((inner, RANK)) / np.sqrt(inner)
            self.numbers[f"{name}.down"] = thin.astype(np.float32)
            self.numbers[f"{name}.up"] = np.zeros((RANK, outer), np.float32)
        size = self.base.size
        shapes = ((size, labels), (labels, size), (labels,), (labels, size), (labels,))
        for name, shape in zip(HEAD, shapes, strict=True):
            self.numbers[name] = np.zeros(shape, np.float32)
        self.numbers["belong_offset"] -= 3
        self._pull = {name: np.zeros_like(rows) for name, rows in self.numbers.items()}
        self._swing = {name: np.zeros_like(rows) for name, rows in self.numbers.items()}
        self._steps = 0

    def layers(self) -> list[Layer]:
        """Return the tuned layers as they stand."""
        found = []
        for number, layer in self._layers.items():
            matrices = {
                part: layer.matrices[part]
                + self.numbers[f"{number}.{part}.down"] @ self.numbers[f"{number}.{part}.up"]
                for part in PARTS
            }
            found.append(Layer(matrices, layer.offsets, layer.norms))
        return found

    def _forth(self, layer: Layer, rows: Floats, there: NDArray[np.bool_]) -> tuple[Floats, _Step]:
        m, o, heads, tiny = layer.matrices, layer.offsets, self.base.heads, self.base.tiny
        query, key, value = (split(rows @ m[part] + o[part], heads) for part in "qkv")
        looks = attention(query, key, there)
        seen = np.ascontiguousarray((looks @ value).transpose(0, 2, 1, 3)).reshape(rows.shape)
        between, first = _norm(rows + seen @ m["ao"] + o["ao"], layer.norms["aln"], tiny)
        middle = between @ m["fi"] + o["fi"]
        bend, bent = _bent(middle)
        out, last = _norm(between + bent @ m["fo"] + o["fo"], layer.norms["oln"], tiny)
        parts = (query, key, value)
        return out, _Step(rows, parts, looks, seen, first, between, middle, bend, bent, last)

    def _back(self, number: int, layer: Layer, step: _Step, slope: Floats, found: Slopes) -> Floats:
        """Carry a slope down one layer, and leave those of its added matrices in *found*."""
        texts, places, size = step.rows.shape

        def through_matrix(part: str, inner: Floats, outer: Floats) -> Floats:
            name = f"{number}.{part}"
            down, up = self.numbers[f"{name}.down"], self.numbers[f"{name}.up"]
            flat = inner.reshape(texts * places, -1)
            pull = outer.reshape(texts * places, -1)
            found[f"{name}.up"] = (flat @ down).T @ pull
            found[f"{name}.down"] = flat.T @ (pull @ up.T)
            return (pull @ layer.matrices[part].T).reshape(texts, places, -1)

        slope = _norm_slope(slope, step.last)
        pull = through_matrix("fo", step.bent, slope)
        pull *= _bent_slope(step.middle, step.bend)
        slope = slope + through_matrix("fi", step.between, pull)
        slope = _norm_slope(slope, step.first)
        heads = self.base.heads
        seen = split(through_matrix("ao", step.seen, slope), heads)
        query, key, value = step.parts
        looked = seen @ value.transpose(0, 1, 3, 2)
        looked = step.looks * (looked - (looked * step.looks).sum(axis=-1, keepdims=True))
        looked = looked * np.float32((size // heads) ** -0.5)
        pulls = {
            "q": looked @ key,
            "k": looked.transpose(0, 1, 3, 2) @ query,
            "v": step.looks.transpose(0, 1, 3, 2) @ seen,
        }
        for part, one in pulls.items():
            flat = np.ascontiguousarray(one.transpose(0, 2, 1, 3)).reshape(texts, places, size)
            slope = slope + through_matrix(part, step.rows, flat)
        return slope

    def read(
        self, rows: Floats, there: NDArray[np.bool_], layers: Sequence[Layer], kept: Floats | None
    ) -> tuple[Floats, Floats, Any]:
        """
        Read texts.

        Args:
            rows: what the lower layers left.
            there: where the texts have pieces.
            layers: the tuned layers.
            kept: what is kept of the last rows, in training.

        Returns:
            Which labels belong, which leads, and what the slopes need.
        """
        steps = []
        for layer in layers:
            rows, step = self._forth(layer, rows, there)
            steps.append(step)
        if kept is not None:
            rows = rows * kept
        n = self.numbers
        looks = np.where(there[:, :, None], rows @ n["look"], np.float32(-1e9))
        looks = np.exp(looks - looks.max(axis=1, keepdims=True))
        looks /= looks.sum(axis=1, keepdims=True)
        seen = looks.transpose(0, 2, 1) @ rows
        belong = (seen * n["belong"]).sum(axis=-1) + n["belong_offset"]
        lead = (seen * n["lead"]).sum(axis=-1) + n["lead_offset"]
        return belong, lead, (steps, rows, looks, seen)

    def slopes(
        self, belong: Floats, lead: Floats, left: Any, layers: Sequence[Layer], kept: Floats | None
    ) -> Slopes:
        """Work out the slopes of every number from those of the two answers."""
        steps, rows, looks, seen = left
        n = self.numbers
        found: Slopes = {
            "belong": np.einsum("bk,bkh->kh", belong, seen),
            "belong_offset": belong.sum(axis=0),
            "lead": np.einsum("bk,bkh->kh", lead, seen),
            "lead_offset": lead.sum(axis=0),
        }
        pull = belong[:, :, None] * n["belong"] + lead[:, :, None] * n["lead"]
        looked = rows @ pull.transpose(0, 2, 1)
        slope = looks @ pull
        looked = looks * (looked - (looks * looked).sum(axis=1, keepdims=True))
        found["look"] = np.einsum("bth,btk->hk", rows, looked)
        slope = slope + looked @ n["look"].T
        if kept is not None:
            slope = slope * kept
        for number in range(LAYERS - 1, FIRST_TUNED - 1, -1):
            place = number - FIRST_TUNED
            slope = self._back(number, layers[place], steps[place], slope, found)
        return found

    def move(self, slopes: Slopes, pace: float) -> None:
        """Take one step (Adam, with the weights fading a little)."""
        self._steps += 1
        for name, rows in self.numbers.items():
            pull, swing = self._pull[name], self._swing[name]
            pull += 0.1 * (slopes[name] - pull)
            swing += 0.02 * (slopes[name] ** 2 - swing)
            ahead = pull / (1 - 0.9**self._steps)
            wide = np.sqrt(swing / (1 - 0.98**self._steps)) + 1e-6
            stride = _PACE * pace
            fade = 0.0 if name.endswith("offset") else _FADE
            self.numbers[name] = rows - np.float32(stride) * (
                ahead / wide + np.float32(fade) * rows
            )

    def tuning(self) -> Tuning:
        """Return the tuning as it stands, at the sixteen bits it is kept in."""
        rounded = {n: r.astype(np.float16).astype(np.float32) for n, r in self.numbers.items()}
        return Tuning(
            down={name: rounded[f"{name}.down"] for name in tuned_names()},
            up={name: rounded[f"{name}.up"] for name in tuned_names()},
            **{name: rounded[name] for name in HEAD},
        )
