"""The outbox: letters as rows with frozen, sealed bytes."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, update

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import cases, data_key, letter, officer, reminder
from mailbot.domain.books import Draft, LetterRow
from mailbot.domain.errors import Damaged
from mailbot.domain.papers import TAKEN_BACK
from mailbot.domain.ports import Envelope
from mailbot.domain.roles import Role


class SqlLetterbook:
    """The outbox of one board within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def write(self, draft: Draft) -> int | None:
        """
        Put a letter in the outbox, sealed under its case's key so that both are erased together.

        Returns:
            The letter's number, or None when this acknowledgement already exists: the schema
            holds one for each case and each mail.
        """
        key_id, wrapped = self._key(draft)
        return self._shelf.insert_once(
            letter,
            board_id=self._shelf.board_id,
            key_id=key_id,
            case_id=draft.case_id,
            code=draft.code,
            language=draft.language,
            mail_id=draft.mail_id,
            decision_id=draft.decision_id,
            extension_id=draft.extension_id,
            officer_id=draft.officer_id,
            mark=draft.mark,
            recipient_hash=self._shelf.address_hash(draft.envelope.recipient),
            message_id_hash=self._shelf.message_id_hash(draft.message_id),
            sealed=self._shelf.vault.seal(wrapped, _pack(draft), "letter"),
            state="waiting" if draft.hold_reason is None else "held",
            hold_reason=draft.hold_reason,
            tries=0,
            next_try_at=draft.not_before,
            written_at=draft.written_at,
        )

    def count_since(self, since: datetime, codes: Sequence[str], recipient: str | None) -> int:
        """Count the letters with these codes that were not held back."""
        query = (
            select(func.count())
            .select_from(letter)
            .where(
                letter.c.board_id == self._shelf.board_id,
                letter.c.written_at >= since,
                letter.c.code.in_(codes),
                letter.c.state != "held",
            )
        )
        if recipient is not None:
            query = query.where(letter.c.recipient_hash == self._shelf.address_hash(recipient))
        return int(self._connection.execute(query).scalar_one())

    def claim(self, owner: str, now: datetime, until: datetime, most: int) -> Sequence[LetterRow]:
        """Take letters that are due, and those whose claim ran out with their robot."""
        due = and_(letter.c.state == "waiting", letter.c.next_try_at <= now)
        left = and_(letter.c.state == "sending", letter.c.claimed_until <= now)
        ids = (
            self._connection.execute(
                select(letter.c.id)
                .where(letter.c.board_id == self._shelf.board_id, or_(due, left))
                .order_by(letter.c.next_try_at, letter.c.id)
                .limit(most)
                .with_for_update(skip_locked=True)
            )
            .scalars()
            .all()
        )
        if not ids:
            return []
        self._change(
            letter.c.id.in_(ids),
            state="sending",
            claimed_by=owner,
            claimed_until=until,
            tries=letter.c.tries + 1,
        )
        rows = self._connection.execute(
            select(letter, data_key.c.wrapped, data_key.c.master_id)
            .join(data_key, letter.c.key_id == data_key.c.id)
            .where(letter.c.id.in_(ids))
            .order_by(letter.c.next_try_at, letter.c.id)
        )
        return [self._read(row) for row in rows]

    def keep(self, ids: Sequence[int], owner: str, until: datetime) -> Sequence[int]:
        """Renew the claim on these letters; return those still claimed by this owner."""
        kept = update(letter).where(_ours(ids, owner)).values(claimed_until=until)
        return list(self._connection.execute(kept.returning(letter.c.id)).scalars())

    def give_back(self, ids: Sequence[int], owner: str, at: datetime) -> None:
        """Give back letters that were not tried, to be sent from *at*; no try is counted."""
        self._change(
            _ours(ids, owner),
            state="waiting",
            next_try_at=at,
            tries=letter.c.tries - 1,
            claimed_by=None,
            claimed_until=None,
        )

    def sent(self, letter_id: int, owner: str, at: datetime, code: int) -> None:
        """Remember that the mail server took the letter."""
        self._change(_mine(letter_id, owner), state="sent", accepted_at=at, **_free(code))

    def later(self, letter_id: int, owner: str, at: datetime, code: int | None) -> None:
        """Try again from *at*."""
        self._change(_mine(letter_id, owner), state="waiting", next_try_at=at, **_free(code))

    def refused(self, letter_id: int, owner: str, at: datetime, code: int) -> None:  # noqa: ARG002
        """Remember that the letter was refused for good."""
        self._change(_mine(letter_id, owner), state="refused", **_free(code))

    def bounced(self, mark: str, at: datetime) -> LetterRow | None:  # noqa: ARG002
        """Remember that a letter came back; one that bounced before changes nothing."""
        row = self._connection.execute(
            select(letter, data_key.c.wrapped, data_key.c.master_id)
            .join(data_key, letter.c.key_id == data_key.c.id)
            .where(
                letter.c.board_id == self._shelf.board_id,
                letter.c.mark == mark,
                letter.c.state != "bounced",
            )
        ).one_or_none()
        if row is None:
            return None
        self._change(letter.c.id == row.id, state="bounced")
        return self._read(row)

    def waiting(self) -> Sequence[tuple[int, str, str, str, datetime]]:
        """List what has not been sent: number, letter, state, why held, and when written."""
        query = (
            select(letter)
            .where(
                letter.c.board_id == self._shelf.board_id,
                letter.c.state != "sent",
                letter.c.hold_reason.is_distinct_from(TAKEN_BACK),
                letter.c.key_id.is_not(None),
            )
            .order_by(letter.c.id)
        )
        return [
            (row.id, row.code, row.state, row.hold_reason or "", row.written_at)
            for row in self._connection.execute(query)
        ]

    def let_go(self, letter_id: int, now: datetime) -> bool:
        """Let a held or refused letter go; False when there is none with this number."""
        freed = self._connection.execute(
            update(letter)
            .where(
                letter.c.id == letter_id,
                letter.c.board_id == self._shelf.board_id,
                letter.c.state.in_(["held", "refused"]),
                # What an officer took back never leaves any more.
                letter.c.hold_reason.is_distinct_from(TAKEN_BACK),
                # What was erased past its term can never leave again.
                letter.c.key_id.is_not(None),
            )
            .values(state="waiting", hold_reason=None, next_try_at=now, tries=0)
        )
        return freed.rowcount == 1

    def take(self, case_id: int, deadline: str, step: str, at: datetime) -> bool:
        """Take a reminder step once; False when it was taken before."""
        taken = self._shelf.insert_once(
            reminder, case_id=case_id, deadline=deadline, step=step, at=at
        )
        return taken is not None

    def recipients(self) -> Sequence[str]:
        """The addresses of the FG and the board members who are active."""
        query = (
            select(officer.c.address)
            .where(
                officer.c.board_id == self._shelf.board_id,
                officer.c.active.is_(True),
                officer.c.role.in_([Role.FG.value, Role.BOARD.value]),
            )
            .order_by(officer.c.id)
        )
        return list(self._connection.execute(query).scalars())

    def is_officer(self, address: str) -> bool:
        """Say whether an active officer of this board has this address."""
        query = select(officer.c.id).where(
            officer.c.board_id == self._shelf.board_id,
            officer.c.active.is_(True),
            func.lower(officer.c.address) == address.strip().lower(),
        )
        return self._connection.execute(query.limit(1)).scalar() is not None

    def code_of(self, message_id: str) -> str | None:
        """Say which letter of ours carried this Message-ID; None for any other mail."""
        query = select(letter.c.code).where(
            letter.c.board_id == self._shelf.board_id,
            letter.c.message_id_hash == self._shelf.message_id_hash(message_id),
        )
        return self._connection.execute(query).scalar()

    def _key(self, draft: Draft) -> tuple[int, bytes]:
        if draft.case_id is None:
            return self._shelf.new_key(draft.written_at)
        query = select(cases.c.key_id).where(cases.c.id == draft.case_id)
        number = self._connection.execute(query).scalar_one()
        return number, self._shelf.key(number)

    def _change(self, which: ColumnElement[bool], **values: Any) -> None:
        self._connection.execute(update(letter).where(which).values(**values))

    def _read(self, row: Row[Any]) -> LetterRow:
        try:
            opened = self._shelf.vault.open(row.wrapped, row.sealed, "letter")
        except Damaged:
            if row.master_id != self._shelf.vault.master_id:
                raise  # The letter is whole; we were started with another master key.
            opened = b'{"return_path": "", "recipient": ""}\n'
        head, _, content = opened.partition(b"\n")
        words = json.loads(head)
        return LetterRow(
            id=row.id,
            board_id=row.board_id,
            case_id=row.case_id,
            code=row.code,
            envelope=Envelope(words["return_path"], words["recipient"]),
            content=content,
            tries=row.tries,
            written_at=row.written_at,
            claimed_until=row.claimed_until or row.written_at,
            decision_id=row.decision_id,
            damaged=not content,
        )


def _pack(draft: Draft) -> bytes:
    envelope = draft.envelope
    head = {"return_path": envelope.return_path, "recipient": envelope.recipient}
    return json.dumps(head).encode() + b"\n" + draft.content


def _mine(letter_id: int, owner: str) -> ColumnElement[bool]:
    return _ours([letter_id], owner)


def _ours(ids: Sequence[int], owner: str) -> ColumnElement[bool]:
    return and_(letter.c.id.in_(ids), letter.c.state == "sending", letter.c.claimed_by == owner)


def _free(code: int | None) -> dict[str, Any]:
    return {"claimed_by": None, "claimed_until": None, "reply_code": code}
