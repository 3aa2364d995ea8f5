"""The tables of retention: legal holds, who looked at a mail, what stands to go, what went."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from mailbot.adapters.schema import Id, Instant, cases, letter, metadata, raw_mail


def _key() -> Column[Any]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _board() -> Column[Any]:
    return Column("board_id", Id, ForeignKey("board.id"), nullable=False)


def _by_an_officer(table: str) -> tuple[Any, ...]:
    return (
        Column("officer_id", Id),
        Column("sign_in_id", Id),
        CheckConstraint(
            "officer_id IS NOT NULL AND sign_in_id IS NOT NULL", name=f"{table}_needs_officer"
        ),
        ForeignKeyConstraint(
            ["officer_id", "board_id"],
            ["officer.id", "officer.board_id"],
            name=f"{table}_by_officer_of_its_board",
        ),
        ForeignKeyConstraint(
            ["sign_in_id", "officer_id"],
            ["sign_in.id", "sign_in.officer_id"],
            name=f"{table}_in_own_sign_in",
        ),
    )


legal_hold = Table(
    "legal_hold",
    metadata,
    _key(),
    _board(),
    Column("subject", String(40), nullable=False),
    Column("act", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    # Sealed under the key of what is held, so that the reason goes when that goes.
    Column("reason", LargeBinary),
    *_by_an_officer("legal_hold"),
    CheckConstraint("act IN ('hold', 'release')", name="legal_hold_act"),
    # Sealed bytes are 28 longer than the text, whose shortest form is ten characters.
    CheckConstraint("reason IS NOT NULL AND length(reason) >= 38", name="legal_hold_states_reason"),
    Index("ix_legal_hold_subject", "board_id", "subject", "id"),
)

looked = Table(
    "looked",
    metadata,
    Column("mail_id", Id, ForeignKey("raw_mail.id"), primary_key=True, autoincrement=False),
    _board(),
    Column("at", Instant, nullable=False),
    *_by_an_officer("looked"),
)

purge_notice = Table(
    "purge_notice",
    metadata,
    Column("board_id", Id, ForeignKey("board.id"), primary_key=True, autoincrement=False),
    Column("category", String(20), primary_key=True),
    Column("subject", String(40), primary_key=True),
    Column("shown_since", Date, nullable=False),
)

purge_log = Table(
    "purge_log",
    metadata,
    _key(),
    _board(),
    Column("at", Instant, nullable=False),
    Column("plan", String(40), nullable=False),
    Column("category", String(20), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("kept_until", Date, nullable=False),
    Column("mails", Integer, nullable=False),
    Column("server", String(20), nullable=False),
    # Empty where the robot did it, after the plan had stood visible.
    Column("officer_id", Id),
    ForeignKeyConstraint(
        ["officer_id", "board_id"],
        ["officer.id", "officer.board_id"],
        name="purge_by_officer_of_its_board",
    ),
    CheckConstraint("server IN ('gone', 'none', 'not_set_up')", name="purge_log_server"),
    Index("ix_purge_log_board", "board_id", "id"),
)

# Erasing a key makes the database look for the rows that used it.
Index("ix_raw_mail_key_id", raw_mail.c.key_id)
Index("ix_cases_key_id", cases.c.key_id)
Index("ix_letter_key_id", letter.c.key_id)
Index("ix_letter_mail_id", letter.c.mail_id)

RETENTION_APPEND_ONLY = ("legal_hold", "looked", "purge_log")
"""Tables whose rows are never changed or removed; triggers refuse it."""
