"""Lays the tasks of a kind on a case, and takes the open ones of a former kind off it."""

from datetime import datetime

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.settled import TASK_ACTS, last_word


def lay_again(
    books: OpenDeskBooks, case: CaseFile, kind: Kind, officer: Officer, now: datetime
) -> None:
    """
    Give a case the tasks of the kind an officer confirmed.

    1. A task of the former kind that is still open no longer belongs to the case.
    2. What was done stays on file, whatever the kind.
    3. A task that was taken off before is open again.
    """
    wanted = [task.code for task in KINDS[kind].tasks]
    word = last_word(books.handling.acts(case, *TASK_ACTS))
    for code in books.tasks.laid(case.id):
        if code not in wanted and word.get(code) in (None, Act.TASK_REOPENED):
            books.handling.record(case, NewAct(Act.TASK_SUPERSEDED, code), officer, now)
        if code in wanted and word.get(code) is Act.TASK_SUPERSEDED:
            books.handling.record(case, NewAct(Act.TASK_REOPENED, code), officer, now)
    books.tasks.lay(case.id, wanted, now)
