"""The officers of a board and their sign-ins."""

from collections.abc import Sequence
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import officer, sign_in
from mailbot.domain.decision import Officer
from mailbot.domain.errors import SignInRefused
from mailbot.domain.roles import Role

HASHER = PasswordHasher()
"""Argon2id with the library's parameters (RFC 9106, low-memory profile)."""
NOBODY = HASHER.hash("nobody has this password")
"""Checked when there is no such officer, so that the answer takes as long."""
SHORTEST_PASSWORD = 12


class SqlPeople:
    """The officers of one board within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(self, address: str, name: str, role: Role, password: str, now: datetime) -> int:
        """
        Add an officer.

        Raises:
            SignInRefused: the address is in use on this board, the password is too short, or
                this person would be both board and FG (GDPR 38(6)).
        """
        long_enough(password)
        self._not_both(name, role)
        added = self._shelf.insert_once(
            officer,
            board_id=self._shelf.board_id,
            address=address.strip().lower(),
            name=name,
            role=role.value,
            password_hash=HASHER.hash(password),
            active=True,
            created_at=now,
        )
        if added is None:
            raise SignInRefused("an officer of this board has this address already")
        return added

    def _not_both(self, name: str, role: Role) -> None:
        """Refuse a second account by which one person would decide and supervise."""
        other = {Role.FG: Role.BOARD, Role.BOARD: Role.FG}.get(role)
        if other is None:
            return
        names = self._shelf.connection.execute(
            select(officer.c.name).where(
                officer.c.board_id == self._shelf.board_id,
                officer.c.role == other.value,
                officer.c.active.is_(True),
            )
        ).scalars()
        if " ".join(name.lower().split()) in {" ".join(one.lower().split()) for one in names}:
            raise SignInRefused(
                f"{name} is {other} already, and nobody may be both board and FG;"
                " write namesakes with their full names"
            )

    def sign_in(self, address: str, password: str, door: str, now: datetime) -> Officer:
        """
        Let an officer in and write the sign-in down.

        Raises:
            SignInRefused: unknown, not active, or a wrong password; it does not say which.
        """
        row = self._shelf.connection.execute(
            select(officer).where(
                officer.c.board_id == self._shelf.board_id,
                officer.c.address == address.strip().lower(),
                officer.c.active.is_(True),
            )
        ).one_or_none()
        right = matches(row.password_hash if row else NOBODY, password)
        if row is None or not right:
            raise SignInRefused("no active officer has this address and password")
        number = self._shelf.insert(sign_in, officer_id=row.id, at=now, door=door)
        return Officer(row.id, row.board_id, row.name, Role(row.role), number)

    def officers(self) -> Sequence[tuple[str, str, str, bool]]:
        """List address, name, role and whether active."""
        query = (
            select(officer.c.address, officer.c.name, officer.c.role, officer.c.active)
            .where(officer.c.board_id == self._shelf.board_id)
            .order_by(officer.c.id)
        )
        return [tuple(row) for row in self._shelf.connection.execute(query)]


def long_enough(password: str) -> None:
    """
    Refuse a password that is too short.

    Raises:
        SignInRefused: it is.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise SignInRefused(f"choose a password of at least {SHORTEST_PASSWORD} characters")


def matches(stored: str, password: str) -> bool:
    """Try a password against its hash; slow on purpose."""
    try:
        return HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
