"""Who decides, what was decided and on which grounds; only people's doors may import this."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailbot.domain.errors import GroundsMissing, NaiveInstant
from mailbot.domain.roles import Role

SHORTEST_GROUNDS = 10
"""Characters; shorter than this nobody has stated a ground."""


class Outcome(StrEnum):
    """What a person may decide."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    REFUSED_FOR_SAFETY = "refused_for_safety"
    WITHDRAWN = "withdrawn"
    HANDLED = "handled"
    """For a question, a complaint or a mail that is not ours: it was dealt with."""


LETTER_OF: dict[Outcome, str | None] = {
    Outcome.GRANTED: "decision_granted",
    Outcome.PARTLY: "decision_refused",
    Outcome.REFUSED: "decision_refused",
    Outcome.REFUSED_FOR_SAFETY: "decision_safety",
    Outcome.WITHDRAWN: None,
    Outcome.HANDLED: None,
}
"""The letter each outcome is told in; None where the officer writes or nothing is owed."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A signed-in person; made by a sign-in and by nothing else."""

    id: int
    board_id: int
    name: str = field(repr=False)
    role: Role
    sign_in_id: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of one person on one case, with the grounds as typed."""

    officer: Officer
    case_id: int
    outcome: Outcome
    grounds: str = field(repr=False)
    at: datetime

    def __post_init__(self) -> None:
        """Refuse a decision that states no grounds or no instant."""
        if len(self.grounds.strip()) < SHORTEST_GROUNDS:
            raise GroundsMissing(
                f"type the grounds of the decision (at least {SHORTEST_GROUNDS} characters)"
            )
        if self.at.tzinfo is None:
            raise NaiveInstant("a decision needs an instant with its zone")


@dataclass(frozen=True, slots=True)
class DecidedLetter:
    """A substantive letter, which cannot exist without its decision."""

    decision: Decision
    letter: str
    words: dict[str, object] = field(repr=False)
