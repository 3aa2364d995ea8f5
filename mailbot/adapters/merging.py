"""Merges, links and moves, as rows; what people did before them stays on file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, literal, select, update

from mailbot.adapters import schema, schema_handling, schema_looks
from mailbot.adapters.casebook import SqlCasebook
from mailbot.adapters.conversation import SqlConversation
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_merging import case_merge, merged_case
from mailbot.adapters.schema_queue import case_word
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.errors import ActRefused

MOVED = "moved_by_officer"
"""Why a mail waits that an officer took out of its case."""


class SqlMerging:
    """What people arrange among the cases of one board, within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._casebook = casebook
        self._connection = shelf.connection

    def into(self, case: CaseFile) -> CaseFile | None:
        """Read the case that a merged one now goes on in; None for one that stands alone."""
        surviving = self._casebook.surviving(case)
        return None if surviving.id == case.id else surviving

    def duplicates(self, case: CaseFile) -> Sequence[CaseFile]:
        """List the cases that are merged into this one now, oldest first."""
        return [self._casebook.case(number) for number in self._casebook.merged_into(case.id)]

    def decided(self, case: CaseFile) -> bool:
        """Say whether anybody ever decided this case."""
        found = exists().where(schema.decision.c.case_id == case.id)
        return bool(self._connection.execute(select(found)).scalar())

    def merge(
        self, case: CaseFile, into: CaseFile, reason: str, officer: Officer, at: datetime
    ) -> None:
        """Let one case go on in another, and link all that were linked to either."""
        moved = self._join(into, case)
        number = self._shelf.insert(
            case_merge,
            board_id=officer.board_id,
            case_id=case.id,
            into_id=into.id,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            former_group=case.group,
            regrouped=",".join(map(str, moved)),
            reason=self._seal(case, reason),
            at=at,
        )
        self._shelf.insert(merged_case, case_id=case.id, into_id=into.id, merge_id=number)
        # Whoever searches for the words of the one finds the other, which stands in the queue.
        words = select(case_word.c.word_hash, literal(into.id)).where(
            case_word.c.case_id == case.id,
            case_word.c.word_hash.not_in(
                select(case_word.c.word_hash).where(case_word.c.case_id == into.id)
            ),
        )
        self._connection.execute(insert(case_word).from_select(["word_hash", "case_id"], words))

    def unmerge(self, case: CaseFile) -> None:
        """Let a merged case stand alone again, linked to what it was linked to before."""
        row = self._connection.execute(
            select(case_merge)
            .join(merged_case, merged_case.c.merge_id == case_merge.c.id)
            .where(merged_case.c.case_id == case.id)
        ).one()
        self._connection.execute(delete(merged_case).where(merged_case.c.case_id == case.id))
        moved = [int(number) for number in row.regrouped.split(",") if number]
        if moved:
            self._regroup(schema.cases.c.id.in_(moved), row.former_group)

    def link(self, case: CaseFile, other: CaseFile) -> None:
        """Link two cases and all that are linked to either."""
        self._join(case, other)

    def leave(self, case: CaseFile) -> None:
        """Take a case out of those it is linked to."""
        self._regroup(schema.cases.c.id == case.id, -case.id)

    def place(self, mail_id: int) -> int | None:
        """
        Say in which case a mail lies; None for one that lies in none.

        Raises:
            ActRefused: there is no such mail, or nobody read it yet.
        """
        mail = schema.mail
        row = self._connection.execute(
            select(mail.c.case_id).where(
                mail.c.id == mail_id, mail.c.board_id == self._shelf.board_id
            )
        ).one_or_none()
        if row is None:
            raise ActRefused(
                f"there is no mail {mail_id}; the numbers stand in `mailbot case show`"
            )
        return None if row.case_id is None else int(row.case_id)

    def carry(self, mail_id: int, to: CaseFile | None) -> None:
        """Put a mail into another case, or among the parked; what it says of facts goes with it."""
        mail, fact = schema.mail, schema.fact
        self._connection.execute(
            delete(fact).where(fact.c.mail_id == mail_id, fact.c.confirmed_by.is_(None))
        )
        self._connection.execute(
            update(mail)
            .where(mail.c.id == mail_id)
            .values(case_id=None, outcome="other", reason=MOVED, waits=to is None)
        )
        if to is not None:
            SqlConversation(self._shelf, self._casebook).file(mail_id, to)
        for table in (schema_handling.identity_copy, schema_looks.identity_look):
            self._connection.execute(
                update(table)
                .where(table.c.mail_id == mail_id)
                .values(case_id=None if to is None else to.id)
            )

    def add_address(self, case: CaseFile, address: str) -> None:
        """Let an address count as the case's own."""
        self._shelf.insert_once(
            schema.case_address, case_id=case.id, address_hash=self._shelf.address_hash(address)
        )

    def write_to(self, case: CaseFile, name: str, address: str) -> None:
        """Send the letters of a case here from now on; it counts as the case's own."""
        self.add_address(case, address)
        sealed = self._shelf.seal(
            self._shelf.case_key(case.id), "case", name=name, address=address, token=case.token
        )
        table = schema.cases
        self._connection.execute(update(table).where(table.c.id == case.id).values(sealed=sealed))

    def _join(self, case: CaseFile, other: CaseFile) -> list[int]:
        """Put the group of the second case into that of the first; name the cases that moved."""
        table = schema.cases
        group = case.group if case.group is not None else -case.id
        if case.group is None:
            # Mails number the groups they open; a case that came another way takes its own, below 0.
            self._regroup(table.c.id == case.id, group)
        if other.group == group:
            return []
        theirs = table.c.id == other.id if other.group is None else table.c.group_id == other.group
        numbers = self._connection.execute(
            select(table.c.id).where(theirs, table.c.board_id == self._shelf.board_id)
        )
        moved = sorted(numbers.scalars())
        self._regroup(table.c.id.in_(moved), group)
        return moved

    def _regroup(self, which: Any, group: int | None) -> None:
        table = schema.cases
        self._connection.execute(
            update(table)
            .where(which, table.c.board_id == self._shelf.board_id)
            .values(group_id=group)
        )

    def _seal(self, case: CaseFile, words: str) -> bytes:
        return self._shelf.vault.seal(
            self._shelf.case_key(case.id), words.strip().encode(), "merge"
        )
