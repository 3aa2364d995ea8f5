"""What is kept and since when: the retention book of one board."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from mailbot.adapters import schema
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.erasing import erase
from mailbot.adapters.kept import candidates, copies_of
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_retention import legal_hold, purge_log, purge_notice
from mailbot.adapters.tombstones import Tombstones, tombstone
from mailbot.domain.retention import Candidate, Category, Item, Plan
from mailbot.domain.retention_book import AtServer, Purged, ServerCopy

RETENTION_LOCK = 0x6D62  # "mb": the first of two numbers; the second is the board.

PURGED = ("data_key", "raw_mail", "mail", "letter", "cases", "case_address", "fact", "note")


class SqlRetention:
    """The retention book within one transaction."""

    def __init__(self, shelf: Shelf, zone: ZoneInfo, stones: Tombstones | None = None) -> None:
        self._shelf = shelf
        self._connection = shelf.connection
        self._zone = zone
        self._stones = stones

    def candidates(self, only: Item | None = None) -> Sequence[Candidate]:
        """List everything whose term runs, or only what an item is about."""
        return candidates(self._shelf, self._zone, only)

    def held(self) -> frozenset[str]:
        """Name what is under a legal hold: the newest act on it is a hold."""
        here = legal_hold.c.board_id == self._shelf.board_id
        newest = select(func.max(legal_hold.c.id)).where(here).group_by(legal_hold.c.subject)
        query = select(legal_hold.c.subject).where(
            legal_hold.c.id.in_(newest), legal_hold.c.act == "hold"
        )
        return frozenset(self._connection.execute(query).scalars())

    def lock(self) -> None:
        """Keep holds and other purges of this board waiting; SQLite holds its lock already."""
        if self._connection.dialect.name == "postgresql":
            board = self._shelf.board_id
            self._connection.execute(select(func.pg_advisory_xact_lock(RETENTION_LOCK, board)))

    def announce(self, plan: Plan) -> Mapping[tuple[Category, str], date]:
        """
        Write down what stands in the plan, and forget what no longer does.

        What was held and is free again starts anew: it stands visible for the whole time.
        """
        table, board = purge_notice, self._shelf.board_id
        shown = {
            (Category(row.category), row.subject): row.shown_since
            for row in self._connection.execute(select(table).where(table.c.board_id == board))
        }
        now = {
            (one.category, one.subject): shown.get((one.category, one.subject)) for one in plan.due
        }
        for category, subject in set(shown) - set(now):
            self._forget(category, subject)
        for (category, subject), since in now.items():
            if since is None:
                self._shelf.insert_once(
                    table, board_id=board, category=category, subject=subject, shown_since=plan.day
                )
        return {key: since or plan.day for key, since in now.items()}

    def copies(self, item: Item) -> Sequence[ServerCopy]:
        """List the mails that go with this item."""
        return copies_of(self._shelf, item)

    def erase(self, item: Item, mails: Sequence[int]) -> None:
        """Erase an item with these mails; it stands in no plan any more, and in no backup."""
        if self._stones is not None:
            code = select(schema.board.c.code).where(schema.board.c.id == self._shelf.board_id)
            board = str(self._connection.execute(code).scalar_one())
            self._stones.write(tombstone(self._connection, board, item, mails))
        erase(self._connection, item, mails)
        self._forget(item.category, item.subject)

    def log(
        self,
        item: Item,
        *,
        plan: str,
        mails: int,
        server: AtServer,
        at: datetime,
        officer_id: int | None,
    ) -> None:
        """Write one line of the log."""
        self._shelf.insert(
            purge_log,
            board_id=self._shelf.board_id,
            at=at,
            plan=plan,
            category=item.category.value,
            subject=item.subject,
            kept_until=item.kept_until,
            mails=mails,
            server=server.value,
            officer_id=officer_id,
        )

    def history(self) -> Sequence[Purged]:
        """Read the log of purges, newest first."""
        officer = schema.officer
        query = (
            select(purge_log, officer.c.name)
            .outerjoin(officer, officer.c.id == purge_log.c.officer_id)
            .where(purge_log.c.board_id == self._shelf.board_id)
            .order_by(purge_log.c.id.desc())
        )
        return [
            Purged(
                row.at,
                row.plan,
                Category(row.category),
                row.subject,
                row.kept_until,
                row.mails,
                AtServer(row.server),
                row.name,
            )
            for row in self._connection.execute(query)
        ]

    def _forget(self, category: str, subject: str) -> None:
        self._connection.execute(
            delete(purge_notice).where(
                purge_notice.c.board_id == self._shelf.board_id,
                purge_notice.c.category == category,
                purge_notice.c.subject == subject,
            )
        )


@dataclass(frozen=True, slots=True)
class SqlRetentionBooks:
    """The retention book of one board, on SQLite or PostgreSQL."""

    books: SqlBooks
    zone: ZoneInfo
    stones: Tombstones | None = None
    """Where it is remembered what was erased, for the day a backup is restored."""

    @contextmanager
    def opened(self) -> Iterator[SqlRetention]:
        """Open it for one transaction; an exception leaves everything as it was."""
        with self.books.shelf() as shelf:
            yield SqlRetention(shelf, self.zone, self.stones)

    def tidy(self) -> bool:
        """
        Wipe what the database still holds of erased rows.

        On SQLite `secure_delete` has overwritten them; free pages go back to the disk and the
        write-ahead log is emptied. On PostgreSQL dead rows are made free; their keys are gone.

        Returns:
            False when somebody read on and the write-ahead log could not be emptied now.
        """
        engine = self.books.engine
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in PURGED:
                    connection.exec_driver_sql(f"VACUUM {table}")
            return True
        line = engine.raw_connection()
        try:
            cursor = line.cursor()
            # One page goes with each step, and only a script is stepped to its end.
            cursor.executescript("PRAGMA incremental_vacuum")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_ = cursor.fetchone() or (1,)
            cursor.close()
        finally:
            line.close()
        return not busy
