"""What the sign-in at the desk keeps, opened together in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from mailbot.adapters.database import reading
from mailbot.adapters.door.accounts import SqlAccounts
from mailbot.adapters.door.challenges import SqlChallenges
from mailbot.adapters.door.outside import SqlOutside
from mailbot.adapters.door.passkeys import SqlPasskeys
from mailbot.adapters.door.recovery import SqlRecovery
from mailbot.adapters.door.seeds import SqlSeeds
from mailbot.adapters.door.sessions import SqlSessions
from mailbot.adapters.door.tries import SqlTries
from mailbot.adapters.history import seal
from mailbot.adapters.vault import Vault
from mailbot.domain.accounts import Account


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """Everything of the sign-in within one transaction."""

    accounts: SqlAccounts
    sessions: SqlSessions
    seeds: SqlSeeds
    passkeys: SqlPasskeys
    recovery: SqlRecovery
    outside: SqlOutside
    challenges: SqlChallenges
    tries: SqlTries

    def forget_factors(self, account: Account) -> None:
        """Take away all second factors of somebody who lost them, and sign them out everywhere."""
        self.seeds.remove(account)
        for key in self.passkeys.of(account):
            self.passkeys.remove(account, key.id)
        self.recovery.remove(account)
        self.sessions.end_all(account.id)


class SqlDoor:
    """The sign-in of all boards of one installation."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    @contextmanager
    def opened(self) -> Iterator[OpenDoor]:
        """Open everything for one transaction; an exception leaves it as it was."""
        with self._engine.begin() as connection:
            door = self._open(connection)
            yield door
            seal(connection, self._vault, door.accounts.written)

    @contextmanager
    def looked_through(self) -> Iterator[OpenDoor]:
        """Open everything to read only: no page waits here for the robot's writing."""
        with reading(self._engine).begin() as connection:
            yield self._open(connection)

    def _open(self, connection: Connection) -> OpenDoor:
        return OpenDoor(
            accounts=SqlAccounts(connection),
            sessions=SqlSessions(connection, self._vault),
            seeds=SqlSeeds(connection, self._vault),
            passkeys=SqlPasskeys(connection),
            recovery=SqlRecovery(connection, self._vault),
            outside=SqlOutside(connection, self._vault),
            challenges=SqlChallenges(connection, self._vault),
            tries=SqlTries(connection, self._vault),
        )
