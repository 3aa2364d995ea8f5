"""What the retention job asks of the database and of the mail servers."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from mailbot.domain.books import StoredMail
from mailbot.domain.retention import Candidate, Category, Item, Plan


class AtServer(StrEnum):
    """What became of the copies on the mail server."""

    GONE = "gone"
    """Removed now, or not there any more."""
    NONE = "none"
    """There was no mail in it."""
    NOT_SET_UP = "not_set_up"
    """Its mailbox is in the settings no more, so nobody could look."""


@dataclass(frozen=True, slots=True)
class ServerCopy:
    """One mail as it must be found again on a server."""

    mail_id: int
    mailboxes: frozenset[int]
    """Where it was seen."""
    size: int
    truncated: bool
    content_hash: bytes = field(repr=False)
    message_id: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Purged:
    """One line of the log of purges."""

    at: datetime
    plan: str
    category: Category
    subject: str
    kept_until: date
    mails: int
    server: AtServer
    by: str | None
    """The officer; None where the robot did it after the plan had stood visible."""


@dataclass(frozen=True, slots=True)
class HoldAct:
    """A legal hold as it was set or released."""

    subject: str
    at: datetime
    by: str
    held: bool
    reason: str | None = field(repr=False)
    """None once the file itself is erased."""


@dataclass(frozen=True, slots=True)
class Looker:
    """The officer who acts, and the sign-in of it."""

    officer_id: int
    sign_in_id: int


@dataclass(frozen=True, slots=True)
class ParkedMail:
    """A mail without a case as lists show it: no sender, no subject."""

    id: int
    received: datetime
    outcome: str
    reason: str
    language: str
    size: int
    looked: datetime | None


class RetentionBook(Protocol):
    """What is kept, within one transaction."""

    def candidates(self, only: Item | None = None) -> Sequence[Candidate]:
        """List everything whose term runs and that is not erased, or what one item is about."""
        ...

    def held(self) -> frozenset[str]:
        """Name what is under a legal hold."""
        ...

    def lock(self) -> None:
        """Keep holds and other purges of this board waiting until this transaction ends."""
        ...

    def announce(self, plan: Plan) -> Mapping[tuple[Category, str], date]:
        """Write down what stands in the plan, forget what no longer does; say since when each."""
        ...

    def copies(self, item: Item) -> Sequence[ServerCopy]:
        """List the mails that go with this item."""
        ...

    def erase(self, item: Item, mails: Sequence[int]) -> None:
        """Erase the keys, sealed bytes and address hashes of an item and of these mails."""
        ...

    def log(
        self,
        item: Item,
        *,
        plan: str,
        mails: int,
        server: AtServer,
        at: datetime,
        officer_id: int | None,
    ) -> None:
        """Write one line of the log."""
        ...

    def history(self) -> Sequence[Purged]:
        """Read the log of purges, newest first."""
        ...


class RetentionBooks(Protocol):
    """The retention book of one board."""

    def opened(self) -> AbstractContextManager[RetentionBook]:
        """Open it for one transaction."""
        ...

    def tidy(self) -> bool:
        """Wipe what the database still holds of erased rows; False when others kept it busy."""
        ...


class ServerCopies(Protocol):
    """One mailbox on its server, open for removing."""

    def remove(self, wanted: Sequence[ServerCopy]) -> frozenset[int]:
        """
        Remove every message that matches a wanted mail byte for byte.

        Returns:
            The mails of which a copy is still there, because the server would not part with it.

        Raises:
            MailboxUnavailable: the server cannot be reached; what was removed stays removed.
        """
        ...

    def close(self) -> None:
        """Sign out; never raises."""
        ...


class HoldBook(Protocol):
    """What officers say about keeping, within one transaction."""

    def is_held(self, subject: str) -> bool:
        """Say whether a hold is on this, after every act that other officers have under way."""
        ...

    def looks_held(self, subject: str) -> bool:
        """Say whether a hold is on this by now, for a page, which waits for nobody's act."""
        ...

    def write(self, subject: str, *, held: bool, reason: str, by: Looker, at: datetime) -> None:
        """Set or release a hold. Raises UnknownCase."""
        ...

    def history(self, subject: str) -> Sequence[HoldAct]:
        """Read every hold and release of one file, oldest first."""
        ...

    def parked(self) -> Sequence[ParkedMail]:
        """List the mails without a case that are still kept, and those that wait for a person."""
        ...

    def read(self, mail_id: int) -> StoredMail | None:
        """Read a parked mail whole; None when none of this number is parked."""
        ...

    def look(self, mail_id: int, by: Looker, at: datetime) -> bool:
        """Write down that an officer looked at a parked mail; False when it is not parked."""
        ...

    def destroyed(self, case_id: int, by: Looker, at: datetime) -> None:
        """Write down that the school's own copy of what was handed out is destroyed."""
        ...

    def hidden_subjects(self, officer_id: int) -> frozenset[str]:
        """Name the files from which this officer is kept away (reglement 8.9.4)."""
        ...

    def case_number(self, reference: str) -> int:
        """Find a case, erased or not. Raises UnknownCase."""
        ...


class HoldBooks(Protocol):
    """The holds of one board, as people's doors see them."""

    def opened(self) -> AbstractContextManager[HoldBook]:
        """Open them for one transaction; an exception leaves everything as it was."""
        ...

    def looked_through(self) -> AbstractContextManager[HoldBook]:
        """Open them for one transaction in which nothing is written."""
        ...
