"""How often a sign-in failed, by account and by network address, for one day."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from mailbot.adapters.schema_door import failed_try
from mailbot.adapters.vault import Vault

KEPT = timedelta(days=1)


class SqlTries:
    """The failed tries, within one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def free_at(self, subject: str, now: datetime) -> datetime | None:
        """Say until when a subject has to wait; None when it may try now."""
        query = select(failed_try.c.free_at).where(failed_try.c.subject_hash == self._hash(subject))
        free = self._connection.execute(query).scalar()
        return free if free is not None and free > now else None

    def failed(self, subject: str, now: datetime) -> int:
        """Count a failure; return how many there were within the day."""
        self._connection.execute(delete(failed_try).where(failed_try.c.last_at <= now - KEPT))
        postgres = self._connection.dialect.name == "postgresql"
        put = (postgresql.insert if postgres else sqlite.insert)(failed_try)
        counted = put.values(
            subject_hash=self._hash(subject), failures=1, last_at=now, free_at=now
        ).on_conflict_do_update(
            index_elements=[failed_try.c.subject_hash],
            set_={"failures": failed_try.c.failures + 1, "last_at": now},
        )
        answer = self._connection.execute(counted.returning(failed_try.c.failures))
        return int(answer.scalar_one())

    def wait(self, subject: str, until: datetime) -> None:
        """Let a subject wait."""
        self._connection.execute(
            update(failed_try)
            .where(failed_try.c.subject_hash == self._hash(subject))
            .values(free_at=until)
        )

    def forget(self, subject: str) -> None:
        """Begin counting anew."""
        self._connection.execute(
            delete(failed_try).where(failed_try.c.subject_hash == self._hash(subject))
        )

    def _hash(self, subject: str) -> bytes:
        return self._vault.keyed_hash("try " + subject)
