"""Questions we put to a browser and expect to be answered once, soon, and by the same browser."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from mailbot.adapters.schema_door import challenge
from mailbot.adapters.vault import Vault


class SqlChallenges:
    """The open questions, within one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def ask(
        self, token: str, purpose: str, words: Mapping[str, str], now: datetime, until: datetime
    ) -> None:
        """Keep what the answer will be compared with; a new question replaces the old."""
        self._connection.execute(delete(challenge).where(challenge.c.ends_at <= now))
        self.take(token, purpose, now)
        self._connection.execute(
            insert(challenge).values(
                token_hash=self._hash(token),
                purpose=purpose,
                words=json.dumps(dict(words)),
                ends_at=until,
            )
        )

    def look(self, token: str, purpose: str, now: datetime) -> Mapping[str, str] | None:
        """Read a question that stays open; None when there is none in time."""
        query = select(challenge.c.words).where(
            challenge.c.token_hash == self._hash(token),
            challenge.c.purpose == purpose,
            challenge.c.ends_at > now,
        )
        text = self._connection.execute(query).scalar()
        return dict(json.loads(text)) if text is not None else None

    def take(self, token: str, purpose: str, now: datetime) -> Mapping[str, str] | None:
        """Take a question out, so that no answer counts twice; None when there is none in time."""
        row = self._connection.execute(
            delete(challenge)
            .where(challenge.c.token_hash == self._hash(token), challenge.c.purpose == purpose)
            .returning(challenge.c.words, challenge.c.ends_at)
        ).one_or_none()
        if row is None or row.ends_at <= now:
            return None
        words: dict[str, str] = json.loads(row.words)
        return words

    def _hash(self, token: str) -> bytes:
        return self._vault.keyed_hash("challenge " + token)
