"""Hears a breach that is told beside a louder wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from classifiers.learned.foundation import Floats
from classifiers.learned.understanding import Understood

HINTED = 0.002
"""From this chance of a breach, too small to ask a person by it, the rest is read by itself."""
HEARD = 0.1
"""From this chance in the rest a breach is possible."""
LOUDEST_HINT = 0.49
"""What is heard only where the wish is left out stays a hint, and so does what is put forward as one."""


class Reader(Protocol):
    """What reads sentences as one mail: the encoder."""

    def __call__(
        self, sentences: Sequence[str], loudness: Sequence[float], *, answers: bool
    ) -> Understood:
        """Say what they seem to be."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the rest of a mail tells of a breach."""

    chance: float
    said: Floats
    """How much each sentence of the whole mail adds to it; the wish adds nothing."""


def breach_beside(
    understanding: Reader,
    sentences: Sequence[str],
    loudness: Sequence[float],
    wish: int,
    breach: int,
) -> Beside | None:
    """
    Read a mail without the sentence that speaks loudest for its wish.

    Args:
        understanding: the encoder.
        sentences: all sentences of the mail, at least two.
        loudness: how much each seems to say.
        wish: the number of the sentence that is left out.
        breach: the number of the label.

    Returns:
        What is heard then; None where a breach is not possible.
    """
    rest = [number for number in range(len(sentences)) if number != wish]
    found = understanding(
        [sentences[number] for number in rest], [loudness[number] for number in rest], answers=False
    )
    leads = np.exp(found.lead - found.lead.max())
    belongs = 1 / (1 + np.exp(-found.belong[breach]))
    chance = float(max(belongs, leads[breach] / leads.sum()))
    if chance < HEARD:
        return None
    said = np.zeros(len(sentences), np.float32)
    said[rest] = found.said[:, breach]
    return Beside(min(LOUDEST_HINT, chance), said)
