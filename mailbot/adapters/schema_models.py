"""The table of the models: which one a board's robot judges by, since when and on whose word."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    String,
    Table,
    Text,
)

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, by_an_officer, key

model_act = Table(
    "model_act",
    metadata,
    key(),
    board(),
    Column("act", String(10), nullable=False),
    # The hash of every byte of the model; empty where the shipped classifier came back.
    Column("model", String(64)),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    CheckConstraint("act IN ('install', 'back')", name="model_act_act"),
    CheckConstraint(
        "act <> 'install' OR model IS NOT NULL", name="installed_model_is_named_by_its_hash"
    ),
    CheckConstraint("model IS NULL OR length(model) = 64", name="model_act_hash_is_whole"),
    CheckConstraint("length(trim(reason)) >= 10", name="model_act_states_reason"),
    *by_an_officer("model_act"),
    Index("ix_model_act_board", "board_id", "id"),
)

MODELS_APPEND_ONLY = ("model_act",)
"""Tables whose rows are never changed or removed; triggers refuse it."""
