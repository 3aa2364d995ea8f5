"""What lies in a case file in full: its letters with their words, its decisions with their grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailbot.domain.case import CaseFile

TAKEN_BACK = "taken_back"
"""Why a letter is held that an officer took back before it left; it never leaves any more."""


@dataclass(frozen=True, slots=True)
class LetterCopy:
    """One letter of a case as it was frozen, and how it fared."""

    id: int
    code: str
    language: str
    state: str
    held_for: str
    """Why it is held; empty where it is not."""
    written: datetime
    leaves_at: datetime
    """Not before this instant while it waits."""
    accepted: datetime | None
    officer_id: int | None
    """Who asked for it; None for the robot's own letters."""
    decision_id: int | None
    extension_id: int | None
    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def taken_back(self) -> bool:
        """Whether an officer took it back before it left."""
        return self.held_for == TAKEN_BACK


@dataclass(frozen=True, slots=True)
class DecisionCopy:
    """One decision with the grounds as its officer typed them."""

    id: int
    outcome: str
    at: datetime
    officer: str
    grounds: str = field(repr=False)


class Papers(Protocol):
    """The papers of the cases of one board, within one transaction."""

    def letters(self, case: CaseFile) -> Sequence[LetterCopy]:
        """Read every letter of a case, oldest first."""
        ...

    def decisions(self, case: CaseFile) -> Sequence[DecisionCopy]:
        """Read every decision on a case, oldest first."""
        ...

    def officers(self) -> Mapping[int, str]:
        """Name the officers of the board by their numbers."""
        ...

    def take_back(self, case: CaseFile, letter_id: int) -> bool:
        """Keep a letter that still waits from ever leaving; False when it is too late."""
        ...
