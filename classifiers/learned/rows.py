"""Sums up what the sentences of one mail say, label by label; training and use share it."""

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.letters import groups_of
from classifiers.rules import Reading
from classifiers.weighing import strengths, without_echoes

Floats = NDArray[np.float32]

SILENT = -6.0
"""What a mail without a sentence says of every label."""
TABLES_SIZE = 4.0
"""Brings the strengths of the word tables to the size of the other numbers."""
LOUDEST = 0
"""The column in which the loudest sentence speaks, by its letters."""
TABLES = 2
"""The column in which the word tables speak."""
_CERTAIN = 6.0
"""Odds, as logarithms, beyond which more certainty means nothing."""
FOUND = 6
"""The column in which the encoder says how likely a label belongs."""


def sentence_groups(sentence: str, rarity: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Weigh the groups of letters of a sentence by their rarity, at length one."""
    places, counts = groups_of(sentence)
    weighed = counts * rarity.take(places)
    return places, weighed / (np.sqrt((weighed**2).sum()) + 1e-9)


def by_letters(sentence: str, rarity: Floats, weights: Floats, offset: Floats) -> Floats:
    """Say how much the letters of one sentence speak for each label."""
    places, weighed = sentence_groups(sentence, rarity)
    said: Floats = weighed @ weights.take(places, axis=0) + offset
    return said


def loudness(letters: Floats) -> list[float]:
    """Say how much each sentence seems to say."""
    return [float(said) for said in letters.max(axis=1)] if len(letters) else []


def _loudest(said: Floats) -> Floats:
    if not len(said):
        return np.full(said.shape[1], SILENT, np.float32)
    return np.asarray(said.max(axis=0), np.float32)


def _together(said: Floats) -> Floats:
    chance = 1 / (1 + np.exp(-np.clip(said, -30, 30)))
    return np.asarray(np.log1p(2 * chance.sum(axis=0)), np.float32)


def by_tables(reading: Reading, labels: tuple[str, ...]) -> Floats:
    """Say how strongly the word tables speak for each label."""
    plain = without_echoes(reading)
    found = {kind.value: strength for kind, strength in strengths(plain).items()}
    row = [found[one] if one in found else reading.strength(one) for one in labels]
    return np.array(row, np.float32) * np.float32(TABLES_SIZE)


def by_surroundings(
    labels: tuple[str, ...], *, replies: bool, quotes: bool, titled: bool
) -> Floats:
    """Say what surrounds the words: answering something speaks for `follow_up`."""
    row = np.zeros(len(labels), np.float32)
    row[labels.index("follow_up")] = 3 * replies + 2 * quotes + 2 * titled
    return row


def cheap_rows(letters: Floats, tables: Floats, surroundings: Floats) -> Floats:
    """Put together what is known of a mail without asking an encoder: labels by features."""
    columns = [_loudest(letters), _together(letters), tables, surroundings]
    return np.stack(columns, axis=1)


def dear_rows(cheap: Floats, belong: Floats, lead: Floats, said: Floats) -> Floats:
    """
    Add what the encoder says, and how far down the mail it found each label.

    Of two rights in one mail the one asked first leads, so the place counts, and the more the
    surer the label belongs.
    """
    labels = len(cheap)
    found = 1 / (1 + np.exp(-np.clip(belong[:labels], -30, 30)))
    places = said[:, :labels].argmax(axis=0) if len(said) else np.zeros(labels)
    down = places / max(1, len(said) - 1) * found
    rows = np.empty((labels, cheap.shape[1] + 4), np.float32)
    rows[:, :-4] = cheap
    rows.T[-4:] = belong[:labels] / 4, lead[:labels] / 2, found, down
    return rows


def choose(rows: Floats, weights: Floats, offset: Floats, heat: float) -> Floats:
    """Say how likely each label is the primary one."""
    z = (rows @ weights + offset) / heat
    grown = np.exp(z - z.max())
    return np.asarray(grown / grown.sum(), np.float32)


def certainty_row(lead: Floats, belong: Floats, *, agrees: bool) -> Floats:
    """
    Put together what says whether the leading label is right.

    A sum of many voices shouts louder than it should where one of them is alone, so its own
    word for it is not enough: whether the other stage agrees and whether other labels belong
    to the mail too are heard as well.
    """
    top = int(lead.argmax())
    others, rest = lead.copy(), belong.copy()
    others[top] = rest[top] = -1
    chance = float(np.clip(lead[top], 1e-4, 1 - 1e-4))
    return np.array(
        [
            min(_CERTAIN, np.log(chance / (1 - chance))),
            min(_CERTAIN, np.log(chance / max(1e-4, float(others.max())))),
            belong[top],
            rest.max(),
            float(agrees),
        ],
        np.float32,
    )


def certainty(row: Floats, weights: tuple[float, ...]) -> float:
    """Say how likely the leading label is right: weights, then an offset."""
    z = float(row @ np.array(weights[:-1], np.float32)) + weights[-1]
    return float(1 / (1 + np.exp(-z)))


def label_rows(rows: Floats, chosen: Floats) -> NDArray[np.float64]:
    """Put together what says whether a label belongs to the mail, primary or not."""
    labels, columns = rows.shape
    wide = np.eye(labels, columns + 1 + labels, columns + 1)
    wide[:, :columns] = rows
    wide[:, columns] = np.log(np.maximum(chosen, 1e-4))
    return wide


def belongs(rows: Floats, chosen: Floats, weights: Floats, offset: Floats) -> Floats:
    """Say how likely each label belongs to the mail."""
    z = label_rows(rows, chosen) @ weights + offset
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -30, 30))), np.float32).ravel()
