"""Builds the shipped model from the labelled texts: `make train`."""

import argparse
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from classifiers.learned.foundation import Floats
from classifiers.learned.rows import TABLES, certainty, certainty_row
from classifiers.learned.weights import FOLDER, Model, Settings, Weights, save
from classifiers.training.combining import (
    Summing,
    Unseen,
    fit_certainty,
    fit_summing,
    look_unseen,
    tune_on,
)
from classifiers.training.consistency import refuse_contradictions
from classifiers.training.corpus import Corpus, lay_out
from classifiers.training.joined import joined
from classifiers.training.labelled import LABELS, TEXTS, labelled_texts
from classifiers.training.learning import SentenceModel, fit_sentences

VERSION = "learned 5"
_MENDED = 0.01
"""Share of mails that the dear stage would have mended where it is not asked."""
_LEAST_SETTLED = 20
_SHORT = 25
"""Words of the mails that tell how certain is enough; hardly any is as short as those it settles."""
_SURE_AND_WRONG = 0.005
"""Share of wrong ones among what is called sure; asked is one in a hundred on unseen mails."""
_LEAST_SURE = 100

log = logging.getLogger("train")


def enough(certain: np.ndarray, cheap_right: np.ndarray, dear_right: np.ndarray) -> float:
    """
    Find the certainty from which the cheap stage may settle a mail alone.

    Args:
        certain: for each unseen mail, how certain the cheap stage is.
        cheap_right: whether it is right.
        dear_right: whether the dear stage is.

    Returns:
        The lowest certainty above which asking further would have mended at most one mail
        in a hundred; more than 1 where there is none.
    """
    mended = dear_right & ~cheap_right
    for least in np.arange(0.5, 1.0, 0.005):
        settled = certain >= least
        if settled.sum() < _LEAST_SETTLED:
            break
        if mended[settled].mean() <= _MENDED:
            return float(round(least, 3))
    return 1.01


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
        return 1.01
    return round(float(certain[order][good[-1]]), 4)


def _certain(lead: Floats, belong: Floats, agree: np.ndarray, weights: tuple[float, ...]) -> Floats:
    rows = zip(lead, belong, agree, strict=True)
    return np.array(
        [certainty(certainty_row(*two, agrees=bool(same)), weights) for *two, same in rows],
        np.float32,
    )


def _weights(model: SentenceModel, cheap: Summing, dear: Summing) -> Weights:
    return Weights(
        rarity=model.rarity,
        letters=model.weights,
        letters_offset=model.offset,
        cheap_choice=cheap.choice,
        cheap_choice_offset=cheap.choice_offset,
        cheap_label=cheap.label,
        cheap_label_offset=cheap.label_offset,
        dear_choice=dear.choice,
        dear_choice_offset=dear.choice_offset,
        dear_label=dear.label,
        dear_label_offset=dear.label_offset,
    )


def _settled(corpus: Corpus, unseen: Unseen) -> tuple[Settings, Summing, Summing]:
    """Learn to sum up, and how sure each stage may be, on the voices kept apart."""
    cheap, cheap_lead, cheap_belong = fit_summing(corpus, unseen, dear=False)
    dear, dear_lead, dear_belong = fit_summing(corpus, unseen, dear=True)
    cheap_right = cheap_lead.argmax(axis=1) == unseen.first
    dear_right = dear_lead.argmax(axis=1) == unseen.first
    by_tables = unseen.cheap[:, :, TABLES].argmax(axis=1) == cheap_lead.argmax(axis=1)
    agree = cheap_lead.argmax(axis=1) == dear_lead.argmax(axis=1)
    cheap_weights = fit_certainty(cheap_lead, cheap_belong, by_tables, cheap_right)
    dear_weights = fit_certainty(dear_lead, dear_belong, agree, dear_right)
    certain = _certain(cheap_lead, cheap_belong, by_tables, cheap_weights)
    sizes = np.array([len(sentence.split()) for sentence in corpus.sentences])
    short = [sizes[corpus.of(number)].sum() <= _SHORT for number in unseen.mails]
    certain = np.where(short, certain, 0)
    least = enough(certain, cheap_right, dear_right)
    settled = certain >= least
    dear_certain = _certain(dear_lead, dear_belong, agree, dear_weights)
    log.info("on voices apart: %.3f, cheap stage %.3f", dear_right.mean(), cheap_right.mean())
    settings = Settings(
        version=VERSION,
        labels=LABELS,
        enough=least,
        surely=surely(
            np.where(settled, certain, dear_certain), np.where(settled, cheap_right, dear_right)
        ),
        cheap_heat=cheap.heat,
        dear_heat=dear.heat,
        cheap_certainty=cheap_weights,
        dear_certainty=dear_weights,
    )
    return settings, cheap, dear


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
        tuning = hands.submit(tune_on, corpus, learned).result()
    unseen = apart.result()
    settings, cheap, dear = _settled(corpus, unseen)
    sentences = fit_sentences(corpus, learned)
    return Model(_weights(sentences, cheap, dear), settings, tuning)


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
