"""Everything of the handling that stands on the page of a case, read in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.domain.acts import Act
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.explained import Explained
from mailbot.domain.handling import ActOnFile, CopyOnFile, IdentityRecord, latest
from mailbot.domain.noticed import ExtensionOnFile
from mailbot.domain.settled import RecipientOnFile, TaskOnFile
from mailbot.domain.standing import Check, checks
from mailbot.work.desk import Desk, allow
from mailbot.work.handling.restriction import Mark, mark_of
from mailbot.work.handling.standing import asked_by, known_facts
from mailbot.work.handling.tasks import read_recipients, read_tasks
from mailbot.work.handling.terms import advisory_of, extensions_of


@dataclass(frozen=True, slots=True)
class HandlingPage:
    """What people see of the handling of a case."""

    tasks: Sequence[TaskOnFile]
    recipients: Sequence[RecipientOnFile]
    checks: Sequence[Check]
    facts: dict[str, tuple[str, bool]]
    """Each fact with whether an officer confirmed it."""
    flags: frozenset[str]
    identity: IdentityRecord | None
    extensions: Sequence[ExtensionOnFile]
    mark: Mark | None
    late: ActOnFile | None
    advisory: Explained | None
    copies: Sequence[CopyOnFile]
    """The mails whose attachments must not be shown."""


def page_of(desk: Desk, officer: Officer, reference: str) -> HandlingPage:
    """Read the handling of a case. Raises UnknownCase."""
    allow(officer, "read")
    with desk.books.looked_through() as books:
        return read_page(desk, books, desk.look_into(books, officer, reference))


def read_page(desk: Desk, books: OpenDeskBooks, case: CaseFile) -> HandlingPage:
    """Read the handling of an open case file."""
    facts, flags = books.handling.facts(case), books.handling.flags(case)
    identity = books.handling.identity(case)
    asked = asked_by(desk, case, facts, flags, established=identity is not None)
    return HandlingPage(
        tasks=read_tasks(desk, books, case),
        recipients=read_recipients(books, case),
        checks=checks(asked),
        facts=known_facts(facts),
        flags=flags,
        identity=identity,
        extensions=extensions_of(desk, books, case),
        mark=mark_of(books, case),
        late=latest(books.handling.acts(case, Act.LATE_NOTICE), Act.LATE_NOTICE),
        advisory=advisory_of(desk, books, case),
        copies=books.handling.copies(case),
    )


def hidden_copies(desk: Desk, officer: Officer, reference: str) -> frozenset[int]:
    """Name the mails of a case with a copy that still lies in them. Raises UnknownCase."""
    allow(officer, "read")
    with desk.books.looked_through() as books:
        case = desk.look_into(books, officer, reference)
        return frozenset(
            copy.mail_id for copy in books.handling.copies(case) if copy.destroyed_at is None
        )
