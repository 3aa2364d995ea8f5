"""Remembers outside the database what was erased, so that a restored backup loses it again."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from mailbot.adapters.erasing import erase
from mailbot.adapters.schema import cases, data_key, letter, raw_mail
from mailbot.adapters.schema_register import register_key
from mailbot.domain.retention import Category, Item

NO_FILE_OF_THEIR_OWN = frozenset({Category.PARKED, Category.AUTOMATIC})


@dataclass(frozen=True, slots=True)
class Tombstone:
    """
    One file that was erased, by the keys that went with it; it names nobody.

    A number alone may belong to another file after a restore. A key with the instant at which it
    was made belongs to one file for ever, also when it is wrapped anew.
    """

    board: str
    item: Item
    key: str | None
    """The key of the file itself; None for mails without a case."""
    mails: Mapping[int, str]
    """The key of each mail that went with it."""


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The file with one line for each erased file, which no restore of the database winds back."""

    file: Path

    def write(self, stone: Tombstone) -> None:
        """Add a line, on the disk before the erasing is committed. Raises OSError."""
        line = {
            "board": stone.board,
            "category": stone.item.category.value,
            "subject": stone.item.subject,
            "number": stone.item.number,
            "kept_until": stone.item.kept_until.isoformat(),
            "key": stone.key,
            "mails": {str(mail): key for mail, key in stone.mails.items()},
        }
        place = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(place, json.dumps(line).encode() + b"\n")
            os.fsync(place)
        finally:
            os.close(place)

    def of(self, board: str) -> Iterator[Tombstone]:
        """Read what was erased of a board; a line cut off by a power failure was never committed."""
        if not self.file.exists():
            return
        for text in self.file.read_text(encoding="utf-8").splitlines():
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if line["board"] == board:
                item = Item(
                    Category(line["category"]),
                    line["subject"],
                    line["number"],
                    date.fromisoformat(line["kept_until"]),
                )
                mails = {int(mail): key for mail, key in line["mails"].items()}
                yield Tombstone(board, item, line["key"], mails)


def tombstone(connection: Connection, board: str, item: Item, mails: Sequence[int]) -> Tombstone:
    """Say what is about to be erased."""
    return Tombstone(board, item, _key(connection, item), _mail_keys(connection, mails))


def erase_again(connection: Connection, stone: Tombstone) -> bool:
    """Erase what a restore brought back of one file; False when nothing did."""
    there = _mail_keys(connection, list(stone.mails))
    mails = [number for number, key in there.items() if stone.mails[number] == key]
    whole = stone.key is not None and stone.key == _key(connection, stone.item)
    if not whole and not mails:
        return False
    # Where the number is another file's by now, or the file is not there, only the mails go.
    item = stone.item if whole else Item(Category.PARKED, "", 0, stone.item.kept_until)
    erase(connection, item, mails)
    return True


def _key(connection: Connection, item: Item) -> str | None:
    keys = select(data_key.c.id, data_key.c.created_at)
    if item.category in NO_FILE_OF_THEIR_OWN:
        return None
    if item.category is Category.REGISTER:
        query = keys.join(register_key, register_key.c.key_id == data_key.c.id).where(
            register_key.c.entry_id == item.number
        )
    elif item.category is Category.LETTER:
        query = keys.join(letter, letter.c.key_id == data_key.c.id).where(
            letter.c.id == item.number
        )
    else:
        query = keys.join(cases, cases.c.key_id == data_key.c.id).where(cases.c.id == item.number)
    row = connection.execute(query).one_or_none()
    return None if row is None else _named(row.id, row.created_at)


def _mail_keys(connection: Connection, mails: Sequence[int]) -> dict[int, str]:
    query = (
        select(raw_mail.c.id.label("mail_id"), data_key.c.id, data_key.c.created_at)
        .join(data_key, data_key.c.id == raw_mail.c.key_id)
        .where(raw_mail.c.id.in_(mails))
    )
    return {row.mail_id: _named(row.id, row.created_at) for row in connection.execute(query)}


def _named(number: int, made: datetime) -> str:
    return f"{number} {made.astimezone(UTC).isoformat()}"
