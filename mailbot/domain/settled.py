"""Which tasks of a case are open, done or not needed, told from the acts of people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailbot.domain.acts import Act
from mailbot.domain.handling import ActOnFile
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.tasks import TaskDue, TaskRule

TASK_ACTS = (Act.TASK_DONE, Act.TASK_NOT_NEEDED, Act.TASK_SUPERSEDED, Act.TASK_REOPENED)
RECIPIENT_ACTS = (Act.RECIPIENT_LISTED, Act.RECIPIENT_TOLD, Act.RECIPIENT_NOT_TOLD)
AFTERWARDS = frozenset({TaskDue.AFTER_DECISION, TaskDue.BEFORE_LIFTING})
"""Tasks that can only follow the decision; a decision does not wait for them."""


class TaskState(StrEnum):
    """What became of a task."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


STATE_OF: Mapping[Act, TaskState] = {
    Act.TASK_DONE: TaskState.DONE,
    Act.TASK_NOT_NEEDED: TaskState.NOT_NEEDED,
    Act.TASK_REOPENED: TaskState.OPEN,
}


@dataclass(frozen=True, slots=True)
class TaskOnFile:
    """One task of a case: its rule, its day, and who settled it."""

    rule: TaskRule
    due: date | None
    state: TaskState
    settled: ActOnFile | None = None

    @property
    def before_deciding(self) -> bool:
        """Whether it is open and the decision should wait for it."""
        return self.state is TaskState.OPEN and self.rule.due not in AFTERWARDS


@dataclass(frozen=True, slots=True)
class RecipientOnFile:
    """Somebody who received the data earlier: told, or with the reason why not (GDPR 19)."""

    number: int
    listed: ActOnFile
    answer: ActOnFile | None

    @property
    def settled(self) -> bool:
        """Whether this recipient was told, or a reason is on record."""
        return self.answer is not None


def last_word(acts: Sequence[ActOnFile]) -> dict[str, Act]:
    """Give the last act on each task."""
    return {act.subject: act.code for act in acts}


def tasks_on_file(
    kind: Kind | None,
    laid: Sequence[str],
    acts: Sequence[ActOnFile],
    due: Callable[[TaskRule], date | None],
) -> tuple[TaskOnFile, ...]:
    """
    Put the tasks of a case together, in the order of the table.

    Args:
        kind: the kind of the case.
        laid: the codes of the tasks it has.
        acts: the acts on tasks, oldest first.
        due: the day of a task by the clock in force, so that an extension moves it along.
    """
    settled = {act.subject: act for act in acts}
    found = []
    for rule in KINDS[kind].tasks if kind else ():
        act = settled.get(rule.code)
        if rule.code not in laid or (act and act.code is Act.TASK_SUPERSEDED):
            continue
        state = STATE_OF[act.code] if act else TaskState.OPEN
        done = act if state is not TaskState.OPEN else None
        found.append(TaskOnFile(rule, due(rule), state, done))
    return tuple(found)


def recipients_on_file(acts: Sequence[ActOnFile]) -> tuple[RecipientOnFile, ...]:
    """List who received the data earlier, each with the answer on record."""
    answers = {act.subject: act for act in acts if act.code is not Act.RECIPIENT_LISTED}
    return tuple(
        RecipientOnFile(act.number, act, answers.get(str(act.number)))
        for act in acts
        if act.code is Act.RECIPIENT_LISTED
    )
