"""Judges a mail in stages: letters and word tables, the encoder's first layers, all of them."""

from dataclasses import dataclass, replace

import numpy as np

from classifiers.learned.beside import HINTED as HINTED_BREACH
from classifiers.learned.beside import breach_beside
from classifiers.learned.foundation import Floats
from classifiers.learned.reading import MailReading
from classifiers.learned.rows import (
    FOUND,
    LOUDEST,
    TABLES,
    TABLES_SIZE,
    by_letters,
    by_surroundings,
    by_tables,
    cheap_rows,
    dear_rows,
    loudness,
)
from classifiers.learned.stages import Stage
from classifiers.learned.understanding import Begun, Understanding, Understood
from classifiers.learned.weights import Model
from classifiers.weighing import RIGHT_CODES
from mailbot.domain.kinds import Kind

BREACH_DOUBT = 0.005
"""From this chance a breach is possible, however sure the rest is: of 702 breaches of voices kept
apart two had less."""
CONCEIVABLE = 0.001
"""From this chance of a breach the first layers do not settle a mail: by them all of 702 breaches
of voices kept apart had more; with half a percent as the limit three of them were settled."""
HEARD_IN_FEW = 0.1
"""What the word tables plainly hear of a breach in a handful of words is at least as likely."""
HEARD = 0.5
_WISHES = {*RIGHT_CODES, Kind.BREACH.value, Kind.COMPLAINT.value}
_ASKED = {kind.value for kind in Kind} - {Kind.OTHER.value}
"""What drowns a breach told beside it; in a follow-up too much sounds like one that is an answer."""
ONE_SENTENCE = 12
"""Words up to which the cheap stage may settle a mail: letters that are sure of a loud wish hear
nothing of what another sentence tells, so of more their word for no breach is not taken."""
PLAINLY = 0.8
"""From this strength the word tables plainly hear something."""
BESIDE = 0.2
"""A label that belongs with this chance beside the leading one keeps the first layers from
settling a mail."""
HINTED = 0.5
"""From this strength in the word tables a label is not passed over unheard."""


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
    answers: bool
    """Whether the mail seems to answer something."""
    flags: Floats
    """How likely each flag holds; nothing where no encoder was asked."""
    settled: bool
    """Whether a stage was sure enough."""


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
    w, stage, labels = model.weights, model.cheap, model.settings.labels
    said = np.zeros((len(read.sentences), len(labels)), np.float32)
    for number, sentence in enumerate(read.sentences):
        said[number] = by_letters(sentence.text, w.rarity, w.letters, w.letters_offset)
    around = by_surroundings(labels, replies=replies, quotes=quotes, titled=read.titled_answer)
    rows = cheap_rows(said, by_tables(read.reading, labels), around)
    lead = stage.lead(rows)
    belong = stage.belong(rows)
    breach = labels.index(Kind.BREACH.value)
    agrees = bool(rows[:, TABLES].argmax() == lead.argmax())
    certain = stage.certain(lead, belong, agrees=agrees)
    sure = certain >= stage.enough
    doubtful = lead.argmax() != breach and float(belong[breach]) >= BREACH_DOUBT
    doubtful = doubtful or _hints(labels, rows, belong, int(lead.argmax()))
    doubtful = doubtful or _words(read) > ONE_SENTENCE
    return Judgement(
        lead=lead,
        certain=certain,
        belong=belong,
        said=said,
        rows=rows,
        letters=said,
        answers=bool(replies or quotes or read.titled_answer),
        flags=np.zeros(0, np.float32),
        settled=bool(sure and not doubtful),
    )


def _words(read: MailReading) -> int:
    return sum(len(sentence.text.split()) for sentence in read.sentences)


def _hints(labels: tuple[str, ...], rows: Floats, belong: Floats, leading: int) -> bool:
    """Say whether letters or word tables hint at another wish, and it is not believed."""
    spoken, loud = rows[:, TABLES] / TABLES_SIZE, rows[:, LOUDEST]
    return any(
        label in _WISHES
        and number != leading
        and belong[number] < HEARD
        and (spoken[number] >= HINTED or loud[number] >= 0)
        for number, label in enumerate(labels)
    )


def _heard(stage: Stage, found: Understood, cheap: Judgement) -> Judgement:
    """Judge by what the encoder makes of a mail as a whole; nothing is settled by that."""
    rows = dear_rows(cheap.rows, found.belong, found.lead, found.said)
    lead = stage.lead(rows)
    belong = stage.belong(rows)
    agrees = bool(cheap.lead.argmax() == lead.argmax())
    return replace(
        cheap,
        lead=lead,
        certain=stage.certain(lead, belong, agrees=agrees),
        # What sums up hears the leading label too loudly to notice a second wish: there the
        # encoder's own word for it counts.
        belong=np.maximum(belong, rows[:, FOUND]),
        said=found.said[:, : len(lead)].copy(),
        rows=rows,
        flags=found.flags(len(lead)),
    )


def says_one_thing(labels: tuple[str, ...], rows: Floats, lead: Floats, belong: Floats) -> bool:
    """
    Say whether a mail seems to say one thing only, so that its first layers may settle it.

    Args:
        labels: what it may say.
        rows: what is known of it, label by label.
        lead: how likely each label leads.
        belong: how likely each belongs.

    Returns:
        Whether no other label may belong to it, and no breach at all.
    """
    first, breach = int(lead.argmax()), labels.index(Kind.BREACH.value)
    beside = np.maximum(belong, rows[:, FOUND])
    conceivable = first != breach and max(lead[breach], beside[breach]) >= CONCEIVABLE
    return bool(np.delete(beside, first).max() < BESIDE) and not conceivable


def by_first_layers(model: Model, found: Understood, cheap: Judgement) -> Judgement:
    """
    Judge again, with what the encoder's first layers make of the mail.

    Args:
        model: what was learned.
        found: what they make of it.
        cheap: what letters and word tables found.

    Returns:
        The judgement, settled or not.
    """
    early = _heard(model.early, found, cheap)
    sure = early.certain >= model.early.enough
    plain = says_one_thing(model.settings.labels, early.rows, early.lead, early.belong)
    return replace(early, settled=bool(sure and plain))


def ask_encoder(
    model: Model,
    understanding: Understanding,
    begun: Begun,
    read: MailReading,
    cheap: Judgement,
    *,
    by_person: bool,
) -> Judgement:
    """
    Judge to the end, with what the whole encoder makes of the mail.

    Args:
        model: what was learned.
        understanding: the encoder.
        begun: the mail, as its first layers have read it.
        read: the mail.
        cheap: what letters and word tables found.
        by_person: whether anybody may ask something in it; else no part is read by itself.

    Returns:
        The final judgement.
    """
    labels = model.settings.labels
    heard = _heard(model.dear, understanding.to_the_end(begun), cheap)
    texts = [sentence.text for sentence in read.sentences]
    lead, both, said = heard.lead, heard.belong, heard.said
    parts = by_person and len(texts) > 1
    breach = labels.index(Kind.BREACH.value)
    told = cheap.rows[breach, TABLES] / TABLES_SIZE >= PLAINLY
    if told and heard.certain < HEARD and _words(read) <= ONE_SENTENCE:
        # In so few words the verb is missing that the encoder listens for.
        both[breach] = max(both[breach], HEARD_IN_FEW)
    hinted = HINTED_BREACH <= max(lead[breach], both[breach]) < BREACH_DOUBT
    if parts and hinted and labels[int(lead.argmax())] in _ASKED:
        wish = int(said[:, lead.argmax()].argmax())
        beside = breach_beside(understanding, texts, loudness(cheap.letters), wish, breach)
        if beside is not None:
            both[breach], said[:, breach] = beside.chance, beside.said
    return replace(heard, belong=both, said=said, settled=True)
