"""The encoder as a network that learns: TensorFlow works out how each number pulls at the answers."""

from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from classifiers.learned.encoder import Batch, first_rows
from classifiers.learned.foundation import PARTS, Floats, Foundation
from classifiers.learned.tuning import EARLY, HEAD, HEADS, LAYERS, Head, Tuning, as_kept

Numbers = NDArray[np.int64]

_PACE_OF_HEAD = 2e-3
_STEEPEST = 2.0
"""A step that wants more than this is shortened."""
_DROPPED = 0.1
_BELONG = 0.3
"""What it counts which labels belong, beside which one leads."""
_BY_EARLY = 0.5
"""What it counts how the first layers alone answer, beside how all of them do."""
_NOWHERE = -1e9


class Answers(NamedTuple):
    """What people say of a few texts."""

    wanted: Floats
    """Texts by labels, 1 where a label is one, -1 where nobody said."""
    first: Numbers
    """The primary labels."""
    counts: Floats
    """What each text counts."""


def _times(rows: Any, matrix: Any) -> Any:
    """Multiply in sixteen bits, as processors with an instruction for it do ten times as quick."""
    small = tf.matmul(tf.cast(rows, tf.bfloat16), tf.cast(matrix, tf.bfloat16))
    return tf.cast(small, tf.float32)


class Network:
    """The layers that are run, and what reads the last one; every matrix learns."""

    def __init__(self, base: Foundation, labels: int, pace: float, seed: int = 0) -> None:
        """
        Begin where the foundation ends.

        Args:
            base: the encoder.
            labels: how many there are to tell apart.
            pace: the largest step of its numbers.
            seed: of what is left out of the last rows.
        """
        # One thread a step: the same numbers on every run. Two steps go side by side.
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(2)
        self._base = base
        self._layers = [base.layer(number) for number in range(LAYERS)]
        self._matrices = [
            {part: tf.Variable(layer.matrices[part]) for part in PARTS} for layer in self._layers
        ]
        shapes = (
            (base.size, labels),
            (labels, base.size),
            (labels,),
            (labels, base.size),
            (labels,),
        )
        begun = {
            name: np.zeros(shape, np.float32) for name, shape in zip(HEAD, shapes, strict=True)
        }
        begun["belong_offset"] -= 3
        self._heads = [
            {name: tf.Variable(numbers) for name, numbers in begun.items()} for _ in HEADS
        ]
        self._tuned = [one[part] for one in self._matrices for part in PARTS]
        self._movers = [
            (tf.keras.optimizers.Adam(most, beta_2=0.98, epsilon=1e-6), most, list(moved))
            for most, moved in (
                (pace, self._tuned),
                (_PACE_OF_HEAD, [one for head in self._heads for one in head.values()]),
            )
        ]
        for mover, _, moved in self._movers:
            mover.build(moved)
        self._dice = np.random.default_rng(seed)
        self._step = tf.function(
            self._learn,
            input_signature=[
                tf.TensorSpec((None, None, base.size), tf.float32),
                tf.TensorSpec((None, None), tf.bool),
                tf.TensorSpec((None, None, base.size), tf.float32),
                Answers(
                    wanted=tf.TensorSpec((None, labels), tf.float32),
                    first=tf.TensorSpec((None,), tf.int64),
                    counts=tf.TensorSpec((None,), tf.float32),
                ),
            ],
        )

    def lesson(self, batch: Batch, answers: Answers, pace: float) -> float:
        """
        Learn from a few texts.

        Args:
            batch: the texts.
            answers: what people say of them.
            pace: how large a step, of the largest.

        Returns:
            How much of the primary labels came as news: nats a text.
        """
        for mover, most, _ in self._movers:
            mover.learning_rate.assign(most * pace)
        rows = first_rows(self._base, batch)
        kept = (self._dice.random(rows.shape, np.float32) >= _DROPPED) / np.float32(1 - _DROPPED)
        return float(self._step(rows, batch.there, kept, answers))

    def _learn(self, rows: Any, there: Any, kept: Any, answers: Answers) -> Any:
        moved = [one for _, _, numbers in self._movers for one in numbers]
        with tf.GradientTape() as tape:
            loss = 0.0
            read = zip(self._through(rows, there), self._heads, (_BY_EARLY, 1.0), strict=True)
            for seen, head, weight in read:
                belong, lead = self._answers(seen * kept, there, head)
                leading = tf.nn.sparse_softmax_cross_entropy_with_logits(answers.first, lead)
                belonging = tf.nn.sigmoid_cross_entropy_with_logits(answers.wanted, belong)
                belonging = tf.where(answers.wanted < 0, 0.0, belonging)
                news = leading + _BELONG * tf.reduce_sum(belonging, axis=-1)
                loss += weight * tf.reduce_sum(news * answers.counts)
        slopes, _ = tf.clip_by_global_norm(tape.gradient(loss, moved), _STEEPEST)
        slope = iter(slopes)
        for mover, _, numbers in self._movers:
            mover.apply([next(slope) for _ in numbers], numbers)
        return tf.reduce_mean(leading)

    def rows(self, batch: Batch) -> Floats:
        """Return what the last layer makes of texts: texts by places by features."""
        rows = tf.constant(first_rows(self._base, batch))
        return np.asarray(self._through(rows, tf.constant(batch.there))[-1])

    def _through(self, rows: Any, there: Any) -> tuple[Any, Any]:
        """Run the layers; return what the first of them make of texts, and what all do."""
        shape, size = tf.shape(rows), self._base.size
        rows = tf.reshape(rows, (-1, size))
        nowhere = tf.where(there, 0.0, _NOWHERE)[:, None, None, :]
        for number in range(LAYERS):
            rows = self._layer(number, rows, nowhere, shape)
            if number + 1 == EARLY:
                early = rows
        return tf.reshape(early, shape), tf.reshape(rows, shape)

    def _layer(self, number: int, rows: Any, nowhere: Any, shape: Any) -> Any:
        """Run one layer, as `encoder.through` does, over texts laid end to end."""
        layer, size, heads = self._layers[number], self._base.size, self._base.heads

        def times(part: str, rows: Any) -> Any:
            return _times(rows, self._matrices[number][part]) + layer.offsets[part]

        def parted(part: str) -> Any:
            split = tf.reshape(times(part, rows), (shape[0], shape[1], heads, size // heads))
            return tf.transpose(split, (0, 2, 1, 3))

        query, key, value = (parted(part) for part in "qkv")
        looks = tf.matmul(query, key, transpose_b=True) * (size // heads) ** -0.5 + nowhere
        seen = tf.transpose(tf.matmul(tf.nn.softmax(looks), value), (0, 2, 1, 3))
        rows = self._normed(rows + times("ao", tf.reshape(seen, (-1, size))), layer.norms["aln"])
        middle = tf.nn.gelu(times("fi", rows), approximate=True)
        return self._normed(rows + times("fo", middle), layer.norms["oln"])

    def _normed(self, rows: Any, norm: tuple[Floats, Floats]) -> Any:
        mean, spread = tf.nn.moments(rows, [-1], keepdims=True)
        return tf.nn.batch_normalization(rows, mean, spread, norm[1], norm[0], self._base.tiny)

    def _answers(self, rows: Any, there: Any, head: dict[str, Any]) -> tuple[Any, Any]:
        """Let each label look where it will, and say whether it belongs and leads."""
        looks = tf.where(there[:, :, None], tf.matmul(rows, head["look"][None]), _NOWHERE)
        seen = tf.matmul(tf.nn.softmax(looks, axis=1), rows, transpose_a=True)
        belong = tf.reduce_sum(seen * head["belong"], axis=-1) + head["belong_offset"]
        lead = tf.reduce_sum(seen * head["lead"], axis=-1) + head["lead_offset"]
        return belong, lead

    def tuning(self) -> Tuning:
        """Return what was learned, as it is kept."""
        added = {
            f"{number}.{part}": as_kept(self._matrices[number][part].numpy() - matrix)
            for number, layer in enumerate(self._layers)
            for part, matrix in layer.matrices.items()
        }
        early, last = (
            Head(
                **{n: one.numpy().astype(np.float16).astype(np.float32) for n, one in head.items()}
            )
            for head in self._heads
        )
        return Tuning(added=added, early=early, last=last)
