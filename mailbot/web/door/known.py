"""Knows a browser again in which an officer came in before; it opens nothing, it only keeps its turn."""

import hmac

from mailbot.web.asked import Asked


def new_mark(asked: Asked, address: str) -> str:
    """Make a mark for a browser in which an officer has just shown both factors."""
    mark = asked.house.token()
    return f"{mark}.{_sign(asked, mark, address)}"


def mark_of(asked: Asked, address: str) -> str:
    """Read the mark of a browser, if it was given for this address; else nothing."""
    mark, _, signature = asked.known.partition(".")
    right = _sign(asked, mark, address).encode()
    return mark if mark and hmac.compare_digest(signature.encode(), right) else ""


def _sign(asked: Asked, mark: str, address: str) -> str:
    return asked.house.proof("known", f"{mark} {address.strip().lower()}")
