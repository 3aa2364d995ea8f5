"""Keeps the breach register: officers fill it, the FG advises, the board decides (reglement 6.4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import EntryWrong, NotAllowed, UnknownEntry
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import local_day, to_utc
from mailbot.domain.register import RegisterEntry, RegisterVersion, diff
from mailbot.domain.register_checks import SHORTEST_REASON, changed
from mailbot.domain.register_fields import BY_ACT, FIELD
from mailbot.domain.register_words import Act
from mailbot.work.desk import Desk, allow

Values = Mapping[str, object] | Callable[[RegisterEntry], Mapping[str, object]]
"""What a version changes, or a function that says so from the entry as it stands."""


@dataclass(frozen=True, slots=True)
class BreachRegister:
    """The breach register of one board."""

    desk: Desk

    def entries(self, officer: Officer, year: int | None = None) -> Sequence[RegisterVersion]:
        """List the newest version of every entry, of one year of receipt or of all."""
        allow(officer, "read_register")
        with self.desk.books.opened() as books:
            found = books.register.entries()
        return [one for one in found if year is None or self.year(one) == year]

    def missing(self, officer: Officer) -> Sequence[CaseFile]:
        """List the breach cases that have no entry yet; there should be none."""
        allow(officer, "read_register")
        with self.desk.books.opened() as books:
            return books.register.missing()

    def history(self, officer: Officer, reference: str) -> Sequence[RegisterVersion]:
        """Read every version of an entry, oldest first. Raises UnknownEntry."""
        allow(officer, "read_register")
        with self.desk.books.opened() as books:
            return books.register.history(_known(books, reference).entry_id)

    def open(
        self,
        officer: Officer,
        reference: str | None,
        received_at: datetime | None = None,
        summary: str = "",
    ) -> RegisterVersion:
        """
        Open an entry: for a breach case, or for an incident that came another way.

        Args:
            officer: who opens it.
            reference: the case; its receipt is taken over. None for an incident without a case.
            received_at: when the incident without a case was heard of; now when None.
            summary: a few words.

        Raises:
            UnknownCase: there is no such case.
            NotAllowed: the case is no breach, or has an entry already.
            EntryWrong: the receipt lies in the future or lacks its zone.
        """
        allow(officer, "keep_register")
        with self.desk.books.opened() as books:
            case = None if reference is None else self.desk.open_file(books, officer, reference)
            return self._open(books, officer, case, received_at, summary)

    def fill(
        self, officer: Officer, reference: str, values: Mapping[str, object]
    ) -> RegisterVersion:
        """
        Set fields of an entry; the version before it stays as it was.

        Raises:
            NotAllowed: this role may not set one of these fields, or an act of its own sets it.
            EntryWrong: the entry would contradict itself.
        """
        allow(officer, "fill_register")
        for name in values:
            _may_set(officer, name)
        given = dict(values)
        if "fg_advice" in given:
            given["fg_adviser"] = officer.name
        with self.desk.books.opened() as books:
            return self.write(books, officer, reference, Act.SET, given)

    def aware(
        self, officer: Officer, reference: str, aware_at: datetime, reason: str
    ) -> RegisterVersion:
        """
        Record since when the school has been aware (GDPR 33(1)); only a person says so.

        1. An entry that is not there yet is opened, for awareness is a fact of the register.
        2. The record is added to those before it, with its reason and officer.
        3. The dates of the case follow, and its reminders start a new ladder.

        Raises:
            UnknownCase: there is neither an entry nor a case.
            NotAllowed: the case is no breach.
            EntryWrong: the moment lies in the future or lacks its zone, or no reason was given.
        """
        allow(officer, "keep_register")
        if len(reason.strip()) < SHORTEST_REASON:
            raise EntryWrong([f"reason: type why, in at least {SHORTEST_REASON} characters"])
        moment, now = to_utc(aware_at), self.desk.clock()
        with self.desk.books.opened() as books:
            if books.register.find(reference) is None:
                case = self.desk.open_file(books, officer, reference)
                self._open(books, officer, case, None, "")
            version = self.write(books, officer, reference, Act.AWARE, {"aware_at": moment})
            books.register.became_aware(version.entry_id, moment, reason, officer, now)
            self._redate(books, version.case_id, reference)
            return version

    def export(
        self, officer: Officer, reference: str | None = None, year: int | None = None
    ) -> Sequence[Sequence[RegisterVersion]]:
        """
        Take entries out of the house, each with its history; that is an act, and noted.

        Raises:
            UnknownEntry: there is no such entry.
        """
        allow(officer, "keep_register")
        with self.desk.books.opened() as books:
            newest = (
                [_known(books, reference)]
                if reference is not None
                else [one for one in books.register.entries() if year in (None, self.year(one))]
            )
            histories = [books.register.history(one.entry_id) for one in newest]
            case_id = newest[0].case_id if reference is not None else None
            detail = (
                ("entries", str(len(newest))),
                ("reference", reference or "all"),
                ("year", str(year or "all")),
            )
            now = self.desk.clock()
            books.cases.record(
                Event("register_exported", now, case_id, officer_id=officer.id, detail=detail)
            )
        return histories

    def year(self, version: RegisterVersion) -> int:
        """Name the local year in which word of an incident came."""
        received = version.entry.received_at or version.at
        return local_day(received, self.desk.clockwork.profile.zone).year

    def write(
        self,
        books: OpenDeskBooks,
        officer: Officer,
        reference: str,
        act: Act,
        values: Values,
    ) -> RegisterVersion:
        """Add a version with these values, note it, and let the dates of the case follow."""
        now = self.desk.clock()
        case = books.cases.by_reference(reference)
        if case is not None:
            # The case first, as every act does, so that two officers never wait for each other.
            case = self.desk.open_file(books, officer, reference)
        before = books.register.lock(reference)
        follows = {} if case is None else {"received_at": case.dates.received_at}
        terms = self.desk.clockwork.profile.terms
        given = values(before.entry) if callable(values) else values
        entry = changed(before.entry, now, terms, **{**follows, **given})
        version = books.register.write(before, entry, act, officer, now)
        self._record(books, officer, version, before.entry)
        self._redate(books, version.case_id, reference)
        return version

    def _open(
        self,
        books: OpenDeskBooks,
        officer: Officer,
        case: CaseFile | None,
        received_at: datetime | None,
        summary: str,
    ) -> RegisterVersion:
        now = self.desk.clock()
        if case is not None and case.kind is not Kind.BREACH:
            raise NotAllowed(f"{case.reference} is no breach; confirm its kind first")
        if case is not None and books.register.find(case.reference) is not None:
            raise NotAllowed(f"{case.reference} stands in the register already")
        heard = received_at or now
        received = to_utc(heard if case is None else case.dates.received_at)
        entry = changed(RegisterEntry(), now, received_at=received, summary=summary.strip())
        version = books.register.open(case, entry, officer, now)
        self._record(books, officer, version, RegisterEntry())
        return version

    def _record(
        self,
        books: OpenDeskBooks,
        officer: Officer,
        version: RegisterVersion,
        before: RegisterEntry,
    ) -> None:
        detail = (
            ("entry", version.reference),
            ("version", str(version.number)),
            ("fields", " ".join(change.name for change in diff(before, version.entry))),
        )
        kind = f"register_{version.act.value}"
        books.cases.record(
            Event(kind, version.at, version.case_id, officer_id=officer.id, detail=detail)
        )

    def _redate(self, books: OpenDeskBooks, case_id: int | None, reference: str) -> None:
        case = books.cases.by_reference(reference) if case_id is not None else None
        if case is not None and case.kind is Kind.BREACH:
            standing = books.register.standing(case.id)
            dates = self.desk.clockwork.breach(case.dates.received_at, standing)
            books.register.redate(case.id, dates)


def _known(books: OpenDeskBooks, reference: str) -> RegisterVersion:
    found = books.register.find(reference)
    if found is None:
        raise UnknownEntry(
            f"the register has no entry {reference}; open one with: mailbot register open"
        )
    return found


def _may_set(officer: Officer, name: str) -> None:
    rule = FIELD.get(name)
    if rule is None:
        raise EntryWrong([f"{name}: no such field"])
    if rule.set_by == BY_ACT:
        raise NotAllowed(f"{name} follows from an act of its own: open, aware, report or parents")
    if officer.role not in rule.set_by:
        names = ", ".join(sorted(rule.set_by))
        raise NotAllowed(f"{name} is written by: {names}; you are signed in as {officer.role}")
