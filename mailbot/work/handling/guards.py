"""What must be on record before a decision may leave the house."""

from mailbot.domain.acts import Act
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Outcome
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused, IdentityMissing
from mailbot.domain.kinds import Kind
from mailbot.domain.settled import TASK_ACTS, last_word
from mailbot.domain.standing import DISCLOSES

GIVES = frozenset({Outcome.GRANTED, Outcome.PARTLY})
"""Outcomes that hand something over."""
SETTLED = frozenset({Act.TASK_DONE, Act.TASK_NOT_NEEDED})

# Where the reglement says "before", a decision waits; every other open task is a warning.
FIRST: tuple[tuple[Kind, str, str], ...] = (
    (
        Kind.PORTABILITY,
        "verify_recipient",
        "establish first who receives the file (reglement 8.7.2)",
    ),
)


def before_deciding(books: OpenDeskBooks, case: CaseFile, outcome: Outcome) -> None:
    """
    See that nothing is disclosed before it may be.

    Raises:
        IdentityMissing: nobody established who asks (reglement 8.2.3).
        ActRefused: a task that comes first is open.
    """
    if outcome not in GIVES:
        return
    if case.kind in DISCLOSES and books.handling.identity(case) is None:
        raise IdentityMissing(
            f"{case.reference}: nobody has established who asks (reglement 8.2.3). Do so first:"
            f" mailbot case identity {case.reference} --how …; never keep a copy of a document"
        )
    word = last_word(books.handling.acts(case, *TASK_ACTS))
    for kind, task, why in FIRST:
        if case.kind is kind and word.get(task) not in SETTLED:
            raise ActRefused(
                f"{case.reference}: {why}:"
                f" mailbot case task {case.reference} {task} --done … or --not-needed …"
            )
