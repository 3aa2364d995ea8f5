"""What the house writes down and reads back: one Protocol for each book, one transaction at a time."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from mailbot.domain.case import CaseFile, Dates
from mailbot.domain.conversation import Conversation
from mailbot.domain.identity import HiddenCopy, Look
from mailbot.domain.kinds import Kind
from mailbot.domain.passages import PassageBook
from mailbot.domain.ports import Envelope, Fetched, FolderState
from mailbot.domain.suggestion import Flag, Suggestion

if TYPE_CHECKING:
    # The retention book is built on these books.
    from mailbot.domain.retention_book import ServerCopy


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One mail from the ledger, its bytes opened."""

    id: int
    received: datetime
    raw: bytes = field(repr=False)
    truncated: bool
    silent: bool
    """Older than the mailbox's cut-off: imported without sending anything."""
    tries: int
    damaged: bool = False
    """Whether the bytes were changed where they lie, so that nobody can open them."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is written down when a case opens."""

    kind: Kind | None
    confidence: float
    confirmed: bool
    dates: Dates
    language: str
    requester_name: str = field(repr=False)
    requester_address: str | None = field(repr=False)
    urgent: bool
    mail_id: int | None
    group: int | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of one mail."""

    mail_id: int
    outcome: str
    """`opened`, `filed`, `automatic` or `other`; with quarantine these add up to all mails."""
    reason: str | None
    case_id: int | None
    waits: bool
    """Whether a person must look at the mail itself."""
    verified: bool
    sender: str | None = field(repr=False)
    message_id: str | None = field(repr=False)
    subject: str = field(repr=False)
    suggestion: Suggestion = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter with its bytes frozen, ready for the outbox."""

    code: str
    language: str
    envelope: Envelope = field(repr=False)
    content: bytes = field(repr=False)
    mark: str
    """The random name of this letter, in its Message-ID and its return path."""
    message_id: str
    case_id: int | None
    written_at: datetime
    not_before: datetime
    mail_id: int | None = None
    """The mail an acknowledgement answers."""
    decision_id: int | None = None
    extension_id: int | None = None
    officer_id: int | None = None
    hold_reason: str | None = None
    """Why the letter waits for a person instead of going out."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as the outbox takes it up."""

    id: int
    board_id: int
    case_id: int | None
    code: str
    envelope: Envelope = field(repr=False)
    content: bytes = field(repr=False)
    tries: int
    written_at: datetime
    claimed_until: datetime
    decision_id: int | None = None
    damaged: bool = False
    """Whether the bytes were changed where they lie, so that nobody can send them."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; *detail* carries codes, dates and numbers, nothing personal."""

    kind: str
    at: datetime
    case_id: int | None = None
    mail_id: int | None = None
    officer_id: int | None = None
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unannounced:
    """An extension whose notice the mail server has not taken, or that came back."""

    extension: int
    old_due: date
    lost: bool
    """Whether the notice was refused, came back or never was, so that waiting will not help."""
    accepted_at: datetime | None = None
    """When the mail server took it, for one taken on the last day or after."""


class Ledger(Protocol):
    """Every mail the server ever showed us, kept before anything reads it."""

    def unseen(self, mailbox: int, state: FolderState) -> Sequence[int]:
        """Name the UIDs of this folder that were never stored, oldest first."""
        ...

    def passed_over(self, mailbox: int, state: FolderState) -> Sequence[int]:
        """Name the UIDs that lie in this folder and were never stored, although later ones were."""
        ...

    def store(self, mailbox: int, mails: Sequence[Fetched], cutoff: datetime, now: datetime) -> int:
        """Keep these mails, encrypted, each content once; return how many were new."""
        ...

    def unmarked(self, mailbox: int, state: FolderState) -> Sequence[int]:
        """Name the UIDs that are stored but not yet marked or moved on the server."""
        ...

    def marked(self, mailbox: int, state: FolderState, uids: Sequence[int]) -> None:
        """Remember that these were marked or moved."""
        ...

    def claim(self, owner: str, now: datetime, most: int) -> Sequence[StoredMail]:
        """Take up to *most* waiting mails, oldest first, for a while; counts a try for each."""
        ...

    def keep(self, ids: Sequence[int], owner: str, until: datetime) -> None:
        """Renew the claim on these mails, as far as they are still this owner's."""
        ...

    def release(self, mail_id: int, owner: str, until: datetime, reason: str) -> None:
        """Give a mail back after a failure, to be tried again from *until*."""
        ...

    def give_back(self, ids: Sequence[int], owner: str) -> None:
        """Give back mails over which the books failed, not they; no try is counted."""
        ...

    def quarantine(self, mail_id: int, owner: str, reason: str) -> None:
        """Set a mail aside, visible, for a person; it is kept whole."""
        ...

    def quarantined(self) -> Sequence[tuple[int, datetime, int, str]]:
        """List the mails set aside: number, received, size, reason."""
        ...

    def try_again(self, mail_id: int) -> bool:
        """Put a quarantined mail back in the queue; False when there is none with this number."""
        ...

    def finish(self, mail_id: int, owner: str) -> bool:
        """End the claim on a mail as worked; False when another robot was first."""
        ...

    def worked(self, worked: Worked) -> None:
        """Write down what became of a mail."""
        ...

    def open(self, mail_id: int) -> StoredMail:
        """Read one stored mail, its bytes opened."""
        ...

    def language(self, mail_id: int) -> str:
        """Name the language a mail was found to be in; `und` where nobody could tell."""
        ...

    def adopt(self, mail_id: int, case_id: int) -> bool:
        """Put a mail without a case into one; False when it has a case or was never read."""
        ...

    def same_message_id(self, message_id: str) -> int:
        """Count the mails that carried this Message-ID."""
        ...


class Casebook(Protocol):
    """The cases, their addresses, facts and flags."""

    def open_case(self, new: NewCase) -> CaseFile:
        """Open a case with its reference and its secret token."""
        ...

    def case(self, case_id: int) -> CaseFile:
        """Read one case. Raises UnknownCase."""
        ...

    def by_reference(self, reference: str) -> CaseFile | None:
        """Find a case of this board by its reference."""
        ...

    def by_token(self, token: str) -> CaseFile | None:
        """Find a case by its secret token."""
        ...

    def by_letter(self, message_id: str) -> CaseFile | None:
        """Find the case of one of our own letters."""
        ...

    def by_mail(self, message_id: str) -> CaseFile | None:
        """Find the case of an earlier mail that carried this Message-ID, if exactly one."""
        ...

    def surviving(self, case: CaseFile) -> CaseFile:
        """Follow the merges of a case to the one that stands in the queue; itself without any."""
        ...

    def merged_into(self, case_id: int) -> Sequence[int]:
        """Name the cases that go on in this one, those merged into them included."""
        ...

    def language_of(self, address: str) -> str | None:
        """Say in which language the last case of an address was written, where that is known."""
        ...

    def is_own_address(self, case_id: int, address: str) -> bool:
        """Say whether this address belongs to the case's requester."""
        ...

    def remember(self, case_id: int, mail_id: int | None, suggestion: Suggestion) -> None:
        """Keep the facts and flags a mail suggests, beside the case."""
        ...

    def raise_flag(self, case_id: int, flag: Flag) -> None:
        """Raise a flag beside a case; does nothing where it stands."""
        ...

    def open_cases(self, ends_before: datetime | None = None) -> Sequence[CaseFile]:
        """List the cases not closed, first due first; with *ends_before* those to remind of."""
        ...

    def reopen(self, case_id: int, why: str, now: datetime) -> None:
        """Put a closed case back in handling; does nothing to an open one."""
        ...

    def kept_away(self, case_id: int) -> Sequence[str]:
        """The addresses of the officers who are kept away from a case or one linked to it."""
        ...

    def unannounced(self, since: datetime) -> Sequence[tuple[CaseFile, Unannounced]]:
        """List extensions of open cases since an instant whose notice may be late or lost."""
        ...

    def record(self, happened: Event) -> None:
        """Write one event into the history, which is only ever added to."""
        ...


class Letterbook(Protocol):
    """The outbox: letters as rows with frozen bytes."""

    def write(self, draft: Draft) -> int | None:
        """Put a letter in the outbox; None when this acknowledgement already exists."""
        ...

    def count_since(self, since: datetime, codes: Sequence[str], recipient: str | None) -> int:
        """Count the letters with these codes since an instant, to one recipient or in total."""
        ...

    def claim(self, owner: str, now: datetime, until: datetime, most: int) -> Sequence[LetterRow]:
        """Take up to *most* letters that are due, for a while."""
        ...

    def keep(self, ids: Sequence[int], owner: str, until: datetime) -> Sequence[int]:
        """Renew the claim on these letters; return those still claimed by this owner."""
        ...

    def give_back(self, ids: Sequence[int], owner: str, at: datetime) -> None:
        """Give back letters that were not tried, to be sent from *at*; no try is counted."""
        ...

    def waiting(self) -> Sequence[tuple[int, str, str, str, datetime]]:
        """List what has not been sent: number, letter, state, why held, and when written."""
        ...

    def let_go(self, letter_id: int, now: datetime) -> bool:
        """Let a held or refused letter go; False when there is none with this number."""
        ...

    def sent(self, letter_id: int, owner: str, at: datetime, code: int) -> None:
        """Remember that the mail server took the letter."""
        ...

    def later(self, letter_id: int, owner: str, at: datetime, code: int | None) -> None:
        """Try again from *at*."""
        ...

    def refused(self, letter_id: int, owner: str, at: datetime, code: int) -> None:
        """Remember that the letter was refused for good."""
        ...

    def code_of(self, message_id: str) -> str | None:
        """Say which letter of ours carried this Message-ID; None for any other mail."""
        ...

    def bounced(self, mark: str, at: datetime) -> LetterRow | None:
        """Remember that a letter came back; returns it, or None when there is no such letter."""
        ...


class Reminders(Protocol):
    """Which reminder steps were taken."""

    def take(self, case_id: int, deadline: str, step: str, at: datetime) -> bool:
        """Take a step once; False when it was taken before."""
        ...

    def recipients(self) -> Sequence[str]:
        """The addresses of the FG and the board members who are active."""
        ...

    def is_officer(self, address: str) -> bool:
        """Say whether an active officer of this board has this address."""
        ...


class Tasks(Protocol):
    """The tasks laid on cases; people say what became of them."""

    def lay(self, case_id: int, codes: Sequence[str], now: datetime) -> None:
        """Lay tasks on a case; those it has already stay as they are."""
        ...

    def laid(self, case_id: int) -> Sequence[str]:
        """Name the tasks of a case in the order they were laid."""
        ...


class IdentityCopies(Protocol):
    """Mails with a copy of an identity document, hidden until the copy is destroyed."""

    def hide(self, copy: HiddenCopy) -> None:
        """Hide the attachments of a mail."""
        ...

    def due(self, now: datetime) -> Sequence[HiddenCopy]:
        """List the copies whose time has come, oldest first."""
        ...

    def destroy(self, mail_id: int, redacted: bytes, now: datetime) -> bool:
        """Put a mail without its copy in the place of the whole one; False when it was done."""
        ...

    def on_servers(self) -> "Sequence[ServerCopy]":
        """List the mails that are destroyed here and may still lie whole on their server."""
        ...

    def gone_from_server(self, mail_id: int, now: datetime) -> None:
        """Remember that no copy of a mail lies on a server any more."""
        ...

    def hasten(self, mail_id: int, destroy_at: datetime) -> None:
        """Destroy a copy that is hidden no later than this."""
        ...

    def show_again(self, mail_id: int) -> bool:
        """Stop hiding a mail whose copy is no identity document; False when there is none."""
        ...


class IdentityLooks(Protocol):
    """Mails whose attached pictures wait to be looked at for identity documents."""

    def ask(self, mail_id: int, case_id: int | None, now: datetime) -> None:
        """Ask that the pictures of a mail be looked at."""
        ...

    def claim(self, now: datetime, until: datetime) -> Look | None:
        """Take the oldest mail that waits, for a while."""
        ...

    def looked(self, mail_id: int, parts: Sequence[int], now: datetime) -> bool:
        """Remember in which parts a document was seen; False when another robot was first."""
        ...

    def parts(self, mail_id: int) -> frozenset[int]:
        """Name the parts of a mail that were seen to show a document."""
        ...


class CaseWords(Protocol):
    """The words that cases are found by."""

    def add(self, case_id: int, words: Sequence[str]) -> None:
        """Add words to a case; those it has already stay."""
        ...


class OpenBooks(Protocol):
    """The books of one board within one transaction."""

    @property
    def words(self) -> CaseWords:
        """The words that cases are found by."""
        ...

    @property
    def tasks(self) -> Tasks:
        """The tasks of the cases."""
        ...

    @property
    def copies(self) -> IdentityCopies:
        """The copies of identity documents."""
        ...

    @property
    def looks(self) -> IdentityLooks:
        """The mails to be looked at for identity documents."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The mails."""
        ...

    @property
    def cases(self) -> Casebook:
        """The cases."""
        ...

    @property
    def letters(self) -> Letterbook:
        """The outbox."""
        ...

    @property
    def conversation(self) -> Conversation:
        """What was said before."""
        ...

    @property
    def passages(self) -> PassageBook:
        """What people made of the passages, and what these answered."""
        ...

    @property
    def reminders(self) -> Reminders:
        """The reminders that were sent."""
        ...


class Books(Protocol):
    """All the books of one board."""

    def opened(self) -> AbstractContextManager[OpenBooks]:
        """Open the books for one transaction; an exception leaves them as they were."""
        ...
