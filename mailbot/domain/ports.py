"""What the house asks of the edge: one Protocol for each thing that is not ours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from mailbot.domain.mail import AttachedText, Attachment, Bounce, Mail
from mailbot.domain.proposal import Proposal
from mailbot.domain.suggestion import Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder as the server shows it now."""

    folder: str
    uidvalidity: int
    uids: tuple[int, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message as it lay in a folder."""

    folder: str
    uidvalidity: int
    uid: int
    received: datetime
    """INTERNALDATE, aware."""
    raw: bytes = field(repr=False)
    truncated: bool = False
    """Whether the message was larger than the limit and only its beginning was fetched."""


class Mailbox(Protocol):
    """One mailbox on a mail server; a session that may break at any moment."""

    def folders(self) -> Sequence[str]:
        """Name the folders that exist."""
        ...

    def look(self, folder: str) -> FolderState:
        """Select a folder and list its UIDs, oldest first."""
        ...

    def fetch(self, state: FolderState, uids: Sequence[int]) -> Iterator[Fetched]:
        """Fetch messages whole (or their beginning, past the size limit) without marking them."""
        ...

    def mark(self, state: FolderState, uids: Sequence[int]) -> None:
        """Move these to the done folder or mark them by keyword, whatever the server allows."""
        ...

    def wait(self, folder: str, seconds: float) -> bool:
        """Wait for news with IDLE, or just wait; True when the server said something."""
        ...

    def close(self) -> None:
        """Sign out; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where one letter goes on the wire."""

    return_path: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The mail server's word that it took a letter."""

    code: int
    text: str


class Postman(Protocol):
    """Takes letters to the mail server over a kept connection."""

    async def send(self, envelope: Envelope, letter: bytes) -> Receipt:
        """
        Hand over one letter.

        Raises:
            LetterRefused: the server answered 4xx (not permanent) or 5xx (permanent).
            PostOfficeUnavailable: the server cannot be reached or the connection broke.
        """
        ...

    async def close(self) -> None:
        """Say goodbye; never raises."""
        ...


class Classifier(Protocol):
    """Judgement, exchangeable: sees a Mail, returns a Suggestion."""

    name: str
    """Name and version, kept beside every label."""

    def classify(self, mail: Mail) -> Suggestion:
        """Say what this mail may be, how strongly and why; unsure stays unsure."""
        ...


class TextTools(Protocol):
    """What parsing borrows from libraries."""

    def html_to_text(self, html: str) -> str:
        """Turn HTML into text, hidden nodes dropped, quotes marked with `> `."""
        ...

    def true_type(self, content: bytes, declared: str, filename: str) -> str:
        """Name the type the bytes show, else the declared one."""
        ...

    def open_tnef(self, content: bytes) -> tuple[str, list[tuple[str, bytes]]]:
        """Open a winmail.dat: its body text and its files. Raises ValueError when it cannot."""
        ...

    def scan_bounce(self, raw: bytes) -> Bounce | None:
        """Recognise a delivery report by its text, where it has no RFC 3464 part."""
        ...


class AttachmentReader(Protocol):
    """Opens attached files where they can harm nobody."""

    def read(self, files: Sequence[Attachment]) -> tuple[AttachedText, ...]:
        """Read the text of files within limits; what cannot be read says why. Never raises."""
        ...

    def shows_identity_document(self, file: Attachment) -> bool | None:
        """Say whether a file shows an identity document's machine-readable lines; None: unknown."""
        ...


class Calendar(Protocol):
    """The days on which nobody works."""

    def holiday(self, day: date) -> str | None:
        """Name the holiday this day is, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Rendered:
    """One letter's words, ready to be put into bytes."""

    subject: str
    text: str
    html: str


class Stationery(Protocol):
    """The words of the letters, kept in `templates/`."""

    def write(self, letter: str, languages: Sequence[str], words: dict[str, object]) -> Rendered:
        """
        Fill a letter in the first language, followed by the same letter in the others.

        Raises:
            LetterIncomplete: a word the template needs was not given.
        """
        ...

    def languages(self, letter: str) -> Sequence[str]:
        """Name the languages this letter exists in."""
        ...


class Alarm(Protocol):
    """A second channel to a person: a log line, a file that monitoring watches, a webhook."""

    def raise_alarm(self, code: str, detail: str) -> None:
        """Tell a person; *detail* holds references only, nothing personal."""
        ...


class Handler(Protocol):
    """Policy: sees a mail and what is believed of it, returns proposals, does nothing itself."""

    def propose(
        self,
        mail: Mail,
        suggestion: Suggestion,
        thread: Thread | None,
        known: Known = STRANGER,
    ) -> tuple[Proposal, ...]:
        """Say what the robot may do with this mail, by what is known of its sender."""
        ...
