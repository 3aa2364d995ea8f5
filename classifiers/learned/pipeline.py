"""The spaCy pipeline: sentences, cheap judgement, dear judgement, kinds and their evidence."""

from collections.abc import Iterator
from itertools import compress
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from classifiers.learned.judging import (
    Judgement,
    ask_encoder,
    by_cheap_means,
    by_first_layers,
)
from classifiers.learned.reading import MailReading
from classifiers.learned.rows import loudness
from classifiers.learned.understanding import Understanding, in_pieces
from classifiers.learned.weights import Model

READ, REPLIES, QUOTES, JUDGEMENT = "mail_read", "mail_replies", "mail_quotes", "mail_judgement"
SENTENCES, EVIDENCE, BY_PERSON = "mail_sentences", "mail_evidence", "mail_by_person"
_MOST_EVIDENCE = 2
_BESIDE = 1 / 3
"""What a second sentence must give of what the first gave: else it is marked for nothing."""


def sentences(doc: Doc) -> Doc:
    """Mark the sentences; the subject stands outside the text."""
    read: MailReading = doc.user_data[READ]
    places = [(one.start, one.end) for one in read.sentences if one.start >= 0]
    doc.spans[SENTENCES] = [span for place in places if (span := doc.char_span(*place))]
    return doc


class CheapStage:
    """Judges by letters and word tables."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __call__(self, doc: Doc) -> Doc:
        """Leave a judgement, settled or not."""
        doc.user_data[JUDGEMENT] = by_cheap_means(
            self._model,
            doc.user_data[READ],
            replies=doc.user_data[REPLIES],
            quotes=doc.user_data[QUOTES],
        )
        return doc


class DearStage:
    """Asks the encoder where the cheap stage was not sure, and as far as it must."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._understanding = Understanding(model.tunings)

    def __call__(self, doc: Doc) -> Doc:
        """Settle the judgement."""
        cheap: Judgement = doc.user_data[JUDGEMENT]
        read: MailReading = doc.user_data[READ]
        if cheap.settled or not read.sentences:
            return doc
        texts = [sentence.text for sentence in read.sentences]
        laid = in_pieces(texts, loudness(cheap.letters), answers=cheap.answers)
        begun = self._understanding.begin(*laid, len(texts))
        early = by_first_layers(self._model, self._understanding.early(begun), cheap)
        if not early.settled:
            early = ask_encoder(
                self._model,
                self._understanding,
                begun,
                read,
                cheap,
                by_person=doc.user_data[BY_PERSON],
            )
        doc.user_data[JUDGEMENT] = early
        return doc


class Kinds:
    """Writes the labels into `doc.cats` and the sentences that led to them beside them."""

    def __init__(self, model: Model) -> None:
        self._labels = model.settings.labels

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc.cats` and the evidence."""
        judgement: Judgement = doc.user_data[JUDGEMENT]
        read: MailReading = doc.user_data[READ]
        doc.cats = dict(zip(self._labels, judgement.belong.tolist(), strict=True))
        order = np.argsort(-judgement.said, axis=0, kind="stable")[:_MOST_EVIDENCE]
        said = np.take_along_axis(judgement.said, order, axis=0)
        least = _BESIDE * said[:1]
        shown = (said >= least) & (least > 0)
        shown[:1] = True
        marks = [(one.start, one.text) for one in read.sentences]
        found = zip(self._labels, order.T.tolist(), shown.T.tolist(), strict=True)
        doc.user_data[EVIDENCE] = {
            label: [marks[place] for place in compress(places, fits)]
            for label, places, fits in found
        }
        return doc


def build(model: Model) -> Language:
    """
    Put the pipeline together.

    Args:
        model: what was learned.

    Returns:
        A pipeline for any language; give it documents that `document` made.
    """
    nlp = spacy.blank("xx")
    steps: tuple[tuple[str, Any], ...] = (
        ("mail_sentences", sentences),
        ("mail_cheap", CheapStage(model)),
        ("mail_dear", DearStage(model)),
        ("mail_kinds", Kinds(model)),
    )
    for name, step in steps:
        # The steps hold what was learned, so they are registered where they are made.
        Language.component(name, func=step)
        nlp.add_pipe(name)
    return nlp


def document(read: MailReading, *, replies: bool, quotes: bool, by_person: bool) -> Doc:
    """
    Return the document of one mail, ready to go through the pipeline.

    Its tokens are the sentences and what stands between them, for nothing smaller is asked for.
    Its vocabulary is its own: a common one would keep every word of every mail.
    """
    words = list(_tokens(read))
    doc = Doc(Vocab(), words=words, spaces=[False] * len(words))
    doc.user_data.update({READ: read, REPLIES: replies, QUOTES: quotes, BY_PERSON: by_person})
    return doc


def _tokens(read: MailReading) -> Iterator[str]:
    at = 0
    for one in read.sentences:
        if one.start >= 0:
            yield from filter(None, (read.text[at : one.start], one.text))
            at = one.end
    yield from filter(None, (read.text[at:],))
