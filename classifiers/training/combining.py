"""Learns to sum up whole mails, on voices that neither stage learned from."""

import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.foundation import Floats
from classifiers.learned.rows import certainty_row, choose, dear_rows, label_rows
from classifiers.learned.stages import Stage
from classifiers.learned.tuning import Tuning
from classifiers.learned.understanding import Understanding
from classifiers.training.corpus import Corpus
from classifiers.training.fitting import fit_choice, fit_labels
from classifiers.training.labelled import FLAGS, LABELS
from classifiers.training.learning import cheap_rows_of, fit_sentences
from classifiers.training.tuner import PACES, Lessons, tune

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
FOLDS = 5
APART = 0
"""The fold of voices that a first model does not see: with it, the figures are calibrated."""
_HEATS = np.linspace(0.6, 2.5, 39)
_STRICT_LABELS = 0.3

log = logging.getLogger("train")


@dataclass(frozen=True, slots=True)
class Unseen:
    """What mails look like to models that never saw their voices."""

    mails: Numbers
    folds: Numbers
    """Parts of these mails, by voice: what sums them up is tried on the part it did not see."""
    first: Numbers
    cheap: Floats
    early: Floats
    dear: Floats
    early_flags: Floats
    """How likely each flag holds, by the first layers and by all of them: mails by flags."""
    flags: Floats


def fold_of(voice: str) -> int:
    """Put a voice in its fold: by its name, so that new files move no old one."""
    return zlib.crc32(voice.encode()) % FOLDS


def _part_of(voice: str) -> int:
    return zlib.crc32(voice.encode()) // FOLDS % FOLDS


def first_labels(corpus: Corpus) -> Numbers:
    """Return the primary label of each text; a mail that asks nothing is `other`."""
    other = LABELS.index("other")
    return np.array([LABELS.index(t.labels[0]) if t.labels else other for t in corpus.texts])


def flags_wanted(corpus: Corpus) -> Floats:
    """Return 1 for each text and flag that its writer raised, -1 where no flags were asked for."""
    wanted = [
        [float(flag in text.flags) if text.tells_flags else -1.0 for flag in FLAGS]
        for text in corpus.texts
    ]
    return np.array(wanted, np.float32)


def tune_on(corpus: Corpus, learned: Mask) -> tuple[Tuning, ...]:
    """
    Tune the encoder to some of the texts, once for each reader.

    Args:
        corpus: the texts.
        learned: which are learned from.

    Returns:
        The tunings; beside the labels they know silence, which only sentences are, and the flags.
    """
    whole = np.array([text.whole for text in corpus.texts])
    silent = corpus.wanted.sum(axis=1) == 0
    columns = [corpus.wanted, (silent & ~whole)[:, None], flags_wanted(corpus)]
    wanted = np.hstack(columns).astype(np.float32)
    wanted[silent & whole, LABELS.index("other")] = 1
    first = first_labels(corpus)
    first[silent & ~whole] = len(LABELS)
    lessons, chosen = Lessons(corpus.pieces, wanted, first, whole), np.flatnonzero(learned)
    log.info("%d readers learn from %d texts, one after the other", len(PACES), len(chosen))
    return tuple(tune(lessons, chosen, pace) for pace in PACES)


def read_rows_of(
    corpus: Corpus, tunings: Sequence[Tuning], mails: Numbers, cheap: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """
    Add what the encoder makes of mails to what the cheap stage does.

    Args:
        corpus: the texts.
        tunings: of the readers.
        mails: the numbers of the mails.
        cheap: their rows.

    Returns:
        Mails by labels by features, by the first layers and by all of them; and mails by flags.
    """
    understanding = Understanding(tunings)
    found: tuple[list[Floats], ...] = ([], [], [], [])
    for number, row in zip(mails, cheap, strict=True):
        begun = understanding.begin(
            corpus.pieces[number], corpus.places[number], len(corpus.of(number))
        )
        both = understanding.early(begun), understanding.to_the_end(begun)
        seen = [dear_rows(row, said.belong, said.lead, said.said) for said in both]
        seen += [said.flags(len(LABELS)) for said in both]
        for kept, one in zip(found, seen, strict=True):
            kept.append(one)
    early, dear, early_flags, flags = map(np.stack, found)
    return early, dear, early_flags, flags


def look_unseen(corpus: Corpus, apart: int = APART) -> Unseen:
    """
    Sum up the mails of the voices that are kept apart, by models of all other voices.

    Args:
        corpus: the texts; what is held out is neither learned from nor looked at.
        apart: the fold that is kept apart.

    Returns:
        Mails, parts and rows.
    """
    folds = np.array([fold_of(text.voice) for text in corpus.texts])
    free = np.array([not text.held_out for text in corpus.texts])
    fair = np.array([t.whole and not t.by_tables and not t.joined for t in corpus.texts])
    mails = np.flatnonzero(free & fair & (folds == apart))
    learned = free & (folds != apart)
    cheap = cheap_rows_of(corpus, fit_sentences(corpus, learned), mails)
    read = read_rows_of(corpus, tune_on(corpus, learned), mails, cheap)
    parts = np.array([_part_of(corpus.texts[number].voice) for number in mails])
    return Unseen(mails, parts, first_labels(corpus)[mails], cheap, *read)


def _heat(chances: Sequence[Floats], first: Numbers) -> float:
    """Find the temperature at which the confidences mean what they say."""
    logs = np.log(np.maximum(np.stack(chances), 1e-9))
    at = np.arange(len(first))

    def loss(heat: float) -> float:
        z = logs / heat
        return float((np.log(np.exp(z).sum(axis=1)) - z[at, first]).mean())

    return float(min(_HEATS, key=loss))


def _fit(rows: Floats, first: Numbers, wanted: Floats) -> Stage:
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
    return Stage(single[0], single[1], single[2], single[3])


def fit_summing(corpus: Corpus, unseen: Unseen, rows: Floats) -> tuple[Stage, Floats, Floats]:
    """
    Learn to sum up, and how sure that is on voices never seen.

    Args:
        corpus: the texts.
        unseen: the mails as models of other voices see them.
        rows: what the stage makes of them, mails by labels by features.

    Returns:
        The stage; and for every mail, from a stage that did not see its voice, how likely
        each label leads and how likely each belongs.
    """
    wanted = corpus.wanted[unseen.mails].astype(np.float32)
    wanted[(wanted.sum(axis=1) == 0), LABELS.index("other")] = 1
    lead = np.zeros(wanted.shape, np.float32)
    belong = np.zeros(wanted.shape, np.float32)
    for part in np.unique(unseen.folds):
        away, here = unseen.folds != part, np.flatnonzero(unseen.folds == part)
        if not away.any():
            away = ~away
        stage = _fit(rows[away], unseen.first[away], wanted[away])
        lead[here] = [stage.lead(rows[n]) for n in here]
        belong[here] = [stage.belong(rows[n]) for n in here]
    heat = _heat(list(lead), unseen.first)
    stage = _fit(rows, unseen.first, wanted)
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
