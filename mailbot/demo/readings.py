"""What became of one mail of the day, read back from the database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from mailbot.adapters import schema
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.rows import Shelf
from mailbot.domain.case import CaseFile
from mailbot.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class Belief:
    """One kind as the machine suggested it, with the words that led to it."""

    kind: Kind
    confidence: float
    phrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One mail as the house understood it, and what the house did."""

    number: int
    outcome: str
    """`opened`, `filed`, `automatic`, `other`, or `quarantined`."""
    reason: str
    language: str
    beliefs: tuple[Belief, ...] = ()
    unsure: bool = False
    opened: tuple[CaseFile, ...] = ()
    filed_in: str = ""
    asked: tuple[str, ...] = ()
    """Why a person was asked to look."""
    letters: tuple[tuple[str, str], ...] = ()
    """Letters written because of this mail: code and language."""
    returned: bool = False
    """Whether it brought one of our letters back."""
    reminded: bool = False
    """Whether the FG and the board were told of its case at once."""


def newest(books: SqlBooks) -> int:
    """Return the number of the newest mail in the ledger; 0 while it is empty."""
    with books.shelf() as shelf:
        return int(shelf.connection.execute(select(func.max(schema.raw_mail.c.id))).scalar() or 0)


def read(books: SqlBooks, number: int) -> Reading:
    """Read what became of the mail with this number."""
    with books.shelf() as shelf:
        state, reason, wrapped = shelf.connection.execute(
            select(schema.raw_mail.c.state, schema.raw_mail.c.reason, schema.data_key.c.wrapped)
            .join(schema.data_key, schema.data_key.c.id == schema.raw_mail.c.key_id)
            .where(schema.raw_mail.c.id == number)
        ).one()
        row = shelf.connection.execute(
            select(schema.mail).where(schema.mail.c.id == number)
        ).one_or_none()
        if row is None:
            return Reading(number, state, reason or "", "und")
        said = shelf.unseal(wrapped, "mail", row.sealed)["suggestion"]
        events = _events(shelf, number)
        casebook = books.casebook(shelf)
        opened = [one.case_id for one in events if one.kind == "case_opened"]
        return Reading(
            number=number,
            outcome=row.outcome,
            reason=row.reason or "",
            language=row.language,
            beliefs=_beliefs(said),
            unsure=bool(said["unsure"]),
            opened=tuple(casebook.case(one) for one in opened),
            filed_in=casebook.case(row.case_id).reference if row.outcome == "filed" else "",
            asked=tuple(
                json.loads(one.detail)["reason"] for one in events if one.kind == "officer_asked"
            ),
            letters=_letters(shelf, number),
            returned=row.route == "bounce",
            reminded=_reminded(shelf, opened),
        )


def _beliefs(said: dict[str, Any]) -> tuple[Belief, ...]:
    return tuple(
        Belief(Kind(one["kind"]), one["confidence"], next(iter(one["evidence"]), ""))
        for one in said["kinds"]
    )


def _events(shelf: Shelf, number: int) -> list[Any]:
    table = schema.event
    query = select(table).where(table.c.mail_id == number).order_by(table.c.id)
    return list(shelf.connection.execute(query))


def _reminded(shelf: Shelf, cases: Sequence[int]) -> bool:
    table = schema.event
    query = select(table.c.id).where(table.c.case_id.in_(cases), table.c.kind == "reminded")
    return shelf.connection.execute(query).first() is not None


def _letters(shelf: Shelf, number: int) -> tuple[tuple[str, str], ...]:
    table = schema.letter
    query = select(table.c.code, table.c.language).where(table.c.mail_id == number)
    return tuple((row.code, row.language) for row in shelf.connection.execute(query))
