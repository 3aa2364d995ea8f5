"""An officer's own calendar of due dates, under an address that nobody can guess."""

from collections.abc import Sequence
from datetime import datetime

from mailbot.domain.books import Event
from mailbot.domain.decision import Officer
from mailbot.domain.feed import DueCase
from mailbot.work.desk import Desk, allow


def due_cases(desk: Desk, officer: Officer) -> Sequence[DueCase]:
    """List the open cases with a date that this officer may see, first due first."""
    allow(officer, "read")
    with desk.books.opened() as books:
        return books.feeds.due_cases(officer.id)


def feed_made_at(desk: Desk, officer: Officer) -> datetime | None:
    """Say when this officer's calendar address was made; None where there is none."""
    allow(officer, "read")
    with desk.books.opened() as books:
        return books.feeds.made_at(officer.id)


def renew_feed(desk: Desk, officer: Officer, token: str) -> None:
    """Make an officer's calendar address, in place of the one before it."""
    allow(officer, "read")
    now = desk.clock()
    with desk.books.opened() as books:
        books.feeds.renew(officer.id, token, now)
        books.cases.record(Event("calendar_feed_made", now, officer_id=officer.id))


def revoke_feed(desk: Desk, officer: Officer) -> bool:
    """Take an officer's calendar address back; False when there was none."""
    allow(officer, "read")
    now = desk.clock()
    with desk.books.opened() as books:
        gone = books.feeds.revoke(officer.id)
        if gone:
            books.cases.record(Event("calendar_feed_revoked", now, officer_id=officer.id))
        return gone


def fed(desk: Desk, token: str) -> Sequence[DueCase] | None:
    """
    Read the calendar that a token opens; a program asks, without a session.

    Returns:
        What its officer may see now; None when it opens nothing.
    """
    with desk.books.opened() as books:
        whose = books.feeds.whose(token)
        return None if whose is None else books.feeds.due_cases(whose)
