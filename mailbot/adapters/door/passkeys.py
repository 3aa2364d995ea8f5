"""Passkeys: public keys only, so nothing in this table lets anybody in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, select, update

from mailbot.adapters.rows import insert_once
from mailbot.adapters.schema_door import passkey
from mailbot.domain.accounts import Account, Passkey


class SqlPasskeys:
    """The passkeys of all officers, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        account: Account,
        *,
        credential_id: bytes,
        public_key: bytes,
        sign_count: int,
        name: str,
        now: datetime,
    ) -> bool:
        """Register a passkey; False when it is registered already, here or with a colleague."""
        added = insert_once(
            self._connection,
            passkey,
            board_id=account.board_id,
            officer_id=account.id,
            credential_id=credential_id,
            public_key=public_key,
            sign_count=sign_count,
            name=name,
            added_at=now,
        )
        return added is not None

    def of(self, account: Account) -> Sequence[Passkey]:
        """List the passkeys of an officer, oldest first."""
        return self._read(
            select(passkey).where(passkey.c.officer_id == account.id).order_by(passkey.c.id)
        )

    def used(self, key: Passkey, sign_count: int, now: datetime) -> None:
        """Write down that a passkey was used, with its counter."""
        self._connection.execute(
            update(passkey).where(passkey.c.id == key.id).values(sign_count=sign_count, used_at=now)
        )

    def remove(self, account: Account, number: int) -> bool:
        """Remove one passkey of an officer; False when it is not theirs."""
        gone = self._connection.execute(
            delete(passkey).where(passkey.c.id == number, passkey.c.officer_id == account.id)
        )
        return gone.rowcount == 1

    def count(self, account: Account) -> int:
        """Count the passkeys of an officer."""
        query = select(func.count()).where(passkey.c.officer_id == account.id)
        return int(self._connection.execute(query).scalar_one())

    def _read(self, query: Select[tuple[object, ...]]) -> Sequence[Passkey]:
        return [
            Passkey(
                row.id,
                row.name,
                row.added_at,
                row.used_at,
                bytes(row.credential_id),
                bytes(row.public_key),
                row.sign_count,
            )
            for row in self._connection.execute(query)
        ]
