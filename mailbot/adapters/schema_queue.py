"""The tables of the queue: who works on a case, who looks at it, saved views, and words to search by."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    and_,
)

from mailbot.adapters.schema import Id, Instant, case_flag, cases, metadata
from mailbot.adapters.schema_handling import case_act
from mailbot.adapters.schema_parts import board, key, of_case, of_officer

assignment = Table(
    "assignment",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    board(),
    Column("officer_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    of_case("assignment_of_its_case"),
    of_officer("assignment_to_officer_of_its_board"),
    Index("ix_assignment_officer", "officer_id"),
)

page_open = Table(
    "page_open",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("officer_id", Id, ForeignKey("officer.id"), primary_key=True, autoincrement=False),
    Column("seen_at", Instant, nullable=False),
)

saved_view = Table(
    "saved_view",
    metadata,
    key(),
    board(),
    Column("officer_id", Id, nullable=False),
    Column("name", String(60), nullable=False),
    # Filters by code alone; what somebody searched for is never kept.
    Column("filters", String(400), nullable=False),
    UniqueConstraint("officer_id", "name"),
    of_officer("saved_view_of_officer_of_its_board"),
    CheckConstraint("length(trim(name)) > 0", name="saved_view_has_a_name"),
)

case_word = Table(
    "case_word",
    metadata,
    # A keyed hash, cut to eight bytes: enough to find by, too little to tell a word from.
    Column("word_hash", LargeBinary(8), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Index("ix_case_word_case", "case_id"),
)


def _index_of_some(name: str, which: ColumnElement[bool], *columns: Column[Any]) -> None:
    Index(name, *columns, sqlite_where=which, postgresql_where=which)


_open = cases.c.state != "closed"
_unconfirmed = and_(_open, cases.c.confirmed_by.is_(None))
_board, _in_order = cases.c.board_id, (cases.c.ends_at, cases.c.id)

# The open cases in the order of their dates, however many closed ones there are; then the heaps of
# few among them, however many open ones there are.
_index_of_some("ix_cases_open", _open, _board, *_in_order)
_index_of_some("ix_cases_open_kind", _open, _board, cases.c.kind, *_in_order)
_index_of_some("ix_cases_open_language", _open, _board, cases.c.language, *_in_order)
_index_of_some("ix_cases_unconfirmed", _unconfirmed, _board, *_in_order)

# Who is kept away from which case, and which cases are under a safety flag: asked on every page.
Index("ix_case_act_subject", case_act.c.subject, case_act.c.code)
Index("ix_case_flag_flag", case_flag.c.flag, case_flag.c.case_id)
