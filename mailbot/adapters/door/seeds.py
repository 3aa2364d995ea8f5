"""The seeds of one-time codes, sealed under a key of each officer's own."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import data_key
from mailbot.adapters.schema_door import one_time_seed
from mailbot.adapters.vault import Vault
from mailbot.domain.accounts import Account

PLACE = "one-time seed"


class SqlSeeds:
    """The seeds of all officers, within one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def keep(self, account: Account, seed: str, made: datetime, now: datetime) -> None:
        """Let a seed count whose officer has shown a code of it; the one before is erased."""
        self.remove(account)
        shelf = Shelf(self._connection, account.board_id, self._vault)
        key_id, wrapped = shelf.new_key(now)
        shelf.insert(
            one_time_seed,
            officer_id=account.id,
            board_id=account.board_id,
            key_id=key_id,
            sealed=self._vault.seal(wrapped, seed.encode(), PLACE),
            made_at=made,
            confirmed_at=now,
        )

    def find(self, account: Account) -> str | None:
        """Read the seed of an officer; None when they use no app."""
        query = (
            select(one_time_seed.c.sealed, data_key.c.wrapped)
            .join(data_key, data_key.c.id == one_time_seed.c.key_id)
            .where(one_time_seed.c.officer_id == account.id)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return self._vault.open(row.wrapped, row.sealed, PLACE).decode()

    def take(self, account: Account, step: int) -> bool:
        """Use the code of a step; False when it or a later one was used already."""
        used = one_time_seed.c.last_step
        taken = self._connection.execute(
            update(one_time_seed)
            .where(
                one_time_seed.c.officer_id == account.id,
                used.is_(None) | (used < step),
            )
            .values(last_step=step)
        )
        return taken.rowcount == 1

    def remove(self, account: Account) -> None:
        """Remove a seed, and erase its key with it."""
        query = select(one_time_seed.c.key_id).where(one_time_seed.c.officer_id == account.id)
        key_id = self._connection.execute(query).scalar()
        self._connection.execute(
            delete(one_time_seed).where(one_time_seed.c.officer_id == account.id)
        )
        if key_id is not None:
            self._connection.execute(delete(data_key).where(data_key.c.id == key_id))

    def has(self, account: Account) -> bool:
        """Say whether an officer uses an app."""
        query = select(one_time_seed.c.officer_id).where(one_time_seed.c.officer_id == account.id)
        return self._connection.execute(query).scalar() is not None
