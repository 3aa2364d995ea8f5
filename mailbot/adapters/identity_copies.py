"""Copies of identity documents: hidden from the moment they come, destroyed in time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import data_key, mail, raw_mail
from mailbot.adapters.schema_handling import identity_copy
from mailbot.domain.identity import HiddenCopy


class SqlIdentityCopies:
    """The copies of one board within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def hide(self, copy: HiddenCopy) -> None:
        """Hide the attachments of a mail from the transaction that files it on."""
        self._shelf.insert_once(
            identity_copy,
            mail_id=copy.mail_id,
            board_id=self._shelf.board_id,
            case_id=copy.case_id,
            found_at=copy.found_at,
            destroy_at=copy.destroy_at,
        )

    def due(self, now: datetime) -> Sequence[HiddenCopy]:
        """List the copies whose time has come, oldest first; another robot's are passed over."""
        table = identity_copy
        rows = self._connection.execute(
            select(table)
            .where(
                table.c.board_id == self._shelf.board_id,
                table.c.destroyed_at.is_(None),
                table.c.destroy_at <= now,
            )
            .order_by(table.c.mail_id)
            .with_for_update(skip_locked=True)
        )
        return [HiddenCopy(row.mail_id, row.case_id, row.found_at, row.destroy_at) for row in rows]

    def destroy(self, mail_id: int, redacted: bytes, now: datetime) -> bool:
        """
        Put a mail without its copy in the place of the whole one.

        1. The rest of the mail is sealed under a new key.
        2. The old key is erased, so that nothing sealed under it can ever be opened again, in
           a backup or in pages the database has not overwritten.

        Returns:
            False when it was destroyed before.
        """
        gone = self._connection.execute(
            update(identity_copy)
            .where(identity_copy.c.mail_id == mail_id, identity_copy.c.destroyed_at.is_(None))
            .values(destroyed_at=now)
        )
        if gone.rowcount == 0:
            return False
        old_id = self._connection.execute(
            select(raw_mail.c.key_id).where(raw_mail.c.id == mail_id)
        ).scalar_one()
        key_id, wrapped = self._shelf.new_key(now)
        sealed = self._shelf.vault.seal(wrapped, redacted, "raw mail")
        self._connection.execute(
            update(raw_mail)
            .where(raw_mail.c.id == mail_id)
            .values(key_id=key_id, sealed=sealed, size=len(redacted))
        )
        self._seal_words_again(mail_id, self._shelf.key(old_id), wrapped)
        self._connection.execute(delete(data_key).where(data_key.c.id == old_id))
        return True

    def show_again(self, mail_id: int) -> bool:
        """Stop hiding a mail whose copy is no identity document; False when there is none."""
        freed = self._connection.execute(
            delete(identity_copy).where(
                identity_copy.c.mail_id == mail_id,
                identity_copy.c.board_id == self._shelf.board_id,
                identity_copy.c.destroyed_at.is_(None),
            )
        )
        return freed.rowcount == 1

    def _seal_words_again(self, mail_id: int, old: bytes, new: bytes) -> None:
        query = select(mail.c.sealed).where(mail.c.id == mail_id)
        sealed = self._connection.execute(query).scalar()
        if sealed is None:
            return
        vault = self._shelf.vault
        words = vault.seal(new, vault.open(old, sealed, "mail"), "mail")
        self._connection.execute(update(mail).where(mail.c.id == mail_id).values(sealed=words))
