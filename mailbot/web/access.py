"""Who may open a page: the shape of a row in the table of routes."""

from dataclasses import dataclass
from enum import StrEnum

from mailbot.domain.roles import Role
from mailbot.web.asked import DoorPage, Page

READERS = frozenset({Role.FG, Role.BOARD, Role.HANDLER})
"""Whoever works on cases; an administrator sees no case content."""
SUPERVISORS = frozenset({Role.FG, Role.BOARD})
DECIDERS = frozenset({Role.BOARD})
FG_ONLY = frozenset({Role.FG})
ADMINS = frozenset({Role.ADMIN})
EVERYBODY = frozenset(Role)

SMALL = 256 * 1024
"""Bytes of a form without files."""


class Door(StrEnum):
    """For pages of the door: how far one must have come."""

    OPEN = "open"
    """Anybody, signed in or not."""
    FIRST = "first"
    """Whoever has shown a first factor."""


class Bound(StrEnum):
    """What a path names, so that it is looked at before the page runs."""

    NOTHING = "nothing"
    CASE = "case"
    """`{reference}`: a case of the officer's own board, from which nobody keeps them away."""
    BREACH = "breach"
    """`{entry}`: an entry of the breach register, of the officer's own board and not kept away."""


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table."""

    path: str
    methods: tuple[str, ...]
    page: Page | DoorPage
    who: frozenset[Role] | Door
    bound: Bound = Bound.NOTHING
    largest: int = SMALL
    """Bytes of the largest form it takes."""
    awake: bool = True
    """Whether asking for it counts as being there; what a script asks by itself does not."""


def page(
    path: str,
    methods: str,
    endpoint: Page,
    who: frozenset[Role],
    bound: Bound = Bound.NOTHING,
    *,
    largest: int = SMALL,
    awake: bool = True,
) -> Route:
    """Write a row for a page of the desk; *methods* is `GET`, `POST` or `GET POST`."""
    return Route(path, tuple(methods.split()), endpoint, who, bound, largest, awake)


def door(path: str, methods: str, endpoint: DoorPage, who: Door) -> Route:
    """Write a row for a page of the door."""
    return Route(path, tuple(methods.split()), endpoint, who)
