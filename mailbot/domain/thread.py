"""Which running case a mail belongs to, and how surely."""

from dataclasses import dataclass, field
from enum import StrEnum

from mailbot.domain.case import CaseFile


class Match(StrEnum):
    """What ties a mail to a case, strongest first."""

    LETTER = "letter"
    """It answers one of our letters by its Message-ID, which holds the case's secret."""
    TOKEN = "token"  # noqa: S105 - a word, no secret
    """It was sent to the case's own reply address, which holds the same secret."""
    MAIL = "mail"
    """It answers an earlier mail of the case."""
    REFERENCE = "reference"
    """It names the case's number, which anyone may have guessed."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A case this mail points at."""

    case: CaseFile
    match: Match
    own_address: bool
    """Whether the mail comes from the case's own address, as far as our MX could tell."""
    answered: str = ""
    """The code of the letter of ours that the mail answers; empty where it answers none."""
    children: tuple[str, ...] = field(default=(), repr=False)
    """The names of children that the case and those linked to it are about."""


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A running case of the sender, with what a guess compares."""

    case: CaseFile
    subject: str = field(default="", repr=False)
    """The subject of the mail that opened it."""
    children: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What the books know of whoever sent a mail, beside the thread it stands in."""

    verified: bool = False
    """Whether our own MX vouches for the address."""
    open_cases: tuple[RunningCase, ...] = ()
    """The running cases whose own address it is; none where the address is forged."""
    officer: bool = False
    """Whether it is an officer's address; that lets nobody in, it only says whose note it is."""


STRANGER = Known()
"""Somebody of whom the books know nothing."""
