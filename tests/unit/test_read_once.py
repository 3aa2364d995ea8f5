"""The encoder reads no part of a mail twice, and of a mail that nobody wrote no part by itself."""

from collections.abc import Sequence

import pytest

from classifiers.learned.judging import ask_encoder, by_cheap_means
from classifiers.learned.reading import read_mail
from classifiers.learned.understanding import Understanding, Understood
from classifiers.learned.weights import Model, load
from classifiers.training.corpus import as_mail
from classifiers.training.labelled import labelled_texts


class Remembering(Understanding):
    """The encoder, which remembers what it read."""

    def __init__(self, model: Model) -> None:
        super().__init__(model.tuning)
        self.read: list[tuple[str, ...]] = []

    def __call__(
        self, sentences: Sequence[str], loudness: Sequence[float], *, answers: bool
    ) -> Understood:
        """Read one mail."""
        self.read.append(tuple(sentences))
        return super().__call__(sentences, loudness, answers=answers)


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


@pytest.fixture(scope="module")
def encoder(model: Model) -> Remembering:
    return Remembering(model)


def readings(model: Model, encoder: Remembering, *, by_person: bool) -> list[list[tuple[str, ...]]]:
    """Have labelled mails judged, and say of each what the encoder read."""
    found = []
    for text in [text for text in labelled_texts() if text.whole and len(text.labels) > 1][::60]:
        said = read_mail(as_mail(text))
        if len(said.sentences) > 2:
            cheap = by_cheap_means(model, said, replies=False, quotes=False)
            encoder.read.clear()
            ask_encoder(model, encoder, said, cheap, by_person=by_person)
            found.append(list(encoder.read))
    return found


def test_nothing_is_read_twice(model: Model, encoder: Remembering) -> None:
    """Two wishes that are looked for in the same sentence cost one look."""
    looks = readings(model, encoder, by_person=True)
    assert any(len(read) > 1 for read in looks)
    assert all(len(set(read[1:])) == len(read[1:]) for read in looks)


def test_what_nobody_wrote_is_read_as_a_whole_alone(model: Model, encoder: Remembering) -> None:
    """An absence or a bounce asks for nothing, whatever its sentences say."""
    assert all(len(read) == 1 for read in readings(model, encoder, by_person=False))
