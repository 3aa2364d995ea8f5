"""The clock of a breach: hours on UTC instants, for summer time does not stop it."""

from datetime import datetime, timedelta

from mailbot.domain.local_time import to_utc
from mailbot.domain.terms import REGLEMENT, Terms


def breach_due_at(aware_at: datetime, terms: Terms = REGLEMENT) -> datetime:
    """
    Return when the authority must have been notified (GDPR 33(1)).

    Weekends and holidays count, and an hour is an hour: over the night on which summer time
    begins the local clock shows one hour later, over the night on which it ends one earlier.

    Args:
        aware_at: since when the school has been aware; only a human says so.
        terms: the terms of this board.

    Returns:
        The instant in UTC.

    Raises:
        NaiveInstant: if *aware_at* carries no zone.
    """
    return to_utc(aware_at) + timedelta(hours=terms.breach_hours)


def alarm_at(received_at: datetime, terms: Terms = REGLEMENT) -> datetime:
    """
    Return when the alarm clock runs out: as if the school had been aware at receipt (policy).

    Raises:
        NaiveInstant: if *received_at* carries no zone.
    """
    return breach_due_at(received_at, terms)


def notified_in_time(due_at: datetime, notified_at: datetime) -> bool:
    """
    Say whether a notification came in time; a later one carries its reasons (GDPR 33(1)).

    Raises:
        NaiveInstant: if an instant carries no zone.
    """
    return to_utc(notified_at) <= to_utc(due_at)
