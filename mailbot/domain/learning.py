"""What people said of mails, put beside what the machine said: what can be learned from."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mailbot.domain.books import Event, StoredMail
from mailbot.domain.kinds import Kind
from mailbot.domain.retention_book import Looker

FOLLOW_UP = "follow_up"


class Source(StrEnum):
    """How an officer came to say what a mail is."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    OPENED_BY_HAND = "opened_by_hand"
    FILED_BY_HAND = "filed_by_hand"


class Barred(StrEnum):
    """Why a mail stays in the house, whatever could be learned from it."""

    SAFETY = "safety"
    HOLD = "hold"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One mail with both labels."""

    mail_id: int
    reference: str
    """The case it opened or was filed in; of several the first."""
    machine: str
    """What the machine said when the mail came: a kind, `follow_up`, or where it put the mail."""
    officer: tuple[str, ...]
    """What officers say it is, the primary label first."""
    source: Source
    barred: Barred | None
    names: Sequence[str] = field(default=(), repr=False)
    """The names of requester and children that the file knows."""
    schools: Sequence[str] = field(default=(), repr=False)
    """The schools that the file knows."""
    language: str = "und"


class ModelActKind(StrEnum):
    """Every act on the model in use."""

    INSTALL = "install"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class ModelAct:
    """One act of an officer on the model in use."""

    act: ModelActKind
    model: str | None
    """The hash of the model; None for the classifier that is shipped."""
    reason: str
    officer: str
    at: datetime


class LearningBook(Protocol):
    """What learning reads and writes, within one transaction."""

    def lessons(self, officer_id: int) -> Sequence[Lesson]:
        """List the mails with an officer's label, oldest first; none this officer may not see."""
        ...

    def read(self, mail_id: int) -> StoredMail:
        """Read a mail. Raises Damaged when it was erased."""
        ...

    def acts(self) -> Sequence[ModelAct]:
        """List what was done about the model in use, oldest first."""
        ...

    def write(
        self, act: ModelActKind, model: str | None, reason: str, by: Looker, at: datetime
    ) -> None:
        """Write an act down; it is never changed."""
        ...

    def record(self, happened: Event) -> None:
        """Write into the history."""
        ...


class LearningBooks(Protocol):
    """Opens the book of learning."""

    def opened(self) -> AbstractContextManager[LearningBook]:
        """Open it for one transaction."""
        ...


def in_order(kinds: Sequence[Kind]) -> tuple[str, ...]:
    """Put exposed data first, as the training texts do; the rest stays in the order of the cases."""
    once = list(dict.fromkeys(kind.value for kind in kinds))
    asked = [kind for kind in once if kind != Kind.OTHER.value] or once
    return tuple(sorted(asked, key=lambda kind: kind != Kind.BREACH.value))
