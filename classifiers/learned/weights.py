"""The numbers that were learned, as they lie in `classifiers/model/`."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.tuning import Tuning, load_tuning, save_tuning
from mailbot.domain.errors import MailbotError

Floats = NDArray[np.float32]

FOLDER = Path(__file__).resolve().parent.parent / "model"
_NUMBERS = "weights.npz"
_SETTINGS = "settings.json"
_TUNING = "tuning.npz"


class ModelMissing(MailbotError):
    """The learned classifier was asked for, and its model is not there or is another's."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything the classifier learned, by name as in the file."""

    rarity: Floats
    """How rare each bucket of letters is; 0 where training never met it."""
    letters: Floats
    letters_offset: Floats
    cheap_choice: Floats
    cheap_choice_offset: Floats
    cheap_label: Floats
    cheap_label_offset: Floats
    dear_choice: Floats
    dear_choice_offset: Floats
    dear_label: Floats
    dear_label_offset: Floats


@dataclass(frozen=True, slots=True)
class Settings:
    """What goes with the numbers: labels, version and the thresholds found on unseen voices."""

    version: str
    labels: tuple[str, ...]
    enough: float
    """From this certainty of the cheap stage the dear one is not asked."""
    surely: float
    """From this certainty hardly any was wrong; less is never called sure, for sure and wrong
    costs more than a look."""
    cheap_heat: float
    dear_heat: float
    """Temperatures of the choice among labels."""
    cheap_certainty: tuple[float, ...]
    dear_certainty: tuple[float, ...]
    """What makes the confidence in the primary label mean what it says."""


@dataclass(frozen=True, slots=True)
class Model:
    """Numbers and settings together, and how the encoder is tuned."""

    weights: Weights
    settings: Settings
    tuning: Tuning


def save(model: Model, folder: Path) -> None:
    """Write a model: numbers of sixteen bits, settings as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers: dict[str, Any] = {
        field.name: getattr(model.weights, field.name).astype(np.float16)
        for field in fields(Weights)
    }
    np.savez_compressed(folder / _NUMBERS, **numbers)
    save_tuning(model.tuning, folder / _TUNING)
    settings = {field.name: getattr(model.settings, field.name) for field in fields(Settings)}
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
            numbers = {f.name: table[f.name].astype(np.float32) for f in fields(Weights)}
        for name in ("labels", "cheap_certainty", "dear_certainty"):
            settings[name] = tuple(settings[name])
        return Model(Weights(**numbers), Settings(**settings), load_tuning(folder / _TUNING))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelMissing(f"no usable model in {folder}; `make train` makes one") from error
