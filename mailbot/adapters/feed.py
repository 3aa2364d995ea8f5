"""Keeps the calendar addresses of officers, and reads the dates that stand in them."""

import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, literal_column, select

from mailbot.adapters.handling import SqlHandling
from mailbot.adapters.merged import stands_alone
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import cases, officer
from mailbot.adapters.schema_feed import calendar_feed
from mailbot.domain.feed import DueCase
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role

_READERS = (Role.FG.value, Role.BOARD.value, Role.HANDLER.value)


class SqlFeeds:
    """The calendar addresses of one board within one transaction."""

    def __init__(self, shelf: Shelf, handling: SqlHandling) -> None:
        self._shelf = shelf
        self._handling = handling
        self._connection = shelf.connection

    def due_cases(self, officer_id: int) -> Sequence[DueCase]:
        """List the open cases with a date that this officer is not kept away from."""
        hidden = self._handling.hidden_from_number(officer_id)
        columns = (
            cases.c.id,
            cases.c.reference,
            cases.c.kind,
            cases.c.confirmed_by,
            cases.c.due_on,
            cases.c.working_target,
            cases.c.ends_at,
        )
        query = (
            select(*columns)
            .where(
                cases.c.board_id == self._shelf.board_id,
                # As the queue writes it, for the same index.
                cases.c.state != literal_column("'closed'"),
                cases.c.ends_at.is_not(None),
                stands_alone(),
            )
            .order_by(cases.c.ends_at, cases.c.id)
        )
        return [
            DueCase(
                row.reference,
                Kind(row.kind) if row.kind else None,
                row.confirmed_by is not None,
                row.due_on,
                row.working_target,
                row.ends_at,
            )
            for row in self._connection.execute(query)
            if row.id not in hidden
        ]

    def made_at(self, officer_id: int) -> datetime | None:
        """Say when an officer's address was made."""
        table = calendar_feed
        query = select(table.c.made_at).where(table.c.officer_id == officer_id)
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def renew(self, officer_id: int, token: str, at: datetime) -> None:
        """Let this token open the calendar of an officer, and no earlier one."""
        self.revoke(officer_id)
        self._shelf.insert_once(
            calendar_feed,
            officer_id=officer_id,
            board_id=self._shelf.board_id,
            token_hash=self._hash(token),
            made_at=at,
        )

    def revoke(self, officer_id: int) -> bool:
        """Let no token open it any more."""
        mine = calendar_feed.c.officer_id == officer_id
        return self._connection.execute(delete(calendar_feed).where(mine)).rowcount > 0

    def whose(self, token: str) -> int | None:
        """Find the active officer, one who works on cases, whose calendar a token opens."""
        wanted = self._hash(token)
        table = calendar_feed
        query = (
            select(table.c.officer_id, table.c.token_hash)
            .join(officer, officer.c.id == table.c.officer_id)
            .where(
                table.c.board_id == self._shelf.board_id,
                table.c.token_hash == wanted,
                officer.c.active.is_(True),
                officer.c.role.in_(_READERS),
            )
        )
        row = self._connection.execute(query).one_or_none()
        # The database compares hashes under our own key, of which nobody can guess the beginning;
        # here they are compared once more, in a time that says nothing.
        if row is None or not hmac.compare_digest(bytes(row.token_hash), wanted):
            return None
        return int(row.officer_id)

    def _hash(self, token: str) -> bytes:
        return self._shelf.vault.keyed_hash("calendar " + token)
