"""The tables of the sign-in: sessions, second factors, tries that failed; the robot has no part in them."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board, in_own_sign_in, key, of_officer


def _of_an_officer(table: str) -> tuple[Any, ...]:
    return (
        board(),
        Column("officer_id", Id, nullable=False),
        of_officer(f"{table}_of_officer_of_its_board"),
    )


web_session = Table(
    "web_session",
    metadata,
    key(),
    *_of_an_officer("web_session"),
    # Whoever reads the table holds no cookie: it keeps keyed hashes only.
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("stage", String(10), nullable=False),
    Column("door", String(20), nullable=False),
    Column("sign_in_id", Id),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    CheckConstraint("stage IN ('first', 'full')", name="web_session_stage"),
    CheckConstraint("stage <> 'full' OR sign_in_id IS NOT NULL", name="full_session_needs_sign_in"),
    in_own_sign_in("web_session_in_own_sign_in"),
    Index("ix_web_session_officer", "officer_id"),
)

one_time_seed = Table(
    "one_time_seed",
    metadata,
    Column("officer_id", Id, primary_key=True),
    board(),
    Column("key_id", Id, ForeignKey("data_key.id", ondelete="SET NULL")),
    Column("sealed", LargeBinary),
    Column("made_at", Instant, nullable=False),
    # Empty until the officer has shown one code of it.
    Column("confirmed_at", Instant),
    # The step of the last code that was taken: no code is taken twice (RFC 6238, 5.2).
    Column("last_step", BigInteger),
    of_officer("one_time_seed_of_officer_of_its_board"),
)

passkey = Table(
    "passkey",
    metadata,
    key(),
    *_of_an_officer("passkey"),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", String(60), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index("ix_passkey_officer", "officer_id"),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    key(),
    *_of_an_officer("recovery_code"),
    Column("code_hash", LargeBinary(32), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("officer_id", "code_hash"),
)

outside_account = Table(
    "outside_account",
    metadata,
    key(),
    *_of_an_officer("outside_account"),
    Column("issuer", String(300), nullable=False),
    Column("subject_hash", LargeBinary(32), nullable=False),
    Column("bound_at", Instant, nullable=False),
    # An address at a provider may pass to somebody else; its subject never does (OIDC Core 5.7).
    UniqueConstraint("officer_id", "issuer"),
)

challenge = Table(
    "challenge",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("purpose", String(20), primary_key=True),
    Column("words", Text, nullable=False),
    Column("ends_at", Instant, nullable=False),
)

failed_try = Table(
    "failed_try",
    metadata,
    # A keyed hash of an account or of a network address; neither can be read here.
    Column("subject_hash", LargeBinary(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("free_at", Instant, nullable=False),
)

DOOR_TABLES = frozenset(
    table.name
    for table in (
        web_session,
        one_time_seed,
        passkey,
        recovery_code,
        outside_account,
        challenge,
        failed_try,
    )
)
"""What the robot's role may not even read."""
