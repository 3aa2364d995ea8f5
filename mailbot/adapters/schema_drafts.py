"""The table of what officers typed and did not send yet."""

from sqlalchemy import Column, LargeBinary, String, Table

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, of_case, of_officer

draft = Table(
    "draft",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    # One officer's words are never put before another, so that grounds are typed by who decides.
    Column("officer_id", Id, primary_key=True, autoincrement=False),
    Column("act", String(60), primary_key=True),
    board(),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    of_case("draft_of_its_case"),
    of_officer("draft_of_officer_of_its_board"),
)
