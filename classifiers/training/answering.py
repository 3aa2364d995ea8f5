"""Learns which passage answers a question, and how sure that is; `make train-answers` runs it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from classifiers.answering.general import General, general_question
from classifiers.answering.matching import FILE, FILLER, NONE, Floats, joined, signs
from classifiers.training.encoded import Encoded
from classifiers.training.labelled import labelled_texts

QUESTIONS = Path(__file__).parents[1] / "answering" / "questions"
KEPT = Path("build") / "answering.npz"
FOLDS = 5
SOFTNESS = 1 / 200
"""How hard large weights are held down; found on the folds."""
WEIGHT_OF_TEXTS = 0.3
"""A sentence of the labelled texts counts less than a question written for this."""
MOST_TEXTS = 1500


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with its label; `fold` keeps its translations on the same side."""

    text: str
    label: str
    language: str
    fold: int
    weight: float = 1.0
    own: bool = True
    """Whether it was written for this, rather than taken from the labelled texts."""


def examples(folder: Path = QUESTIONS) -> list[Example]:
    """Read every question, in the order of the tables."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        for label, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found += [
                Example(text, label, path.stem, number % FOLDS) for number, text in enumerate(texts)
            ]
    return found


def unanswered() -> list[Example]:
    """Take sentences that are no question, the ones that may be taken for one first."""
    texts = [
        one
        for one in labelled_texts()
        if not (one.held_out or one.whole or "question" in one.labels)
        and one.language in ("nl", "en", "tr", "ar")
    ]
    texts.sort(key=lambda one: not isinstance(general_question(one.text), General))
    return [
        Example(one.text, NONE, one.language, number % FOLDS, WEIGHT_OF_TEXTS, own=False)
        for number, one in enumerate(texts[:MOST_TEXTS])
    ]


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of one fit."""

    mean: Floats
    weights: Floats
    offset: Floats

    def chances(self, rows: Floats) -> Floats:
        """Return how strongly each row speaks for each label."""
        raw = (rows - self.mean) @ self.weights + self.offset
        raw -= raw.max(axis=1, keepdims=True)
        grown = np.exp(raw)
        return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)


def learn(rows: Floats, target: NDArray[np.int64], weight: Floats, labels: int) -> Learned:
    """Fit one weight for each number and label (multinomial logistic regression)."""
    mean = rows.mean(axis=0)
    centred = (rows - mean).astype(np.float64)
    wanted = np.eye(labels)[target]
    at = np.arange(len(rows))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, offset = flat[:-labels].reshape(-1, labels), flat[-labels:]
        raw = centred @ weights + offset
        raw -= raw.max(axis=1, keepdims=True)
        grown = np.exp(raw)
        chance = grown / grown.sum(axis=1, keepdims=True)
        wrong = (chance - wanted) * weight[:, None]
        slope = np.concatenate(
            [(centred.T @ wrong + SOFTNESS * weights).ravel(), wrong.sum(axis=0)]
        )
        silence = -(weight * np.log(chance[at, target] + 1e-12)).sum()
        return silence + 0.5 * SOFTNESS * float((weights**2).sum()), slope

    begin = np.zeros(rows.shape[1] * labels + labels)
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    weights = found[:-labels].reshape(-1, labels)
    return Learned(mean, weights.astype(np.float32), found[-labels:].astype(np.float32))


def _indices(found: Sequence[Example], labels: Sequence[str]) -> NDArray[np.int64]:
    place = {label: number for number, label in enumerate(labels)}
    return np.array([place[one.label] for one in found])


def _kept_apart(
    found: Sequence[Example], rows: Floats, labels: tuple[str, ...]
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """For each sentence: what a model says that saw neither it nor its translations."""
    target = _indices(found, labels)
    folds, own = np.array([one.fold for one in found]), np.array([one.own for one in found])
    weight = np.array([one.weight for one in found], np.float32)
    told = np.zeros((len(found), 4), np.float32)
    said = np.zeros(len(found), np.int64)
    for fold in range(FOLDS):
        seen, here = folds != fold, folds == fold
        learned = learn(rows[seen], target[seen], weight[seen], len(labels))
        chances = learned.chances(rows[here])
        near = rows[here] @ rows[seen & own].T / 2
        told[here] = signs(chances, near, target[seen & own], labels)
        said[here] = chances.argmax(axis=1)
    return told, said, target


def _certainty(told: Floats, right: NDArray[np.bool_]) -> Floats:
    """Fit the chance of being right (logistic regression on a few signs)."""
    columns = np.hstack([told, np.ones((len(told), 1), np.float32)]).astype(np.float64)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        chance = 1 / (1 + np.exp(-columns @ flat))
        chance = np.clip(chance, 1e-9, 1 - 1e-9)
        silence = -np.where(right, np.log(chance), np.log(1 - chance)).sum()
        return silence + 0.05 * float((flat[:-1] ** 2).sum()), (
            columns.T @ (chance - right) + 0.1 * np.append(flat[:-1], 0)
        )

    # More of any sign may only make it surer: the folds hold no near repetition of a question, and
    # would else teach that being near an example speaks against it.
    bounds = [(0.0, None)] * told.shape[1] + [(None, None)]
    begin = np.zeros(columns.shape[1])
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.asarray(found, np.float32)


@click.command()
def train() -> None:
    """Learn from the questions, and write classifiers/answering/model.npz."""
    found = [*examples(), *unanswered()]
    labels = tuple(sorted({one.label for one in found}))
    encoded = Encoded(KEPT)
    texts = [one.text for one in found]
    rows = joined(encoded("quick", texts), encoded("deep", texts))
    encoded.keep()
    told, said, target = _kept_apart(found, rows, labels)
    # Only where a passage is put forward does the chance of being right matter, and only for
    # what the words have not ruled out already.
    general = [isinstance(general_question(one.text), General) for one in found]
    aside = {labels.index(NONE), labels.index(FILLER)}
    asked = np.array([place not in aside for place in said]) & np.array(general)
    certainty = _certainty(told[asked], (said == target)[asked])
    _report(told[asked], (said == target)[asked], certainty)
    weight = np.array([one.weight for one in found], np.float32)
    learned = learn(rows, target, weight, len(labels))
    own = [number for number, one in enumerate(found) if one.own]
    np.savez_compressed(
        FILE,
        labels=np.array(labels),
        mean=learned.mean,
        weights=learned.weights,
        offset=learned.offset,
        examples=rows[own].astype(np.float16),
        example_labels=target[own],
        example_languages=np.array([found[number].language for number in own]),
        example_texts=np.array([found[number].text for number in own]),
        certainty=certainty,
    )
    click.echo(f"{FILE.name}: {len(own)} questions, {len(labels)} labels")


def _report(told: Floats, right: NDArray[np.bool_], certainty: Floats) -> None:
    chance = 1 / (1 + np.exp(-(told @ certainty[:-1] + certainty[-1])))
    click.echo("chance  put forward  wrong  right of all right")
    for least in (0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99):
        here = chance >= least
        wrong = int((here & ~right).sum())
        share = float((here & right).sum() / max(1, right.sum()))
        click.echo(f"{least:6.2f}  {int(here.sum()):11}  {wrong:5}  {share:.2f}")


if __name__ == "__main__":
    train()
