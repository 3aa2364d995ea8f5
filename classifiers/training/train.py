"""Builds the shipped model from the labelled texts: `make train`."""

import argparse
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from classifiers.learned.foundation import Floats
from classifiers.learned.judging import says_one_thing
from classifiers.learned.rows import TABLES
from classifiers.learned.stages import NEVER, Stage
from classifiers.learned.weights import FOLDER, Model, Settings, Weights, save
from classifiers.training.combining import (
    Unseen,
    fit_certainty,
    fit_summing,
    look_unseen,
    tune_on,
)
from classifiers.training.consistency import refuse_contradictions
from classifiers.training.corpus import Corpus, lay_out
from classifiers.training.joined import joined
from classifiers.training.labelled import FLAGS, LABELS, TEXTS, labelled_texts
from classifiers.training.learning import fit_sentences

VERSION = "learned 8"
_MENDED = 0.001
"""Share of mails that the dear stage would have mended where it is not asked."""
_LEAST_SETTLED = 20
_SHORT = 25
"""Words of the mails that tell how certain is enough; hardly any is as short as those it settles."""
_LEAST_RAISED = 20
"""The least chance, of a hundred, from which the encoder raises a flag by itself: words raise it too."""
_SURE_AND_WRONG = 0.009
"""Share of wrong ones among what is called sure; asked is one in a hundred on unseen mails."""
_LEAST_SURE = 100
_LEAST_FLAGGED = 5

log = logging.getLogger("train")


def enough(certain: np.ndarray, its_right: np.ndarray, dear_right: np.ndarray) -> float:
    """
    Find the certainty from which a stage may settle a mail alone.

    Args:
        certain: for each unseen mail, how certain the stage is; 0 where it may not settle it.
        its_right: whether it is right.
        dear_right: whether the dear stage is.

    Returns:
        The lowest certainty above which asking further would have mended at most one mail
        in a thousand; more than 1 where there is none.
    """
    mended = dear_right & ~its_right
    for least in np.arange(0.5, 1.0, 0.005):
        settled = certain >= least
        if settled.sum() < _LEAST_SETTLED:
            break
        if mended[settled].mean() <= _MENDED:
            return float(round(least, 3))
    return NEVER


def surely(certain: np.ndarray, right: np.ndarray) -> float:
    """
    Find the certainty from which a mail may be called sure.

    Args:
        certain: for each unseen mail, how certain the stage is that settles it.
        right: whether it is right.

    Returns:
        The lowest certainty above which hardly any is wrong; more than 1 where there is none.
    """
    order = np.argsort(-certain, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(wrong <= _SURE_AND_WRONG)
    if not len(good) or good[-1] + 1 < _LEAST_SURE:
        return NEVER
    return round(float(certain[order][good[-1]]), 4)


def raised_from(chance: np.ndarray, wanted: np.ndarray) -> float:
    """
    Find the chance from which a flag is raised.

    Args:
        chance: for each unseen mail, how likely the flag holds.
        wanted: whether it does.

    Returns:
        Where most are found at the least that are raised in vain (F1); more than 1 where too few
        mails have it to tell.
    """
    if wanted.sum() < _LEAST_FLAGGED:
        return NEVER
    tried = np.arange(_LEAST_RAISED, 95, 5) / 100
    both = np.array([(wanted & (chance >= least)).sum() for least in tried])
    raised = np.array([(chance >= least).sum() for least in tried])
    return float(tried[(2 * both / (wanted.sum() + raised)).argmax()])


@dataclass(frozen=True, slots=True)
class _Tried:
    """A stage, tried on the voices kept apart by one that did not see them."""

    stage: Stage
    lead: Floats
    belong: Floats
    right: np.ndarray
    certain: Floats

    @property
    def says(self) -> np.ndarray:
        """For each mail, the label that leads."""
        return self.lead.argmax(axis=1)


def _tried(corpus: Corpus, unseen: Unseen, rows: Floats, other: np.ndarray | None) -> _Tried:
    """Learn one stage; *other* is what another voice says of each mail: none is the word tables'."""
    stage, lead, belong = fit_summing(corpus, unseen, rows)
    says = lead.argmax(axis=1)
    agree = (rows[:, :, TABLES].argmax(axis=1) if other is None else other) == says
    right = says == unseen.first
    stage = replace(stage, certainty=fit_certainty(lead, belong, agree, right))
    certain = [
        stage.certain(*two, agrees=bool(same))
        for *two, same in zip(lead, belong, agree, strict=True)
    ]
    return _Tried(stage, lead, belong, right, np.array(certain, np.float32))


@dataclass(frozen=True, slots=True)
class Stages:
    """What all stages learned, and from where a mail may be called sure."""

    cheap: Stage
    early: Stage
    dear: Stage
    surely: float
    flags: dict[str, float]
    """From which chance each flag is raised."""


def _settled(corpus: Corpus, unseen: Unseen) -> Stages:
    """Learn to sum up, and how sure each stage may be, on the voices kept apart."""
    cheap = _tried(corpus, unseen, unseen.cheap, None)
    early = _tried(corpus, unseen, unseen.early, cheap.says)
    dear = _tried(corpus, unseen, unseen.dear, cheap.says)
    sizes = np.array([len(sentence.split()) for sentence in corpus.sentences])
    short = [sizes[corpus.of(number)].sum() <= _SHORT for number in unseen.mails]
    plain = [
        says_one_thing(LABELS, *three)
        for three in zip(unseen.early, early.lead, early.belong, strict=True)
    ]
    certain, right, flags, enoughs = dear.certain, dear.right, unseen.flags, []
    # From the last stage to the first: what a stage settles, those after it are not asked.
    for stage, may in ((early, plain), (cheap, short)):
        least = enough(np.where(may, stage.certain, 0), stage.right, dear.right)
        settled = np.array(may) & (stage.certain >= least)
        certain = np.where(settled, stage.certain, certain)
        right = np.where(settled, stage.right, right)
        if stage is early:
            flags = np.where(settled[:, None], unseen.early_flags, flags)
        enoughs.append(least)
        log.info("from %.3f on settled: %.3f", least, settled.mean())
    found = [one.right.mean() for one in (cheap, early, dear)]
    log.info("on voices apart: %.3f, %.3f, %.3f; all %.3f", *found, right.mean())
    return Stages(
        cheap=replace(cheap.stage, enough=enoughs[1]),
        early=replace(early.stage, enough=enoughs[0]),
        dear=dear.stage,
        surely=surely(certain, right),
        flags=_raised(corpus, unseen, flags),
    )


def _raised(corpus: Corpus, unseen: Unseen, chances: Floats) -> dict[str, float]:
    """Find from which chance each flag is raised, on the voices kept apart."""
    found = {}
    for flag, chance in zip(FLAGS, chances.T, strict=True):
        wanted = np.array([flag in corpus.texts[number].flags for number in unseen.mails])
        found[flag] = least = raised_from(chance, wanted)
        told = (wanted.sum(), (chance >= least).sum(), (wanted & (chance >= least)).sum())
        log.info("%s from %.2f on: %d labelled, %d raised, %d both", flag, least, *told)
    return found


def build(corpus: Corpus) -> Model:
    """
    Learn everything.

    Args:
        corpus: the texts; those held out are not learned from.

    Returns:
        The model, ready to be saved.
    """
    learned = np.array([not text.held_out for text in corpus.texts])
    # Neither needs the other, and the library lets go of the interpreter: two cores, half the time.
    with ThreadPoolExecutor(2) as hands:
        apart = hands.submit(look_unseen, corpus)
        tunings = hands.submit(tune_on, corpus, learned).result()
    unseen = apart.result()
    stages = _settled(corpus, unseen)
    letters = fit_sentences(corpus, learned)
    return Model(
        weights=Weights(letters.rarity, letters.weights, letters.offset),
        settings=Settings(VERSION, LABELS, stages.surely, stages.flags),
        cheap=stages.cheap,
        early=stages.early,
        dear=stages.dear,
        tunings=tunings,
    )


def main() -> None:
    """Read the texts, learn, save."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=Path, default=TEXTS)
    options.add_argument("--into", type=Path, default=FOLDER)
    chosen = options.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    begun = time.perf_counter()
    texts = labelled_texts(chosen.texts)
    refuse_contradictions(texts)
    corpus = lay_out([*texts, *joined(texts)])
    log.info(
        "%d texts, %d sentences, %.0f s",
        len(texts),
        len(corpus.sentences),
        time.perf_counter() - begun,
    )
    model = build(corpus)
    save(model, chosen.into)
    log.info("learned in %.0f s: %s", time.perf_counter() - begun, model.settings)


if __name__ == "__main__":
    main()
