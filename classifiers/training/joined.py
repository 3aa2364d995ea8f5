"""Lets two wishes of one voice meet in one mail: parents ask several things at once."""

import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from classifiers.training.labelled import LabelledText
from classifiers.weighing import RIGHT_CODES
from mailbot.domain.kinds import Kind

_FIRST = frozenset({Kind.BREACH.value})
_LAST = (Kind.QUESTION.value, "follow_up")
_MAILS = RIGHT_CODES | _FIRST | set(_LAST)
_ALIKE = frozenset({Kind.OBJECTION.value, Kind.RESEARCH_OBJECTION.value})
"""Two that one sentence may say at once, so that they are no two wishes."""
_SHARE = 30
"""Of a hundred mails so many get a second wish, where their voice has one to give."""


def _dice(text: LabelledText) -> int:
    return zlib.crc32(f"{text.voice}|{text.subject}|{text.text}".encode())


def _rank(label: str) -> int:
    if label in _FIRST:
        return 0
    return 2 + _LAST.index(label) if label in _LAST else 1


def _with(mail: LabelledText, wish: LabelledText, *, before: bool) -> LabelledText:
    pair = (wish, mail) if before else (mail, wish)
    labels = sorted((one.labels[0] for one in pair), key=_rank)
    return replace(
        mail,
        text="\n\n".join(one.text for one in pair),
        labels=tuple(labels),
        flags=(),
        tells_flags=False,
        joined=True,
    )


def joined(texts: Sequence[LabelledText]) -> list[LabelledText]:
    """
    Join mails of one wish with a sentence of another, by the same voice.

    They are learned from and never measured by: nobody wrote them as they stand.

    Args:
        texts: the labelled texts; what is held out is left alone.

    Returns:
        The new mails; the same for the same texts.
    """
    wishes = defaultdict(list)
    for text in texts:
        if not text.whole and len(text.labels) == 1 and text.labels[0] in RIGHT_CODES:
            wishes[text.voice].append(text)
    found = []
    for mail in texts:
        if not mail.whole or mail.held_out or len(mail.labels) != 1 or mail.labels[0] not in _MAILS:
            continue
        dice, label = _dice(mail), mail.labels[0]
        other = [
            one
            for one in wishes[mail.voice]
            if one.labels[0] != label and {label, one.labels[0]} != _ALIKE
        ]
        if other and dice % 100 < _SHARE:
            wish = other[dice // 200 % len(other)]
            found.append(_with(mail, wish, before=bool(dice // 100 % 2)))
    return found
