"""The tables of retention: legal holds, who looked at a mail, what stands to go, what went."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from mailbot.adapters.schema import Id, Instant, cases, letter, metadata, raw_mail
from mailbot.adapters.schema_parts import board, by_an_officer, key, of_officer

legal_hold = Table(
    "legal_hold",
    metadata,
    key(),
    board(),
    Column("subject", String(40), nullable=False),
    Column("act", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    # Sealed under the key of what is held, so that the reason goes when that goes.
    Column("reason", LargeBinary),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    *by_an_officer("legal_hold"),
    CheckConstraint("act IN ('hold', 'release')", name="legal_hold_act"),
    # Sealed bytes are 28 longer than the text, whose shortest form is ten characters.
    CheckConstraint("reason IS NOT NULL AND length(reason) >= 38", name="legal_hold_states_reason"),
    Index("ix_legal_hold_subject", "board_id", "subject", "id"),
)

looked = Table(
    "looked",
    metadata,
    Column("mail_id", Id, ForeignKey("raw_mail.id"), primary_key=True, autoincrement=False),
    board(),
    Column("at", Instant, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    *by_an_officer("looked"),
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
    key(),
    board(),
    Column("at", Instant, nullable=False),
    Column("plan", String(40), nullable=False),
    Column("category", String(20), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("kept_until", Date, nullable=False),
    Column("mails", Integer, nullable=False),
    Column("server", String(20), nullable=False),
    # Empty where the robot did it, after the plan had stood visible.
    Column("officer_id", Id),
    of_officer("purge_by_officer_of_its_board"),
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
