"""Which running case a mail belongs to, and how surely."""

from dataclasses import dataclass
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
