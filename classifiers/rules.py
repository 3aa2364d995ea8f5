"""Weighs the phrases of the word tables in a text, label by label."""

from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.concepts import together
from classifiers.folding import Folded
from classifiers.tables import Tables, tables_for
from mailbot.domain.suggestion import Evidence

LONGEST = 40_000
"""Letters that are read; what comes after them is left to the person (nobody asks on page 15)."""

MOST = 0.97
"""No set of words makes the rules surer than this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One phrase found in the text."""

    label: str
    strength: float
    start: int
    end: int
    """Offsets in the folded text."""
    sentence: int
    combined: bool = False
    """Whether it was concluded from ideas standing together, rather than read as a phrase."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of one text say, for each label that was met."""

    folded: Folded
    findings: Mapping[str, tuple[Finding, ...]]

    def strength(self, label: str) -> float:
        """Return how strongly the text speaks for *label*, between 0 and 0.97."""
        if not self.findings.get(label):
            return 0.0
        silence = 1.0
        # One sentence counts once: its strongest phrase. Repetition in others adds.
        for best in self._best_a_sentence(label).values():
            silence *= 1 - best
        return min(MOST, round(1 - silence, 4))

    def has(self, label: str, least: float = 0.25) -> bool:
        """Whether the text speaks for *label* at least this strongly."""
        return self.strength(label) >= least

    def evidence(self, label: str, most: int = 3) -> tuple[Evidence, ...]:
        """Return the words that speak for *label*, the strongest first."""
        found = sorted(self.findings.get(label, ()), key=lambda one: (-one.strength, one.start))
        pieces: list[Evidence] = []
        for one in found:
            place = self.folded.place(one.start)
            words = self.folded.written(one.start, one.end)
            if not any(
                place < e.start + len(e.text) and e.start < place + len(words) for e in pieces
            ):
                pieces.append(Evidence(words, place))
        return tuple(pieces[:most])

    def _best_a_sentence(self, label: str) -> dict[int, float]:
        best: dict[int, float] = {}
        for one in self.findings.get(label, ()):
            best[one.sentence] = max(one.strength, best.get(one.sentence, 0.0))
        return best

    def without(self, *labels: str) -> "Reading":
        """Return the same reading with these labels left out."""
        kept = {label: found for label, found in self.findings.items() if label not in labels}
        return Reading(self.folded, kept)


def _muted(folded: Folded, tables: Tables) -> tuple[set[str], set[tuple[str, int]]]:
    """Find the traps: labels muted for the mail, and labels muted for one sentence."""
    everywhere: set[str] = set()
    here: set[tuple[str, int]] = set()
    for trap, found in tables.traps_in(folded):
        if trap.whole_mail:
            everywhere |= trap.mutes
        else:
            sentence = folded.sentence(found.start())
            here |= {(label, sentence) for label in trap.mutes}
    return everywhere, here


def weigh(folded: Folded, language: str, tables: Tables | None = None) -> Reading:
    """
    Find every phrase of the tables in a text, traps taken into account.

    Args:
        folded: the text, folded and cut into sentences.
        language: its language, as far as known.
        tables: the phrases; those of the language in `classifiers/words/` when left out.

    Returns:
        What the words say.
    """
    if not folded.text.strip():
        return Reading(folded, {})
    tables = tables or tables_for(language)
    everywhere, here = _muted(folded, tables)
    findings: dict[str, list[Finding]] = {}
    for sign, found in tables.signs_in(folded):
        sentence = folded.sentence(found.start())
        if sign.label not in everywhere and (sign.label, sentence) not in here:
            findings.setdefault(sign.label, []).append(
                Finding(sign.label, sign.strength, found.start(), found.end(), sentence),
            )
    for one in together(folded, language):
        if one.label not in everywhere and (one.label, one.sentence) not in here:
            findings.setdefault(one.label, []).append(
                Finding(one.label, one.strength, one.start, one.end, one.sentence, combined=True),
            )
    return Reading(folded, {label: tuple(found) for label, found in findings.items()})
