"""The tables of the passages: what people did to them, and which questions they answered."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, by_an_officer, key, of_case

passage_act = Table(
    "passage_act",
    metadata,
    key(),
    board(),
    Column("passage", String(40), nullable=False),
    Column("act", String(10), nullable=False),
    Column("language", String(8)),
    # The words of a passage go to anybody who asks, so they lie here in the open.
    Column("words", Text),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    CheckConstraint(
        "act IN ('take_out', 'put_back', 'correct', 'restore')", name="passage_act_act"
    ),
    CheckConstraint("length(trim(reason)) >= 10", name="passage_act_states_reason"),
    CheckConstraint(
        "(act = 'correct') = (words IS NOT NULL AND language IS NOT NULL)",
        name="passage_correction_has_words",
    ),
    *by_an_officer("passage_act"),
    Index("ix_passage_act_passage", "board_id", "passage", "id"),
)

answered_question = Table(
    "answered_question",
    metadata,
    key(),
    board(),
    Column("case_id", Id, nullable=False),
    Column("mail_id", Id, ForeignKey("raw_mail.id"), nullable=False),
    Column("letter_id", Id, ForeignKey("letter.id"), nullable=False),
    Column("passage", String(40), nullable=False),
    Column("language", String(8), nullable=False),
    # The correction that was in force, so that the words that went out can be found again.
    Column("act_id", Id, ForeignKey("passage_act.id")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("mail_id"),
    of_case("answered_question_of_its_case"),
    Index("ix_answered_question_at", "board_id", "at"),
)

PASSAGES_APPEND_ONLY = ("passage_act", "answered_question")
"""Tables whose rows are never changed or removed; triggers refuse it."""
