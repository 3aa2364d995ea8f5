"""The closed list of what the robot may put forward; none of it states or brings about an outcome."""

from dataclasses import dataclass, field

from mailbot.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case whose kind stands as suggested until an officer confirms it."""

    kind: Kind | None
    """None when the mail is unclear; its clock then runs as if it were a request."""
    confidence: float
    linked_to: int | None = None
    """The running case in whose thread this request came."""
    child: str = field(default="", repr=False)
    """The child it is about, where that is another one than the running case's."""
    sender_asks: bool = True
    """False where whoever sent the mail passed on what somebody else asks."""


@dataclass(frozen=True, slots=True)
class AddToCase:
    """File the mail in a running case."""

    case_id: int


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Tell the sender that the mail was received, in one letter for all cases it opened."""

    letter: str


@dataclass(frozen=True, slots=True)
class AnswerStatus:
    """Answer where a case stands, to its own authenticated address only."""

    case_id: int | None
    """None where the writer may not be told whether there is a case at all."""


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answer a question with an approved passage of the reglement."""

    passage: str
    otherwise: str = "ack_unsure"
    """The acknowledgement that goes out where a person took the passage out of use."""


@dataclass(frozen=True, slots=True)
class AskOfficer:
    """Put the mail before a person, with the reason in a short code."""

    reason: str
    guessed_case: int | None = None
    """The running case it may belong to; only a person puts it there."""
    why: tuple[str, ...] = ()
    """What speaks for that case, in short codes."""


Proposal = OpenCase | AddToCase | Acknowledge | AnswerStatus | AnswerQuestion | AskOfficer
"""There is no Close, Refuse, Grant or Discard, and none may be added."""
