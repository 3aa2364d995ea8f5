"""Trains a candidate: a model from the shipped texts and what officers of a board corrected."""

import logging
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from classifiers.learned.weights import FOLDER, save
from classifiers.training.consistency import refuse_contradictions
from classifiers.training.corpus import lay_out
from classifiers.training.joined import joined
from classifiers.training.labelled import TEXTS, LabelledText, labelled_texts
from classifiers.training.train import build

log = logging.getLogger("train")


class ShippedModel(ValueError):
    """A candidate was to be written over the model that is shipped."""


def with_lessons(lessons: Path, texts: Path = TEXTS) -> list[LabelledText]:
    """
    Read the shipped texts and those of a board as one more voice.

    Args:
        lessons: the file that `mailbot learn export` wrote.
        texts: the folder of the shipped texts.

    Raises:
        LabelUnknown: a text names a label that does not exist.
        LabelsContradict: two labels, or two texts, cannot both be right.
    """
    with TemporaryDirectory() as folder:
        place = Path(folder) / "board"
        place.mkdir()
        shutil.copy(lessons, place / "board.toml")
        found = [*labelled_texts(texts), *labelled_texts(Path(folder))]
    refuse_contradictions(found)
    return found


def train_candidate(lessons: Path, into: Path, name: str, texts: Path = TEXTS) -> None:
    """
    Learn a candidate and write it into a folder of its own.

    Args:
        lessons: the file that `mailbot learn export` wrote.
        into: the folder of the candidate.
        name: what it calls itself beside every mail it judges.
        texts: the folder of the shipped texts.

    Raises:
        ShippedModel: the folder is the one of the shipped model.
    """
    if into.resolve() == FOLDER.resolve():
        raise ShippedModel(f"{into} holds the shipped model; name another folder")
    found = with_lessons(lessons, texts)
    log.info("%d texts are read; now they are cut and counted", len(found))
    corpus = lay_out([*found, *joined(found)])
    log.info("%d sentences; now the model learns, for hours", len(corpus.sentences))
    model = build(corpus)
    save(replace(model, settings=replace(model.settings, version=name)), into)
    log.info("the candidate lies in %s", into)
