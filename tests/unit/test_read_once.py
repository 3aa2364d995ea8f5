"""The encoder reads no part of a mail twice, and of a mail that nobody wrote no part by itself."""

from collections.abc import Sequence

import pytest

from classifiers.learned.judging import ask_encoder, by_cheap_means
from classifiers.learned.reading import read_mail
from classifiers.learned.rows import loudness
from classifiers.learned.understanding import Begun, Understanding, in_pieces
from classifiers.learned.weights import Model, load
from classifiers.training.corpus import as_mail
from classifiers.training.labelled import labelled_texts


class Remembering(Understanding):
    """The encoder, which remembers what it read."""

    def __init__(self, model: Model) -> None:
        super().__init__(model.tunings)
        self.read: list[tuple[int, ...]] = []

    def begin(
        self, pieces: Sequence[int], places: Sequence[tuple[int, int, int]], sentences: int
    ) -> Begun:
        """Begin with one mail, or a part of one."""
        self.read.append(tuple(pieces))
        return super().begin(pieces, places, sentences)


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


@pytest.fixture(scope="module")
def encoder(model: Model) -> Remembering:
    return Remembering(model)


def readings(model: Model, encoder: Remembering, *, by_person: bool) -> list[list[tuple[int, ...]]]:
    """Have labelled mails judged, and say of each what the encoder read."""
    found = []
    for text in [text for text in labelled_texts() if text.whole and len(text.labels) > 1][::60]:
        said = read_mail(as_mail(text))
        if len(said.sentences) > 2:
            cheap = by_cheap_means(model, said, replies=False, quotes=False)
            encoder.read.clear()
            texts = [sentence.text for sentence in said.sentences]
            laid = in_pieces(texts, loudness(cheap.letters), answers=False)
            begun = encoder.begin(*laid, len(texts))
            ask_encoder(model, encoder, begun, said, cheap, by_person=by_person)
            found.append(list(encoder.read))
    return found


def test_nothing_is_read_twice(model: Model, encoder: Remembering) -> None:
    """A mail is read once, and once more without its wish where a breach is just conceivable."""
    looks = readings(model, encoder, by_person=True)
    assert {len(read) for read in looks} <= {1, 2}
    assert all(len(set(read)) == len(read) for read in looks)


def test_what_nobody_wrote_is_read_as_a_whole_alone(model: Model, encoder: Remembering) -> None:
    """An absence or a bounce asks for nothing, whatever its sentences say."""
    assert all(len(read) == 1 for read in readings(model, encoder, by_person=False))
