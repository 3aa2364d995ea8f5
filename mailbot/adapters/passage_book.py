"""The passages in the books: what people made of them, and which questions they answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import cases, letter
from mailbot.adapters.schema_passages import answered_question, passage_act
from mailbot.domain.passages import Answered, NewAnswer, Standing


class SqlPassageBook:
    """What the robot reads and writes of passages, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._connection = shelf.connection

    def standing(self, passage: str) -> Standing:
        """Read what people made of a passage, by going through its acts in order."""
        query = (
            select(passage_act)
            .where(passage_act.c.board_id == self._shelf.board_id, passage_act.c.passage == passage)
            .order_by(passage_act.c.id)
        )
        in_use, corrected, act_id = True, dict[str, str](), None
        for row in self._connection.execute(query):
            match row.act:
                case "take_out":
                    in_use = False
                case "put_back":
                    in_use = True
                case "correct":
                    corrected[row.language], act_id = row.words, row.id
                case "restore":
                    corrected, act_id = {}, None
        return Standing(in_use, corrected, act_id)

    def answered(self, new: NewAnswer) -> None:
        """Write down that a passage answered a mail."""
        self._shelf.insert(
            answered_question,
            board_id=self._shelf.board_id,
            case_id=new.case_id,
            mail_id=new.mail_id,
            letter_id=new.letter_id,
            passage=new.passage,
            language=new.language,
            act_id=new.act_id,
            at=new.at,
        )

    def answered_since(self, since: datetime) -> Sequence[Answered]:
        """List what was answered from an instant on, oldest first."""
        table = answered_question
        query = (
            select(table, cases.c.reference, letter.c.state)
            .join(cases, cases.c.id == table.c.case_id)
            .join(letter, letter.c.id == table.c.letter_id)
            .where(table.c.board_id == self._shelf.board_id, table.c.at >= since)
            .order_by(table.c.id)
        )
        return [
            Answered(
                reference=row.reference,
                passage=row.passage,
                language=row.language,
                at=row.at,
                letter_id=row.letter_id,
                letter_state=row.state,
                mail_id=row.mail_id,
            )
            for row in self._connection.execute(query)
        ]
