"""The drafts of officers, sealed under the keys of their cases."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_drafts import draft
from mailbot.domain.case import CaseFile
from mailbot.domain.drafts import KeptDraft


class SqlDrafts:
    """The drafts of the officers of one board, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def keep(
        self, case: CaseFile, officer_id: int, act: str, fields: Mapping[str, str], at: datetime
    ) -> None:
        """Keep what was typed, sealed, in place of what was kept before."""
        self.drop(case, officer_id, act)
        self._connection.execute(
            insert(draft).values(
                case_id=case.id,
                officer_id=officer_id,
                act=act,
                board_id=self._shelf.board_id,
                sealed=self._shelf.seal(
                    self._shelf.case_key(case.id), "draft", fields=dict(fields)
                ),
                at=at,
            )
        )

    def read(self, case: CaseFile, officer_id: int, act: str) -> KeptDraft | None:
        """Read what this officer typed for an act; None where nothing is kept."""
        query = select(draft).where(_one(case, officer_id, act))
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        fields = self._shelf.unseal(self._shelf.case_key(case.id), "draft", row.sealed)["fields"]
        return KeptDraft(row.at, fields)

    def drop(self, case: CaseFile, officer_id: int, act: str) -> None:
        """Throw a draft away."""
        self._connection.execute(delete(draft).where(_one(case, officer_id, act)))


def _one(case: CaseFile, officer_id: int, act: str) -> ColumnElement[bool]:
    return and_(draft.c.case_id == case.id, draft.c.officer_id == officer_id, draft.c.act == act)
