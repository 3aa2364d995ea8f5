"""Sessions, kept on the server; a browser holds nothing but a random token."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from mailbot.adapters.schema import officer
from mailbot.adapters.schema_door import web_session
from mailbot.adapters.vault import Vault
from mailbot.domain.accounts import Account, Session, Stage
from mailbot.domain.roles import Role


class SqlSessions:
    """The sessions of all officers, within one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def begin(
        self,
        token: str,
        account: Account,
        stage: Stage,
        door: str,
        now: datetime,
        *,
        sign_in_id: int | None = None,
    ) -> None:
        """Write a new session down under a new token."""
        self._connection.execute(
            insert(web_session).values(
                board_id=account.board_id,
                officer_id=account.id,
                token_hash=self._hash(token),
                stage=stage.value,
                door=door,
                sign_in_id=sign_in_id,
                started_at=now,
                seen_at=now,
            )
        )

    def find(self, token: str) -> Session | None:
        """Read the session of a token, with its officer as they are now."""
        query = (
            select(
                web_session,
                officer.c.address,
                officer.c.name,
                officer.c.role,
                officer.c.active,
            )
            .join(officer, officer.c.id == web_session.c.officer_id)
            .where(web_session.c.token_hash == self._hash(token))
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        account = Account(
            row.officer_id, row.board_id, row.address, row.name, Role(row.role), row.active
        )
        return Session(
            row.id,
            account,
            Stage(row.stage),
            row.door,
            row.sign_in_id,
            row.started_at,
            row.seen_at,
        )

    def seen(self, session_id: int, now: datetime) -> None:
        """Write down that a session is in use."""
        self._connection.execute(
            update(web_session).where(web_session.c.id == session_id).values(seen_at=now)
        )

    def end(self, session_id: int) -> None:
        """End one session."""
        self._connection.execute(delete(web_session).where(web_session.c.id == session_id))

    def end_all(self, officer_id: int, *, but: int | None = None) -> int:
        """End the sessions of an officer, all or all but one; return how many ended."""
        gone = self._connection.execute(
            delete(web_session).where(
                web_session.c.officer_id == officer_id, web_session.c.id != (but or 0)
            )
        )
        return gone.rowcount

    def clear(self, before: datetime) -> None:
        """Remove what began so long ago that it cannot be valid any more."""
        self._connection.execute(delete(web_session).where(web_session.c.started_at < before))

    def count(self, officer_id: int) -> int:
        """Count the sessions of an officer that got past both factors."""
        query = select(web_session.c.id).where(
            web_session.c.officer_id == officer_id, web_session.c.stage == Stage.FULL.value
        )
        return len(self._connection.execute(query).all())

    def _hash(self, token: str) -> bytes:
        return self._vault.keyed_hash("session " + token)
