"""The tables: every row belongs to a board, and the promises stand as named constraints."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive instants; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without its zone reached the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back that SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key() -> Column[Any]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _board() -> Column[Any]:
    return Column("board_id", Id, ForeignKey("board.id"), nullable=False, index=True)


def _data_key() -> Column[Any]:
    # Erasing the key row leaves sealed bytes that nobody can ever open again.
    return Column("key_id", Id, ForeignKey("data_key.id", ondelete="SET NULL"))


board = Table(
    "board",
    metadata,
    _key(),
    Column("code", String(40), nullable=False, unique=True),
)

data_key = Table(
    "data_key",
    metadata,
    _key(),
    _board(),
    Column("wrapped", LargeBinary, nullable=False),
    Column("master_id", String(16), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
)

mailbox = Table(
    "mailbox",
    metadata,
    _key(),
    _board(),
    Column("name", String(100), nullable=False, unique=True),
    Column("leased_by", String(60)),
    Column("leased_until", Instant),
    Column("reached_at", Instant),
    # After a restore: mail received before it may have been answered already.
    Column("silent_before", Instant),
)

folder_mark = Table(
    "folder_mark",
    metadata,
    Column("mailbox_id", Id, ForeignKey("mailbox.id"), primary_key=True),
    Column("folder", String(500), primary_key=True),
    Column("uidvalidity", BigInteger, primary_key=True),
    Column("seen_up_to", BigInteger, nullable=False),
)

raw_mail = Table(
    "raw_mail",
    metadata,
    _key(),
    _board(),
    _data_key(),
    Column("content_hash", LargeBinary(32), nullable=False),
    Column("size", Integer, nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("sealed", LargeBinary),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("reason", String(200)),
    Column("claimed_by", String(60)),
    Column("claimed_until", Instant),
    UniqueConstraint("board_id", "content_hash"),
    CheckConstraint("state IN ('stored', 'worked', 'quarantined')", name="raw_mail_state"),
    Index("ix_raw_mail_waiting", "state", "claimed_until", "id"),
)

sighting = Table(
    "sighting",
    metadata,
    _key(),
    Column("mailbox_id", Id, ForeignKey("mailbox.id"), nullable=False),
    Column("folder", String(500), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("raw_id", Id, ForeignKey("raw_mail.id"), nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
    Column("marked", Boolean, nullable=False),
    UniqueConstraint("mailbox_id", "folder", "uidvalidity", "uid"),
    Index("ix_sighting_unmarked", "mailbox_id", "folder", "marked"),
)

officer = Table(
    "officer",
    metadata,
    _key(),
    _board(),
    Column("address", String(320), nullable=False),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    # One role for one person of a board, so nobody is board and FG at once (GDPR 38(6)).
    UniqueConstraint("board_id", "address"),
    UniqueConstraint("id", "board_id"),
    CheckConstraint("role IN ('fg', 'board', 'handler', 'admin')", name="officer_role"),
)

sign_in = Table(
    "sign_in",
    metadata,
    _key(),
    Column("officer_id", Id, ForeignKey("officer.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("door", String(20), nullable=False),
    UniqueConstraint("id", "officer_id"),
)

reference_counter = Table(
    "reference_counter",
    metadata,
    Column("board_id", Id, ForeignKey("board.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    _key(),
    _board(),
    _data_key(),
    Column("reference", String(40), nullable=False, unique=True),
    Column("kind", String(40)),
    Column("suggested_kind", String(40)),
    Column("confidence", Float, nullable=False),
    Column("confirmed_by", Id, ForeignKey("officer.id")),
    Column("confirmed_at", Instant),
    Column("state", String(20), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("language", String(3), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date),
    Column("working_target", Date),
    Column("cap_on", Date),
    Column("ends_at", Instant),
    Column("aware_at", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("mail_id", Id, ForeignKey("raw_mail.id"), index=True),
    Column("group_id", Id, index=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("sealed", LargeBinary),
    Column("closure_id", Id),
    UniqueConstraint("id", "board_id"),
    CheckConstraint("state IN ('received', 'in_handling', 'closed')", name="case_state"),
    CheckConstraint(
        "state <> 'closed' OR closure_id IS NOT NULL", name="closure_rests_on_decision"
    ),
    CheckConstraint("due_on IS NULL OR due_on <= cap_on", name="due_within_cap"),
    CheckConstraint(
        "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmation_needs_officer"
    ),
    ForeignKeyConstraint(
        ["closure_id", "id"],
        ["closure.id", "closure.case_id"],
        name="closure_of_its_case",
        use_alter=True,
    ),
    Index("ix_cases_queue", "board_id", "state", "ends_at"),
)

case_address = Table(
    "case_address",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("address_hash", LargeBinary(32), primary_key=True, index=True),
)

mail = Table(
    "mail",
    metadata,
    Column("id", Id, ForeignKey("raw_mail.id"), primary_key=True),
    _board(),
    Column("case_id", Id),
    Column("outcome", String(20), nullable=False),
    Column("route", String(20), nullable=False),
    Column("reason", String(60)),
    Column("language", String(3), nullable=False),
    Column("sender_hash", LargeBinary(32), index=True),
    Column("message_id_hash", LargeBinary(32), index=True),
    Column("verified", Boolean, nullable=False),
    Column("waits", Boolean, nullable=False),
    Column("classifier", String(60), nullable=False),
    Column("worked_at", Instant, nullable=False),
    Column("sealed", LargeBinary),
    ForeignKeyConstraint(["case_id", "board_id"], ["cases.id", "cases.board_id"]),
    CheckConstraint("outcome IN ('opened', 'filed', 'automatic', 'other')", name="mail_outcome"),
    Index("ix_mail_case", "case_id"),
    Index("ix_mail_waits", "board_id", "waits"),
)

fact = Table(
    "fact",
    metadata,
    _key(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False, index=True),
    Column("mail_id", Id, ForeignKey("raw_mail.id")),
    Column("name", String(40), nullable=False),
    Column("sealed", LargeBinary),
    Column("confirmed_by", Id, ForeignKey("officer.id")),
)

case_flag = Table(
    "case_flag",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("flag", String(40), primary_key=True),
)

event = Table(
    "event",
    metadata,
    _key(),
    _board(),
    Column("case_id", Id, index=True),
    Column("mail_id", Id, index=True),
    Column("officer_id", Id, ForeignKey("officer.id")),
    Column("at", Instant, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("detail", Text, nullable=False),
    ForeignKeyConstraint(["case_id", "board_id"], ["cases.id", "cases.board_id"]),
)

decision = Table(
    "decision",
    metadata,
    _key(),
    _board(),
    Column("case_id", Id, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    Column("outcome", String(30), nullable=False),
    Column("grounds", LargeBinary),
    Column("at", Instant, nullable=False),
    UniqueConstraint("id", "case_id"),
    CheckConstraint(
        "officer_id IS NOT NULL AND sign_in_id IS NOT NULL", name="decision_needs_officer"
    ),
    # Sealed bytes are 28 longer than the text, whose shortest form is ten characters.
    CheckConstraint(
        "grounds IS NOT NULL AND length(grounds) >= 38", name="decision_states_grounds"
    ),
    CheckConstraint(
        "outcome IN ('granted', 'partly', 'refused', 'refused_for_safety', 'withdrawn', 'handled')",
        name="decision_outcome",
    ),
    ForeignKeyConstraint(
        ["case_id", "board_id"], ["cases.id", "cases.board_id"], name="decision_of_its_board"
    ),
    ForeignKeyConstraint(
        ["officer_id", "board_id"],
        ["officer.id", "officer.board_id"],
        name="decision_by_officer_of_its_board",
    ),
    ForeignKeyConstraint(
        ["sign_in_id", "officer_id"],
        ["sign_in.id", "sign_in.officer_id"],
        name="decision_in_own_sign_in",
    ),
    Index("ix_decision_case", "case_id"),
)

closure = Table(
    "closure",
    metadata,
    _key(),
    Column("case_id", Id, nullable=False),
    Column("decision_id", Id),
    Column("at", Instant, nullable=False),
    UniqueConstraint("id", "case_id"),
    CheckConstraint("decision_id IS NOT NULL", name="closure_needs_decision"),
    ForeignKeyConstraint(
        ["decision_id", "case_id"],
        ["decision.id", "decision.case_id"],
        name="closure_rests_on_decision_of_its_case",
    ),
)

extension = Table(
    "extension",
    metadata,
    _key(),
    _board(),
    Column("case_id", Id, nullable=False),
    Column("officer_id", Id),
    Column("sign_in_id", Id),
    Column("old_due", Date, nullable=False),
    Column("new_due", Date, nullable=False),
    Column("cap_on", Date, nullable=False),
    Column("reason", LargeBinary),
    Column("at", Instant, nullable=False),
    UniqueConstraint("id", "case_id"),
    CheckConstraint(
        "officer_id IS NOT NULL AND sign_in_id IS NOT NULL", name="extension_needs_officer"
    ),
    CheckConstraint("reason IS NOT NULL AND length(reason) >= 38", name="extension_states_reason"),
    CheckConstraint("new_due > old_due AND new_due <= cap_on", name="extension_within_cap"),
    ForeignKeyConstraint(
        ["case_id", "board_id"], ["cases.id", "cases.board_id"], name="extension_of_its_board"
    ),
    ForeignKeyConstraint(
        ["officer_id", "board_id"],
        ["officer.id", "officer.board_id"],
        name="extension_by_officer_of_its_board",
    ),
    ForeignKeyConstraint(
        ["sign_in_id", "officer_id"],
        ["sign_in.id", "sign_in.officer_id"],
        name="extension_in_own_sign_in",
    ),
    Index("ix_extension_case", "case_id"),
)

note = Table(
    "note",
    metadata,
    _key(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False, index=True),
    Column("officer_id", Id, ForeignKey("officer.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("sealed", LargeBinary),
)

letter = Table(
    "letter",
    metadata,
    _key(),
    _board(),
    _data_key(),
    Column("case_id", Id),
    Column("code", String(40), nullable=False),
    Column("language", String(3), nullable=False),
    Column("mail_id", Id, ForeignKey("raw_mail.id")),
    Column("decision_id", Id),
    Column("extension_id", Id),
    Column("officer_id", Id, ForeignKey("officer.id")),
    Column("mark", String(32), nullable=False, unique=True),
    Column("recipient_hash", LargeBinary(32), nullable=False),
    Column("message_id_hash", LargeBinary(32), nullable=False, unique=True),
    Column("sealed", LargeBinary),
    Column("state", String(20), nullable=False),
    Column("hold_reason", String(60)),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try_at", Instant, nullable=False),
    Column("claimed_by", String(60)),
    Column("claimed_until", Instant),
    Column("written_at", Instant, nullable=False),
    Column("accepted_at", Instant),
    Column("reply_code", Integer),
    ForeignKeyConstraint(["case_id", "board_id"], ["cases.id", "cases.board_id"]),
    CheckConstraint(
        "state IN ('waiting', 'held', 'sending', 'sent', 'refused', 'bounced')", name="letter_state"
    ),
    # The list of what states an outcome; the automatic letters are not on it.
    CheckConstraint(
        "code NOT IN ('decision_granted', 'decision_refused', 'decision_safety', 'breach_parents')"
        " OR decision_id IS NOT NULL",
        name="substantive_letter_needs_decision",
    ),
    CheckConstraint(
        "code <> 'extension_notice' OR extension_id IS NOT NULL",
        name="extension_notice_needs_extension",
    ),
    CheckConstraint(
        "(decision_id IS NULL AND extension_id IS NULL) OR case_id IS NOT NULL",
        name="decided_letter_names_its_case",
    ),
    ForeignKeyConstraint(
        ["decision_id", "case_id"],
        ["decision.id", "decision.case_id"],
        name="letter_rests_on_decision_of_its_case",
    ),
    ForeignKeyConstraint(
        ["extension_id", "case_id"],
        ["extension.id", "extension.case_id"],
        name="notice_rests_on_extension_of_its_case",
    ),
    Index("ix_letter_waiting", "state", "next_try_at"),
    Index("ix_letter_recipient", "recipient_hash", "written_at"),
    Index("ix_letter_case", "case_id"),
)

Index(
    "one_acknowledgement_per_case",
    letter.c.case_id,
    unique=True,
    sqlite_where=letter.c.code.like("ack#_%", escape="#"),
    postgresql_where=letter.c.code.like("ack#_%", escape="#"),
)
Index(
    "one_acknowledgement_per_mail",
    letter.c.mail_id,
    unique=True,
    sqlite_where=letter.c.code.like("ack#_%", escape="#"),
    postgresql_where=letter.c.code.like("ack#_%", escape="#"),
)

reminder = Table(
    "reminder",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("deadline", String(40), primary_key=True),
    Column("step", String(40), primary_key=True),
    Column("at", Instant, nullable=False),
)

alarm = Table(
    "alarm",
    metadata,
    _key(),
    Column("code", String(60), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("cleared_at", Instant),
    Index("ix_alarm_open", "code", "subject", "cleared_at"),
)

APPEND_ONLY = ("decision", "event", "closure", "extension", "sign_in")
"""Tables whose rows are never changed or removed; triggers refuse it."""
