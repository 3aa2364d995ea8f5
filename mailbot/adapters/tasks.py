"""The tasks of the cases, as rows; what became of each is told by the acts of people."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_handling import case_task


class SqlTasks:
    """The tasks of one board within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def lay(self, case_id: int, codes: Sequence[str], now: datetime) -> None:
        """Lay tasks on a case; those it has already stay as they are."""
        for code in codes:
            self._shelf.insert_once(case_task, case_id=case_id, code=code, laid_at=now)

    def laid(self, case_id: int) -> Sequence[str]:
        """Name the tasks of a case in the order they were laid."""
        query = select(case_task.c.code).where(case_task.c.case_id == case_id)
        return list(self._shelf.connection.execute(query.order_by(case_task.c.id)).scalars())
