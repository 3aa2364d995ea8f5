"""What people do to a passage: take it out of use, put it back, correct its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mailbot.domain.decision import Officer

SHORTEST_REASON = 10
"""Letters of a reason that says something; the schema asks the same."""


class PassageActKind(StrEnum):
    """Every act on a passage; each is added to the history and none is taken from it."""

    TAKE_OUT = "take_out"
    PUT_BACK = "put_back"
    CORRECT = "correct"
    RESTORE = "restore"
    """The corrections end, and the shipped words hold again."""


@dataclass(frozen=True, slots=True)
class PassageAct:
    """One act of an officer on a passage."""

    passage: str
    act: PassageActKind
    reason: str
    officer: str
    at: datetime
    language: str | None = None
    words: str | None = None


class PassageActs(Protocol):
    """What only people write of passages."""

    def add(
        self,
        officer: Officer,
        passage: str,
        act: PassageActKind,
        reason: str,
        at: datetime,
        *,
        language: str | None = None,
        words: str | None = None,
    ) -> int:
        """Write an act down; return its number."""
        ...

    def history(self, passage: str) -> Sequence[PassageAct]:
        """List what people did to a passage, oldest first."""
        ...
