"""Keeps the breach register: versions are added, sealed under a key of their own entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from mailbot.adapters import schema
from mailbot.adapters.casebook import SqlCasebook, date_columns
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_register import (
    awareness,
    register_entry,
    register_key,
    register_version,
)
from mailbot.domain.case import CaseFile, Dates
from mailbot.domain.decision import Officer
from mailbot.domain.errors import UnknownEntry
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import to_utc
from mailbot.domain.reference import Reference
from mailbot.domain.register import (
    AwarenessAct,
    BreachStanding,
    ParentsLetters,
    RegisterEntry,
    RegisterVersion,
)
from mailbot.domain.register_values import from_words, to_words
from mailbot.domain.register_words import Act

OWN_PREFIX = "DATALEK"
"""Begins the reference of an incident that has no case."""


class SqlRegister:
    """The breach register of one board within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._casebook = casebook
        self._connection = shelf.connection

    def open(
        self, case: CaseFile | None, entry: RegisterEntry, officer: Officer, at: datetime
    ) -> RegisterVersion:
        """Open an entry, for a case or for an incident that came without one."""
        # The key is the entry's own: it outlives the case's, whose term is shorter (policy).
        key_id, _ = self._shelf.new_key(at)
        reference = case.reference if case else self._own_reference(at)
        entry_id = self._shelf.insert(
            register_entry,
            board_id=self._shelf.board_id,
            case_id=case.id if case else None,
            reference=reference,
            opened_at=at,
        )
        self._shelf.insert(register_key, entry_id=entry_id, key_id=key_id)
        self._add(entry_id, 1, Act.OPEN, entry, officer=officer, at=at)
        return self._known(reference)

    def write(
        self,
        before: RegisterVersion,
        entry: RegisterEntry,
        act: Act,
        officer: Officer,
        at: datetime,
    ) -> RegisterVersion:
        """Add a version to an entry."""
        self._add(before.entry_id, before.number + 1, act, entry, officer=officer, at=at)
        return self._known(before.reference)

    def lock(self, reference: str) -> RegisterVersion:
        """
        Read an entry and keep others from adding to it until this transaction ends.

        Raises:
            UnknownEntry: the register of this board has no such entry.
        """
        here = (
            register_entry.c.board_id == self._shelf.board_id,
            register_entry.c.reference == reference,
        )
        self._connection.execute(select(register_entry.c.id).where(*here).with_for_update())
        return self._known(reference)

    def find(self, reference: str) -> RegisterVersion | None:
        """Read the newest version of an entry."""
        found = self._read(_newest().where(register_entry.c.reference == reference))
        return found[0] if found else None

    def history(self, entry_id: int) -> Sequence[RegisterVersion]:
        """Read every version of an entry, oldest first."""
        return self._read(_versions().where(register_entry.c.id == entry_id))

    def entries(self) -> Sequence[RegisterVersion]:
        """Read the newest version of every entry, oldest entry first."""
        return self._read(_newest())

    def missing(self) -> Sequence[CaseFile]:
        """List the breach cases that have no entry, closed ones too, oldest first."""
        table = schema.cases
        query = (
            select(table.c.id)
            .outerjoin(register_entry, register_entry.c.case_id == table.c.id)
            .where(
                table.c.board_id == self._shelf.board_id,
                table.c.kind == Kind.BREACH.value,
                table.c.key_id.is_not(None),
                register_entry.c.id.is_(None),
            )
            .order_by(table.c.received_at, table.c.id)
        )
        numbers = self._connection.execute(query).scalars().all()
        return [self._casebook.case(number) for number in numbers]

    def became_aware(
        self, entry_id: int, aware_at: datetime, reason: str, officer: Officer, at: datetime
    ) -> None:
        """Write down since when the school has been aware, beside what was written before."""
        sealed = self._shelf.vault.seal(self._key(entry_id), reason.strip().encode(), "awareness")
        self._shelf.insert(
            awareness,
            board_id=self._shelf.board_id,
            entry_id=entry_id,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            aware_at=to_utc(aware_at),
            reason=sealed,
            at=at,
        )

    def standing(self, case_id: int) -> BreachStanding:
        """Say what the clock of a case must follow."""
        found = self._read(_newest().where(register_entry.c.case_id == case_id))
        if not found:
            return BreachStanding()
        entry_id = found[0].entry_id
        wrapped, officer = self._key(entry_id), schema.officer
        query = (
            select(awareness, officer.c.name)
            .join(officer, officer.c.id == awareness.c.officer_id)
            .where(awareness.c.entry_id == entry_id)
            .order_by(awareness.c.id)
        )
        acts = tuple(
            AwarenessAct(
                row.aware_at,
                row.at,
                row.name,
                self._shelf.vault.open(wrapped, row.reason, "awareness").decode(),
            )
            for row in self._connection.execute(query)
        )
        return BreachStanding(acts, settled=found[0].entry.settled)

    def redate(self, case_id: int, dates: Dates) -> None:
        """Set the dates in force of a case."""
        table = schema.cases
        self._connection.execute(
            update(table).where(table.c.id == case_id).values(**date_columns(dates))
        )

    def _add(
        self,
        entry_id: int,
        number: int,
        act: Act,
        entry: RegisterEntry,
        *,
        officer: Officer,
        at: datetime,
    ) -> None:
        self._shelf.insert(
            register_version,
            board_id=self._shelf.board_id,
            entry_id=entry_id,
            number=number,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            act=act.value,
            at=at,
            reported=entry.ap_reported,
            sealed=self._shelf.seal(self._key(entry_id), "register", **to_words(entry)),
        )

    def _known(self, reference: str) -> RegisterVersion:
        found = self.find(reference)
        if found is None:
            raise UnknownEntry(f"the register has no entry {reference}")
        return found

    def _own_reference(self, at: datetime) -> str:
        # The board's row is locked, so that two officers never get the same number.
        board = schema.board
        own = (board.c.id == self._shelf.board_id,)
        self._connection.execute(select(board.c.id).where(*own).with_for_update())
        query = select(func.count()).where(
            register_entry.c.board_id == self._shelf.board_id, register_entry.c.case_id.is_(None)
        )
        taken = self._connection.execute(query).scalar_one()
        return str(Reference.make(OWN_PREFIX, to_utc(at).year, taken + 1))

    def _key(self, entry_id: int) -> bytes:
        query = select(register_key.c.key_id).where(register_key.c.entry_id == entry_id)
        return self._shelf.key(self._connection.execute(query).scalar())

    def _read(self, query: Select[Any]) -> list[RegisterVersion]:
        here = query.where(register_entry.c.board_id == self._shelf.board_id)
        ordered = here.order_by(register_entry.c.id, register_version.c.number)
        versions = [self._version(row) for row in self._connection.execute(ordered)]
        written = {one.case_id for one in versions if one.case_id and one.entry.parents_how}
        letters = {case_id: self._letters(case_id) for case_id in written}
        return [
            replace(one, letters=letters.get(one.case_id)) if one.case_id else one
            for one in versions
        ]

    def _letters(self, case_id: int) -> ParentsLetters | None:
        """Say what became of the letters to parents; of lost ones, those last written count."""
        table = schema.letter
        query = select(table.c.id, table.c.state, table.c.decision_id, table.c.accepted_at).where(
            table.c.case_id == case_id, table.c.code == "breach_parents"
        )
        rows = self._connection.execute(query.order_by(table.c.id)).all()
        if not rows:
            return None
        # Whoever writes again has seen what was lost before; each time has its own decision.
        last = max(row.decision_id for row in rows)
        taken = [row.accepted_at for row in rows if row.state == "sent"]
        return ParentsLetters(
            taken=len(taken),
            waiting=sum(row.state in ("waiting", "sending", "held") for row in rows),
            lost=tuple(
                row.id
                for row in rows
                if row.state in ("refused", "bounced") and row.decision_id == last
            ),
            last_taken=max(taken, default=None),
        )

    def _version(self, row: Row[Any]) -> RegisterVersion:
        words = self._shelf.unseal(row.wrapped, "register", row.sealed)
        return RegisterVersion(
            entry_id=row.entry_id,
            reference=row.reference,
            case_id=row.case_id,
            number=row.number,
            officer_id=row.officer_id,
            officer=row.officer,
            sign_in_id=row.sign_in_id,
            act=Act(row.act),  # type: ignore[call-arg]
            at=row.at,
            entry=from_words(words),
        )


def _versions() -> Select[Any]:
    """Read versions whose key is there; erased ones show in the tables only."""
    return (
        select(
            register_version,
            register_entry.c.reference,
            register_entry.c.case_id,
            schema.officer.c.name.label("officer"),
            schema.data_key.c.wrapped,
        )
        .join(register_entry, register_entry.c.id == register_version.c.entry_id)
        .join(register_key, register_key.c.entry_id == register_entry.c.id)
        .join(schema.data_key, schema.data_key.c.id == register_key.c.key_id)
        .join(schema.officer, schema.officer.c.id == register_version.c.officer_id)
    )


def _newest() -> Select[Any]:
    other = register_version.alias()
    newest = (
        select(func.max(other.c.number))
        .where(other.c.entry_id == register_version.c.entry_id)
        .scalar_subquery()
    )
    return _versions().where(register_version.c.number == newest)
