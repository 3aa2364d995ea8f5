"""Says which passage a question is nearest to, and how likely that is right."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.meaning import deep_meaning, quick_meaning
from classifiers.learned.weights import ModelMissing

Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "model.npz"
NONE = "none"
"""What no passage answers."""
FILLER = "filler"
"""What stands around a question and says nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """The label nearest to a sentence."""

    label: str
    chance: float
    """How likely the label is right: calibrated on questions that were kept apart."""
    language: str
    """The language of the nearest example."""
    example: str
    """The nearest example itself; for explaining, and for telling the language."""


@dataclass(frozen=True, slots=True)
class QuestionModel:
    """What was learned of questions: weights for each label, and every example."""

    labels: tuple[str, ...]
    mean: Floats
    weights: Floats
    offset: Floats
    examples: Floats
    example_labels: NDArray[np.int64]
    example_languages: tuple[str, ...]
    example_texts: tuple[str, ...]
    certainty: Floats
    """Weights from what `signs` says to a chance; the last one stands alone."""

    def chances(self, rows: Floats) -> Floats:
        """Return how strongly each row speaks for each label."""
        raw = (rows - self.mean) @ self.weights + self.offset
        raw -= raw.max(axis=1, keepdims=True)
        grown = np.exp(raw)
        return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)

    def match(self, rows: Floats) -> list[Match]:
        """Match sentences that `placed` has placed."""
        chances = self.chances(rows)
        near = np.asarray(rows @ self.examples.T / 2, np.float32)
        best = chances.argmax(axis=1)
        told = signs(chances, near, self.example_labels, self.labels)
        sure = 1 / (1 + np.exp(-(told @ self.certainty[:-1] + self.certainty[-1])))
        found = []
        for number, label in enumerate(best):
            own = np.where(self.example_labels == label, near[number], -1.0)
            nearest = int(own.argmax())
            found.append(
                Match(
                    self.labels[label],
                    float(sure[number]),
                    self.example_languages[nearest],
                    self.example_texts[nearest],
                )
            )
        return found


def placed(sentences: list[str]) -> Floats:
    """Place sentences by both encoders, each of length one."""
    return joined(quick_meaning(sentences), deep_meaning(sentences))


def joined(quick: Floats, deep: Floats) -> Floats:
    """Put the places of both encoders beside each other, each of length one."""
    parts = [rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9) for rows in (quick, deep)]
    return np.asarray(np.hstack(parts), np.float32)


def signs(
    chances: Floats, near: Floats, example_labels: NDArray[np.int64], labels: tuple[str, ...]
) -> Floats:
    """
    Gather what tells whether the likeliest label is right.

    Args:
        chances: for each row and label.
        near: for each row and example how near they are, from -1 to 1.
        example_labels: the label of each example.
        labels: all labels.

    Returns:
        For each row: the log-odds of the label, how near its nearest example is, and how much
        nearer than the nearest example of what is not answered and of any other label.
    """
    best = chances.argmax(axis=1)
    top = np.clip(chances.max(axis=1), 1e-4, 1 - 1e-4)
    own = example_labels[None, :] == best[:, None]
    none = (example_labels == labels.index(NONE))[None, :]
    mine = np.where(own, near, -1.0).max(axis=1)
    unanswered = np.where(none & ~own, near, -1.0).max(axis=1)
    other = np.where(~none & ~own, near, -1.0).max(axis=1)
    columns = [np.log(top / (1 - top)), 10 * mine, 10 * (mine - unanswered), 10 * (mine - other)]
    return np.stack(columns, axis=1).astype(np.float32)


def is_there(file: Path = FILE) -> None:
    """
    See that something was learned, without reading it.

    Raises:
        ModelMissing: it is not there; nothing takes its place silently.
    """
    if not file.exists():
        raise ModelMissing(f"{file.name}: not there; make it with `make train-answers`")


@cache
def load(file: Path = FILE) -> QuestionModel:
    """
    Read what was learned, once.

    Raises:
        ModelMissing: it is not there; nothing takes its place silently.
    """
    is_there(file)
    with np.load(file, allow_pickle=False) as kept:
        return QuestionModel(
            labels=tuple(kept["labels"].tolist()),
            mean=kept["mean"],
            weights=kept["weights"],
            offset=kept["offset"],
            examples=kept["examples"].astype(np.float32),
            example_labels=kept["example_labels"],
            example_languages=tuple(kept["example_languages"].tolist()),
            example_texts=tuple(kept["example_texts"].tolist()),
            certainty=kept["certainty"],
        )
