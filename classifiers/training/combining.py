"""Learns to sum up whole mails, on voices whose sentences were not learned from."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.meaning import Floats
from classifiers.learned.rows import belongs, certainty_row, choose, label_rows
from classifiers.training.corpus import Corpus
from classifiers.training.fitting import fit_choice, fit_labels
from classifiers.training.labelled import LABELS
from classifiers.training.learning import SentenceModel, fit_sentences, rows_of

Numbers = NDArray[np.int64]
FOLDS = 5
_HEATS = np.linspace(0.6, 2.5, 39)
_STRICT_LABELS = 0.3


@dataclass(frozen=True, slots=True)
class Summing:
    """The numbers of one stage: which label leads, which belong, and how sure that is."""

    choice: Floats
    choice_offset: Floats
    label: Floats
    label_offset: Floats
    heat: float = 1.0
    certainty: tuple[float, ...] = ()

    def lead(self, row: Floats) -> Floats:
        """Say how likely each label is the primary one of a mail."""
        return choose(row, self.choice, self.choice_offset, self.heat)

    def belong(self, row: Floats) -> Floats:
        """Say how likely each label belongs to a mail."""
        return belongs(row, self.lead(row), self.label, self.label_offset)


@dataclass(frozen=True, slots=True)
class Unseen:
    """What the mails of each voice look like to models that never saw that voice."""

    mails: Numbers
    folds: Numbers
    first: Numbers
    cheap: Floats
    dear: Floats


def fold_of(voice: str) -> int:
    """Put a voice in its fold: by its name, so that new files move no old one."""
    return zlib.crc32(voice.encode()) % FOLDS


def first_labels(corpus: Corpus) -> Numbers:
    """Return the primary label of each text; a mail that asks nothing is `other`."""
    other = LABELS.index("other")
    return np.array([LABELS.index(t.labels[0]) if t.labels else other for t in corpus.texts])


def look_unseen(corpus: Corpus) -> Unseen:
    """
    Sum up every mail that may be learned from by sentence models of the other voices.

    Args:
        corpus: the texts.

    Returns:
        Mails, folds and rows.
    """
    folds = np.array([fold_of(text.voice) for text in corpus.texts])
    open_texts = np.array([not text.held_out for text in corpus.texts])
    whole = np.array([text.whole for text in corpus.texts])
    mails, cheap, dear = [], [], []
    for fold in range(FOLDS):
        chosen = np.flatnonzero(open_texts & whole & (folds == fold))
        if not len(chosen):
            continue
        model = fit_sentences(corpus, open_texts & (folds != fold))
        rows = rows_of(corpus, model, chosen)
        mails.append(chosen)
        cheap.append(rows[0])
        dear.append(rows[1])
    numbers = np.concatenate(mails)
    first = first_labels(corpus)[numbers]
    return Unseen(numbers, folds[numbers], first, np.concatenate(cheap), np.concatenate(dear))


def _heat(chances: Sequence[Floats], first: Numbers) -> float:
    """Find the temperature at which the confidences mean what they say."""
    logs = np.log(np.maximum(np.stack(chances), 1e-9))
    at = np.arange(len(first))

    def loss(heat: float) -> float:
        z = logs / heat
        return float((np.log(np.exp(z).sum(axis=1)) - z[at, first]).mean())

    return float(min(_HEATS, key=loss))


def _fit(rows: Floats, first: Numbers, wanted: Floats) -> Summing:
    exact = fit_choice(rows.astype(np.float64), first)
    choice, offset = exact[0].astype(np.float32), exact[1].astype(np.float32)
    cold = [choose(row, choice, offset, 1.0) for row in rows]
    stacked = np.concatenate(
        [label_rows(row, chosen) for row, chosen in zip(rows, cold, strict=True)]
    )
    flat = wanted.reshape(-1, 1).astype(np.float64)
    label, label_offset = fit_labels(stacked, flat, np.ones_like(flat), _STRICT_LABELS, 200)
    found = (choice, offset, label, label_offset)
    single = [numbers.astype(np.float32) for numbers in found]
    return Summing(single[0], single[1], single[2], single[3])


def fit_summing(corpus: Corpus, unseen: Unseen, *, dear: bool) -> tuple[Summing, Floats, Floats]:
    """
    Learn to sum up, and how sure that is on voices never seen.

    Mails that the word tables were made with teach nothing here: they would teach to believe
    the tables more than they deserve on the mail of strangers.

    Args:
        corpus: the texts.
        unseen: the mails as models of other voices see them.
        dear: whether the encoders have spoken.

    Returns:
        The stage; and for every mail, from a stage that did not see its voice, how likely
        each label leads and how likely each belongs.
    """
    rows = unseen.dear if dear else unseen.cheap
    wanted = corpus.wanted[unseen.mails].astype(np.float32)
    wanted[(wanted.sum(axis=1) == 0), LABELS.index("other")] = 1
    fair = np.array([not corpus.texts[number].by_tables for number in unseen.mails])
    lead = np.zeros(wanted.shape, np.float32)
    belong = np.zeros(wanted.shape, np.float32)
    for fold in range(FOLDS):
        away = fair & (unseen.folds != fold)
        here = np.flatnonzero(unseen.folds == fold)
        if not (away.any() and len(here)):
            continue
        stage = _fit(rows[away], unseen.first[away], wanted[away])
        lead[here] = [stage.lead(rows[n]) for n in here]
        belong[here] = [stage.belong(rows[n]) for n in here]
    heat = _heat(list(lead[fair]), unseen.first[fair])
    stage = _fit(rows[fair], unseen.first[fair], wanted[fair])
    warm = lead ** (1 / heat)
    warm /= warm.sum(axis=1, keepdims=True)
    return replace(stage, heat=heat), warm, belong


def fit_certainty(
    lead: Floats, belong: Floats, agree: NDArray[np.bool_], right: NDArray[np.bool_]
) -> tuple[float, ...]:
    """
    Learn when the leading label is right.

    Args:
        lead: for each unseen mail, how likely each label leads.
        belong: how likely each belongs.
        agree: whether the other voice names the same label.
        right: whether the leading label is the true one.

    Returns:
        Weights and offset for `certainty`.
    """
    rows = np.stack(
        [
            certainty_row(one, two, agrees=bool(three))
            for one, two, three in zip(lead, belong, agree, strict=True)
        ]
    )
    wanted = right.reshape(-1, 1).astype(np.float64)
    weights, offset = fit_labels(rows, wanted, np.ones_like(wanted), 0.1, 200)
    return (*(round(float(w), 4) for w in weights.ravel()), round(float(offset[0]), 4))


def sentence_model(corpus: Corpus) -> SentenceModel:
    """Learn from every voice that is not held out."""
    return fit_sentences(corpus, np.array([not text.held_out for text in corpus.texts]))
