"""What must be on record before a decision may leave the house."""

from collections.abc import Sequence
from datetime import datetime

from mailbot.domain.acts import Act
from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused, IdentityMissing
from mailbot.domain.kinds import Kind
from mailbot.domain.register_checks import SHORTEST_REASON, lacking
from mailbot.domain.register_fields import FIELD
from mailbot.domain.settled import TASK_ACTS, last_word
from mailbot.domain.standing import DISCLOSES
from mailbot.domain.terms import Terms

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


def register_lacks(books: OpenDeskBooks, case: CaseFile, terms: Terms) -> Sequence[str] | None:
    """
    Name what the register still lacks of a breach; None where it has no entry at all.

    Args:
        books: the open books.
        case: a case of any kind; only a breach can lack something.
        terms: those of the board, by which a notification is late.
    """
    if case.kind is not Kind.BREACH:
        return ()
    found = books.register.find(case.reference)
    return None if found is None else lacking(found.as_it_stands, terms)


def before_closing(
    books: OpenDeskBooks,
    case: CaseFile,
    officer: Officer,
    *,
    terms: Terms,
    unfinished: str,
    now: datetime,
) -> None:
    """
    See that no breach is closed over a register that is not complete, unless a person says why.

    The reason is kept as a note of the case; the history names the fields (GDPR 33(5)).

    Raises:
        ActRefused: something lacks, and no reason was typed.
    """
    lacks = register_lacks(books, case, terms)
    if lacks is not None and not lacks:
        return
    what = "the whole entry" if lacks is None else ", ".join(lacks)
    if len(unfinished.strip()) < SHORTEST_REASON:
        raise ActRefused(
            f"{case.reference}: the breach register still lacks {what} (GDPR 33(5))."
            " Fill it in first (mailbot register), or close the case all the same and say why:"
            f" --unfinished, in at least {SHORTEST_REASON} characters"
        )
    named = (
        "de hele inschrijving" if lacks is None else ", ".join(FIELD[one].dutch for one in lacks)
    )
    words = f"Gesloten terwijl in het datalekregister nog ontbreekt: {named}. {unfinished.strip()}"
    books.decisions.note(case, words, officer, now)
    detail = (("lacking", " ".join(lacks or ("entry",))),)
    books.cases.record(
        Event("closed_unfinished", now, case.id, officer_id=officer.id, detail=detail)
    )
