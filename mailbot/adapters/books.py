"""All the books of one board, opened together in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Engine, Table, or_, select, update

from mailbot.adapters import schema
from mailbot.adapters.case_words import SqlCaseWords
from mailbot.adapters.casebook import SqlCasebook
from mailbot.adapters.conversation import SqlConversation
from mailbot.adapters.database import reading
from mailbot.adapters.history import seal
from mailbot.adapters.identity_copies import SqlIdentityCopies
from mailbot.adapters.identity_looks import SqlIdentityLooks
from mailbot.adapters.ledger import SqlLedger
from mailbot.adapters.letterbook import SqlLetterbook
from mailbot.adapters.passage_book import SqlPassageBook
from mailbot.adapters.rows import Shelf, insert_once
from mailbot.adapters.schema_history import event_count
from mailbot.adapters.tasks import SqlTasks
from mailbot.adapters.vault import Vault


@dataclass(frozen=True, slots=True)
class SqlOpenBooks:
    """The books of one board within one transaction."""

    ledger: SqlLedger
    cases: SqlCasebook
    letters: SqlLetterbook
    tasks: SqlTasks
    copies: SqlIdentityCopies
    looks: SqlIdentityLooks
    conversation: SqlConversation
    passages: SqlPassageBook
    words: SqlCaseWords

    @property
    def reminders(self) -> SqlLetterbook:
        """Reminders live beside the letters they are."""
        return self.letters


class SqlBooks:
    """The books of one board, on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, vault: Vault, board: str, prefix: str) -> None:
        self._engine = engine
        self._reading = reading(engine)
        self._vault = vault
        self._prefix = prefix
        with engine.begin() as connection:
            self.board_id = _board(connection, board)

    @property
    def engine(self) -> Engine:
        """The database itself, for what no transaction can do."""
        return self._engine

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        """Give one transaction on the rows of this board."""
        with self._engine.begin() as connection:
            shelf = Shelf(connection, self.board_id, self._vault)
            yield shelf
            seal(connection, self._vault, shelf.written)

    @contextmanager
    def reading_shelf(self) -> Iterator[Shelf]:
        """Give one transaction that writes nothing, and so waits for nobody who writes."""
        with self._reading.begin() as connection:
            yield Shelf(connection, self.board_id, self._vault, reads_only=True)

    @contextmanager
    def opened(self) -> Iterator[SqlOpenBooks]:
        """Open the books for one transaction; an exception leaves them as they were."""
        with self.shelf() as shelf:
            casebook = self.casebook(shelf)
            yield SqlOpenBooks(
                ledger=SqlLedger(shelf),
                cases=casebook,
                letters=SqlLetterbook(shelf),
                tasks=SqlTasks(shelf),
                copies=SqlIdentityCopies(shelf),
                looks=SqlIdentityLooks(shelf),
                conversation=SqlConversation(shelf, casebook),
                passages=SqlPassageBook(shelf),
                words=SqlCaseWords(shelf),
            )

    def casebook(self, shelf: Shelf) -> SqlCasebook:
        """Give the casebook within a transaction."""
        return SqlCasebook(shelf, self._prefix)

    def mailbox(self, name: str) -> int:
        """Give the number of a mailbox, writing it down the first time."""
        with self.shelf() as shelf:
            made = shelf.insert_once(schema.mailbox, board_id=self.board_id, name=name)
            if made is not None:
                return made
            query = select(schema.mailbox.c.id).where(schema.mailbox.c.name == name)
            return int(shelf.connection.execute(query).scalar_one())

    def silent_before(self, mailbox: int) -> datetime | None:
        """Say up to when its mail may have been answered before a restore; None without one."""
        query = select(schema.mailbox.c.silent_before).where(schema.mailbox.c.id == mailbox)
        with self.reading_shelf() as shelf:
            return shelf.connection.execute(query).scalar()

    def lease(self, mailbox: int, owner: str, now: datetime, span: timedelta) -> bool:
        """Take or keep the lease of a mailbox, so that one robot at a time reads it."""
        box = schema.mailbox
        free = or_(box.c.leased_by.is_(None), box.c.leased_by == owner, box.c.leased_until <= now)
        with self._engine.begin() as connection:
            taken = connection.execute(
                update(box)
                .where(box.c.id == mailbox, free)
                .values(leased_by=owner, leased_until=now + span)
            )
            return taken.rowcount == 1

    def take_over(self, gone: Callable[[str], bool], now: datetime) -> int:
        """
        Free what robots hold that are gone, so that nobody waits for them.

        Args:
            gone: says of a robot's name whether it has certainly ended.
            now: from when the others may take it.

        Returns:
            How many leases and claims were freed.
        """
        raw, box, out = schema.raw_mail, schema.mailbox, schema.letter
        held: tuple[tuple[Table, Column[str], Column[datetime], ColumnElement[bool]], ...] = (
            (box, box.c.leased_by, box.c.leased_until, box.c.leased_by.is_not(None)),
            (raw, raw.c.claimed_by, raw.c.claimed_until, raw.c.state == "stored"),
            (out, out.c.claimed_by, out.c.claimed_until, out.c.state == "sending"),
        )
        freed = 0
        with self._engine.begin() as connection:
            for table, holder, until, still in held:
                mine = (table.c.board_id == self.board_id, still, until > now)
                names = connection.execute(select(holder).where(*mine).distinct()).scalars()
                dead = [name for name in names if name and gone(name)]
                if dead:
                    free = update(table).where(*mine, holder.in_(dead)).values({until: now})
                    freed += connection.execute(free).rowcount
        return freed

    def reached(self, mailbox: int, now: datetime) -> None:
        """Remember that a mailbox answered, for the alarm on one that stays silent."""
        with self._engine.begin() as connection:
            connection.execute(
                update(schema.mailbox).where(schema.mailbox.c.id == mailbox).values(reached_at=now)
            )


def _board(connection: Connection, code: str) -> int:
    table = schema.board
    query = select(table.c.id).where(table.c.code == code)
    found = connection.execute(query).scalar()
    if found is None:
        # Several robots may start at once on a new database.
        made = insert_once(connection, table, code=code)
        found = connection.execute(query).scalar_one()
        if made is not None:
            insert_once(connection, event_count, board_id=found, since=0, number=0)
    return int(found)
