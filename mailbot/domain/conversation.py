"""What the books remember of a conversation: whose cases run, what was asked, how far things are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.thread import RunningCase

TELLS_OF_A_DECISION = frozenset({"granted", "partly", "refused", "refused_for_safety"})
"""Outcomes that are told in a letter of their own; a status answer says no more than that."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case is, as its history shows."""

    outcome: str | None = None
    """The outcome of the last decision, unless the case was reopened after it."""
    waits_for_requester: bool = False
    """Whether the requester was asked something, and nothing came since."""
    under_way: bool = False
    """Whether a task was settled or something asked."""
    former_dues: tuple[date, ...] = ()
    """The due dates before each extension, oldest first."""


def stage_of(case: CaseFile, progress: Progress) -> str:
    """
    Name the stage a status answer tells; none of `STAGES` says what the outcome is.

    Args:
        case: the case.
        progress: how far it is.

    Returns:
        One of `STAGES`.
    """
    if case.state is CaseState.CLOSED:
        return "decided" if progress.outcome in TELLS_OF_A_DECISION else "closed"
    if progress.waits_for_requester:
        return "waiting_for_requester"
    if progress.former_dues:
        return "extended"
    if progress.under_way:
        return "in_progress"
    return "confirmed" if case.confirmed else "received"


class Conversation(Protocol):
    """What was said before, within one transaction."""

    def running(self, address: str) -> Sequence[RunningCase]:
        """List the cases that are not closed and whose own address this is, oldest first."""
        ...

    def children(self, case: CaseFile) -> tuple[str, ...]:
        """Name the children that a case and those linked to it are about."""
        ...

    def family(self, case: CaseFile, address: str) -> Sequence[CaseFile]:
        """List a case and those linked to it, as far as this address is their own."""
        ...

    def told(self, case: CaseFile) -> frozenset[str]:
        """Name what a case and those linked to it know already, or were asked already."""
        ...

    def progress(self, case: CaseFile) -> Progress:
        """Say how far a case is."""
        ...

    def written_since(
        self, since: datetime, code: str, *, case_id: int | None = None, recipient: str = ""
    ) -> int:
        """Count the letters of this code for one case, or to one address, however they fared."""
        ...

    def follow_language(self, case: CaseFile, language: str) -> bool:
        """Let letters of a case follow a language, unless an officer set it; True if it changed."""
        ...

    def set_language(self, case: CaseFile, language: str) -> None:
        """Write the letters of a case in this language from now on."""
        ...

    def file(self, mail_id: int, case: CaseFile) -> bool:
        """Put a mail without a case into one, with the facts it gives; False when it has one."""
        ...

    def waiting(self, mail_ids: Sequence[int]) -> Sequence[int]:
        """Name those of these mails that wait for a person."""
        ...

    def guesses(self, mail_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """For mails put before a person: the reference of the case guessed, and why."""
        ...
