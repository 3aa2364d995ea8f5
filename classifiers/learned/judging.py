"""Judges a mail in two stages: letters and word tables first, the encoders where that is unsure."""

from dataclasses import dataclass

import numpy as np

from classifiers.learned.meaning import Floats, deep_meaning, quick_meaning
from classifiers.learned.reading import MailReading
from classifiers.learned.rows import (
    TABLES,
    belongs,
    by_letters,
    by_surroundings,
    by_tables,
    certainty,
    certainty_row,
    cheap_rows,
    choose,
    dear_rows,
    joined,
    scaled,
    worth_reading,
)
from classifiers.learned.weights import Model
from mailbot.domain.kinds import Kind

BREACH_DOUBT = 0.02
"""From this chance of a breach the encoders are asked however sure the rest is."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model believes of one mail."""

    lead: Floats
    """How likely each label is the primary one."""
    certain: float
    """How likely the first of them is right."""
    belong: Floats
    """How likely each label belongs to the mail."""
    said: Floats
    """How much each sentence speaks for each label: the evidence."""
    rows: Floats
    letters: Floats
    settled: bool
    """Whether the cheap stage was sure enough."""


def by_cheap_means(model: Model, read: MailReading, *, replies: bool, quotes: bool) -> Judgement:
    """
    Judge by letters, word tables and surroundings.

    Args:
        model: what was learned.
        read: the mail.
        replies: whether headers or a number say that it answers us.
        quotes: whether something is quoted below.

    Returns:
        The judgement, settled or not.
    """
    w, settings = model.weights, model.settings
    labels = settings.labels
    said = np.zeros((len(read.sentences), len(labels)), np.float32)
    for number, sentence in enumerate(read.sentences):
        said[number] = by_letters(sentence.text, w.rarity, w.letters, w.letters_offset)
    around = by_surroundings(labels, replies=replies, quotes=quotes, titled=read.titled_answer)
    rows = cheap_rows(said, by_tables(read.reading, labels), around)
    lead = choose(rows, w.cheap_choice, w.cheap_choice_offset, settings.cheap_heat)
    belong = belongs(rows, lead, w.cheap_label, w.cheap_label_offset)
    breach = labels.index(Kind.BREACH.value)
    agrees = bool(rows[:, TABLES].argmax() == lead.argmax())
    row = certainty_row(lead, belong, agrees=agrees)
    certain = certainty(row, settings.cheap_certainty)
    sure = certain >= settings.enough
    doubtful = lead.argmax() != breach and float(belong[breach]) >= BREACH_DOUBT
    return Judgement(lead, certain, belong, said, rows, said, settled=bool(sure and not doubtful))


def ask_encoders(model: Model, read: MailReading, cheap: Judgement) -> Judgement:
    """
    Judge again, with what the encoders make of the sentences.

    Args:
        model: what was learned.
        read: the mail.
        cheap: what the first stage found.

    Returns:
        The final judgement.
    """
    w, settings = model.weights, model.settings
    texts = [sentence.text for sentence in read.sentences]
    if not texts:
        return cheap
    meaning = quick_meaning(texts)
    quick = scaled(meaning) @ w.quick + w.quick_offset
    deep = worth_reading(cheap.letters, quick)
    deeply = deep_meaning([texts[number] for number in deep])
    both = joined(meaning[deep], deeply, w.middle) @ w.both + w.both_offset
    rows = dear_rows(cheap.rows, quick, both)
    lead = choose(rows, w.dear_choice, w.dear_choice_offset, settings.dear_heat)
    belong = belongs(rows, lead, w.dear_label, w.dear_label_offset)
    agrees = bool(cheap.lead.argmax() == lead.argmax())
    certain = certainty(certainty_row(lead, belong, agrees=agrees), settings.dear_certainty)
    said = cheap.letters + quick
    said[deep] += 2 * both
    return Judgement(lead, certain, belong, said, rows, cheap.letters, settled=True)
