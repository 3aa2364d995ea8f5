"""Legal holds, and what officers say of mails and copies; only people's doors use this."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select, update

from mailbot.adapters import schema
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.casebook import SqlCasebook
from mailbot.adapters.handling import SqlHandling
from mailbot.adapters.kept import COPY_DESTROYED
from mailbot.adapters.ledger import SqlLedger
from mailbot.adapters.retention import RETENTION_LOCK
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_register import register_entry, register_key
from mailbot.adapters.schema_retention import legal_hold, looked
from mailbot.domain.books import Event, StoredMail
from mailbot.domain.errors import Damaged, UnknownCase
from mailbot.domain.retention_book import HoldAct, Looker, ParkedMail


class SqlHolds:
    """What officers say about keeping, within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._casebook = casebook
        self._connection = shelf.connection

    def is_held(self, subject: str) -> bool:
        """Say whether a hold is on this, after every act that other officers have under way."""
        if self._connection.dialect.name == "postgresql":
            board = self._shelf.board_id
            self._connection.execute(select(func.pg_advisory_xact_lock(RETENTION_LOCK, board)))
        return self.looks_held(subject)

    def looks_held(self, subject: str) -> bool:
        """Say whether a hold is on this by now, for a page, which waits for nobody's act."""
        query = (
            select(legal_hold.c.act)
            .where(*self._of(subject))
            .order_by(legal_hold.c.id.desc())
            .limit(1)
        )
        return self._connection.execute(query).scalar() == "hold"

    def write(self, subject: str, *, held: bool, reason: str, by: Looker, at: datetime) -> None:
        """
        Set or release a hold; the history is only ever added to.

        Raises:
            UnknownCase: this board has no such file, or it is erased already.
        """
        wrapped = self._key(subject)
        if wrapped is None:
            raise UnknownCase(f"{subject}: there is no such file, or it is erased already")
        act = "hold" if held else "release"
        self._shelf.insert(
            legal_hold,
            board_id=self._shelf.board_id,
            subject=subject,
            act=act,
            at=at,
            reason=self._shelf.vault.seal(wrapped, reason.strip().encode(), "hold"),
            officer_id=by.officer_id,
            sign_in_id=by.sign_in_id,
        )
        detail = (("subject", subject),)
        self._casebook.record(
            Event(f"retention_{act}", at, officer_id=by.officer_id, detail=detail)
        )

    def history(self, subject: str) -> Sequence[HoldAct]:
        """Read every hold and release of one file, oldest first."""
        wrapped = self._key(subject)
        query = (
            select(legal_hold, schema.officer.c.name)
            .join(schema.officer, schema.officer.c.id == legal_hold.c.officer_id)
            .where(*self._of(subject))
            .order_by(legal_hold.c.id)
        )
        return [
            HoldAct(
                row.subject, row.at, row.name, row.act == "hold", self._reason(wrapped, row.reason)
            )
            for row in self._connection.execute(query)
        ]

    def parked(self) -> Sequence[ParkedMail]:
        """List the mails without a case that are still kept, oldest first."""
        raw, mail = schema.raw_mail, schema.mail
        own_case = exists().where(schema.cases.c.mail_id == raw.c.id)
        query = (
            select(raw, mail.c.outcome, mail.c.reason.label("why"), mail.c.language, looked.c.at)
            .outerjoin(mail, mail.c.id == raw.c.id)
            .outerjoin(looked, looked.c.mail_id == raw.c.id)
            .where(
                raw.c.board_id == self._shelf.board_id,
                raw.c.key_id.is_not(None),
                raw.c.state.in_(["worked", "quarantined"]),
                or_(mail.c.waits.is_(True), mail.c.case_id.is_(None) & ~own_case),
            )
            .order_by(raw.c.id)
        )
        return [_parked(row) for row in self._connection.execute(query)]

    def read(self, mail_id: int) -> StoredMail | None:
        """Read a parked mail whole; None when none of this number is parked."""
        if mail_id not in {one.id for one in self.parked()}:
            return None
        return SqlLedger(self._shelf).open(mail_id)

    def look(self, mail_id: int, by: Looker, at: datetime) -> bool:
        """Write down that an officer looked at a parked mail; False when it is not parked."""
        waiting = {one.id: one for one in self.parked()}
        if mail_id not in waiting:
            return False
        if waiting[mail_id].looked is None:
            self._shelf.insert(
                looked,
                mail_id=mail_id,
                board_id=self._shelf.board_id,
                officer_id=by.officer_id,
                sign_in_id=by.sign_in_id,
                at=at,
            )
        self._connection.execute(
            update(schema.mail).where(schema.mail.c.id == mail_id).values(waits=False)
        )
        self._casebook.record(Event("mail_looked_at", at, None, mail_id, by.officer_id))
        return True

    def destroyed(self, case_id: int, by: Looker, at: datetime) -> None:
        """Write down that the school's own copy of what was handed out is destroyed."""
        self._casebook.record(Event(COPY_DESTROYED, at, case_id, officer_id=by.officer_id))

    def hidden_subjects(self, officer_id: int) -> frozenset[str]:
        """Name the files from which this officer is kept away (reglement 8.9.4)."""
        hidden = SqlHandling(self._shelf, self._casebook).hidden_from_number(officer_id)
        if not hidden:
            return frozenset()
        query = select(schema.cases.c.reference).where(
            schema.cases.c.board_id == self._shelf.board_id, schema.cases.c.id.in_(hidden)
        )
        return frozenset(self._connection.execute(query).scalars())

    def case_number(self, reference: str) -> int:
        """
        Find a case, erased or not.

        Raises:
            UnknownCase: this board has no such case.
        """
        here = (
            schema.cases.c.board_id == self._shelf.board_id,
            schema.cases.c.reference == reference,
        )
        found = self._connection.execute(select(schema.cases.c.id).where(*here)).scalar()
        if found is None:
            raise UnknownCase(f"there is no case {reference}")
        return int(found)

    def _of(self, subject: str) -> tuple[Any, ...]:
        return legal_hold.c.board_id == self._shelf.board_id, legal_hold.c.subject == subject

    def _key(self, subject: str) -> bytes | None:
        """Find the key of a file by its name: a case, else an entry of the register, else a mail."""
        board, case, raw = self._shelf.board_id, schema.cases, schema.raw_mail
        queries = [
            select(case.c.key_id).where(case.c.board_id == board, case.c.reference == subject),
            select(register_key.c.key_id)
            .join(register_entry, register_entry.c.id == register_key.c.entry_id)
            .where(register_entry.c.board_id == board, register_entry.c.reference == subject),
        ]
        word, _, number = subject.partition(" ")
        if word == "mail" and number.isdecimal():
            one = (raw.c.board_id == board, raw.c.id == int(number))
            queries.append(select(raw.c.key_id).where(*one))
        for query in queries:
            found = self._connection.execute(query).scalar()
            if found is not None:
                return self._shelf.key(found)
        return None

    def _reason(self, wrapped: bytes | None, sealed: bytes) -> str | None:
        if wrapped is None:
            return None
        try:
            return self._shelf.vault.open(wrapped, sealed, "hold").decode()
        except Damaged:
            return None


def _parked(row: Any) -> ParkedMail:
    return ParkedMail(
        row.id,
        row.received_at,
        row.outcome or "quarantined",
        row.why or row.reason or "",
        row.language or "",
        row.size,
        row.at,
    )


@dataclass(frozen=True, slots=True)
class SqlHoldBooks:
    """The holds of one board; the robot is never given these."""

    books: SqlBooks

    @contextmanager
    def opened(self) -> Iterator[SqlHolds]:
        """Open them for one transaction; an exception leaves everything as it was."""
        with self.books.shelf() as shelf:
            yield SqlHolds(shelf, self.books.casebook(shelf))

    @contextmanager
    def looked_through(self) -> Iterator[SqlHolds]:
        """Open them for one transaction in which nothing is written."""
        with self.books.reading_shelf() as shelf:
            yield SqlHolds(shelf, self.books.casebook(shelf))
