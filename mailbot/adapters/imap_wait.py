"""Wait for new mail with IDLE (RFC 2177)."""

import threading
import time

from imapclient import IMAPClient

ROUND = 240.0
"""Seconds after which IDLE is issued again: many firewalls forget a silent connection after five
minutes, and the new command shows whether anybody is still there."""

LOOK = 1.0
"""Seconds after which the wait looks whether it is to end."""


def wait_for_news(session: IMAPClient, highest: int, end: float, closing: threading.Event) -> bool:
    """
    Wait until the server tells of new mail in the selected folder.

    Args:
        session: with the folder selected.
        highest: the highest UID seen; mail that came since then is news at once.
        end: when to stop, on the monotonic clock.
        closing: ends the wait when set.

    Returns:
        Whether there is new mail.
    """
    # A server tells of each arrival once. It may have told while another command ran.
    session.noop()
    if any(uid > highest for uid in session.search(["UID", f"{highest + 1}:*"])):
        return True
    while not closing.is_set() and time.monotonic() < end:
        if _idle(session, min(end, time.monotonic() + ROUND), closing):
            return True
    return False


def _idle(session: IMAPClient, end: float, closing: threading.Event) -> bool:
    session.idle()
    news = False
    while not news and not closing.is_set():
        began = time.monotonic()
        if began >= end:
            break
        patience = min(LOOK, end - began)
        told = session.idle_check(timeout=patience)
        news = any(_is_arrival(word) for word in told)
        if not told and time.monotonic() - began < patience / 2:
            # An answer without words is a closed connection; idle_done() finds out and raises.
            break
    _, told = session.idle_done()
    return news or any(_is_arrival(word) for word in told)


def _is_arrival(word: object) -> bool:
    return isinstance(word, tuple) and len(word) == 2 and word[1] == b"EXISTS"
