"""The letters that left, for people to look at: a list, and each as a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from mailbot.adapters import schema
from mailbot.adapters.books import SqlBooks
from mailbot.demo.answers import code_of, read
from mailbot.demo.host import Posted


@dataclass(frozen=True, slots=True)
class SentLetter:
    """One letter as the outbox remembers it."""

    number: int
    code: str
    language: str
    case: str
    state: str
    accepted: datetime
    by_person: bool
    """Whether an officer's act stands behind it."""


@dataclass(slots=True)
class Tray:
    """Stores each letter as a numbered file."""

    folder: Path
    files: list[Path] = field(default_factory=list)

    def __call__(self, letter: Posted) -> None:
        """Keep one."""
        message = read(letter)
        language = str(message["Content-Language"]).partition(",")[0]
        name = f"{len(self.files) + 1:02d}-{code_of(message)}-{language}.eml"
        self.files.append(self.folder / name)
        self.files[-1].write_bytes(letter.content)


def sent(books: SqlBooks) -> Sequence[SentLetter]:
    """List the letters that the mail server took, in the order of their writing."""
    letter, cases = schema.letter, schema.cases
    query = (
        select(letter, cases.c.reference)
        .outerjoin(cases, cases.c.id == letter.c.case_id)
        .where(letter.c.board_id == books.board_id, letter.c.accepted_at.is_not(None))
        .order_by(letter.c.id)
    )
    with books.shelf() as shelf:
        return [
            SentLetter(
                row.id,
                row.code,
                row.language,
                row.reference or "",
                row.state,
                row.accepted_at,
                row.officer_id is not None,
            )
            for row in shelf.connection.execute(query)
        ]
