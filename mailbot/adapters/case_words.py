"""Keeps the words a case is found by, as keyed hashes."""

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_queue import case_word


class SqlCaseWords:
    """The words of the cases of one board, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(self, case_id: int, words: Sequence[str]) -> None:
        """Add words to a case, all in one statement; those it has already stay."""
        rows = [{"case_id": case_id, "word_hash": self._shelf.word_hash(word)} for word in words]
        if not rows:
            return
        connection = self._shelf.connection
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(case_word).values(rows).on_conflict_do_nothing())
