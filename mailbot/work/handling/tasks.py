"""The tasks of a case: shown with their day, settled by people, and who was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.clocks import task_due
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import Kind
from mailbot.domain.settled import (
    RECIPIENT_ACTS,
    TASK_ACTS,
    RecipientOnFile,
    TaskOnFile,
    TaskState,
    recipients_on_file,
    tasks_on_file,
)
from mailbot.domain.task_choices import check_choices
from mailbot.domain.tasks import TELL_RECIPIENTS
from mailbot.work.desk import Desk, allow

# The processing stops at once; whether it may go on is weighed later (reglement 8.6.2).
COMES_FIRST = {(Kind.OBJECTION, "weigh"): "stop_processing"}


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an officer says of a task."""

    done: bool
    """False: it is not needed, for the reason given."""
    picked: tuple[str, ...] = ()
    words: str = ""


def tasks_of(desk: Desk, officer: Officer, reference: str) -> Sequence[TaskOnFile]:
    """List the tasks of a case, each with its article, its day and who settled it."""
    allow(officer, "read")
    with desk.books.opened() as books:
        return read_tasks(desk, books, desk.open_file(books, officer, reference))


def read_tasks(desk: Desk, books: OpenDeskBooks, case: CaseFile) -> Sequence[TaskOnFile]:
    """Read the tasks of an open case file; the day of each follows the clock in force."""
    clockwork = desk.clockwork
    deadlines = clockwork.of(case)
    return tasks_on_file(
        case.kind,
        books.tasks.laid(case.id),
        books.handling.acts(case, *TASK_ACTS),
        lambda rule: task_due(
            rule,
            deadlines,
            calendar=clockwork.calendar,
            terms=clockwork.profile.terms,
            zone=clockwork.profile.zone,
        ),
    )


def settle(
    desk: Desk, officer: Officer, reference: str, task: str, settlement: Settlement
) -> TaskOnFile:
    """
    Say that a task was done, or why it is not needed.

    Raises:
        ActRefused: the case has no such task, it is settled already, another comes first, or
            the list of the reglement was not followed.
        ReasonMissing: a task that is not needed states why.
    """
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        found = read_tasks(desk, books, case)
        _may_settle(case, found, task, settlement)
        if settlement.done and task == TELL_RECIPIENTS.code:
            _everyone_told(read_recipients(books, case))
        code = Act.TASK_DONE if settlement.done else Act.TASK_NOT_NEEDED
        act = NewAct(code, task, None, settlement.picked, settlement.words)
        books.handling.record(case, act, officer, desk.clock())
        return _named(read_tasks(desk, books, case), task)


def reopen(desk: Desk, officer: Officer, reference: str, task: str) -> TaskOnFile:
    """
    Open a task again that was settled by mistake; what was said before stays on record.

    Raises:
        ActRefused: the case has no such task, or it is open.
    """
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if _named(read_tasks(desk, books, case), task).state is TaskState.OPEN:
            raise ActRefused(f"{task} of {reference} is open")
        books.handling.record(case, NewAct(Act.TASK_REOPENED, task), officer, desk.clock())
        return _named(read_tasks(desk, books, case), task)


def open_before_deciding(desk: Desk, officer: Officer, reference: str) -> Sequence[TaskOnFile]:
    """List the tasks a decision should wait for; a warning, for a person decides."""
    return [task for task in tasks_of(desk, officer, reference) if task.before_deciding]


def list_recipient(desk: Desk, officer: Officer, reference: str, name: str) -> int:
    """Put somebody on the list who received the data earlier (GDPR 19); returns the number."""
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if not name.strip():
            raise ActRefused("name who received the data")
        act = NewAct(Act.RECIPIENT_LISTED, words=name)
        return books.handling.record(case, act, officer, desk.clock())


def tell_recipient(
    desk: Desk, officer: Officer, reference: str, number: int, *, told_on: date, how: str
) -> RecipientOnFile:
    """Record that a recipient was told: when and how."""
    act = NewAct(Act.RECIPIENT_TOLD, str(number), told_on, words=how)
    return _answer(desk, officer, reference, number, act)


def not_told(
    desk: Desk, officer: Officer, reference: str, number: int, reason: str
) -> RecipientOnFile:
    """
    Record why a recipient is not told: impossible, or out of proportion (8.3.2, GDPR 19).

    Raises:
        ReasonMissing: no reason was typed.
    """
    act = NewAct(Act.RECIPIENT_NOT_TOLD, str(number), words=reason)
    return _answer(desk, officer, reference, number, act)


def read_recipients(books: OpenDeskBooks, case: CaseFile) -> Sequence[RecipientOnFile]:
    """Read the list of who received the data earlier."""
    return recipients_on_file(books.handling.acts(case, *RECIPIENT_ACTS))


def _answer(
    desk: Desk, officer: Officer, reference: str, number: int, act: NewAct
) -> RecipientOnFile:
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        if number not in {one.number for one in read_recipients(books, case)}:
            raise ActRefused(f"{reference} lists no recipient with number {number}")
        books.handling.record(case, act, officer, desk.clock())
        return next(one for one in read_recipients(books, case) if one.number == number)


def _may_settle(
    case: CaseFile, found: Sequence[TaskOnFile], task: str, settlement: Settlement
) -> None:
    chosen = _named(found, task)
    if chosen.state is not TaskState.OPEN:
        raise ActRefused(f"{task} is settled already; open it again with --reopen")
    if case.kind is None or not settlement.done:
        return
    first = COMES_FIRST.get((case.kind, task))
    if first is not None and _named(found, first).state is TaskState.OPEN:
        raise ActRefused(f"{task} comes after {first}: record that first (reglement 8.6.2)")
    check_choices(case.kind, task, settlement.picked, settlement.words)


def _everyone_told(recipients: Sequence[RecipientOnFile]) -> None:
    if not recipients:
        raise ActRefused(
            "list who received the data first (mailbot case recipient), or say with"
            " --not-needed that nobody did"
        )
    waiting = [str(one.number) for one in recipients if not one.settled]
    if waiting:
        raise ActRefused(
            f"recipients {', '.join(waiting)} were not told; tell each, or record why not"
        )


def _named(found: Sequence[TaskOnFile], task: str) -> TaskOnFile:
    chosen = next((one for one in found if one.rule.code == task), None)
    if chosen is None:
        there = ", ".join(one.rule.code for one in found) or "none"
        raise ActRefused(f"this case has no task {task}; it has: {there}")
    return chosen
