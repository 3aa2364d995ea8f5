"""Reads a mail as a whole with the tuned encoder: which labels belong to it, which leads, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifiers.learned.encoder import batch_of, first_rows
from classifiers.learned.foundation import Floats, foundation
from classifiers.learned.swift import Encoder, encoder_of
from classifiers.learned.tuning import EARLY, Head, Tuning, tuned_layers

MOST_PIECES = 400
"""Pieces of words that are read of one mail: four hundred cost about a tenth of a second."""
_OPENING = "query:"
_ANSWER = "re:"


@dataclass(frozen=True, slots=True)
class Understood:
    """What the encoder makes of one mail: of each label, then of silence, then of each flag."""

    belong: Floats
    lead: Floats
    said: Floats
    """Sentences by labels: how much each adds to the belief that the label belongs."""

    def flags(self, labels: int) -> Floats:
        """Return how likely each flag holds, behind so many labels and silence."""
        return np.asarray(
            1 / (1 + np.exp(-np.clip(self.belong[labels + 1 :], -30, 30))), np.float32
        )


def chosen_sentences(sizes: Sequence[int], loudness: Sequence[float]) -> list[int]:
    """
    Choose the sentences that are read: all of them, or of a long mail those that say most.

    Args:
        sizes: the pieces in each sentence.
        loudness: how much each seems to say.

    Returns:
        Their numbers, in order.
    """
    left, chosen = MOST_PIECES, []
    for number in sorted(range(len(sizes)), key=lambda place: (-loudness[place], place)):
        if sizes[number] <= left:
            chosen.append(number)
            left -= sizes[number]
    return sorted(chosen)


def opening(*, answers: bool) -> list[int]:
    """Return the pieces every text begins with; a mail that answers something says so."""
    base = foundation()
    words = f"{_OPENING} {_ANSWER}" if answers else _OPENING
    return [base.begin, *base.pieces(words)]


def in_pieces(
    sentences: Sequence[str], loudness: Sequence[float], *, answers: bool
) -> tuple[list[int], list[tuple[int, int, int]]]:
    """
    Lay a mail out as the encoder reads it.

    Args:
        sentences: the sentences, subject first.
        loudness: how much each seems to say, should not all fit.
        answers: whether the mail answers something.

    Returns:
        The pieces; and of each sentence read its number, first place and end.
    """
    base = foundation()
    cut = [base.pieces(sentence.replace("\n", " "))[:MOST_PIECES] for sentence in sentences]
    pieces, places = opening(answers=answers), []
    for number in chosen_sentences([len(one) for one in cut], loudness):
        places.append((number, len(pieces), len(pieces) + len(cut[number])))
        pieces += cut[number]
    return [*pieces, base.end], places


@dataclass(frozen=True, slots=True)
class Begun:
    """A mail that the first layers have read."""

    words: Floats
    """What its pieces mean by themselves: places by features."""
    rows: Floats
    """What the first layers make of them."""
    places: Sequence[tuple[int, int, int]]
    """Of each sentence read its number, first place and end."""
    sentences: int
    """How many there are, read or not."""


class Understanding:
    """
    The encoder as it was tuned, ready to read: to the end, or as far as a plain mail needs.

    It was tuned more than once, at another pace. The first of these readers reads every mail, and
    alone settles a plain one; where it does not, the others read the mail too, and they agree on it.
    """

    def __init__(self, tunings: Sequence[Tuning]) -> None:
        self._tunings, self._base = tuple(tunings), foundation()
        # One after the other: the numbers of a reader take a hundred megabytes until it is drawn.
        first, *others = self._tunings
        self._lower, self._upper = self._drawn(first, slice(EARLY), slice(EARLY, None))
        self._others = [self._drawn(other, slice(None))[0] for other in others]

    def _drawn(self, tuning: Tuning, *parts: slice) -> list[Encoder]:
        layers = tuned_layers(self._base, tuning)
        return [encoder_of(self._base, layers[part]) for part in parts]

    def __call__(
        self, sentences: Sequence[str], loudness: Sequence[float], *, answers: bool
    ) -> Understood:
        """
        Read one mail to the end.

        Args:
            sentences: the sentences, subject first.
            loudness: how much each seems to say, should not all fit.
            answers: whether the mail answers something.

        Returns:
            What it seems to be.
        """
        pieces, places = in_pieces(sentences, loudness, answers=answers)
        return self.to_the_end(self.begin(pieces, places, len(sentences)))

    def begin(
        self, pieces: Sequence[int], places: Sequence[tuple[int, int, int]], sentences: int
    ) -> Begun:
        """
        Let the first layers read one mail.

        Args:
            pieces: of its words, as `in_pieces` lays them out.
            places: of its sentences.
            sentences: how many there are.

        Returns:
            What `early` and `to_the_end` go on from.
        """
        words = first_rows(self._base, batch_of([pieces]))[0]
        return Begun(words, self._lower(words), places, sentences)

    def early(self, begun: Begun) -> Understood:
        """Say what a mail seems to be by the first layers of the first reader."""
        return summed(begun.rows, begun.places, begun.sentences, self._tunings[0].early)

    def to_the_end(self, begun: Begun) -> Understood:
        """Let all layers of all readers read the mail, and say what it seems to be."""
        read = [self._upper(begun.rows), *(layers(begun.words) for layers in self._others)]
        return agreed(
            [
                summed(rows, begun.places, begun.sentences, tuning.last)
                for rows, tuning in zip(read, self._tunings, strict=True)
            ]
        )


def agreed(heard: Sequence[Understood]) -> Understood:
    """Give each reader of one mail the same say; the sentences shown are those of the first."""
    return Understood(
        belong=np.mean([one.belong for one in heard], axis=0),
        lead=np.mean([one.lead for one in heard], axis=0),
        said=heard[0].said,
    )


def summed(
    rows: Floats, places: Sequence[tuple[int, int, int]], sentences: int, head: Head
) -> Understood:
    """Let every label look where it wants, and say which sentence gave it most."""
    looks = rows @ head.look
    looks = np.exp(looks - looks.max(axis=0))
    looks /= looks.sum(axis=0)
    seen = looks.T @ rows
    given = looks * (rows @ head.belong.T)
    said = np.zeros((sentences, looks.shape[1]), np.float32)
    for number, left, right in places:
        said[number] = given[left:right].sum(axis=0)
    return Understood(
        belong=(seen * head.belong).sum(axis=1) + head.belong_offset,
        lead=(seen * head.lead).sum(axis=1) + head.lead_offset,
        said=said,
    )
