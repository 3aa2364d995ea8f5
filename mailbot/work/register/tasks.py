"""Settles the tasks of a breach by what stands in the register, so that nobody says it twice."""

from collections.abc import Callable, Mapping

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.register import RegisterEntry, RegisterVersion
from mailbot.domain.register_words import TellingParents
from mailbot.domain.settled import TASK_ACTS, last_word

TOLD = "tell_parents"

DONE_WHEN: Mapping[str, Callable[[RegisterEntry], bool]] = {
    "keep_register": lambda entry: entry.received_at is not None,
    "set_awareness": lambda entry: entry.aware_at is not None,
    "assess_risk": lambda entry: entry.risk is not None and entry.risk_reasoning != "",
    "notify_authority": lambda entry: entry.settled,
    TOLD: lambda entry: (
        entry.parents not in (None, TellingParents.TELL) or entry.parents_told_at is not None
    ),
}
"""The tasks of `domain.tasks.BREACH`, each with what the register then says."""


def settle_by_register(
    books: OpenDeskBooks,
    case: CaseFile,
    before: RegisterEntry,
    version: RegisterVersion,
    officer: Officer,
) -> None:
    """
    Let the tasks follow a new version of the entry.

    1. What the register now says was done is done, by the officer who wrote it down.
    2. What it no longer says is open again, as when the board takes a decision back.
       So is telling the parents when a letter to one of them was lost.
    3. A task that an officer opened again by hand is left to people until the register changes.
    """
    lost = version.letters is not None and version.letters.lost
    word = last_word(books.handling.acts(case, *TASK_ACTS))
    for task in books.tasks.laid(case.id):
        done = DONE_WHEN.get(task)
        if done is None:
            continue
        now, earlier, last = done(version.as_it_stands), done(before), word.get(task)
        if now and (last is None or (last is Act.TASK_REOPENED and not earlier)):
            said = f"register {version.reference}, versie {version.number}"
            act = NewAct(Act.TASK_DONE, task, words=said)
            books.handling.record(case, act, officer, version.at)
        elif (earlier or (task == TOLD and lost)) and not now and last is Act.TASK_DONE:
            act = NewAct(Act.TASK_REOPENED, task)
            books.handling.record(case, act, officer, version.at)
