"""The numbers by which the foundation was tuned to mail of a school, as they lie in a file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifiers.learned.foundation import PARTS, Floats, Foundation, Layer

FIRST_TUNED = 4
"""The layers below are left as they are: there, languages meet."""
LAYERS = 9
"""The layers above are left out: they serve searching, cost time and gained nothing."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What is added to the matrices of the upper layers, and what reads the last one."""

    down: dict[str, Floats]
    up: dict[str, Floats]
    """For each tuned matrix two thin ones; their product is added."""
    look: Floats
    """Features by labels: where in a text each label looks."""
    belong: Floats
    belong_offset: Floats
    lead: Floats
    lead_offset: Floats
    """Labels by features: what was seen there says whether it belongs, and whether it leads."""


HEAD = ("look", "belong", "belong_offset", "lead", "lead_offset")


def tuned_names() -> list[str]:
    """Name the tuned matrices, such as `6.q`."""
    return [f"{number}.{part}" for number in range(FIRST_TUNED, LAYERS) for part in PARTS]


def save_tuning(tuning: Tuning, path: Path) -> None:
    """Write a tuning in sixteen bits a number."""
    numbers = {f"{name}.down": rows for name, rows in tuning.down.items()}
    numbers |= {f"{name}.up": rows for name, rows in tuning.up.items()}
    numbers |= {name: getattr(tuning, name) for name in HEAD}
    packed = {name: rows.astype(np.float16) for name, rows in numbers.items()}
    np.savez_compressed(path, allow_pickle=False, **packed)


def load_tuning(path: Path) -> Tuning:
    """Read a tuning."""
    with np.load(path, allow_pickle=False) as table:
        numbers = {name: table[name].astype(np.float32) for name in table.files}
    return Tuning(
        down=_ending(numbers, ".down"),
        up=_ending(numbers, ".up"),
        **{name: numbers[name] for name in HEAD},
    )


def _ending(numbers: dict[str, Floats], ending: str) -> dict[str, Floats]:
    """Return the thin matrices of one side: a file says itself which layers it tunes."""
    return {
        name.removesuffix(ending): rows for name, rows in numbers.items() if name.endswith(ending)
    }


def tuned_layers(base: Foundation, tuning: Tuning) -> list[Layer]:
    """Return all layers that are run, the upper ones tuned."""
    layers = [base.layer(number) for number in range(LAYERS)]
    for name, down in tuning.down.items():
        number, part = name.split(".")
        layers[int(number)].matrices[part] += down @ tuning.up[name]
    return layers
