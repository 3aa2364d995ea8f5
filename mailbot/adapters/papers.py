"""The papers of a case file: letters opened for reading, decisions with their grounds."""

import email
import json
from collections.abc import Mapping, Sequence
from email.policy import default
from typing import Any

from sqlalchemy import Row, select, update

from mailbot.adapters.merged import in_file
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import data_key, decision, letter, officer
from mailbot.domain.case import CaseFile
from mailbot.domain.errors import Damaged
from mailbot.domain.papers import TAKEN_BACK, DecisionCopy, LetterCopy


class SqlPapers:
    """The papers of the cases of one board, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def letters(self, case: CaseFile) -> Sequence[LetterCopy]:
        """Read every letter of a case, oldest first; one that cannot be opened shows no words."""
        query = (
            select(letter, data_key.c.wrapped)
            .outerjoin(data_key, data_key.c.id == letter.c.key_id)
            .where(in_file(letter.c.case_id, case.id), letter.c.board_id == self._shelf.board_id)
            .order_by(letter.c.id)
        )
        return [self._copy(row) for row in self._connection.execute(query)]

    def decisions(self, case: CaseFile) -> Sequence[DecisionCopy]:
        """Read every decision on a case, oldest first."""
        query = (
            select(decision, officer.c.name)
            .join(officer, officer.c.id == decision.c.officer_id)
            .where(decision.c.case_id == case.id, decision.c.board_id == self._shelf.board_id)
            .order_by(decision.c.id)
        )
        found = self._connection.execute(query).all()
        if not found:
            return []
        wrapped = self._shelf.case_key(case.id)
        vault = self._shelf.vault
        return [
            DecisionCopy(
                row.id,
                row.outcome,
                row.at,
                row.name,
                vault.open(wrapped, row.grounds, "grounds").decode(),
            )
            for row in found
        ]

    def officers(self) -> Mapping[int, str]:
        """Name the officers of the board by their numbers."""
        query = select(officer.c.id, officer.c.name).where(
            officer.c.board_id == self._shelf.board_id
        )
        return {row.id: row.name for row in self._connection.execute(query)}

    def take_back(self, case: CaseFile, letter_id: int) -> bool:
        """
        Keep a letter that still waits from ever leaving.

        One statement finds it waiting and holds it, so that no robot can claim it in between.

        Returns:
            False when it left already, is leaving, or is no letter of this case.
        """
        held = self._connection.execute(
            update(letter)
            .where(
                letter.c.id == letter_id,
                letter.c.case_id == case.id,
                letter.c.board_id == self._shelf.board_id,
                letter.c.state == "waiting",
                letter.c.tries == 0,
            )
            .values(state="held", hold_reason=TAKEN_BACK)
        )
        return held.rowcount == 1

    def _copy(self, row: Row[Any]) -> LetterCopy:
        recipient, subject, text = self._words(row)
        return LetterCopy(
            id=row.id,
            code=row.code,
            language=row.language,
            state=row.state,
            held_for=(row.hold_reason or "") if row.state == "held" else "",
            written=row.written_at,
            leaves_at=row.next_try_at,
            accepted=row.accepted_at,
            officer_id=row.officer_id,
            decision_id=row.decision_id,
            extension_id=row.extension_id,
            recipient=recipient,
            subject=subject,
            text=text,
        )

    def _words(self, row: Row[Any]) -> tuple[str, str, str]:
        if row.wrapped is None or row.sealed is None:
            return "", "", ""
        try:
            opened = self._shelf.vault.open(row.wrapped, row.sealed, "letter")
        except Damaged:
            return "", "", ""
        head, _, content = opened.partition(b"\n")
        # Our own frozen bytes, so the library meets nothing it was not written for.
        message = email.message_from_bytes(content, policy=default)
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body is not None else ""
        return str(json.loads(head)["recipient"]), str(message["Subject"] or ""), text
