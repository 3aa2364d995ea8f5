"""Every mail the server ever showed us, kept encrypted before anything reads it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import ColumnElement, Table, func, or_, select, update

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import data_key, folder_mark, mail, raw_mail, sighting
from mailbot.domain.books import StoredMail, Worked
from mailbot.domain.errors import Damaged, UnknownMail
from mailbot.domain.ports import Fetched, FolderState
from mailbot.domain.suggestion import Suggestion

CLAIM = timedelta(minutes=2)
"""How long a robot may take over the mails it claimed before another may try."""


class SqlLedger:
    """The ledger of one board within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def unseen(self, mailbox: int, state: FolderState) -> Sequence[int]:
        """Compare with the highest UID stored, so that nothing grows with the mails kept."""
        mark = self._mark(mailbox, state)
        return [uid for uid in state.uids if uid > mark]

    def passed_over(self, mailbox: int, state: FolderState) -> Sequence[int]:
        """Compare with every sighting of the folder; asked for now and then, not at each visit."""
        mark = self._mark(mailbox, state)
        rows = self._connection.execute(
            select(sighting.c.uid).where(*_this_folder(sighting, mailbox, state))
        ).scalars()
        stored = set(rows)
        return [uid for uid in state.uids if uid <= mark and uid not in stored]

    def store(self, mailbox: int, mails: Sequence[Fetched], cutoff: datetime, now: datetime) -> int:
        """
        Keep these mails, encrypted, each content once.

        1. The same bytes are kept once, however often they are seen.
        2. Each sighting (folder, UIDVALIDITY, UID) is a row of its own.
        3. The folder's mark moves to the highest UID stored.
        """
        new = 0
        for fetched in mails:
            digest = self._shelf.vault.keyed_hash(fetched.raw)
            raw_id = self._find(digest)
            if raw_id is None:
                raw_id = self._keep(fetched, digest, cutoff, now)
                new += 1
            self._shelf.insert_once(
                sighting,
                mailbox_id=mailbox,
                folder=fetched.folder,
                uidvalidity=fetched.uidvalidity,
                uid=fetched.uid,
                raw_id=raw_id,
                seen_at=now,
                marked=False,
            )
            self._move_mark(mailbox, fetched)
        return new

    def unmarked(self, mailbox: int, state: FolderState) -> Sequence[int]:
        """
        Only what still lies in the folder can be marked.

        What has left it was moved just before a crash, or by a person; nothing is owed for it.
        """
        rows = self._connection.execute(
            select(sighting.c.uid).where(
                *_this_folder(sighting, mailbox, state), sighting.c.marked.is_(False)
            )
        ).scalars()
        there, unmarked = set(state.uids), set(rows)
        # Higher ones may have come, and been stored by another robot, since this look.
        gone = {uid for uid in unmarked - there if uid < max(there, default=0)}
        if gone:
            self.marked(mailbox, state, sorted(gone))
        return sorted(unmarked & there)

    def marked(self, mailbox: int, state: FolderState, uids: Sequence[int]) -> None:
        """Remember that these were marked or moved."""
        self._connection.execute(
            update(sighting)
            .where(*_this_folder(sighting, mailbox, state), sighting.c.uid.in_(uids))
            .values(marked=True)
        )

    def claim(self, owner: str, now: datetime, most: int) -> Sequence[StoredMail]:
        """
        Claim oldest first; the try is counted now, so that a mail that kills us is counted.

        A mail that was tried before is claimed alone: whoever dies of it dies of it alone, and
        no try is counted against its neighbours.
        """
        free = or_(raw_mail.c.claimed_until.is_(None), raw_mail.c.claimed_until <= now)
        rows = self._connection.execute(
            select(raw_mail.c.id, raw_mail.c.tries)
            .where(raw_mail.c.state == "stored", raw_mail.c.board_id == self._shelf.board_id, free)
            .order_by(raw_mail.c.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        ).all()
        fresh = [row.id for row in takewhile(lambda row: row.tries == 0, rows)]
        ids = fresh or [row.id for row in rows[:1]]
        if not ids:
            return []
        self._connection.execute(
            update(raw_mail)
            .where(raw_mail.c.id.in_(ids))
            .values(claimed_by=owner, claimed_until=now + CLAIM, tries=raw_mail.c.tries + 1)
        )
        return [self.open(number) for number in ids]

    def open(self, mail_id: int) -> StoredMail:
        """Read one stored mail, its bytes opened. Raises UnknownMail."""
        row = self._connection.execute(
            select(raw_mail, data_key.c.wrapped, data_key.c.master_id)
            .join(data_key, raw_mail.c.key_id == data_key.c.id)
            .where(raw_mail.c.id == mail_id, raw_mail.c.board_id == self._shelf.board_id)
        ).one_or_none()
        if row is None:
            raise UnknownMail(f"there is no mail {mail_id}; see `mailbot parked list`")
        damaged, raw = False, b""
        try:
            raw = self._shelf.vault.open(row.wrapped, row.sealed, "raw mail")
        except Damaged:
            if row.master_id != self._shelf.vault.master_id:
                raise  # The mail is whole; we were started with another master key.
            damaged = True
        return StoredMail(
            row.id, row.received_at, raw, row.truncated, row.silent, row.tries, damaged
        )

    def keep(self, ids: Sequence[int], owner: str, until: datetime) -> None:
        """Renew the claim on these mails, as far as they are still this owner's."""
        self._connection.execute(
            update(raw_mail).where(*_claimed(ids, owner)).values(claimed_until=until)
        )

    def release(self, mail_id: int, owner: str, until: datetime, reason: str) -> None:
        """Give a mail back after a failure, to be tried again from *until*."""
        self._connection.execute(
            update(raw_mail)
            .where(*_claimed([mail_id], owner))
            .values(claimed_until=until, reason=reason)
        )

    def give_back(self, ids: Sequence[int], owner: str) -> None:
        """Free these mails, as far as they are still this owner's, as if never claimed."""
        self._connection.execute(
            update(raw_mail)
            .where(*_claimed(ids, owner))
            .values(tries=raw_mail.c.tries - 1, claimed_by=None, claimed_until=None)
        )

    def quarantine(self, mail_id: int, owner: str, reason: str) -> None:
        """Set a mail aside, visible, for a person; it is kept whole."""
        self._connection.execute(
            update(raw_mail)
            .where(*_claimed([mail_id], owner))
            .values(state="quarantined", reason=reason[:200], claimed_by=None, claimed_until=None)
        )

    def quarantined(self) -> Sequence[tuple[int, datetime, int, str]]:
        """List the mails set aside: number, received, size, reason."""
        query = (
            select(raw_mail)
            .where(raw_mail.c.board_id == self._shelf.board_id, raw_mail.c.state == "quarantined")
            .order_by(raw_mail.c.id)
        )
        return [
            (row.id, row.received_at, row.size, row.reason or "")
            for row in self._connection.execute(query)
        ]

    def try_again(self, mail_id: int) -> bool:
        """Put a quarantined mail back in the queue; False when there is none with this number."""
        freed = self._connection.execute(
            update(raw_mail)
            .where(
                raw_mail.c.id == mail_id,
                raw_mail.c.board_id == self._shelf.board_id,
                raw_mail.c.state == "quarantined",
            )
            .values(state="stored", tries=0, reason=None)
        )
        return freed.rowcount == 1

    def finish(self, mail_id: int, owner: str) -> bool:
        """End the claim on a mail as worked; False when another robot was first."""
        ended = self._connection.execute(
            update(raw_mail)
            .where(*_claimed([mail_id], owner))
            .values(state="worked", claimed_by=None, claimed_until=None)
        )
        return ended.rowcount == 1

    def worked(self, worked: Worked) -> None:
        """Write down what became of a mail; the words are sealed under the mail's own key."""
        key = select(raw_mail.c.key_id).where(raw_mail.c.id == worked.mail_id)
        wrapped = self._shelf.key(self._connection.execute(key).scalar())
        sender, message_id = worked.sender, worked.message_id
        self._shelf.insert(
            mail,
            id=worked.mail_id,
            board_id=self._shelf.board_id,
            case_id=worked.case_id,
            outcome=worked.outcome,
            route=worked.suggestion.route.value,
            reason=worked.reason,
            language=worked.suggestion.language,
            sender_hash=self._shelf.address_hash(sender) if sender else None,
            message_id_hash=self._shelf.message_id_hash(message_id) if message_id else None,
            verified=worked.verified,
            waits=worked.waits,
            classifier=worked.suggestion.classifier,
            worked_at=worked.at,
            sealed=self._shelf.seal(
                wrapped,
                "mail",
                sender=sender,
                message_id=message_id,
                subject=worked.subject,
                suggestion=_words(worked.suggestion),
            ),
        )

    def language(self, mail_id: int) -> str:
        """Name the language a mail was found to be in; `und` where nobody could tell."""
        query = select(mail.c.language).where(mail.c.id == mail_id)
        return self._connection.execute(query).scalar() or "und"

    def adopt(self, mail_id: int, case_id: int) -> bool:
        """Put a mail without a case into one; False when it has a case or was never read."""
        adopted = self._connection.execute(
            update(mail)
            .where(
                mail.c.id == mail_id,
                mail.c.board_id == self._shelf.board_id,
                mail.c.case_id.is_(None),
            )
            .values(case_id=case_id, outcome="opened", waits=False)
        )
        return adopted.rowcount == 1

    def same_message_id(self, message_id: str) -> int:
        """Count the mails that carried this Message-ID."""
        query = (
            select(func.count())
            .select_from(mail)
            .where(
                mail.c.board_id == self._shelf.board_id,
                mail.c.message_id_hash == self._shelf.message_id_hash(message_id),
            )
        )
        return int(self._connection.execute(query).scalar_one())

    def _mark(self, mailbox: int, state: FolderState) -> int:
        query = select(folder_mark.c.seen_up_to).where(*_this_folder(folder_mark, mailbox, state))
        return self._connection.execute(query).scalar() or 0

    def _find(self, digest: bytes) -> int | None:
        query = select(raw_mail.c.id).where(
            raw_mail.c.board_id == self._shelf.board_id, raw_mail.c.content_hash == digest
        )
        return self._connection.execute(query).scalar()

    def _keep(self, fetched: Fetched, digest: bytes, cutoff: datetime, now: datetime) -> int:
        key_id, wrapped = self._shelf.new_key(now)
        kept = self._shelf.insert_once(
            raw_mail,
            board_id=self._shelf.board_id,
            key_id=key_id,
            content_hash=digest,
            size=len(fetched.raw),
            truncated=fetched.truncated,
            silent=fetched.received < cutoff,
            received_at=fetched.received,
            stored_at=now,
            sealed=self._shelf.vault.seal(wrapped, fetched.raw, "raw mail"),
            state="stored",
            tries=0,
        )
        # Another robot kept the same bytes a moment ago.
        return kept if kept is not None else int(self._find(digest) or 0)

    def _move_mark(self, mailbox: int, fetched: Fetched) -> None:
        place = FolderState(fetched.folder, fetched.uidvalidity, ())
        moved = self._connection.execute(
            update(folder_mark)
            .where(
                *_this_folder(folder_mark, mailbox, place), folder_mark.c.seen_up_to < fetched.uid
            )
            .values(seen_up_to=fetched.uid)
        )
        if moved.rowcount == 0:
            self._shelf.insert_once(
                folder_mark,
                mailbox_id=mailbox,
                folder=fetched.folder,
                uidvalidity=fetched.uidvalidity,
                seen_up_to=fetched.uid,
            )


def _this_folder(table: Table, mailbox: int, state: FolderState) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.mailbox_id == mailbox,
        table.c.folder == state.folder,
        table.c.uidvalidity == state.uidvalidity,
    )


def _claimed(ids: Sequence[int], owner: str) -> tuple[ColumnElement[bool], ...]:
    return (
        raw_mail.c.id.in_(ids),
        raw_mail.c.state == "stored",
        raw_mail.c.claimed_by == owner,
    )


def _words(suggestion: Suggestion) -> dict[str, object]:
    return {
        "kinds": [
            {
                "kind": kind.kind.value,
                "confidence": kind.confidence,
                "evidence": [evidence.text for evidence in kind.evidence],
            }
            for kind in suggestion.kinds
        ],
        "follow_up": suggestion.follow_up,
        "unsure": suggestion.unsure,
        "flags": sorted(suggestion.flags),
        # Kept for the day a person puts a parked mail in its case.
        "facts": [[fact.name.value, fact.value, fact.start] for fact in suggestion.facts],
    }
