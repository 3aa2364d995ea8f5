"""The accounts of the door: found by address, their password tried, their sign-in written down."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from mailbot.adapters.history import Written, write_event
from mailbot.adapters.people import HASHER, NOBODY, long_enough, matches
from mailbot.adapters.schema import officer, sign_in
from mailbot.domain.accounts import Account
from mailbot.domain.roles import Role


class SqlAccounts:
    """The officers of every board, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.written: list[Written] = []
        """The events of this transaction, which wait for their seals."""

    def of_address(self, address: str) -> Sequence[Account]:
        """List the active accounts of an address: at most one on each board."""
        query = select(officer).where(
            officer.c.address == address.strip().lower(), officer.c.active.is_(True)
        )
        return [read_account(row) for row in self._connection.execute(query.order_by(officer.c.id))]

    def password_hash(self, account: Account | None) -> str:
        """Read what a password is tried against; of nobody, a hash that takes as long."""
        if account is None:
            return NOBODY
        query = select(officer.c.password_hash).where(officer.c.id == account.id)
        return str(self._connection.execute(query).scalar_one())

    def of_board(self, board_id: int) -> Sequence[tuple[Account, datetime | None]]:
        """List every account of a board with its last sign-in, active or not."""
        last = select(func.max(sign_in.c.at)).where(sign_in.c.officer_id == officer.c.id)
        query = select(officer, last.scalar_subquery().label("last")).where(
            officer.c.board_id == board_id
        )
        rows = self._connection.execute(query.order_by(officer.c.name, officer.c.id))
        return [(read_account(row), _instant(row.last)) for row in rows]

    def find(self, board_id: int, number: int) -> Account | None:
        """Read an account of a board, active or not."""
        query = select(officer).where(officer.c.board_id == board_id, officer.c.id == number)
        row = self._connection.execute(query).one_or_none()
        return read_account(row) if row else None

    def named(self, board_id: int, address: str) -> Account | None:
        """Read the account of an address on a board, active or not."""
        query = select(officer).where(
            officer.c.board_id == board_id, officer.c.address == address.strip().lower()
        )
        row = self._connection.execute(query).one_or_none()
        return read_account(row) if row else None

    def set_active(self, account: Account, *, active: bool) -> None:
        """Let an officer in from now on, or no longer; what they did keeps their name."""
        self._connection.execute(
            update(officer).where(officer.c.id == account.id).values(active=active)
        )

    def set_password(self, account: Account, password: str) -> None:
        """
        Put a password in the place of the old.

        Raises:
            SignInRefused: it is too short.
        """
        long_enough(password)
        self._connection.execute(
            update(officer)
            .where(officer.c.id == account.id)
            .values(password_hash=HASHER.hash(password))
        )

    def sign_in(self, account: Account, door: str, now: datetime) -> int:
        """Write down that somebody came in; every act names this row."""
        row = self._connection.execute(
            insert(sign_in).values(officer_id=account.id, at=now, door=door)
        )
        return int((row.inserted_primary_key or (0,))[0])

    def record(
        self, account: Account, kind: str, now: datetime, by: int | None = None, **detail: str
    ) -> None:
        """Write into the history what was changed about a sign-in, by its officer or by another."""
        self.written.append(
            write_event(
                self._connection,
                board_id=account.board_id,
                officer_id=by or account.id,
                at=now,
                kind=kind,
                detail=json.dumps(detail, sort_keys=True),
            )
        )


def password_fits(stored: str, password: str) -> bool:
    """Try a password; slow on purpose, so never within a transaction."""
    return matches(stored, password)


def _instant(found: datetime | None) -> datetime | None:
    """Give the zone back that an aggregate on SQLite loses."""
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found


def read_account(row: Row[tuple[object, ...]]) -> Account:
    """Read an account from a row that holds the officer's columns."""
    found = row._mapping  # noqa: SLF001 - the public face of a row
    return Account(
        int(found["id"]),
        int(found["board_id"]),
        str(found["address"]),
        str(found["name"]),
        Role(found["role"]),
        bool(found["active"]),
    )
