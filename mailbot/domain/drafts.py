"""What an officer typed for an act and did not send yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailbot.domain.case import CaseFile


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The fields of a form as one officer left them."""

    at: datetime
    fields: Mapping[str, str] = field(repr=False)


class Drafts(Protocol):
    """The drafts of the officers of one board, within one transaction."""

    def keep(
        self, case: CaseFile, officer_id: int, act: str, fields: Mapping[str, str], at: datetime
    ) -> None:
        """Keep what was typed, sealed under the key of the case, in place of what was kept before."""
        ...

    def read(self, case: CaseFile, officer_id: int, act: str) -> KeptDraft | None:
        """Read what this officer typed for an act; None where nothing is kept."""
        ...

    def drop(self, case: CaseFile, officer_id: int, act: str) -> None:
        """Throw a draft away, after its letter was written above all."""
        ...
