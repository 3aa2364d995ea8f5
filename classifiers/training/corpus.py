"""Lays out the labelled texts as sentences and mails with numbers, ready to be learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from classifiers.learned.letters import BUCKETS, groups_of
from classifiers.learned.meaning import Floats
from classifiers.learned.reading import MailReading, read_mail
from classifiers.learned.rows import by_surroundings, by_tables
from classifiers.training.encoded import Encoded
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
    quick: Floats
    deep: Floats

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


def _of_sentence(text: LabelledText) -> tuple[list[str], Floats, Floats]:
    nothing = np.zeros(len(LABELS), np.float32)
    return [text.text], nothing, nothing


def _of_mail(text: LabelledText) -> tuple[list[str], Floats, Floats]:
    said: MailReading = read_mail(as_mail(text))
    around = by_surroundings(
        LABELS, replies=text.reply, quotes=bool(text.quoted), titled=said.titled_answer
    )
    sentences = [sentence.text for sentence in said.sentences] or [text.text]
    return sentences, by_tables(said.reading, LABELS), around


def lay_out(texts: Sequence[LabelledText], encoded: Encoded) -> Corpus:
    """
    Cut, count and encode the texts.

    Args:
        texts: the labelled texts.
        encoded: the encoders, with what they said before.

    Returns:
        The corpus.
    """
    read = [_of_mail(text) if text.whole else _of_sentence(text) for text in texts]
    sentences = tuple(sentence for found, _, _ in read for sentence in found)
    quick, deep = encoded("quick", sentences), encoded("deep", sentences)
    encoded.keep()
    wanted = [[float(label in text.labels) for label in LABELS] for text in texts]
    return Corpus(
        texts=texts,
        sentences=sentences,
        owner=np.repeat(np.arange(len(texts)), [len(found) for found, _, _ in read]),
        wanted=np.array(wanted),
        tables=np.stack([tables for _, tables, _ in read]),
        surroundings=np.stack([around for _, _, around in read]),
        counts=_counted(sentences),
        quick=quick,
        deep=deep,
    )
