"""Copies of identity documents: hidden from the moment they come, destroyed in time."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select, update

from mailbot.adapters.kept import copies_of
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import data_key, mail, raw_mail
from mailbot.adapters.schema_handling import identity_copy
from mailbot.domain.identity import HiddenCopy
from mailbot.domain.retention import Category, Item
from mailbot.domain.retention_book import ServerCopy


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
                # A mail whose key was erased after its term holds nothing any more.
                table.c.mail_id.in_(select(raw_mail.c.id).where(raw_mail.c.key_id.is_not(None))),
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
            # The size stays as it was: it is how the mail is found again on its server.
            .values(key_id=key_id, sealed=sealed)
        )
        self._seal_words_again(mail_id, self._shelf.key(old_id), wrapped)
        self._connection.execute(delete(data_key).where(data_key.c.id == old_id))
        return True

    def on_servers(self) -> Sequence[ServerCopy]:
        """List the mails that are destroyed here and may still lie whole on their server."""
        table, day = identity_copy, date.min
        query = select(table.c.mail_id).where(
            table.c.board_id == self._shelf.board_id,
            table.c.destroyed_at.is_not(None),
            table.c.server_gone_at.is_(None),
        )
        numbers = self._connection.execute(query.order_by(table.c.mail_id)).scalars().all()
        items = [Item(Category.PARKED, str(number), number, day) for number in numbers]
        return [copy for item in items for copy in copies_of(self._shelf, item)]

    def gone_from_server(self, mail_id: int, now: datetime) -> None:
        """Remember that no copy of a mail lies on a server any more."""
        self._connection.execute(
            update(identity_copy)
            .where(identity_copy.c.mail_id == mail_id)
            .values(server_gone_at=now)
        )

    def hasten(self, mail_id: int, destroy_at: datetime) -> None:
        """Destroy a copy that is hidden no later than this."""
        self._connection.execute(
            update(identity_copy)
            .where(
                identity_copy.c.mail_id == mail_id,
                identity_copy.c.destroyed_at.is_(None),
                identity_copy.c.destroy_at > destroy_at,
            )
            .values(destroy_at=destroy_at)
        )

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
