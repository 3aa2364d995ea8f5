"""The tables of tasks, identity records, flags and requests that came another way."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, by_an_officer, key, of_case

case_task = Table(
    "case_task",
    metadata,
    key(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("code", String(40), nullable=False),
    Column("laid_at", Instant, nullable=False),
    UniqueConstraint("case_id", "code"),
)


case_act = Table(
    "case_act",
    metadata,
    key(),
    board(),
    Column("case_id", Id, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    Column("code", String(40), nullable=False),
    # Codes and numbers only, so that lists can be made of it; what is personal is sealed.
    Column("subject", String(60), nullable=False),
    Column("choices", String(200), nullable=False),
    Column("day", Date),
    Column("sealed", LargeBinary),
    Column("at", Instant, nullable=False),
    # Sealed bytes are 28 longer than the text, whose shortest form is ten characters.
    CheckConstraint(
        "code NOT IN ('task_not_needed', 'recipient_not_told', 'flag_set', 'flag_cleared',"
        " 'officer_excluded', 'officer_admitted', 'opened_by_hand', 'receipt_corrected',"
        " 'deadline_set', 'late_notice', 'lift_announced', 'copy_released')"
        " OR (sealed IS NOT NULL AND length(sealed) >= 38)",
        name="act_states_reason",
    ),
    of_case("case_act_of_its_board"),
    *by_an_officer("case_act"),
    Index("ix_case_act_case", "case_id", "code"),
)

identity_record = Table(
    "identity_record",
    metadata,
    key(),
    board(),
    Column("case_id", Id, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    Column("how", String(40), nullable=False),
    Column("sealed", LargeBinary),
    Column("at", Instant, nullable=False),
    of_case("identity_record_of_its_board"),
    *by_an_officer("identity_record"),
    Index("ix_identity_record_case", "case_id"),
)

identity_copy = Table(
    "identity_copy",
    metadata,
    # A row exists from the moment the mail is filed: what it holds is shown to nobody.
    Column("mail_id", Id, ForeignKey("raw_mail.id"), primary_key=True),
    board(),
    Column("case_id", Id),
    Column("found_at", Instant, nullable=False),
    Column("destroy_at", Instant, nullable=False),
    Column("destroyed_at", Instant),
    # The mail as it came may still lie on its server, which answers when it likes.
    Column("server_gone_at", Instant),
    of_case("identity_copy_of_its_board"),
    Index("ix_identity_copy_due", "board_id", "destroyed_at", "destroy_at"),
    Index("ix_identity_copy_case", "case_id"),
)

HANDLING_APPEND_ONLY = ("case_act", "identity_record")
"""Tables whose rows are never changed or removed; triggers refuse it."""
