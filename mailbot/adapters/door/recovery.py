"""Recovery codes: hashed, each for one use."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from mailbot.adapters.schema_door import recovery_code
from mailbot.adapters.vault import Vault
from mailbot.domain.accounts import Account


class SqlRecovery:
    """The recovery codes of all officers, within one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def renew(self, account: Account, codes: Sequence[str], now: datetime) -> None:
        """Put new codes in the place of the old."""
        self.remove(account)
        for code in codes:
            self._connection.execute(
                insert(recovery_code).values(
                    board_id=account.board_id,
                    officer_id=account.id,
                    code_hash=self._hash(code),
                    made_at=now,
                )
            )

    def use(self, account: Account, code: str, now: datetime) -> bool:
        """Use a code up; False when it is none of this officer's, or was used."""
        taken = self._connection.execute(
            update(recovery_code)
            .where(
                recovery_code.c.officer_id == account.id,
                recovery_code.c.code_hash == self._hash(code),
                recovery_code.c.used_at.is_(None),
            )
            .values(used_at=now)
        )
        return taken.rowcount == 1

    def left(self, account: Account) -> int:
        """Count the codes that were not used."""
        query = select(func.count()).where(
            recovery_code.c.officer_id == account.id, recovery_code.c.used_at.is_(None)
        )
        return int(self._connection.execute(query).scalar_one())

    def remove(self, account: Account) -> None:
        """Remove all codes of an officer."""
        self._connection.execute(
            delete(recovery_code).where(recovery_code.c.officer_id == account.id)
        )

    def _hash(self, code: str) -> bytes:
        # Written on paper, typed by hand: spaces, dashes and case do not count.
        return self._vault.keyed_hash("recovery " + "".join(filter(str.isalnum, code)).lower())
