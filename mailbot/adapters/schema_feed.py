"""The table of the addresses under which officers read their due dates in a calendar of their own."""

from sqlalchemy import Column, LargeBinary, Table

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, of_officer

calendar_feed = Table(
    "calendar_feed",
    metadata,
    # One for an officer: a new one makes the one before it worthless.
    Column("officer_id", Id, primary_key=True, autoincrement=False),
    board(),
    # A keyed hash; who reads the database cannot read a calendar by it.
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    of_officer("calendar_feed_of_officer_of_its_board"),
)
