"""Slows whoever keeps failing: by account and by network address, a little longer each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.adapters.door import OpenDoor
from mailbot.web.asked import Asked
from mailbot.web.door.known import mark_of


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures pass, and how long the wait can become."""

    free: int
    longest: timedelta


FIRST_WAIT = timedelta(seconds=2)
OF_ACCOUNT = Patience(free=5, longest=timedelta(minutes=15))
OF_CLIENT = Patience(free=20, longest=timedelta(minutes=15))
"""A school may have one address for all its officers, so it gets more room."""


def pause(failures: int, patience: Patience) -> timedelta:
    """Say how long to wait after so many failures: twice as long each time, up to a bound."""
    over = failures - patience.free
    if over < 0:
        return timedelta(0)
    return min(FIRST_WAIT * (1 << min(over, 20)), patience.longest)


def must_wait(door: OpenDoor, asked: Asked, address: str) -> datetime | None:
    """Say until when this account or this network address has to wait; None when it may try."""
    waits = [door.tries.free_at(subject, asked.now) for subject, _ in _subjects(asked, address)]
    return max((wait for wait in waits if wait is not None), default=None)


def failed(door: OpenDoor, asked: Asked, address: str) -> None:
    """Count a failure, and let the next one wait."""
    for subject, patience in _subjects(asked, address):
        failures = door.tries.failed(subject, asked.now)
        wait = pause(failures, patience)
        if wait:
            door.tries.wait(subject, asked.now + wait)


def succeeded(door: OpenDoor, asked: Asked, address: str) -> None:
    """Begin counting anew, once both factors were shown."""
    door.tries.forget(_account(address))
    door.tries.forget(f"browser {mark_of(asked, address)}")


def _subjects(asked: Asked, address: str) -> Sequence[tuple[str, Patience]]:
    mark = mark_of(asked, address)
    if mark:
        # Whoever keeps failing elsewhere, on purpose perhaps, does not shut this officer out here.
        return ((f"browser {mark}", OF_ACCOUNT),)
    return ((_account(address), OF_ACCOUNT), (f"client {asked.client}", OF_CLIENT))


def _account(address: str) -> str:
    # Also of an address without account, so that waiting tells nobody who has one.
    return f"account {address.strip().lower()}"
