"""The table of the daily proofs: what was counted, and when each was written."""

from sqlalchemy import Boolean, Column, Date, Integer, Table, UniqueConstraint

from mailbot.adapters.schema import Instant, metadata
from mailbot.adapters.schema_parts import board, key

proof = Table(
    "proof",
    metadata,
    key(),
    board(),
    Column("day", Date, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("filed", Integer, nullable=False),
    Column("parked", Integer, nullable=False),
    Column("automatic", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("adds_up", Boolean, nullable=False),
    # One a day for each board, however many robots look at the clock.
    UniqueConstraint("board_id", "day"),
)

PROOF_APPEND_ONLY = ("proof",)
"""Tables whose rows are never changed or removed; triggers refuse it."""
