"""Tunes the encoder to labelled texts: which are read together, how often, at what pace."""

import gc
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.encoder import batch_of
from classifiers.learned.foundation import Floats, foundation
from classifiers.learned.tuning import Tuning
from classifiers.training.network import Answers, Network

Numbers = NDArray[np.int64]

ROUNDS = 3
PACES = (2e-4, 1e-4)
"""The largest step of each reader. The first layers learn more at the larger one, all of them more
at the smaller; and two that learned apart err apart."""
_WARMING = 60
_MAIL = 2.0
"""What a whole mail counts beside a single sentence."""
_TOGETHER = np.float32(40)
_PIECES_AT_ONCE = 2400
_STRETCH = 1200

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

    pieces: Sequence[Sequence[int]]
    """Each text as the encoder reads it."""
    wanted: Floats
    """For each label, for silence and for each flag: 1 where it is one, -1 where nobody said."""
    first: Numbers
    """The primary label."""
    whole: NDArray[np.bool_]
    """Whether it is a whole mail."""


def tune(lessons: Lessons, chosen: Numbers, pace: float, rounds: int = ROUNDS) -> Tuning:
    """
    Tune the encoder once.

    Args:
        lessons: the texts.
        chosen: those to learn from.
        pace: the largest step.
        rounds: how often each is read.

    Returns:
        The tuning.
    """
    network = Network(foundation(), lessons.wanted.shape[1], pace)
    dice = np.random.default_rng(0)
    sizes = np.array([len(text) for text in lessons.pieces])
    plan = [one for _ in range(rounds) for one in _rounds(sizes, chosen, dice)]
    told = 0.0
    for number, together in enumerate(plan):
        batch = batch_of([lessons.pieces[one] for one in together])
        counts = np.where(lessons.whole[together], _MAIL, 1.0).astype(np.float32) / _TOGETHER
        share = min(1.0, (number + 1) / _WARMING) * max(0.02, 1 - number / len(plan))
        answers = Answers(lessons.wanted[together], lessons.first[together], counts)
        told += network.lesson(batch, answers, share)
        if (number + 1) % 100 == 0:
            done = number + 1
            log.info("pace %g, step %d of %d: %.3f", pace, done, len(plan), told / 100)
            told = 0.0
    learned = network.tuning()
    # The network and its graph refer to each other, and hold gigabytes until somebody notices.
    del network
    gc.collect()
    return learned
