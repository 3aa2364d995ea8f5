"""What officers looked at and did, as the FG reads it (GDPR 5(2), 32(1), 39(1)(b))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile

PAGE_SIZE = 100
ONE_LOOK = timedelta(minutes=15)
"""Within it a second look at a case by the same officer is the same look."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which events to list; empty means all."""

    officer_id: int | None = None
    reference: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing an officer looked at or did."""

    number: int
    event: Event
    officer: str = field(repr=False)
    reference: str


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One letter as it was frozen, whole."""

    number: int
    code: str
    state: str
    written: datetime
    content: bytes = field(repr=False)


class Audit(Protocol):
    """The events of officers, within one transaction; nothing here changes one."""

    def looked(self, case_id: int, officer_id: int, since: datetime) -> bool:
        """Say whether it was written down since then that this officer opened this case."""
        ...

    def rows(
        self, chosen: AuditFilter, hidden: frozenset[int], before: int | None
    ) -> Sequence[AuditRow]:
        """List one page and one row more, newest first, without the cases that are hidden."""
        ...

    def kinds(self) -> Sequence[str]:
        """Name the kinds of events that officers caused."""
        ...

    def officers(self) -> Mapping[int, str]:
        """Name every officer of the board, those who left as well."""
        ...

    def letter_files(self, case: CaseFile, numbers: Sequence[int]) -> Sequence[LetterFile]:
        """Give the letters with these numbers as mails; what cannot be opened is left out."""
        ...
