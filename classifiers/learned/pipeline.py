"""The spaCy pipeline: sentences, cheap judgement, dear judgement, kinds and their evidence."""

from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from classifiers.learned.judging import Judgement, ask_encoder, by_cheap_means
from classifiers.learned.reading import MailReading
from classifiers.learned.understanding import Understanding
from classifiers.learned.weights import Model

READ, REPLIES, QUOTES, JUDGEMENT = "mail_read", "mail_replies", "mail_quotes", "mail_judgement"
SENTENCES, EVIDENCE = "mail_sentences", "mail_evidence"
_MOST_EVIDENCE = 2
_BESIDE = 1 / 3
"""What a second sentence must give of what the first gave: else it is marked for nothing."""


def _spans(doc: Doc, read: MailReading) -> list[Span]:
    """Return the sentences of the text as spans; the subject stands outside it."""
    spans = [
        doc.char_span(s.start, s.end, alignment_mode="expand")
        for s in read.sentences
        if s.start >= 0
    ]
    return [span for span in spans if span is not None]


def sentences(doc: Doc) -> Doc:
    """Mark the sentences."""
    doc.spans[SENTENCES] = filter_spans(_spans(doc, doc.user_data[READ]))
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
    """Asks the encoder where the cheap stage was not sure."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._understanding = Understanding(model.tuning)

    def __call__(self, doc: Doc) -> Doc:
        """Settle the judgement."""
        cheap: Judgement = doc.user_data[JUDGEMENT]
        if not cheap.settled:
            doc.user_data[JUDGEMENT] = ask_encoder(
                self._model, self._understanding, doc.user_data[READ], cheap
            )
        return doc


class Kinds:
    """Writes the labels into `doc.cats` and the sentences that led to them beside them."""

    def __init__(self, model: Model) -> None:
        self._labels = model.settings.labels

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc.cats` and the evidence."""
        judgement: Judgement = doc.user_data[JUDGEMENT]
        read: MailReading = doc.user_data[READ]
        doc.cats = {
            label: float(chance)
            for label, chance in zip(self._labels, judgement.belong, strict=True)
        }
        evidence: dict[str, list[tuple[int, str]]] = {}
        for number, label in enumerate(self._labels):
            said = judgement.said[:, number]
            order = np.argsort(-said, kind="stable")[:_MOST_EVIDENCE]
            beside = [place for place in order[1:] if said[place] >= _BESIDE * said[order[0]] > 0]
            chosen = [read.sentences[place] for place in (*order[:1], *beside)]
            evidence[label] = [(one.start, one.text) for one in chosen]
        doc.user_data[EVIDENCE] = evidence
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


def document(nlp: Language, read: MailReading, *, replies: bool, quotes: bool) -> Doc:
    """Return the document of one mail, ready to go through the pipeline."""
    doc = nlp.make_doc(read.text)
    doc.user_data.update({READ: read, REPLIES: replies, QUOTES: quotes})
    return doc
