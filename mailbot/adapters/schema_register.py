"""The tables of the breach register: entries, their versions and each record of awareness."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, by_an_officer, key, of_case

register_entry = Table(
    "register_entry",
    metadata,
    key(),
    board(),
    Column("case_id", Id),
    Column("reference", String(40), nullable=False),
    Column("opened_at", Instant, nullable=False),
    UniqueConstraint("id", "board_id"),
    UniqueConstraint("board_id", "reference"),
    # A case has one entry, whose history is its versions.
    UniqueConstraint("case_id"),
    of_case("register_entry_of_its_board"),
)

register_key = Table(
    "register_key",
    metadata,
    Column("entry_id", Id, ForeignKey("register_entry.id"), primary_key=True),
    # Apart from the entry, which never changes: after the term the key goes, and what is sealed
    # under it with it, while the rows still show that there was an incident.
    Column("key_id", Id, ForeignKey("data_key.id", ondelete="SET NULL"), index=True),
)


def _of_an_entry(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["entry_id", "board_id"],
        ["register_entry.id", "register_entry.board_id"],
        name=f"{table}_of_its_entry",
    )


register_version = Table(
    "register_version",
    metadata,
    key(),
    board(),
    Column("entry_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    Column("act", String(30), nullable=False),
    Column("at", Instant, nullable=False),
    # The one fact the yearly figures need when the rest can no longer be read.
    Column("reported", Boolean),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("entry_id", "number"),
    _of_an_entry("register_version"),
    *by_an_officer("register_version"),
)

awareness = Table(
    "awareness",
    metadata,
    key(),
    board(),
    Column("entry_id", Id, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    Column("aware_at", Instant, nullable=False),
    Column("reason", LargeBinary),
    Column("at", Instant, nullable=False),
    # Sealed bytes are 28 longer than the text, whose shortest form is ten characters.
    CheckConstraint("reason IS NOT NULL AND length(reason) >= 38", name="awareness_states_reason"),
    _of_an_entry("awareness"),
    *by_an_officer("awareness"),
    Index("ix_awareness_entry", "entry_id"),
)

REGISTER_APPEND_ONLY = ("register_entry", "register_version", "awareness")
"""Tables whose rows are never changed or removed; triggers refuse it."""
