"""The table of master keys that were retired; no data key may lie under one of them."""

from sqlalchemy import CheckConstraint, Column, LargeBinary, String, Table

from mailbot.adapters.schema import Id, Instant, metadata

retired_key = Table(
    "retired_key",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    # The names of the keys, as in `data_key.master_id`. A trigger refuses a retired key while data
    # keys lie under it, and another one refuses every data key under it from then on.
    Column("master_id", String(16), nullable=False, unique=True),
    Column("successor", String(16), nullable=False),
    # What hashes and signs, sealed under the successor; empty where that one is retired as well.
    Column("kept", LargeBinary),
    Column("at", Instant, nullable=False),
    CheckConstraint("master_id <> successor", name="key_has_another_successor"),
)
