"""A whole case, gathered to be handed over: for the parent's own request, or for the court."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.domain.audit import LetterFile
from mailbot.domain.deskbooks import CaseStory
from mailbot.domain.papers import DecisionCopy


@dataclass(frozen=True, slots=True)
class MailFile:
    """One mail as it came."""

    number: int
    received: datetime
    without_copies: bool
    """Whether a copy of an identity document was left out."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Handover:
    """Everything of a case that is handed over."""

    story: CaseStory
    mails: Sequence[MailFile]
    unreadable: Sequence[int]
    """The numbers of mails that cannot be read any more."""
    letters: Sequence[LetterFile]
    decisions: Sequence[DecisionCopy]
    officers: dict[int, str] = field(repr=False)
    explanation: Sequence[str]
    made_at: datetime
    made_by: str = field(repr=False)
