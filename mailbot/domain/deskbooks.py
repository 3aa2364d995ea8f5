"""What only people's doors write down: sign-ins, confirmations, decisions, extensions, notes."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailbot.domain.audit import Audit
from mailbot.domain.books import Event, OpenBooks
from mailbot.domain.case import CaseFile, Dates, ExtensionAct
from mailbot.domain.decision import Decision, Officer
from mailbot.domain.drafts import Drafts
from mailbot.domain.feed import Feeds
from mailbot.domain.handling import HandlingBook
from mailbot.domain.kinds import Kind
from mailbot.domain.merging import MergingBook
from mailbot.domain.papers import Papers
from mailbot.domain.passage_acts import PassageActs
from mailbot.domain.queue import QueueBook
from mailbot.domain.register_book import Register
from mailbot.domain.roles import Role


@dataclass(frozen=True, slots=True)
class MailOnFile:
    """One mail of a case as it is listed for an officer."""

    id: int
    received: datetime
    route: str
    sender: str | None = field(repr=False)
    subject: str = field(repr=False)
    suggestion: dict[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LetterOnFile:
    """One letter of a case and how it fared."""

    id: int
    code: str
    language: str
    state: str
    written: datetime
    accepted: datetime | None


@dataclass(frozen=True, slots=True)
class NoteOnFile:
    """What an officer wrote for colleagues; it never leaves the house."""

    at: datetime
    officer: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseStory:
    """A case with everything that lies in its file."""

    case: CaseFile
    mails: Sequence[MailOnFile]
    letters: Sequence[LetterOnFile]
    notes: Sequence[NoteOnFile]
    events: Sequence[Event]
    linked: Sequence[str]
    facts: Sequence[tuple[str, str]] = field(repr=False)
    flags: Sequence[str]
    merged: Sequence[str] = ()
    """The cases that go on in this one; their mails and letters are listed with its own."""
    merged_into: str | None = None
    """The case that this one goes on in."""
    beside: str | None = None
    """The case with the mail that opened this one too, where it asked several things."""


class People(Protocol):
    """The officers of a board."""

    def add(self, address: str, name: str, role: Role, password: str, now: datetime) -> int:
        """Add an officer. Raises SignInRefused when the address is in use."""
        ...

    def sign_in(self, address: str, password: str, door: str, now: datetime) -> Officer:
        """Let an officer in. Raises SignInRefused."""
        ...

    def officers(self) -> Sequence[tuple[str, str, str, bool]]:
        """List address, name, role and whether active."""
        ...


class Decisions(Protocol):
    """The acts of people on cases."""

    def lock(self, reference: str) -> CaseFile:
        """Read a case and keep others from changing it meanwhile. Raises UnknownCase."""
        ...

    def look_up(self, reference: str) -> CaseFile:
        """Read a case and keep nobody from it. Raises UnknownCase."""
        ...

    def story(self, case: CaseFile) -> CaseStory:
        """Read everything in a case's file."""
        ...

    def confirm(
        self, case: CaseFile, kind: Kind, dates: Dates, officer: Officer, at: datetime
    ) -> None:
        """Set the kind of a case, with the dates that follow from it."""
        ...

    def decide(self, decision: Decision, *, closes: bool) -> int:
        """Write down a decision, and the closure that rests on it."""
        ...

    def extend(
        self, case: CaseFile, new: Dates, reason: str, officer: Officer, at: datetime
    ) -> int:
        """Write down an extension and the dates in force from now on."""
        ...

    def note(self, case: CaseFile, text: str, officer: Officer, at: datetime) -> None:
        """Write a note for colleagues."""
        ...

    def extension_acts(self, case: CaseFile) -> Sequence[ExtensionAct]:
        """List the extensions of a case so far, each as its officer decided it."""
        ...


class OpenDeskBooks(OpenBooks, Protocol):
    """The books within one transaction, with those only people write in."""

    @property
    def people(self) -> People:
        """The officers."""
        ...

    @property
    def decisions(self) -> Decisions:
        """The acts of people."""
        ...

    @property
    def handling(self) -> HandlingBook:
        """What people write beside a case."""
        ...

    @property
    def queue(self) -> QueueBook:
        """The queue as people look at it."""
        ...

    @property
    def merging(self) -> MergingBook:
        """What people arrange among cases."""
        ...

    @property
    def register(self) -> Register:
        """The breach register."""
        ...

    @property
    def passage_acts(self) -> PassageActs:
        """What people did to the passages."""
        ...

    @property
    def papers(self) -> Papers:
        """The letters and decisions of the cases, in full."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What officers typed and did not send yet."""
        ...

    @property
    def audit(self) -> Audit:
        """What officers looked at and did."""
        ...

    @property
    def feeds(self) -> Feeds:
        """The calendar addresses of officers."""
        ...


class DeskBooks(Protocol):
    """All the books of one board, as people's doors see them."""

    def opened(self) -> AbstractContextManager[OpenDeskBooks]:
        """Open the books for one transaction; an exception leaves them as they were."""
        ...

    def looked_through(self) -> AbstractContextManager[OpenDeskBooks]:
        """Open the books for one transaction in which nothing is written."""
        ...
