"""What stands in the navigation, for each role what it may open."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from mailbot.domain.roles import Role
from mailbot.web.languages import N_

READERS = frozenset({Role.FG, Role.BOARD, Role.HANDLER})
SUPERVISORS = frozenset({Role.FG, Role.BOARD})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    label: str
    path: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as a page shows it."""

    label: str
    path: str
    current: bool


ENTRIES = (
    Entry(N_("Queue"), "/queue", READERS),
    Entry(N_("Data breaches"), "/breaches", READERS),
    Entry(N_("To look at"), "/parked", READERS),
    Entry(N_("Answers"), "/passages", READERS),
    Entry(N_("Calendar and figures"), "/calendar", READERS),
    Entry(N_("Audit"), "/audit", frozenset({Role.FG})),
    Entry(N_("Administration"), "/admin", frozenset({Role.ADMIN})),
)
"""In the order of a morning; an entry is shown once its page is in the table of routes."""


def navigation(
    role: Role, path: str, paths: Collection[str], gettext: Callable[[str], str]
) -> Sequence[Shown]:
    """List what this role may open, with the page one is on."""
    return [
        Shown(gettext(one.label), one.path, path == one.path or path.startswith(f"{one.path}/"))
        for one in ENTRIES
        if role in one.roles and one.path in paths
    ]
