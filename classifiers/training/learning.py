"""Learns the weights: first what single sentences say, then what they say together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from classifiers.learned.meaning import Floats
from classifiers.learned.rows import cheap_rows, dear_rows, joined, scaled, worth_reading
from classifiers.training.corpus import Corpus
from classifiers.training.fitting import fit_choice, fit_labels

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

_STRICTNESS = {"letters": 0.05, "quick": 1.0, "both": 2.0}
_IN_MAIL = 0.6
"""What a sentence of a mail counts, beside one that was labelled by itself."""
_WISH = 2.0
"""What a sentence counts that is the label: most sentences are not."""
_LEAST_MET = 2
"""Texts in which a group of letters stands before it is learned from."""


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """What single sentences say, by each of the three views."""

    rarity: Floats
    middle: Floats
    weights: dict[str, tuple[Floats, Floats]]

    def say(self, view: str, rows: Any) -> Floats:
        """Say how much each row speaks for each label."""
        weights, offset = self.weights[view]
        return np.asarray(rows @ weights + offset, np.float32)


def _rarity(counts: Any, chosen: Numbers) -> Floats:
    met = np.asarray((counts[chosen] > 0).sum(axis=0)).ravel()
    rare = np.log((1 + len(chosen)) / (1 + met)) + 1
    return np.where(met >= _LEAST_MET, rare, 0).astype(np.float32)


def _at_length_one(counts: Any, rarity: Floats) -> Any:
    weighed = counts @ sparse.diags(rarity.astype(np.float64))
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel()) + 1e-9
    return (sparse.diags(1 / length) @ weighed).tocsr()


def views_of(corpus: Corpus, rarity: Floats, middle: Floats) -> dict[str, Any]:
    """Return the three views of every sentence."""
    return {
        "letters": _at_length_one(corpus.counts, rarity),
        "quick": scaled(corpus.quick),
        "both": joined(corpus.quick, corpus.deep, middle),
    }


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
    sentence of a mail that is one says so, is found out in three rounds, each believing the
    model of the round before.

    Args:
        corpus: the texts.
        learned: which texts are learned from.

    Returns:
        The model of sentences.
    """
    chosen = np.flatnonzero(learned[corpus.owner])
    rarity, middle = _rarity(corpus.counts, chosen), corpus.deep[chosen].mean(axis=0)
    views = views_of(corpus, rarity, middle)
    wanted = corpus.wanted[corpus.owner]
    alone = np.bincount(corpus.owner)[corpus.owner] == 1
    points = np.broadcast_to(alone[:, None], wanted.shape)
    model = SentenceModel(rarity, middle, {})
    for names in (("both",), ("letters", "both"), ("letters", "quick", "both")):
        known = ((wanted == 0) | points).astype(float)
        weights = known * np.where(alone, 1.0, _IN_MAIL)[:, None]
        weights *= np.where(wanted == 1, _WISH, 1.0)
        for name in names:
            rows = views[name][chosen]
            # Groups of letters never met have no weight; leaving them out saves most of the time.
            met = np.flatnonzero(rarity) if name == "letters" else np.arange(rows.shape[1])
            found = fit_labels(
                rows[:, met], (wanted * points)[chosen], weights[chosen], _STRICTNESS[name]
            )
            inner = np.zeros((rows.shape[1], wanted.shape[1]), np.float32)
            inner[met] = found[0]
            model.weights[name] = (inner, found[1].astype(np.float32))
        said = sum(model.say(name, views[name]) for name in names)
        points = _telling(corpus, np.asarray(said)) | alone[:, None]
    return model


def rows_of(corpus: Corpus, model: SentenceModel, mails: Numbers) -> tuple[Floats, Floats]:
    """
    Sum up mails as the classifier does.

    Args:
        corpus: the texts.
        model: what sentences say.
        mails: the numbers of the mails.

    Returns:
        The rows of the cheap stage and of the dear one: mails by labels by features.
    """
    views = views_of(corpus, model.rarity, model.middle)
    said = {name: model.say(name, view) for name, view in views.items()}
    cheap: list[Floats] = []
    dear: list[Floats] = []
    for number in mails:
        place = corpus.of(number)
        letters, quick = said["letters"][place], said["quick"][place]
        row = cheap_rows(letters, corpus.tables[number], corpus.surroundings[number])
        deep = place[worth_reading(letters, quick)]
        cheap.append(row)
        dear.append(dear_rows(row, quick, said["both"][deep]))
    return np.stack(cheap), np.stack(dear)


def fit_primary(rows: Floats, first: Numbers) -> tuple[Floats, Floats]:
    """Learn which label leads."""
    weights, offset = fit_choice(rows.astype(np.float64), first)
    return weights.astype(np.float32), offset.astype(np.float32)
