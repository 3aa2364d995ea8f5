"""The accounts of the door: found by address, their password tried, their sign-in written down."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from mailbot.adapters.people import NOBODY, matches
from mailbot.adapters.schema import event, officer, sign_in
from mailbot.domain.accounts import Account
from mailbot.domain.roles import Role


class SqlAccounts:
    """The officers of every board, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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

    def sign_in(self, account: Account, door: str, now: datetime) -> int:
        """Write down that somebody came in; every act names this row."""
        row = self._connection.execute(
            insert(sign_in).values(officer_id=account.id, at=now, door=door)
        )
        return int((row.inserted_primary_key or (0,))[0])

    def record(self, account: Account, kind: str, now: datetime, **detail: str) -> None:
        """Write into the history what an officer changed about their own sign-in."""
        self._connection.execute(
            insert(event).values(
                board_id=account.board_id,
                officer_id=account.id,
                at=now,
                kind=kind,
                detail=json.dumps(detail, sort_keys=True),
            )
        )


def password_fits(stored: str, password: str) -> bool:
    """Try a password; slow on purpose, so never within a transaction."""
    return matches(stored, password)


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
