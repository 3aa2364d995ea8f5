"""Trains a candidate: a model from the shipped texts and what officers of a board corrected."""

import logging
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from classifiers.folding import fold
from classifiers.learned.weights import FOLDER, save
from classifiers.training.consistency import refuse_contradictions
from classifiers.training.corpus import lay_out
from classifiers.training.joined import joined
from classifiers.training.labelled import TEXTS, LabelledText, labelled_texts
from classifiers.training.train import build

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VOICES = 2
"""In so many voices a word stands without a capital before it counts as a word and no name."""
_NOUNS = "de"
"""German writes every noun with a capital, so there a word may have one."""
_GERMAN_VOICES = 3

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
    log.info("%d sentences; now the model learns, which takes a while", len(corpus.sentences))
    model = build(corpus)
    save(replace(model, settings=replace(model.settings, version=name)), into)
    log.info("the candidate lies in %s", into)


@cache
def plain_words() -> frozenset[str]:
    """Return the words of the shipped texts that are certainly no names, folded."""
    return words_of(labelled_texts())


def words_of(texts: Iterable[LabelledText]) -> frozenset[str]:
    """Return what several voices write without a capital; in German also with one."""
    small: dict[str, set[str]] = defaultdict(set)
    nouns: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for word in set(_WORD.findall(f"{text.subject}\n{text.text}")):
            if not word[0].isupper():
                small[fold(word)].add(text.voice)
            elif text.language == _NOUNS:
                nouns[fold(word)].add(text.voice)
    said = {word for word, voices in small.items() if len(voices) >= _VOICES}
    return frozenset(said | {w for w, voices in nouns.items() if len(voices) >= _GERMAN_VOICES})
