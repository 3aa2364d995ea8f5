"""Reads what officers looked at and did; nothing here writes an event or changes one."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import cases, data_key, event, letter, officer
from mailbot.domain.audit import PAGE_SIZE, AuditFilter, AuditRow, LetterFile
from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile
from mailbot.domain.errors import Damaged


class SqlAudit:
    """The events of one board's officers, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def looked(self, case_id: int, officer_id: int, since: datetime) -> bool:
        """Say whether it was written down since then that this officer opened this case."""
        query = select(event.c.id).where(
            event.c.case_id == case_id,
            event.c.officer_id == officer_id,
            event.c.kind == "case_read",
            event.c.at > since,
        )
        return self._connection.execute(query.limit(1)).scalar() is not None

    def rows(
        self, chosen: AuditFilter, hidden: frozenset[int], before: int | None
    ) -> Sequence[AuditRow]:
        """List one page and one row more, newest first, without the cases that are hidden."""
        query = (
            select(event, officer.c.name, cases.c.reference)
            .join(officer, officer.c.id == event.c.officer_id)
            .outerjoin(cases, cases.c.id == event.c.case_id)
            .where(event.c.board_id == self._shelf.board_id)
            .order_by(event.c.id.desc())
            .limit(PAGE_SIZE + 1)
        )
        if hidden:
            query = query.where(event.c.case_id.is_(None) | event.c.case_id.not_in(hidden))
        if before is not None:
            query = query.where(event.c.id < before)
        if chosen.officer_id is not None:
            query = query.where(event.c.officer_id == chosen.officer_id)
        if chosen.reference:
            query = query.where(cases.c.reference == chosen.reference)
        if chosen.kind:
            query = query.where(event.c.kind == chosen.kind)
        if chosen.since is not None:
            query = query.where(event.c.at >= chosen.since)
        if chosen.until is not None:
            query = query.where(event.c.at < chosen.until)
        return [
            AuditRow(
                row.id,
                Event(
                    row.kind,
                    row.at,
                    row.case_id,
                    row.mail_id,
                    row.officer_id,
                    tuple(json.loads(row.detail).items()),
                ),
                row.name,
                row.reference or "",
            )
            for row in self._connection.execute(query)
        ]

    def kinds(self) -> Sequence[str]:
        """Name the kinds of events that officers caused."""
        query = select(event.c.kind).where(
            event.c.board_id == self._shelf.board_id, event.c.officer_id.is_not(None)
        )
        return sorted(self._connection.execute(query.distinct()).scalars())

    def officers(self) -> Mapping[int, str]:
        """Name every officer of the board, those who left as well."""
        query = select(officer.c.id, officer.c.name).where(
            officer.c.board_id == self._shelf.board_id
        )
        return {
            row.id: row.name for row in self._connection.execute(query.order_by(officer.c.name))
        }

    def letter_files(self, case: CaseFile, numbers: Sequence[int]) -> Sequence[LetterFile]:
        """Give the letters with these numbers as mails; what cannot be opened is left out."""
        query = (
            select(letter, data_key.c.wrapped)
            .join(data_key, data_key.c.id == letter.c.key_id)
            .where(letter.c.id.in_(numbers), letter.c.board_id == case.board_id)
            .order_by(letter.c.id)
        )
        found = []
        for row in self._connection.execute(query):
            try:
                opened = self._shelf.vault.open(row.wrapped, row.sealed, "letter")
            except Damaged:
                continue
            # Its envelope stands on the first line, the mail as it left below it.
            content = opened.partition(b"\n")[2]
            found.append(LetterFile(row.id, row.code, row.state, row.written_at, content))
        return found
