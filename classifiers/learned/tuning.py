"""The numbers by which the foundation was tuned to mail of a school, as they lie in a file."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.foundation import Floats, Foundation, Layer

LAYERS = 9
"""The layers above are left out: they serve searching, cost time and gained nothing."""
EARLY = 5
"""After so many layers a plain mail is understood already, in half of the time."""


@dataclass(frozen=True, slots=True)
class Head:
    """What reads the rows of a layer."""

    look: Floats
    """Features by labels: where in a text each label looks."""
    belong: Floats
    belong_offset: Floats
    lead: Floats
    lead_offset: Floats
    """Labels by features: what was seen there says whether it belongs, and whether it leads."""


HEAD = tuple(field.name for field in fields(Head))


@dataclass(frozen=True, slots=True)
class Tuning:
    """What is added to the matrices of the layers, and what reads them."""

    added: dict[str, Floats]
    """For each matrix, such as `6.q`, what is added to it: numbers that four bits can hold."""
    early: Head
    """Reads the first layers."""
    last: Head


HEADS = ("early", "last")

_MOST = 7
_TWO, _SCALE = ".two", ".scale"
"""In a file: two rows of a matrix in a byte, and the scales of its columns."""


def in_four_bits(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Round a matrix to -7 to 7, each column on a scale of its own, which sixteen bits hold."""
    scale = (np.abs(matrix).max(axis=0) / np.float32(_MOST)).astype(np.float16).astype(np.float32)
    scale[scale == 0] = 1
    return np.rint(matrix / scale).clip(-_MOST, _MOST).astype(np.int8), scale


def as_kept(matrix: Floats) -> Floats:
    """Return a matrix as it is after it was kept."""
    whole, scale = in_four_bits(matrix)
    return np.asarray(whole * scale, np.float32)


def save_tuning(tuning: Tuning, path: Path) -> None:
    """Write a tuning: what is added in four bits a number, the rest in sixteen."""
    packed: dict[str, NDArray[Any]] = {
        f"{head}.{name}": getattr(getattr(tuning, head), name).astype(np.float16)
        for head in HEADS
        for name in HEAD
    }
    for name, matrix in tuning.added.items():
        whole, scale = in_four_bits(matrix)
        low, high = (whole + _MOST).astype(np.uint8).reshape(-1, 2, whole.shape[1]).swapaxes(0, 1)
        packed[f"{name}{_TWO}"] = low | high << 4
        packed[f"{name}{_SCALE}"] = scale.astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **packed)


def load_tuning(path: Path) -> Tuning:
    """Read a tuning."""
    with np.load(path, allow_pickle=False) as table:
        heads = {
            head: Head(**{name: table[f"{head}.{name}"].astype(np.float32) for name in HEAD})
            for head in HEADS
        }
        names = [name.removesuffix(_TWO) for name in table.files if name.endswith(_TWO)]
        added = {
            name: _unpacked(table[f"{name}{_TWO}"], table[f"{name}{_SCALE}"]) for name in names
        }
    return Tuning(added=added, **heads)


def _unpacked(two: NDArray[np.uint8], scale: NDArray[np.float16]) -> Floats:
    whole = np.stack([two & 15, two >> 4], axis=1).reshape(-1, two.shape[1]).astype(np.int8) - _MOST
    return np.asarray(whole * scale.astype(np.float32), np.float32)


def tuned_layers(base: Foundation, tuning: Tuning) -> list[Layer]:
    """Return all layers that are run, tuned."""
    layers = [base.layer(number) for number in range(LAYERS)]
    for name, added in tuning.added.items():
        number, part = name.split(".")
        layers[int(number)].matrices[part] += added
    return layers
