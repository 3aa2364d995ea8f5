"""What a classifier believes about a mail, how strongly, and why."""

from dataclasses import dataclass
from enum import StrEnum

from mailbot.domain.kinds import Kind


class Route(StrEnum):
    """Where a mail belongs, before anyone has looked."""

    CASE = "case"
    FOLLOW_UP = "follow_up"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    SPAM = "spam"
    OTHER = "other"
    NOTE = "note"
    """An officer's answer to a mail that we wrote to officers; read by nothing but people."""


class Flag(StrEnum):
    """Something an officer should see first; never a refusal by itself."""

    IDENTITY_DOCUMENT = "identity_document"
    BSN = "bsn"
    SAFETY = "safety"
    URGENT = "urgent"
    SEVERAL_REQUESTS = "several_requests"
    INSTRUCTIONS_IN_MAIL = "instructions_in_mail"
    PUPIL_16 = "pupil_16"
    PARENT_OF_PUPIL_16 = "parent_of_pupil_16"
    DOUBTFUL_AUTHORITY = "doubtful_authority"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that led to a suggestion, with their place in the new text."""

    text: str
    start: int = -1
    """Offset in `Mail.new_text`, or in the text of *source*; -1 when they stand in the subject."""
    source: str = ""
    """The attached file or mail in which the words stand; empty for the mail itself."""


BELIEVED = 0.5
"""From this confidence a kind is believed and may press; a breach below it is a hint to look."""


@dataclass(frozen=True, slots=True)
class KindSuggestion:
    """One kind the mail may be, between 0 and 1, with the words that show it."""

    kind: Kind
    confidence: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_hint(self) -> bool:
        """Whether it is only possible, and put forward so that a person looks."""
        return self.kind is Kind.BREACH and self.confidence < BELIEVED


@dataclass(frozen=True, slots=True)
class PassageSuggestion:
    """The passage that surely answers the one question of a mail."""

    passage: str
    confidence: float
    """How likely it is the right one, between 0 and 1."""


class FactName(StrEnum):
    """The facts a classifier may find; an absent fact is absent, never guessed."""

    CHILD_NAME = "child_name"
    AGE = "age"
    BIRTH_DATE = "birth_date"
    SCHOOL = "school"
    REQUESTER_NAME = "requester_name"
    REQUESTER_ROLE = "requester_role"
    GROUP = "group"
    """The group or class of the child, in the words of the mail."""
    INCIDENT_DATE = "incident_date"
    """The days on which something went wrong, as ISO 8601, joined by `; `."""
    WHICH_DATA = "which_data"
    """Which data, document or photo the mail is about, in its own words."""
    SIBLING_NAME = "sibling_name"
    """Another child for whom the same is asked; `unknown` where the mail gives no name."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it stands in the mail."""

    name: FactName
    value: str
    start: int = -1
    """Offset in `Mail.new_text`, or in the text of *source*; -1 when it was concluded."""
    source: str = ""
    """The attached file or mail in which it stands; empty for the mail itself."""


class Says(StrEnum):
    """What a mail says to its own conversation, whatever it asks besides."""

    WITHDRAWS = "withdraws"
    """It takes the request back, in so many words."""
    YES = "yes"
    """It begins with a yes; that counts only where something was asked."""
    NEW_ADDRESS = "new_address"
    """It tells of another mail address of the writer."""
    BY_A_PERSON = "by_a_person"
    """An automatic mail that holds the words of a person besides."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the machine believes; the kind of a case stays *suggested* until an officer confirms."""

    route: Route
    language: str
    """ISO 639-1 of the new text, or `und` where the text is too short to tell."""
    kinds: tuple[KindSuggestion, ...] = ()
    """The primary kind first: exposed data, a dominating complaint, then what is asked."""
    follow_up: float = 0.0
    """How strongly the words read as belonging to a running case, between 0 and 1."""
    unsure: bool = True
    facts: tuple[Fact, ...] = ()
    flags: frozenset[Flag] = frozenset()
    asks_status: float = 0.0
    """How surely the mail asks how a running case stands, and asks nothing else."""
    language_sure: bool = False
    """Whether the text is long and plain enough that letters may follow its language."""
    passage: PassageSuggestion | None = None
    """What answers a mail that asks one general question and nothing else; None in any doubt."""
    says: frozenset[Says] = frozenset()
    classifier: str = "none"
    """Name and version of the classifier, kept beside the officer's label for ever."""

    @property
    def primary(self) -> Kind | None:
        """The primary kind, or None where nothing was recognised."""
        return self.kinds[0].kind if self.kinds else None

    @property
    def primary_code(self) -> str | None:
        """The code of what the mail primarily is: a kind, `follow_up`, or None for neither."""
        follows = self.route is Route.FOLLOW_UP
        # A mere hint of a breach keeps a person looking; it does not outweigh what is believed.
        if self.kinds and not (follows and self.kinds[0].is_hint):
            return self.kinds[0].kind.value
        return Route.FOLLOW_UP.value if follows else None
