"""What one stage of judging learned: how it sums a mail up, and how certain that is."""

from dataclasses import dataclass

from classifiers.learned.foundation import Floats
from classifiers.learned.rows import belongs, certainty, certainty_row, choose

NEVER = 1.01
"""More than any certainty: what is never reached."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The numbers of one stage."""

    choice: Floats
    choice_offset: Floats
    """Which label leads."""
    label: Floats
    label_offset: Floats
    """Which labels belong."""
    heat: float = 1.0
    """Temperature of the choice: it makes its chances mean what they say."""
    certainty: tuple[float, ...] = ()
    """Makes the certainty mean what it says."""
    enough: float = NEVER
    """From this certainty the stages after it are not asked."""

    def lead(self, rows: Floats) -> Floats:
        """Say how likely each label is the primary one of a mail."""
        return choose(rows, self.choice, self.choice_offset, self.heat)

    def belong(self, rows: Floats) -> Floats:
        """Say how likely each label belongs to a mail; learned before any temperature was known."""
        lead = choose(rows, self.choice, self.choice_offset, 1.0)
        return belongs(rows, lead, self.label, self.label_offset)

    def certain(self, lead: Floats, belong: Floats, *, agrees: bool) -> float:
        """Say how likely the leading label is right."""
        return certainty(certainty_row(lead, belong, agrees=agrees), self.certainty)


NUMBERS = ("choice", "choice_offset", "label", "label_offset")
SETTINGS = ("heat", "certainty", "enough")
