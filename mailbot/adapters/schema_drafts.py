"""The table of what officers typed and did not send yet."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, LargeBinary, String, Table

from mailbot.adapters.schema import Id, Instant, metadata

draft = Table(
    "draft",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    # One officer's words are never put before another, so that grounds are typed by who decides.
    Column("officer_id", Id, primary_key=True, autoincrement=False),
    Column("act", String(60), primary_key=True),
    Column("board_id", Id, ForeignKey("board.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["case_id", "board_id"], ["cases.id", "cases.board_id"], name="draft_of_its_case"
    ),
    ForeignKeyConstraint(
        ["officer_id", "board_id"],
        ["officer.id", "officer.board_id"],
        name="draft_of_officer_of_its_board",
    ),
)
