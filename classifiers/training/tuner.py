"""Tunes the upper layers of the encoder to labelled texts: which are read together, and how often."""

import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.encoder import batch_of, first_rows, through
from classifiers.learned.foundation import Floats, foundation
from classifiers.learned.tuning import FIRST_TUNED, Tuning
from classifiers.training.slopes import Tuner

Numbers = NDArray[np.int64]

ROUNDS = 2
_DROPPED = 0.1
_WARMING = 30
_MAIL = 2.0
"""What a whole mail counts beside a single sentence."""
_BELONG = 0.3
_TOGETHER = np.float32(40)
_PIECES_AT_ONCE = 1200
_STRETCH = 600

log = logging.getLogger("train")


def of_like_length(sizes: Numbers, order: Numbers, most: int) -> Iterator[Numbers]:
    """Yield texts of like length together, at most so many places a time."""
    at = 0
    while at < len(order):
        many = 1
        while at + many < len(order) and (many + 1) * sizes[order[at + many]] <= most:
            many += 1
        yield order[at : at + many]
        at += many


def lower_rows(texts: Sequence[Sequence[int]]) -> list[NDArray[np.float16]]:
    """Run the layers that stay as they are, once for all rounds."""
    base = foundation()
    layers = [base.layer(number) for number in range(FIRST_TUNED)]
    sizes = np.array([len(text) for text in texts])
    found: list[NDArray[np.float16]] = [np.zeros((0, 0), np.float16)] * len(texts)

    def work(together: Numbers) -> None:
        batch = batch_of([texts[number] for number in together])
        rows = first_rows(base, batch)
        for layer in layers:
            rows = through(layer, rows, batch.there, base.heads, base.tiny)
        for place, number in enumerate(together):
            found[number] = rows[place, : sizes[number]].astype(np.float16)

    order = np.argsort(sizes, kind="stable")
    with ThreadPoolExecutor(os.cpu_count()) as hands:
        list(hands.map(work, of_like_length(sizes, order, _PIECES_AT_ONCE)))
    return found


def _filled(rows: Sequence[NDArray[np.float16]]) -> tuple[Floats, NDArray[np.bool_]]:
    width = max(len(one) for one in rows)
    filled = np.zeros((len(rows), width, rows[0].shape[1]), np.float32)
    there = np.zeros((len(rows), width), bool)
    for number, one in enumerate(rows):
        filled[number, : len(one)] = one
        there[number, : len(one)] = True
    return filled, there


def _rounds(sizes: Numbers, chosen: Numbers, dice: np.random.Generator) -> list[Numbers]:
    """Shuffle the texts, those of like length together."""
    order, found = dice.permutation(chosen), []
    for at in range(0, len(order), _STRETCH):
        stretch = order[at : at + _STRETCH]
        by_size = stretch[np.argsort(sizes[stretch], kind="stable")]
        found += list(of_like_length(sizes, by_size, _PIECES_AT_ONCE))
    return [found[number] for number in dice.permutation(len(found))]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What there is to learn from, text by text."""

    lower: Sequence[NDArray[np.float16]]
    """What the lower layers made of it."""
    wanted: Floats
    """For each label, 1 where it is one; the last label is silence."""
    first: Numbers
    """The primary label."""
    whole: NDArray[np.bool_]
    """Whether it is a whole mail."""


def tune(lessons: Lessons, chosen: Numbers, rounds: int = ROUNDS) -> Tuning:
    """
    Tune the encoder.

    Args:
        lessons: the texts.
        chosen: those to learn from.
        rounds: how often each is read.

    Returns:
        The tuning.
    """
    tuner, dice = Tuner(lessons.wanted.shape[1]), np.random.default_rng(0)
    sizes = np.array([len(rows) for rows in lessons.lower])
    plan = [one for _ in range(rounds) for one in _rounds(sizes, chosen, dice)]
    told = 0.0
    for number, together in enumerate(plan):
        warm = min(1.0, (number + 1) / _WARMING)
        told += _lesson(tuner, lessons, together, dice, warm * max(0.02, 1 - number / len(plan)))
        if (number + 1) % 200 == 0:
            log.info("step %d of %d: %.3f", number + 1, len(plan), told / 200)
            told = 0.0
    return tuner.tuning()


def _lesson(
    tuner: Tuner, lessons: Lessons, together: Numbers, dice: np.random.Generator, pace: float
) -> float:
    """Learn from a few texts, and return how much of their primary labels came as news."""
    rows, there = _filled([lessons.lower[one] for one in together])
    kept = (dice.random(rows.shape, dtype=np.float32) >= _DROPPED) / np.float32(1 - _DROPPED)
    layers = tuner.layers()
    belong, lead, left = tuner.read(rows, there, layers, kept)
    lead = np.exp(lead - lead.max(axis=1, keepdims=True))
    lead /= lead.sum(axis=1, keepdims=True)
    at, first = np.arange(len(together)), lessons.first[together]
    news = float(-np.log(lead[at, first] + 1e-9).mean())
    counts = np.where(lessons.whole[together], _MAIL, 1.0).astype(np.float32) / _TOGETHER
    off = 1 / (1 + np.exp(-np.clip(belong, -30, 30))) - lessons.wanted[together]
    lead[at, first] -= 1
    pulls = (counts[:, None] * _BELONG * off, counts[:, None] * lead)
    tuner.move(
        tuner.slopes(pulls[0].astype(np.float32), pulls[1].astype(np.float32), left, layers, kept),
        pace,
    )
    return news
