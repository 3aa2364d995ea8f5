"""The tables of merged cases: each merge by a named officer with a reason, and what is merged now."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, by_an_officer, key, of_case

case_merge = Table(
    "case_merge",
    metadata,
    key(),
    board(),
    Column("case_id", Id, nullable=False),
    Column("into_id", Id, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    # Both groups become one; these two say how to take them apart again.
    Column("former_group", Id),
    Column("regrouped", String(400), nullable=False),
    Column("reason", LargeBinary),
    Column("at", Instant, nullable=False),
    UniqueConstraint("id", "case_id", "into_id"),
    CheckConstraint("case_id <> into_id", name="merge_of_two_cases"),
    # Sealed bytes are 28 longer than the text, whose shortest form is ten characters.
    CheckConstraint("reason IS NOT NULL AND length(reason) >= 38", name="merge_states_reason"),
    of_case("merge_of_its_board"),
    of_case("merge_within_its_board", "into_id"),
    *by_an_officer("merge"),
    Index("ix_case_merge_case", "case_id"),
)

merged_case = Table(
    "merged_case",
    metadata,
    # A row stands while a case is merged; taking it away undoes the merge, whose act stays.
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("into_id", Id, nullable=False),
    Column("merge_id", Id, nullable=False),
    ForeignKeyConstraint(
        ["merge_id", "case_id", "into_id"],
        ["case_merge.id", "case_merge.case_id", "case_merge.into_id"],
        name="merged_case_rests_on_merge",
    ),
    Index("ix_merged_case_into", "into_id"),
)

MERGING_APPEND_ONLY = ("case_merge",)
"""Tables whose rows are never changed or removed; triggers refuse it."""
