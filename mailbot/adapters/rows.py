"""What the books share: a connection, a board, a vault, and inserting a row once."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from mailbot.adapters import schema
from mailbot.adapters.history import Written, write_event
from mailbot.adapters.vault import Vault
from mailbot.domain.errors import Damaged


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a book is kept: one transaction, one board, one vault."""

    connection: Connection
    board_id: int
    vault: Vault
    reads_only: bool = False
    """Whether nothing is written in this transaction."""
    written: list[Written] = field(default_factory=list, repr=False)
    """The events of this transaction, which wait for their seals."""
    _case_keys: dict[int, bytes] = field(default_factory=dict, repr=False)

    def insert(self, table: Table, **values: Any) -> int:
        """Insert a row and return its number."""
        row = self.connection.execute(insert(table).values(**values))
        return int((row.inserted_primary_key or (0,))[0])

    def record(self, **values: Any) -> None:
        """Write an event of this board into the history."""
        self.written.append(write_event(self.connection, board_id=self.board_id, **values))

    def insert_once(self, table: Table, **values: Any) -> int | None:
        """Insert a row unless a unique constraint says it is there; None when it was."""
        return insert_once(self.connection, table, **values)

    def new_key(self, now: datetime) -> tuple[int, bytes]:
        """Make a data key of this board; returns its number and the wrapped key."""
        wrapped = self.vault.new_key()
        number = self.insert(
            schema.data_key,
            board_id=self.board_id,
            wrapped=wrapped,
            master_id=self.vault.master_id,
            created_at=now,
        )
        return number, wrapped

    def key(self, number: int | None) -> bytes:
        """
        Read a wrapped key.

        Raises:
            Damaged: the key was erased, and with it everything sealed under it.
        """
        keys = schema.data_key
        query = select(keys.c.wrapped).where(keys.c.id == number)
        wrapped = self.connection.execute(query).scalar() if number is not None else None
        if wrapped is None:
            raise Damaged("the key of this row was erased")
        return bytes(wrapped)

    def case_key(self, case_id: int) -> bytes:
        """
        Read the wrapped key of a case.

        A page asks for it at every paper. Where nothing is written no key can be erased meanwhile,
        so there it is read once.

        Raises:
            Damaged: the key was erased, and with it everything sealed under it.
        """
        found = self._case_keys.get(case_id)
        if found is None:
            keys, cases = schema.data_key, schema.cases
            query = (
                select(keys.c.wrapped)
                .join(cases, cases.c.key_id == keys.c.id)
                .where(cases.c.id == case_id)
            )
            found = self.connection.execute(query).scalar()
            if found is None:
                raise Damaged("the key of this row was erased")
            if self.reads_only:
                self._case_keys[case_id] = bytes(found)
        return bytes(found)

    def seal(self, wrapped: bytes, place: str, **words: object) -> bytes:
        """Seal a few named words."""
        return self.vault.seal(wrapped, json.dumps(words, ensure_ascii=False).encode(), place)

    def unseal(self, wrapped: bytes, place: str, sealed: bytes) -> dict[str, Any]:
        """Open what `seal` made."""
        opened: dict[str, Any] = json.loads(self.vault.open(wrapped, sealed, place))
        return opened

    def address_hash(self, address: str) -> bytes:
        """Hash an address, blind to case."""
        return self.vault.keyed_hash("address " + address.strip().lower())

    def message_id_hash(self, message_id: str) -> bytes:
        """Hash a Message-ID."""
        return self.vault.keyed_hash("message-id " + message_id.strip())

    def word_hash(self, word: str) -> bytes:
        """Hash a word people search by, cut so short that several words share a hash now and then."""
        return self.vault.keyed_hash("word " + word)[:8]

    def token_hash(self, token: str) -> bytes:
        """Hash a threading token."""
        return self.vault.keyed_hash("token " + token.strip().lower())


def insert_once(connection: Connection, table: Table, **values: Any) -> int | None:
    """Insert a row unless a unique constraint says it is there; None when it was."""
    if connection.dialect.name == "postgresql":
        statement: Any = postgresql.insert(table).values(**values).on_conflict_do_nothing()
    else:
        statement = sqlite.insert(table).values(**values).on_conflict_do_nothing()
    first = next(iter(table.primary_key.columns))
    found = connection.execute(statement.returning(first)).scalar()
    return None if found is None else int(found)
