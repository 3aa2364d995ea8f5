"""The roles an officer can have (reglement 3.3 and 8.9.2a, GDPR 38(6))."""

from enum import StrEnum


class Role(StrEnum):
    """One officer has one role, so nobody can be board and FG at once."""

    FG = "fg"
    """Reviews, confirms, advises, extends, keeps the breach register; never decides a request."""
    BOARD = "board"
    """Decides."""
    HANDLER = "handler"
    """Collects data and prepares."""
    ADMIN = "admin"
    """Manages accounts and sees no case content."""
