"""Keeps the breach register: officers fill it, the FG advises, the board decides (reglement 6.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import EntryWrong, NotAllowed
from mailbot.domain.local_time import local_day, to_utc
from mailbot.domain.register import RegisterVersion
from mailbot.domain.register_checks import SHORTEST_REASON
from mailbot.domain.register_fields import BY_ACT, FIELD
from mailbot.domain.register_words import Act
from mailbot.work.desk import Desk, allow
from mailbot.work.register.versions import add_version, known, open_entry


@dataclass(frozen=True, slots=True)
class BreachRegister:
    """The breach register of one board."""

    desk: Desk

    def entries(self, officer: Officer, year: int | None = None) -> Sequence[RegisterVersion]:
        """List the newest version of every entry, of one year of receipt or of all."""
        allow(officer, "read_register")
        with self.desk.books.opened() as books:
            return self._seen(books, officer, year)

    def missing(self, officer: Officer) -> Sequence[CaseFile]:
        """List the breach cases that have no entry yet; there should be none."""
        allow(officer, "read_register")
        with self.desk.books.opened() as books:
            hidden = books.handling.hidden_from(officer)
            return [case for case in books.register.missing() if case.id not in hidden]

    def history(self, officer: Officer, reference: str) -> Sequence[RegisterVersion]:
        """Read every version of an entry, oldest first. Raises UnknownEntry."""
        allow(officer, "read_register")
        with self.desk.books.opened() as books:
            return books.register.history(known(books, officer, reference).entry_id)

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
            return open_entry(
                self.desk, books, officer, case=case, received_at=received_at, summary=summary
            )

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
            return add_version(self.desk, books, officer, reference, act=Act.SET, values=given)

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
            entry = books.register.find(reference)
            if entry is None:
                case = self.desk.open_file(books, officer, reference)
                entry = open_entry(self.desk, books, officer, case=case)
            # The record before the version, because the dates follow from the records.
            books.register.became_aware(entry.entry_id, moment, reason, officer, now)
            return add_version(
                self.desk, books, officer, reference, act=Act.AWARE, values={"aware_at": moment}
            )

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
                [known(books, officer, reference)]
                if reference is not None
                else self._seen(books, officer, year)
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

    def _seen(
        self, books: OpenDeskBooks, officer: Officer, year: int | None
    ) -> Sequence[RegisterVersion]:
        hidden = books.handling.hidden_from(officer)
        return [
            one
            for one in books.register.entries()
            if year in (None, self.year(one)) and one.case_id not in hidden
        ]


def _may_set(officer: Officer, name: str) -> None:
    rule = FIELD.get(name)
    if rule is None:
        raise EntryWrong([f"{name}: no such field"])
    if rule.set_by == BY_ACT:
        raise NotAllowed(f"{name} follows from an act of its own: open, aware, report or parents")
    if officer.role not in rule.set_by:
        names = ", ".join(sorted(rule.set_by))
        raise NotAllowed(f"{name} is written by: {names}; you are signed in as {officer.role}")
