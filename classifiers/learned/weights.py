"""The numbers that were learned, as they lie in `classifiers/model/`."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.stages import NUMBERS, SETTINGS, Stage
from classifiers.learned.tuning import Tuning, load_tuning, save_tuning
from mailbot.domain.errors import MailbotError

Floats = NDArray[np.float32]

FOLDER = Path(__file__).resolve().parent.parent / "model"
_NUMBERS = "weights.npz"
_SETTINGS = "settings.json"


class ModelMissing(MailbotError):
    """The learned classifier was asked for, and its model is not there or is another's."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the letters of sentences say."""

    rarity: Floats
    """How rare each bucket of letters is; 0 where training never met it."""
    letters: Floats
    letters_offset: Floats


@dataclass(frozen=True, slots=True)
class Settings:
    """What goes with the numbers."""

    version: str
    labels: tuple[str, ...]
    surely: float
    """From this certainty hardly any was wrong; less is never called sure, for sure and wrong
    costs more than a look."""
    flags: dict[str, float]
    """The flags in the order of the heads, each with the chance from which it is raised; a candidate
    that was trained before flags were learned has none."""


@dataclass(frozen=True, slots=True)
class Model:
    """Numbers and settings together, what each stage learned, and how the readers are tuned."""

    weights: Weights
    settings: Settings
    cheap: Stage
    """Letters and word tables."""
    early: Stage
    """The encoder's first layers beside them."""
    dear: Stage
    """All of its layers."""
    tunings: tuple[Tuning, ...]
    """One for each reader, the one that may settle a mail alone first."""


STAGES = ("cheap", "early", "dear")


def _tuning_of(reader: int) -> str:
    return "tuning.npz" if reader == 1 else f"tuning-{reader}.npz"


def save(model: Model, folder: Path) -> None:
    """Write a model: numbers of sixteen bits, settings as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers: dict[str, Any] = {f.name: getattr(model.weights, f.name) for f in fields(Weights)}
    settings: dict[str, Any] = {f.name: getattr(model.settings, f.name) for f in fields(Settings)}
    settings["readers"] = len(model.tunings)
    for name in STAGES:
        stage = getattr(model, name)
        numbers |= {f"{name}.{one}": getattr(stage, one) for one in NUMBERS}
        settings[name] = {one: getattr(stage, one) for one in SETTINGS}
    small = {name: rows.astype(np.float16) for name, rows in numbers.items()}
    np.savez_compressed(folder / _NUMBERS, allow_pickle=False, **small)
    for reader, tuning in enumerate(model.tunings, 1):
        save_tuning(tuning, folder / _tuning_of(reader))
    text = json.dumps(settings, indent=2, ensure_ascii=False)
    (folder / _SETTINGS).write_text(text + "\n", "utf-8")


def load(folder: Path = FOLDER) -> Model:
    """
    Read a model.

    Args:
        folder: where it lies; the shipped one when left out.

    Returns:
        The model.

    Raises:
        ModelMissing: there is none, or its files do not belong together.
    """
    try:
        settings = json.loads((folder / _SETTINGS).read_text("utf-8"))
        with np.load(folder / _NUMBERS, allow_pickle=False) as table:
            numbers = {name: table[name].astype(np.float32) for name in table.files}
        return Model(
            weights=Weights(**{field.name: numbers[field.name] for field in fields(Weights)}),
            settings=Settings(
                settings["version"],
                tuple(settings["labels"]),
                settings["surely"],
                settings.get("flags", {}),
            ),
            # A candidate that was trained while there was one reader does not say how many.
            tunings=tuple(
                load_tuning(folder / _tuning_of(reader))
                for reader in range(1, settings.get("readers", 1) + 1)
            ),
            **{name: _stage(name, settings[name], numbers) for name in STAGES},
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelMissing(f"no usable model in {folder}; `make train` makes one") from error


def _stage(name: str, settings: dict[str, Any], numbers: dict[str, Floats]) -> Stage:
    return Stage(
        **{one: numbers[f"{name}.{one}"] for one in NUMBERS},
        heat=settings["heat"],
        certainty=tuple(settings["certainty"]),
        enough=settings["enough"],
    )
