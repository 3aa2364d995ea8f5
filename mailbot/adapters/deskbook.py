"""The acts of people on cases: the only place that writes decisions, closures and extensions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from mailbot.adapters import schema
from mailbot.adapters.audit import SqlAudit
from mailbot.adapters.books import SqlBooks, SqlOpenBooks
from mailbot.adapters.case_words import SqlCaseWords
from mailbot.adapters.casebook import SqlCasebook, date_columns
from mailbot.adapters.conversation import SqlConversation
from mailbot.adapters.drafts import SqlDrafts
from mailbot.adapters.extension_rows import stands
from mailbot.adapters.feed import SqlFeeds
from mailbot.adapters.handling import SqlHandling
from mailbot.adapters.identity_copies import SqlIdentityCopies
from mailbot.adapters.identity_looks import SqlIdentityLooks
from mailbot.adapters.ledger import SqlLedger
from mailbot.adapters.letterbook import SqlLetterbook
from mailbot.adapters.merging import SqlMerging
from mailbot.adapters.papers import SqlPapers
from mailbot.adapters.passage_acts import SqlPassageActs
from mailbot.adapters.passage_book import SqlPassageBook
from mailbot.adapters.people import SqlPeople
from mailbot.adapters.queue import SqlQueue
from mailbot.adapters.register import SqlRegister
from mailbot.adapters.rows import Shelf
from mailbot.adapters.story import read_story
from mailbot.adapters.tasks import SqlTasks
from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile, CaseState, Dates, ExtensionAct
from mailbot.domain.decision import Decision, Officer
from mailbot.domain.deskbooks import CaseStory
from mailbot.domain.errors import UnknownCase
from mailbot.domain.kinds import Kind


def _there(found: CaseFile | None, reference: str) -> CaseFile:
    if found is None:
        raise UnknownCase(f"there is no case {reference}")
    return found


class SqlDecisions:
    """What people do on the cases of one board, within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._casebook = casebook
        self._connection = shelf.connection

    def lock(self, reference: str) -> CaseFile:
        """
        Read a case and keep others from changing it until this transaction ends.

        Raises:
            UnknownCase: this board has no such case.
        """
        return _there(self._casebook.lock_named(reference), reference)

    def look_up(self, reference: str) -> CaseFile:
        """
        Read a case and keep nobody from it.

        Raises:
            UnknownCase: this board has no such case.
        """
        return _there(self._casebook.by_reference(reference), reference)

    def confirm(
        self, case: CaseFile, kind: Kind, dates: Dates, officer: Officer, at: datetime
    ) -> None:
        """Set the kind of a case, with the dates that follow from it."""
        self._connection.execute(
            update(schema.cases)
            .where(schema.cases.c.id == case.id)
            .values(
                kind=kind,
                confirmed_by=officer.id,
                confirmed_at=at,
                state=CaseState.IN_HANDLING,
                **date_columns(dates),
            )
        )
        detail = (("kind", kind.value), ("suggested", case.kind.value if case.kind else "none"))
        self._record("kind_confirmed", case.id, officer, at, *detail)

    def decide(self, decision: Decision, *, closes: bool) -> int:
        """Write down a decision, and the closure that rests on it."""
        officer = decision.officer
        number = self._shelf.insert(
            schema.decision,
            board_id=officer.board_id,
            case_id=decision.case_id,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            outcome=decision.outcome.value,
            grounds=self._seal(decision.case_id, decision.grounds, "grounds"),
            at=decision.at,
        )
        detail = (("outcome", decision.outcome.value), ("decision", str(number)))
        self._record("decided", decision.case_id, officer, decision.at, *detail)
        if closes:
            self._close(decision, number)
        return number

    def extend(
        self, case: CaseFile, new: Dates, reason: str, officer: Officer, at: datetime
    ) -> int:
        """Write down an extension and the dates in force from now on."""
        number = self._shelf.insert(
            schema.extension,
            board_id=officer.board_id,
            case_id=case.id,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            old_due=case.dates.due,
            new_due=new.due,
            cap_on=case.dates.cap,
            reason=self._seal(case.id, reason, "reason"),
            at=at,
        )
        self._connection.execute(
            update(schema.cases).where(schema.cases.c.id == case.id).values(**date_columns(new))
        )
        detail = (("old_due", str(case.dates.due)), ("new_due", str(new.due)))
        self._record("extended", case.id, officer, at, *detail)
        return number

    def note(self, case: CaseFile, text: str, officer: Officer, at: datetime) -> None:
        """Write a note for colleagues; it lies in another table than letters."""
        self._shelf.insert(
            schema.note,
            case_id=case.id,
            officer_id=officer.id,
            at=at,
            sealed=self._seal(case.id, text, "note"),
        )
        self._record("noted", case.id, officer, at)

    def extension_acts(self, case: CaseFile) -> Sequence[ExtensionAct]:
        """List the extensions of a case that stand, each as its officer decided it."""
        table, officer = schema.extension, schema.officer
        query = (
            select(table, officer.c.name)
            .join(officer, officer.c.id == table.c.officer_id)
            .where(table.c.case_id == case.id, stands())
            .order_by(table.c.id)
        )
        wrapped = self._shelf.case_key(case.id)
        return [
            ExtensionAct(
                row.new_due,
                row.at,
                row.name,
                self._shelf.vault.open(wrapped, row.reason, "reason").decode(),
            )
            for row in self._connection.execute(query)
        ]

    def story(self, case: CaseFile) -> CaseStory:
        """Read everything in a case's file."""
        return read_story(self._shelf, case)

    def _close(self, decision: Decision, number: int) -> None:
        closure = self._shelf.insert(
            schema.closure, case_id=decision.case_id, decision_id=number, at=decision.at
        )
        self._connection.execute(
            update(schema.cases)
            .where(schema.cases.c.id == decision.case_id)
            .values(state=CaseState.CLOSED, closure_id=closure)
        )
        self._record("closed", decision.case_id, decision.officer, decision.at)

    def _seal(self, case_id: int, text: str, place: str) -> bytes:
        return self._shelf.vault.seal(self._shelf.case_key(case_id), text.strip().encode(), place)

    def _record(
        self, kind: str, case_id: int, officer: Officer, at: datetime, *detail: tuple[str, str]
    ) -> None:
        self._casebook.record(Event(kind, at, case_id, officer_id=officer.id, detail=detail))


@dataclass(frozen=True, slots=True)
class SqlOpenDeskBooks(SqlOpenBooks):
    """The books within one transaction, with those only people write in."""

    people: SqlPeople
    decisions: SqlDecisions
    handling: SqlHandling
    merging: SqlMerging
    register: SqlRegister
    passage_acts: SqlPassageActs
    queue: SqlQueue
    papers: SqlPapers
    drafts: SqlDrafts
    feeds: SqlFeeds
    audit: SqlAudit


class SqlDeskBooks:
    """The books of one board as people's doors see them; the robot is never given these."""

    def __init__(self, books: SqlBooks) -> None:
        self._books = books

    @contextmanager
    def opened(self) -> Iterator[SqlOpenDeskBooks]:
        """Open the books for one transaction; an exception leaves them as they were."""
        with self._books.shelf() as shelf:
            yield self._open(shelf)

    @contextmanager
    def looked_through(self) -> Iterator[SqlOpenDeskBooks]:
        """Open the books to read only: no page waits here for the robot's writing."""
        with self._books.reading_shelf() as shelf:
            yield self._open(shelf)

    def _open(self, shelf: Shelf) -> SqlOpenDeskBooks:
        casebook = self._books.casebook(shelf)
        return SqlOpenDeskBooks(
            ledger=SqlLedger(shelf),
            cases=casebook,
            letters=SqlLetterbook(shelf),
            people=SqlPeople(shelf),
            decisions=SqlDecisions(shelf, casebook),
            tasks=SqlTasks(shelf),
            copies=SqlIdentityCopies(shelf),
            looks=SqlIdentityLooks(shelf),
            conversation=SqlConversation(shelf, casebook),
            handling=SqlHandling(shelf, casebook),
            merging=SqlMerging(shelf, casebook),
            register=SqlRegister(shelf, casebook),
            queue=SqlQueue(shelf, SqlHandling(shelf, casebook)),
            passages=SqlPassageBook(shelf),
            words=SqlCaseWords(shelf),
            passage_acts=SqlPassageActs(shelf),
            papers=SqlPapers(shelf),
            drafts=SqlDrafts(shelf),
            feeds=SqlFeeds(shelf, SqlHandling(shelf, casebook)),
            audit=SqlAudit(shelf),
        )
