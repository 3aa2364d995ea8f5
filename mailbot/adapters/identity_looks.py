"""Which mails are still to be looked at for identity documents, and what was seen."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import raw_mail
from mailbot.adapters.schema_looks import identity_look
from mailbot.domain.identity import Look


class SqlIdentityLooks:
    """The mails of one board that wait to be looked at, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def ask(self, mail_id: int, case_id: int | None, now: datetime) -> None:
        """Ask that the pictures of a mail be looked at, from the transaction that files it on."""
        self._shelf.insert_once(
            identity_look,
            mail_id=mail_id,
            board_id=self._shelf.board_id,
            case_id=case_id,
            asked_at=now,
            claimed_until=now,
            tries=0,
            parts="",
        )

    def claim(self, now: datetime, until: datetime) -> Look | None:
        """Take the oldest mail that waits, for a while; the try is counted now."""
        table = identity_look
        row = self._connection.execute(
            select(table)
            .where(
                table.c.board_id == self._shelf.board_id,
                table.c.looked_at.is_(None),
                table.c.claimed_until <= now,
                # A mail whose key was erased after its term shows nothing any more.
                table.c.mail_id.in_(select(raw_mail.c.id).where(raw_mail.c.key_id.is_not(None))),
            )
            .order_by(table.c.mail_id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        self._connection.execute(
            update(table)
            .where(table.c.mail_id == row.mail_id)
            .values(claimed_until=until, tries=row.tries + 1)
        )
        return Look(row.mail_id, row.case_id, row.tries + 1)

    def looked(self, mail_id: int, parts: Sequence[int], now: datetime) -> bool:
        """Remember what was seen; False when another robot was first."""
        done = self._connection.execute(
            update(identity_look)
            .where(identity_look.c.mail_id == mail_id, identity_look.c.looked_at.is_(None))
            .values(looked_at=now, parts=",".join(map(str, parts))[:200])
        )
        return done.rowcount == 1

    def parts(self, mail_id: int) -> frozenset[int]:
        """Name the parts of a mail that were seen to show a document."""
        query = select(identity_look.c.parts).where(identity_look.c.mail_id == mail_id)
        seen = self._connection.execute(query).scalar() or ""
        return frozenset(int(number) for number in seen.split(",") if number)
