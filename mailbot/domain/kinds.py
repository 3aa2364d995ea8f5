"""The kinds of case, each with its article, its clock and who decides: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mailbot.domain import tasks
from mailbot.domain.roles import Role
from mailbot.domain.tasks import TaskRule


class Kind(StrEnum):
    """What a case is; the codes are stable and appear in commands, files and the database."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    PORTABILITY = "portability"
    AUTOMATED_DECISION = "automated_decision"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    RESEARCH_OBJECTION = "research_objection"
    QUESTION = "question"
    BREACH = "breach"
    COMPLAINT = "complaint"
    AUTHORITY = "authority"
    THIRD_PARTY_REQUEST = "third_party_request"
    OTHER = "other"


class Clock(StrEnum):
    """Which clock a kind runs on."""

    REQUEST = "request"
    """Four weeks from receipt, twelve at most (reglement 8.9.2b)."""
    BREACH = "breach"
    """Seventy-two hours from awareness (GDPR 33(1))."""
    COMPLAINT = "complaint"
    """An acknowledgement in working days; the rest is the klachtenreglement's (configuration)."""
    NONE = "none"
    """No term follows from the receipt; a person may set one."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """One row of the table: everything policy says about a kind."""

    kind: Kind
    dutch: str
    english: str
    articles: tuple[str, ...]
    """Short citations, to be written out by `articles.cite`."""
    clock: Clock
    decided_by: frozenset[Role]
    """Who may close a case of this kind with a decision; never the robot."""
    acknowledgement: str | None
    """The letter that goes out by itself; None where a person writes first."""
    tasks: tuple[TaskRule, ...]
    must: str
    """What must happen, in one line."""
    urgent: bool = False
    """Whether a person is told at once, at any hour."""
    standard_on: bool = True
    """Whether the kind is on in a profile that says nothing about it."""


# The FG supervises and so never takes the decision on a request (GDPR 38(6), reglement 8.9.2a).
BOARD = frozenset({Role.BOARD})
# A question or a stray mail holds no decision about anyone's right, so any reader may close it.
ANY_READER = frozenset({Role.FG, Role.HANDLER, Role.BOARD})

ROWS = (
    KindRule(
        Kind.ACCESS,
        "inzage",
        "access",
        ("R8.2.1", "G15(3)", "G15(4)"),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.ACCESS,
        "Say whether and which data are processed, and give a copy with others' data redacted.",
    ),
    KindRule(
        Kind.RECTIFICATION,
        "correctie",
        "rectification",
        ("R8.3.1", "R8.3.2", "G19"),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.RECTIFICATION,
        "Correct factual errors at once, add a statement to opinions, tell earlier recipients.",
    ),
    KindRule(
        Kind.ERASURE,
        "wissing",
        "erasure",
        ("R8.4", "G17(3)", "G19"),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.ERASURE,
        "Pick the ground, check statutory retention, erase, tell earlier recipients.",
    ),
    KindRule(
        Kind.RESTRICTION,
        "beperking",
        "restriction",
        ("R8.5", "G18(3)"),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.RESTRICTION,
        "Mark the data visibly, and tell the requester before the restriction is lifted.",
    ),
    KindRule(
        Kind.OBJECTION,
        "bezwaar",
        "objection",
        ("R8.6", "G21(1)"),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.OBJECTION,
        "Stop the processing meanwhile, ask for a missing reason, then weigh.",
    ),
    KindRule(
        Kind.PORTABILITY,
        "dataportabiliteit",
        "portability",
        ("R8.7",),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.PORTABILITY,
        "Hand over the onderwijskundig rapport or a comparable file, to a verified recipient.",
    ),
    KindRule(
        Kind.AUTOMATED_DECISION,
        "geautomatiseerde besluitvorming",
        "automated decision",
        ("R8.8", "G22(3)"),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.AUTOMATED_DECISION,
        "Have a named human give an opinion.",
    ),
    KindRule(
        Kind.CONSENT_WITHDRAWAL,
        "toestemming intrekken",
        "consent withdrawal",
        ("R1", "R5.2D", "G7(3)"),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.CONSENT_WITHDRAWAL,
        "Stop promptly; no reason is needed.",
    ),
    # On for SPO Utrecht, off for SIPOR until its FG turns it on: a profile says so.
    KindRule(
        Kind.RESEARCH_OBJECTION,
        "bezwaar NCO/CBS",
        "research objection",
        ("S",),
        Clock.REQUEST,
        BOARD,
        "ack_request",
        tasks.RESEARCH_OBJECTION,
        "Block before the next delivery to CBS and say what was delivered already.",
        standard_on=False,
    ),
    # An unsure acknowledgement promises the date of a request, so a question keeps that clock.
    KindRule(
        Kind.QUESTION,
        "vraag",
        "question",
        ("R3.2", "R3.3.2"),
        Clock.REQUEST,
        ANY_READER,
        "ack_unsure",
        tasks.QUESTION,
        "Answer a question about privacy or the reglement.",
    ),
    KindRule(
        Kind.BREACH,
        "datalek",
        "data breach",
        ("R6.4", "G33", "G34"),
        Clock.BREACH,
        BOARD,
        "ack_breach",
        tasks.BREACH,
        "Keep the 72-hour clock and the register; tell the parents when the risk is high.",
        urgent=True,
    ),
    KindRule(
        Kind.COMPLAINT,
        "klacht",
        "complaint",
        ("R8.9.4", "R8.9.5"),
        Clock.COMPLAINT,
        BOARD,
        "ack_complaint",
        tasks.COMPLAINT,
        "Route to the klachtenreglement; AP and court stay open.",
    ),
    KindRule(
        Kind.AUTHORITY,
        "AP, rechtbank of advocaat",
        "authority, court or lawyer",
        ("R8.9.5",),
        Clock.NONE,
        BOARD,
        None,
        tasks.AUTHORITY,
        "Urgent, human only; a human reads the deadline in the letter.",
        urgent=True,
    ),
    # An automatic answer could confirm that a pupil exists, so a person writes the receipt.
    KindRule(
        Kind.THIRD_PARTY_REQUEST,
        "derdenverzoek",
        "third-party request",
        ("R5.2", "R5.3", "R5.4", "R7.1", "R7.2"),
        Clock.NONE,
        BOARD,
        None,
        tasks.THIRD_PARTY_REQUEST,
        "Test the ground and the necessity; never confirm that a pupil exists.",
    ),
    KindRule(
        Kind.OTHER,
        "overig",
        "other",
        ("policy",),
        Clock.NONE,
        ANY_READER,
        None,
        tasks.OTHER,
        "Not ours: shown to a human, redirected by a human.",
    ),
)

KINDS: Mapping[Kind, KindRule] = MappingProxyType({row.kind: row for row in ROWS})
