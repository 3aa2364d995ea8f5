"""The mails officers labelled, and what they did about the model; only people's doors use this."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import exists, select

from mailbot.adapters import schema
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.casebook import SqlCasebook
from mailbot.adapters.handling import SqlHandling
from mailbot.adapters.holds import SqlHolds
from mailbot.adapters.ledger import SqlLedger
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_merging import merged_case
from mailbot.adapters.schema_models import model_act
from mailbot.domain.books import Event, StoredMail
from mailbot.domain.errors import Damaged
from mailbot.domain.kinds import Kind
from mailbot.domain.learning import (
    FOLLOW_UP,
    Barred,
    Lesson,
    ModelAct,
    ModelActKind,
    Source,
    in_order,
)
from mailbot.domain.retention_book import Looker
from mailbot.domain.suggestion import FactName

_NAMES = (FactName.CHILD_NAME, FactName.REQUESTER_NAME, FactName.SIBLING_NAME)


class SqlLearning:
    """What learning reads and writes, within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._casebook = casebook
        self._connection = shelf.connection

    def lessons(self, officer_id: int) -> Sequence[Lesson]:
        """
        List the mails with an officer's label, oldest first; none this officer may not see.

        A mail that opened several cases counts once all of them are confirmed; one whose case
        was merged into another is known under that other one.
        """
        handling = SqlHandling(self._shelf, self._casebook)
        hidden = handling.hidden_from_number(officer_id)
        unsafe = handling.shielded()
        rows = self._connection.execute(_opened(self._shelf.board_id)).all()
        found = []
        for _, together in groupby(rows, key=lambda row: row.mail_id):
            cases = list(together)
            numbers = {row.id for row in cases}
            if all(row.confirmed_by for row in cases) and not numbers & hidden:
                found.append(self._opening(cases, unsafe=bool(numbers & unsafe)))
        taken = {one.mail_id for one in found}
        for row in self._connection.execute(_filed(self._shelf.board_id)).all():
            if row.id not in hidden and row.mail_id not in taken:
                taken.add(row.mail_id)
                found.append(self._filing(row, unsafe=row.id in unsafe))
        return sorted(found, key=lambda one: one.mail_id)

    def read(self, mail_id: int) -> StoredMail:
        """Read a mail. Raises Damaged when it was erased."""
        return SqlLedger(self._shelf).open(mail_id)

    def acts(self) -> Sequence[ModelAct]:
        """List what was done about the model in use, oldest first."""
        query = (
            select(model_act, schema.officer.c.name)
            .join(schema.officer, schema.officer.c.id == model_act.c.officer_id)
            .where(model_act.c.board_id == self._shelf.board_id)
            .order_by(model_act.c.id)
        )
        return [
            ModelAct(ModelActKind(row.act), row.model, row.reason, row.name, row.at)
            for row in self._connection.execute(query)
        ]

    def write(
        self, act: ModelActKind, model: str | None, reason: str, by: Looker, at: datetime
    ) -> None:
        """Write an act down; it is never changed."""
        self._shelf.insert(
            model_act,
            board_id=self._shelf.board_id,
            act=act.value,
            model=model,
            reason=reason,
            at=at,
            officer_id=by.officer_id,
            sign_in_id=by.sign_in_id,
        )

    def record(self, happened: Event) -> None:
        """Write into the history."""
        self._casebook.record(happened)

    def _opening(self, rows: Sequence[Any], *, unsafe: bool) -> Lesson:
        first = rows[0]
        labels = in_order([Kind(row.kind) for row in rows])
        by_hand = first.outcome != "opened" or first.by_hand
        machine = first.route if by_hand else first.suggested_kind or first.route
        right = machine in labels
        told = Source.CONFIRMED if right else Source.CORRECTED
        return Lesson(
            mail_id=first.mail_id,
            reference=first.reference,
            machine=machine,
            officer=labels,
            source=Source.OPENED_BY_HAND if by_hand else told,
            barred=self._barred(rows, unsafe=unsafe),
            names=self._known(rows, _NAMES),
            schools=self._known(rows, (FactName.SCHOOL,)),
            language=first.language,
        )

    def _filing(self, row: Any, *, unsafe: bool) -> Lesson:
        return Lesson(
            mail_id=row.mail_id,
            reference=row.reference,
            machine=row.route,
            officer=(FOLLOW_UP,),
            source=Source.FILED_BY_HAND,
            barred=self._barred([row], unsafe=unsafe),
            names=self._known([row], _NAMES),
            schools=self._known([row], (FactName.SCHOOL,)),
            language=row.language,
        )

    def _barred(self, rows: Sequence[Any], *, unsafe: bool) -> Barred | None:
        if any(row.mail_key is None or row.key_id is None for row in rows):
            return Barred.ERASED
        if unsafe:
            return Barred.SAFETY
        holds = SqlHolds(self._shelf, self._casebook)
        subjects = {f"mail {rows[0].mail_id}", *(row.reference for row in rows)}
        return Barred.HOLD if any(holds.is_held(one) for one in sorted(subjects)) else None

    def _known(self, rows: Sequence[Any], names: Sequence[FactName]) -> tuple[str, ...]:
        """Read what the files know: the requester's name, and facts, confirmed or not."""
        table, found = schema.fact, list[str]()
        for row in rows:
            try:
                wrapped = self._shelf.key(row.key_id)
            except Damaged:
                continue
            if FactName.REQUESTER_NAME in names:
                found.append(self._shelf.unseal(wrapped, "case", row.sealed)["name"] or "")
            query = select(table.c.sealed).where(
                table.c.case_id == row.id, table.c.name.in_([name.value for name in names])
            )
            found += [
                str(self._shelf.unseal(wrapped, "fact", sealed)["value"])
                for sealed in self._connection.execute(query).scalars()
                if sealed is not None
            ]
        return tuple(name for name in found if name)


def _columns() -> Any:
    cases, raw, mail = schema.cases, schema.raw_mail, schema.mail
    return (
        cases.c.id,
        cases.c.key_id,
        cases.c.reference,
        cases.c.kind,
        cases.c.suggested_kind,
        cases.c.confirmed_by,
        cases.c.sealed,
        raw.c.id.label("mail_id"),
        raw.c.key_id.label("mail_key"),
        mail.c.route,
        mail.c.outcome,
        mail.c.language,
    )


def _opened(board_id: int) -> Any:
    """Choose the cases that a mail opened, those of one mail together."""
    cases, raw, mail, event = schema.cases, schema.raw_mail, schema.mail, schema.event
    by_hand = exists().where(
        event.c.case_id == cases.c.id,
        event.c.kind == "case_opened",
        event.c.officer_id.is_not(None),
    )
    merged = exists().where(merged_case.c.case_id == cases.c.id)
    return (
        select(*_columns(), by_hand.label("by_hand"))
        .join(raw, raw.c.id == cases.c.mail_id)
        .join(mail, mail.c.id == raw.c.id)
        .where(cases.c.board_id == board_id, ~merged)
        .order_by(raw.c.id, cases.c.id)
    )


def _filed(board_id: int) -> Any:
    """Choose the mails that an officer put in a case by hand, and that are still in it."""
    cases, raw, mail, event = schema.cases, schema.raw_mail, schema.mail, schema.event
    return (
        select(*_columns())
        .join(mail, mail.c.case_id == cases.c.id)
        .join(raw, raw.c.id == mail.c.id)
        .join(event, (event.c.mail_id == raw.c.id) & (event.c.case_id == cases.c.id))
        .where(cases.c.board_id == board_id, event.c.kind == "mail_filed_by_hand")
        .order_by(raw.c.id)
    )


@dataclass(frozen=True, slots=True)
class SqlLearningBooks:
    """The learning of one board; the robot is never given these."""

    books: SqlBooks

    @contextmanager
    def opened(self) -> Iterator[SqlLearning]:
        """Open it for one transaction; an exception leaves everything as it was."""
        with self.books.shelf() as shelf:
            yield SqlLearning(shelf, self.books.casebook(shelf))
