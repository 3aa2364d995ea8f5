"""The tables of retention: as the migration makes them, and every hash of a person accounted for."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from mailbot.adapters import tables  # noqa: F401 - it brings every table.
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.schema import metadata
from mailbot.adapters.schema_door import DOOR_TABLES

OURS = {"legal_hold", "looked", "purge_notice", "purge_log"}
INDEXES = {"ix_raw_mail_key_id", "ix_cases_key_id", "ix_letter_key_id", "ix_letter_mail_id"}

HASHES = {
    ("case_address", "address_hash"): "the row goes",
    ("case_word", "word_hash"): "the row goes",
    ("mail", "sender_hash"): "emptied",
    ("mail", "message_id_hash"): "emptied",
    ("letter", "recipient_hash"): "overwritten",
    ("letter", "message_id_hash"): "of our own random name; it points to nobody",
    ("cases", "token_hash"): "of our own random secret; it points to nobody",
    ("calendar_feed", "token_hash"): "of an officer's own random secret; it points to no parent",
    ("raw_mail", "content_hash"): "of all bytes of a mail; keeps an old mail from opening a case",
}
"""What erasing does with each keyed hash, and why some may stay."""


def test_every_keyed_hash_is_accounted_for() -> None:
    """A new hash of an address would outlive its file unless somebody thought of it here."""
    found = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        # The sign-in hashes what officers hold, and keeps network addresses for one day.
        if column.name.endswith("_hash") and table.name not in DOOR_TABLES | {"officer"}
    }
    assert set(HASHES) == found


def test_the_migration_makes_the_tables_as_they_are_written(any_database: str) -> None:
    """The SQL beside the migration and the tables in the code are one schema, on both databases."""
    engine = connect(any_database)
    upgrade(engine)
    with engine.begin() as connection:
        differences = _differences(connection)
    engine.dispose()
    assert [] == differences


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection)
    flat: list[Any] = []
    for one in compare_metadata(context, metadata):
        flat.extend(one if isinstance(one, list) else [one])
    return [one for one in flat if _concerns_us(one)]


def _concerns_us(difference: Any) -> bool:
    text = repr(difference)
    return any(f"'{name}'" in text for name in (*OURS, *INDEXES))
