"""Lays out the labelled texts as sentences and mails with numbers, ready to be learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from classifiers.learned.foundation import Floats
from classifiers.learned.letters import BUCKETS, groups_of
from classifiers.learned.reading import MailReading, read_mail
from classifiers.learned.rows import by_surroundings, by_tables
from classifiers.learned.understanding import in_pieces
from classifiers.training.labelled import LABELS, LabelledText
from mailbot.domain.mail import Mail

RECEIVED = datetime(2026, 9, 1, 9, tzinfo=UTC)
OWN_LETTER = ("<letter-1@mailbot.example>",)


def as_mail(text: LabelledText) -> Mail:
    """Return the mail that a labelled text stands for."""
    return Mail(
        subject=text.subject,
        sender=None,
        message_id=None,
        received=RECEIVED,
        new_text=text.text,
        quoted_text=text.quoted,
        in_reply_to=OWN_LETTER if text.reply else (),
    )


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts, the sentences they hold, and what is known of both without learning."""

    texts: Sequence[LabelledText]
    sentences: tuple[str, ...]
    owner: NDArray[np.int64]
    """For each sentence, the number of the text it stands in."""
    wanted: NDArray[np.float64]
    """For each text and label, 1 where it is one."""
    tables: Floats
    surroundings: Floats
    counts: Any
    """For each sentence, its groups of letters (sparse)."""
    pieces: tuple[list[int], ...]
    """Each text as the encoder reads it."""
    places: tuple[list[tuple[int, int, int]], ...]
    """Where in the pieces each sentence stands."""

    def of(self, number: int) -> NDArray[np.int64]:
        """Return the sentences of one text."""
        left, right = np.searchsorted(self.owner, [number, number + 1])
        return np.arange(left, right)


def _counted(sentences: Sequence[str]) -> Any:
    groups = [groups_of(sentence) for sentence in sentences]
    rows = np.repeat(np.arange(len(groups)), [len(places) for places, _ in groups])
    places = np.concatenate([places for places, _ in groups])
    counts = np.concatenate([counts for _, counts in groups])
    return sparse.csr_matrix((counts, (rows, places)), shape=(len(groups), 2 * BUCKETS))


@dataclass(frozen=True, slots=True)
class _Read:
    sentences: list[str]
    tables: Floats
    around: Floats
    answers: bool


def _of_sentence(text: LabelledText) -> _Read:
    nothing = np.zeros(len(LABELS), np.float32)
    return _Read([text.text], nothing, nothing, answers=False)


def _of_mail(text: LabelledText) -> _Read:
    said: MailReading = read_mail(as_mail(text))
    quotes = bool(text.quoted)
    around = by_surroundings(LABELS, replies=text.reply, quotes=quotes, titled=said.titled_answer)
    sentences = [sentence.text for sentence in said.sentences] or [text.text]
    answers = bool(text.reply or quotes or said.titled_answer)
    return _Read(sentences, by_tables(said.reading, LABELS), around, answers)


def lay_out(texts: Sequence[LabelledText]) -> Corpus:
    """
    Cut and count the texts.

    Args:
        texts: the labelled texts.

    Returns:
        The corpus.
    """
    read = [_of_mail(text) if text.whole else _of_sentence(text) for text in texts]
    sentences = tuple(sentence for one in read for sentence in one.sentences)
    laid = [
        in_pieces(one.sentences, [0.0] * len(one.sentences), answers=one.answers) for one in read
    ]
    wanted = [[float(label in text.labels) for label in LABELS] for text in texts]
    return Corpus(
        texts=texts,
        sentences=sentences,
        owner=np.repeat(np.arange(len(texts)), [len(one.sentences) for one in read]),
        wanted=np.array(wanted),
        tables=np.stack([one.tables for one in read]),
        surroundings=np.stack([one.around for one in read]),
        counts=_counted(sentences),
        pieces=tuple(pieces for pieces, _ in laid),
        places=tuple(places for _, places in laid),
    )
