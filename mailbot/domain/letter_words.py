"""The shapes of the words that letters are filled with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.domain.kinds import Kind

Typed = str | Mapping[str, str]
"""What a person typed: in Dutch, or one text for each language code."""


@dataclass(frozen=True, slots=True)
class BoardWords:
    """What letters say of the school board; from its profile, never invented."""

    name: str
    full_name: str
    privacy_address: str
    fg_contact: str
    """The address at which people reach the FG."""
    website: str | None = None
    fg_name: str | None = None
    phone: str | None = None
    reglement_link: str | None = None
    complaints_link: str | None = None
    """Where the klachtenreglement stands; without it, letters name the website."""
    authority_link: str | None = None
    """Where a complaint to the Autoriteit Persoonsgegevens starts."""
    court_link: str | None = None


@dataclass(frozen=True, slots=True)
class RequestWords:
    """One case in an acknowledgement; a breach has no date to promise."""

    kind: Kind
    reference: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class StatusWords:
    """One case in a status answer."""

    kind: Kind | None
    """None where a person must still name it."""
    reference: str
    received_on: date
    stage: str
    """One of `STAGES`."""
    due: date | None = None
    """None once the case is closed."""
    former_dues: tuple[date, ...] = ()
    """What was promised before each extension, oldest first."""


@dataclass(frozen=True, slots=True)
class RefusedPart:
    """One part of a request that is refused, with its ground (GDPR 12(4))."""

    part: Typed
    ground: Typed
    weighed: Typed
    """The facts and interests that were weighed."""


@dataclass(frozen=True, slots=True)
class HeapWords:
    """What waits for people of one sort, in the daily proof."""

    what: str
    """One of `HEAPS`."""
    count: int
    since: date


@dataclass(frozen=True, slots=True)
class LeavingWords:
    """A case that leaves its term, in the daily proof; nothing personal."""

    reference: str
    kind: Kind
    due: date | datetime
    over: bool


@dataclass(frozen=True, slots=True)
class AnsweredWords:
    """What the assistant wrote by itself, in the daily proof."""

    what: str
    """One of `ANSWERED`."""
    count: int
    passages: str = ""
    """Which passages answered and how often, by the codes that `mailbot passage` takes."""


HEAPS = ("unread", "parked", "asked", "quarantined", "held", "refused", "unconfirmed")
"""What may wait for people."""

ANSWERED = ("status", "status_unknown", "answer")
"""The letters in which the assistant answers by itself."""

STAGES = (
    "received",
    "confirmed",
    "waiting_for_requester",
    "in_progress",
    "extended",
    "with_board",
    "decided",
    "closed",
)
"""The stages a status answer can name; none of them says what the outcome is."""

QUESTIONS = ("child_name", "school", "role", "which_data")
"""What an acknowledgement may ask for."""

IDENTITY_OPTIONS = ("known_address", "call_back", "at_school")
"""Ways to establish an identity, the least intrusive first (reglement 8.2.2 and 8.2.3)."""

ACCESS_WORDS = ("purposes", "categories", "recipients", "retention", "source")
"""What a granted access request also states (GDPR 15(1))."""
