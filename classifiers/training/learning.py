"""Learns what the letters and words of single sentences say: the cheap stage's ear."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from classifiers.learned.foundation import Floats
from classifiers.learned.rows import cheap_rows
from classifiers.training.corpus import Corpus
from classifiers.training.fitting import fit_labels

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

_STRICTNESS = 0.05
_TIMES = 3
_IN_MAIL = 0.6
"""What a sentence of a mail counts, beside one that was labelled by itself."""
_WISH = 2.0
"""What a sentence counts that is the label: most sentences are not."""
_LEAST_MET = 2
"""Texts in which a group of letters stands before it is learned from."""


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """What the letters of single sentences say."""

    rarity: Floats
    weights: Floats
    offset: Floats

    def say(self, rows: Any) -> Floats:
        """Say how much each row speaks for each label."""
        return np.asarray(rows @ self.weights + self.offset, np.float32)


def _rarity(counts: Any, chosen: Numbers) -> Floats:
    met = np.asarray((counts[chosen] > 0).sum(axis=0)).ravel()
    rare = np.log((1 + len(chosen)) / (1 + met)) + 1
    return np.where(met >= _LEAST_MET, rare, 0).astype(np.float32)


def weighed_letters(corpus: Corpus, rarity: Floats) -> Any:
    """Weigh the groups of letters of every sentence by their rarity, at length one (sparse)."""
    weighed = corpus.counts @ sparse.diags(rarity.astype(np.float64))
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel()) + 1e-9
    return (sparse.diags(1 / length) @ weighed).tocsr()


def _telling(corpus: Corpus, said: Floats) -> Mask:
    """Point out, for each label of a mail, the sentence that speaks for it most."""
    points = np.zeros(said.shape, bool)
    for number in range(len(corpus.texts)):
        place = corpus.of(number)
        for label in np.flatnonzero(corpus.wanted[number]):
            points[place[np.argmax(said[place, label])], label] = True
    return points


def fit_sentences(corpus: Corpus, learned: Mask) -> SentenceModel:
    """
    Learn what single sentences say.

    A sentence of a mail that is not `erasure` is no wish for erasure: that is certain. Which
    sentence of a mail that is one says so, is found out in rounds, each believing the model of
    the round before.

    Args:
        corpus: the texts.
        learned: which texts are learned from.

    Returns:
        The model of sentences.
    """
    chosen = np.flatnonzero(learned[corpus.owner])
    rarity = _rarity(corpus.counts, chosen)
    view = weighed_letters(corpus, rarity)
    wanted = corpus.wanted[corpus.owner]
    alone = np.bincount(corpus.owner)[corpus.owner] == 1
    points = np.broadcast_to(alone[:, None], wanted.shape)
    # Groups of letters never met have no weight; leaving them out saves most of the time.
    met = np.flatnonzero(rarity)
    rows = view[chosen][:, met]
    model = SentenceModel(rarity, np.zeros((len(rarity), wanted.shape[1]), np.float32), rarity[:0])
    for _ in range(_TIMES):
        known = ((wanted == 0) | points).astype(float)
        weights = known * np.where(alone, 1.0, _IN_MAIL)[:, None]
        weights *= np.where(wanted == 1, _WISH, 1.0)
        found = fit_labels(rows, (wanted * points)[chosen], weights[chosen], _STRICTNESS)
        inner = np.zeros((len(rarity), wanted.shape[1]), np.float32)
        inner[met] = found[0]
        model = SentenceModel(rarity, inner, found[1].astype(np.float32))
        points = _telling(corpus, model.say(view)) | alone[:, None]
    return model


def cheap_rows_of(corpus: Corpus, model: SentenceModel, mails: Numbers) -> Floats:
    """
    Sum up mails as the cheap stage does.

    Args:
        corpus: the texts.
        model: what sentences say.
        mails: the numbers of the mails.

    Returns:
        Mails by labels by features.
    """
    said = model.say(weighed_letters(corpus, model.rarity))
    return np.stack(
        [cheap_rows(said[corpus.of(n)], corpus.tables[n], corpus.surroundings[n]) for n in mails]
    )
