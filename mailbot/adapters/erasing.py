"""Erases a file for good: its key, its sealed bytes, and the hashes that point to a person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, select, update

from mailbot.adapters.schema import (
    case_address,
    case_flag,
    cases,
    data_key,
    fact,
    letter,
    mail,
    note,
    raw_mail,
)
from mailbot.adapters.schema_drafts import draft
from mailbot.adapters.schema_queue import case_word
from mailbot.adapters.schema_register import register_key
from mailbot.domain.retention import Category, Item

NOBODY = bytes(32)
"""Stands where the hash of an address stood."""


def erase(connection: Connection, item: Item, mails: Sequence[int]) -> None:
    """
    Erase one item and the mails that go with it, within the caller's transaction.

    1. Without its key nothing sealed can be opened again, here or in a backup; so the key row
       goes, also for rows that may never be changed (decisions, extensions, versions).
    2. Where a row may be changed, its sealed bytes go too.
    3. Facts, flags, notes and the hashes of addresses and Message-IDs of people go.
    4. Reference, kind, dates, outcome codes and events stay: they name nobody.
    """
    if item.category is Category.REGISTER:
        _erase_key(connection, _keys(register_key.c.key_id, register_key.c.entry_id == item.number))
    elif item.category is Category.LETTER:
        _erase_letters(connection, letter.c.id == item.number)
    elif item.category not in (Category.PARKED, Category.AUTOMATIC):
        _erase_case(connection, item.number)
    for mail_id in mails:
        _erase_mail(connection, mail_id)


def _erase_case(connection: Connection, case_id: int) -> None:
    for table in (fact, case_flag, note, draft, case_address, case_word):
        connection.execute(delete(table).where(table.c.case_id == case_id))
    _erase_letters(connection, letter.c.case_id == case_id)
    keys = _keys(cases.c.key_id, cases.c.id == case_id)
    _erase_key(connection, keys)
    connection.execute(update(cases).where(cases.c.id == case_id).values(sealed=None))


def _erase_letters(connection: Connection, which: ColumnElement[bool]) -> None:
    _erase_key(connection, _keys(letter.c.key_id, which))
    connection.execute(update(letter).where(which).values(sealed=None, recipient_hash=NOBODY))


def _erase_mail(connection: Connection, mail_id: int) -> None:
    # Its keyed hash of content stays: the same bytes seen again must not open a case.
    _erase_letters(connection, and_(letter.c.mail_id == mail_id, letter.c.case_id.is_(None)))
    _erase_key(connection, _keys(raw_mail.c.key_id, raw_mail.c.id == mail_id))
    connection.execute(
        update(mail)
        .where(mail.c.id == mail_id)
        .values(sealed=None, sender_hash=None, message_id_hash=None)
    )
    # A mail that was in quarantine can be tried again no more.
    connection.execute(
        update(raw_mail).where(raw_mail.c.id == mail_id).values(sealed=None, state="worked")
    )


def _keys(column: ColumnElement[int | None], which: ColumnElement[bool]) -> Select[int | None]:
    return select(column).where(which, column.is_not(None))


def _erase_key(connection: Connection, keys: Select[int | None]) -> None:
    numbers = connection.execute(keys.distinct()).scalars().all()
    connection.execute(delete(data_key).where(data_key.c.id.in_(numbers)))
