"""What people do to passages; the robot only reads it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import officer as officers
from mailbot.adapters.schema_passages import passage_act
from mailbot.domain.decision import Officer
from mailbot.domain.passage_acts import PassageAct, PassageActKind


class SqlPassageActs:
    """The acts on the passages of one board, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(
        self,
        officer: Officer,
        passage: str,
        act: PassageActKind,
        reason: str,
        at: datetime,
        *,
        language: str | None = None,
        words: str | None = None,
    ) -> int:
        """Write an act down; return its number."""
        return self._shelf.insert(
            passage_act,
            board_id=officer.board_id,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            passage=passage,
            act=act.value,
            reason=reason,
            language=language,
            words=words,
            at=at,
        )

    def history(self, passage: str) -> Sequence[PassageAct]:
        """List what people did to a passage, oldest first."""
        query = (
            select(passage_act, officers.c.name)
            .join(officers, officers.c.id == passage_act.c.officer_id)
            .where(passage_act.c.board_id == self._shelf.board_id, passage_act.c.passage == passage)
            .order_by(passage_act.c.id)
        )
        return [
            PassageAct(
                passage=row.passage,
                act=PassageActKind(row.act),
                reason=row.reason,
                officer=row.name,
                at=row.at,
                language=row.language,
                words=row.words,
            )
            for row in self._shelf.connection.execute(query)
        ]
