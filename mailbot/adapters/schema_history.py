"""The tables that show whether the history is whole: a seal for each event, and how many there are."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, UniqueConstraint

from mailbot.adapters.schema import Id, metadata

event_seal = Table(
    "event_seal",
    metadata,
    Column("board_id", Id, ForeignKey("board.id"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    # No foreign key: the seal must outlive its event, to name it when it is gone.
    Column("event_id", Id, nullable=False),
    Column("seal", LargeBinary(32), nullable=False),
    UniqueConstraint("event_id"),
)

event_count = Table(
    "event_count",
    metadata,
    Column("board_id", Id, ForeignKey("board.id"), primary_key=True, autoincrement=False),
    # Events up to this one were written before there were seals.
    Column("since", Id, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("event_id", Id),
    # Empty until the first event of a board is sealed.
    Column("seal", LargeBinary(32)),
)

HISTORY_APPEND_ONLY = ("event_seal",)
"""Tables whose rows are never changed or removed; triggers refuse it."""
