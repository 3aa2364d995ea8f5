"""Judges a mail in two stages: letters and word tables first, the encoder where that is unsure."""

from dataclasses import dataclass, replace

import numpy as np

from classifiers.learned.beside import HINTED as HINTED_BREACH
from classifiers.learned.beside import breach_beside
from classifiers.learned.foundation import Floats
from classifiers.learned.reading import MailReading
from classifiers.learned.rows import (
    FOUND,
    TABLES,
    TABLES_SIZE,
    belongs,
    by_letters,
    by_surroundings,
    by_tables,
    certainty,
    certainty_row,
    cheap_rows,
    choose,
    dear_rows,
    loudness,
)
from classifiers.learned.understanding import Understanding, Understood
from classifiers.learned.weights import Model
from classifiers.weighing import RIGHT_CODES
from mailbot.domain.kinds import Kind

BREACH_DOUBT = 0.02
"""From this chance of a breach the encoder is asked however sure the rest is."""

HEARD_IN_FEW = 0.1
"""What the word tables plainly hear of a breach in a handful of words is at least as likely."""
HEARD = 0.5
_WISHES = {*RIGHT_CODES, Kind.BREACH.value, Kind.COMPLAINT.value}
_ASKED = {kind.value for kind in Kind} - {Kind.OTHER.value}
"""What drowns a breach told beside it; in a follow-up too much sounds like one that is an answer."""
FEW_WORDS = 4
SPOKEN = 0.6
"""From this strength the word tables decide what a handful of words asks."""
ONE_SENTENCE = 12
"""Words up to which the cheap stage may settle a mail: letters that are sure of a loud wish hear
nothing of what another sentence tells, so of more their word for no breach is not taken."""
PLAINLY = 0.8
"""From this strength they decide a short sentence, where they hear nothing else in it: people who
say in plain words what they want are heard, however rare they are among the texts."""
ELSE = 0.4
SPOKEN_RIGHT = 0.76
"""How often they are right there: measured on short texts that are not held out."""
HINTED = 0.5
"""From this strength in the word tables a label gets a second look."""
LOOKED_AT = 4
"""Sentences that are looked at once more: each costs a few milliseconds."""


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
    doubtful = doubtful or bool(_doubted(labels, rows, said, belong, int(lead.argmax())))
    words = _words(read)
    doubtful = doubtful or words > ONE_SENTENCE
    spoken = _spoken(labels, words, rows)
    if spoken is not None:
        lead, certain, sure, doubtful = spoken, SPOKEN_RIGHT, True, False
        # Nothing else was heard in so few words, except what may never be missed.
        hinted = np.arange(len(labels)) == breach
        belong = np.maximum(np.where(hinted, belong, np.minimum(belong, ELSE)), spoken)
    return Judgement(
        lead=lead,
        certain=certain,
        belong=belong,
        said=said,
        rows=rows,
        letters=said,
        answers=bool(replies or quotes or read.titled_answer),
        settled=bool(sure and not doubtful),
    )


def _words(read: MailReading) -> int:
    return sum(len(sentence.text.split()) for sentence in read.sentences)


def _spoken(labels: tuple[str, ...], words: int, rows: Floats) -> Floats | None:
    """Let the word tables decide where hardly a word stands beside the one they know."""
    said = rows[:, TABLES] / TABLES_SIZE
    second, first = np.sort(said)[-2:]
    few = words <= FEW_WORDS and first >= SPOKEN
    asked = labels[int(said.argmax())] in RIGHT_CODES
    plain = asked and words <= ONE_SENTENCE and first >= PLAINLY and second < ELSE
    if not few and not plain:
        return None
    lead = np.full(len(said), (1 - SPOKEN_RIGHT) / (len(said) - 1), np.float32)
    lead[said.argmax()] = SPOKEN_RIGHT
    return lead


def _doubted(
    labels: tuple[str, ...], rows: Floats, letters: Floats, belong: Floats, leading: int
) -> list[int]:
    """Return the wishes that letters or word tables hint at and that are not believed yet."""
    if not len(letters):
        return []
    spoken, loud = rows[:, TABLES] / TABLES_SIZE, letters.max(axis=0)
    doubted = [
        number
        for number, label in enumerate(labels)
        if label in _WISHES
        and number != leading
        and belong[number] < HEARD
        and (spoken[number] >= HINTED or loud[number] >= 0)
    ]
    return sorted(doubted, key=lambda number: -max(spoken[number], loud[number]))


def _second_look(
    labels: tuple[str, ...],
    understanding: Understanding,
    read: MailReading,
    cheap: Judgement,
    belong: Floats,
) -> Floats:
    """
    Look once more at single sentences that letters or word tables take for another wish.

    Read as a whole, a loud first wish drowns a second one; by itself it is heard.
    """
    doubted = _doubted(labels, cheap.rows, cheap.letters, belong, leading=-1)
    belong = belong.copy()
    looked: dict[int, Understood] = {}
    for number in doubted[:LOOKED_AT]:
        place = _place(read, labels[number], cheap.letters[:, number])
        if place not in looked:
            looked[place] = understanding([read.sentences[place].text], [0.0], answers=False)
        alone = looked[place]
        if alone.lead.argmax() == number:
            belong[number] = max(belong[number], 1 / (1 + np.exp(-alone.belong[number])))
    return belong


def _place(read: MailReading, label: str, letters: Floats) -> int:
    """Return the sentence in which the word tables found a label, else the loudest."""
    for piece in read.reading.evidence(label):
        for number, sentence in enumerate(read.sentences):
            if sentence.start <= piece.start < sentence.end:
                return number
    return int(letters.argmax())


def ask_encoder(
    model: Model,
    understanding: Understanding,
    read: MailReading,
    cheap: Judgement,
    *,
    by_person: bool,
) -> Judgement:
    """
    Judge again, with what the encoder makes of the mail as a whole.

    Args:
        model: what was learned.
        understanding: the encoder.
        read: the mail.
        cheap: what the first stage found.
        by_person: whether anybody may ask something in it; else no part is read by itself.

    Returns:
        The final judgement.
    """
    w, settings = model.weights, model.settings
    if not read.sentences:
        return cheap
    texts = [sentence.text for sentence in read.sentences]
    found = understanding(texts, loudness(cheap.letters), answers=cheap.answers)
    rows = dear_rows(cheap.rows, found.belong, found.lead, found.said)
    lead = choose(rows, w.dear_choice, w.dear_choice_offset, settings.dear_heat)
    belong = belongs(rows, lead, w.dear_label, w.dear_label_offset)
    # What sums up hears the leading label too loudly to notice a second wish: there the encoder's
    # own word for it counts.
    both = np.maximum(belong, rows[:, FOUND])
    parts = by_person and len(texts) > 1
    if parts:
        both = _second_look(settings.labels, understanding, read, cheap, both)
    agrees = bool(cheap.lead.argmax() == lead.argmax())
    certain = certainty(certainty_row(lead, belong, agrees=agrees), settings.dear_certainty)
    said = found.said[:, : len(settings.labels)].copy()
    breach = settings.labels.index(Kind.BREACH.value)
    told = rows[breach, TABLES] / TABLES_SIZE >= PLAINLY
    if told and certain < HEARD and _words(read) <= ONE_SENTENCE:
        # In so few words the verb is missing that the encoder listens for.
        both[breach] = max(both[breach], HEARD_IN_FEW)
    hinted = HINTED_BREACH <= max(lead[breach], both[breach]) < BREACH_DOUBT
    if parts and hinted and settings.labels[int(lead.argmax())] in _ASKED:
        wish = int(said[:, lead.argmax()].argmax())
        beside = breach_beside(understanding, texts, loudness(cheap.letters), wish, breach)
        if beside is not None:
            both[breach], said[:, breach] = beside.chance, beside.said
    return replace(cheap, lead=lead, certain=certain, belong=both, said=said, settled=True)
