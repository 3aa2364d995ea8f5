"""The kinds of case, each with its article, its clock and who decides: one table."""

from enum import StrEnum


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
