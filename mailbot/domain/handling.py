"""What people do on a case besides deciding it: one row for each act, by a named officer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile, Dates
from mailbot.domain.decision import Officer


@dataclass(frozen=True, slots=True)
class ActOnFile:
    """One act as it was written down."""

    number: int
    code: Act
    subject: str
    day: date | None
    choices: tuple[str, ...]
    at: datetime
    officer_id: int
    officer: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class IdentityRecord:
    """Established how, when and by whom (reglement 8.2.3); nothing of a document is kept."""

    number: int
    how: str
    at: datetime
    officer: str
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One fact of a case: as a mail suggests it, or as an officer confirmed it."""

    name: str
    confirmed: bool
    value: str = field(repr=False)
    mail_id: int | None = None
    """The mail that says so; None where an officer does."""
    at: datetime | None = None
    """When it was said: the receipt of that mail, or the act of that officer."""


@dataclass(frozen=True, slots=True)
class NoticeOnFile:
    """An extension and how its notice fared."""

    extension: int
    old_due: date
    new_due: date
    letter_state: str | None
    """None where no letter was written, for want of an address."""
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class CopyOnFile:
    """A mail whose attached copy of an identity document is hidden, or gone already."""

    mail_id: int
    found_at: datetime
    destroyed_at: datetime | None


class HandlingBook(Protocol):
    """What people write beside a case, within one transaction."""

    def record(self, case: CaseFile, act: NewAct, officer: Officer, at: datetime) -> int:
        """Write an act down, and its event in the history."""
        ...

    def acts(self, case: CaseFile, *codes: Act) -> Sequence[ActOnFile]:
        """List the acts on a case with these codes, or all of them, oldest first."""
        ...

    def establish(self, case: CaseFile, how: str, note: str, officer: Officer, at: datetime) -> int:
        """Write down that an identity was established."""
        ...

    def identity(self, case: CaseFile) -> IdentityRecord | None:
        """Read the latest identity record of a case."""
        ...

    def facts(self, case: CaseFile) -> Sequence[KnownFact]:
        """List the facts of a case, oldest first, suggested and confirmed."""
        ...

    def confirm_fact(
        self, case: CaseFile, name: str, value: str, officer: Officer, at: datetime
    ) -> None:
        """Write down a fact as an officer knows it, beside what the mail suggested."""
        ...

    def flags(self, case: CaseFile) -> frozenset[str]:
        """Name the flags of a case; a safety flag counts for every linked case."""
        ...

    def change_flag(self, case: CaseFile, flag: str, *, present: bool) -> None:
        """Set or clear a flag; a later mail may raise it again."""
        ...

    def family(self, case: CaseFile) -> Sequence[CaseFile]:
        """List the case and those linked to it."""
        ...

    def kept_from_somebody(self) -> frozenset[int]:
        """Name the cases from which any officer is kept away; no list without a sign-in has them."""
        ...

    def hidden_from(self, officer: Officer) -> frozenset[int]:
        """Name the cases an officer is kept away from, linked cases included."""
        ...

    def hidden_from_number(self, officer_id: int) -> frozenset[int]:
        """Name the same by the number of an officer."""
        ...

    def shielded(self) -> frozenset[int]:
        """Name the cases under a safety flag, linked cases included."""
        ...

    def officer_named(self, address: str) -> tuple[int, str] | None:
        """Find an officer of this board by address: number and name."""
        ...

    def notices(self, case: CaseFile) -> Sequence[NoticeOnFile]:
        """List the extensions of a case, each with its latest notice."""
        ...

    def letter_accepted(self, case: CaseFile, code: str, since: datetime) -> datetime | None:
        """Say when the mail server took the latest letter of this kind written since then."""
        ...

    def copies(self, case: CaseFile) -> Sequence[CopyOnFile]:
        """List the mails of a case whose attachments must not be shown."""
        ...

    def set_dates(self, case: CaseFile, dates: Dates) -> None:
        """Put other dates in force."""
        ...

    def set_urgent(self, case: CaseFile) -> None:
        """Mark a case as urgent."""
        ...


def latest(acts: Sequence[ActOnFile], *codes: Act) -> ActOnFile | None:
    """Return the last act with one of these codes, or None."""
    return next((act for act in reversed(acts) if act.code in codes), None)
