"""The cases, their own addresses, facts, flags and history."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, cast, func, or_, select, update

from mailbot.adapters.extension_rows import stands
from mailbot.adapters.merged import stands_alone
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import (
    Instant,
    case_address,
    case_flag,
    cases,
    data_key,
    extension,
    fact,
    letter,
    mail,
    officer,
    raw_mail,
    reference_counter,
)
from mailbot.adapters.schema_handling import case_act
from mailbot.adapters.schema_merging import merged_case
from mailbot.adapters.schema_register import awareness, register_entry
from mailbot.domain.acts import Act
from mailbot.domain.books import Event, NewCase, Unannounced
from mailbot.domain.case import CaseFile, CaseState, Dates, Requester
from mailbot.domain.errors import UnknownCase
from mailbot.domain.kinds import Kind
from mailbot.domain.reference import Reference
from mailbot.domain.suggestion import Flag, Suggestion


class SqlCasebook:
    """The casebook of one board within one transaction."""

    def __init__(self, shelf: Shelf, prefix: str) -> None:
        self._shelf = shelf
        self._connection = shelf.connection
        self._prefix = prefix

    def open_case(self, new: NewCase) -> CaseFile:
        """
        Open a case.

        The counter row is locked until the transaction ends, so numbers have no gaps and cases of
        one board open one after the other; what is counted after this is counted alone.
        """
        reference = self._next_reference(new.dates.received_on.year)
        opened_at = new.opened_at or new.dates.received_at
        key_id, wrapped = self._shelf.new_key(opened_at)
        token = self._shelf.vault.token()
        case_id = self._shelf.insert(
            cases,
            board_id=self._shelf.board_id,
            key_id=key_id,
            reference=reference,
            kind=new.kind,
            suggested_kind=None if new.confirmed else new.kind,
            confidence=new.confidence,
            state=CaseState.RECEIVED,
            urgent=new.urgent,
            language=new.language,
            opened_at=opened_at,
            mail_id=new.mail_id,
            group_id=new.group,
            token_hash=self._shelf.token_hash(token),
            sealed=self._shelf.seal(
                wrapped,
                "case",
                name=new.requester_name,
                address=new.requester_address,
                token=token,
            ),
            **date_columns(new.dates),
        )
        if new.requester_address:
            self._shelf.insert_once(
                case_address,
                case_id=case_id,
                address_hash=self._shelf.address_hash(new.requester_address),
            )
        return self.case(case_id)

    def case(self, case_id: int) -> CaseFile:
        """
        Read one case of this board.

        Raises:
            UnknownCase: there is none with this number, or it is another board's.
        """
        found = self._one(_CASE.where(cases.c.id == case_id))
        if found is None:
            raise UnknownCase(f"there is no case number {case_id}")
        return found

    def lock_named(self, reference: str) -> CaseFile | None:
        """Find a case, and keep others from changing it until this transaction ends."""
        query = select(cases.c.id).where(
            cases.c.reference == reference, cases.c.board_id == self._shelf.board_id
        )
        number = self._connection.execute(query.with_for_update()).scalar()
        return None if number is None else self.case(number)

    def by_reference(self, reference: str) -> CaseFile | None:
        """Find a case of this board by its reference."""
        return self._one(_CASE.where(cases.c.reference == reference))

    def by_token(self, token: str) -> CaseFile | None:
        """Find a case by its secret token."""
        return self._one(_CASE.where(cases.c.token_hash == self._shelf.token_hash(token)))

    def by_letter(self, message_id: str) -> CaseFile | None:
        """Find the case of one of our own letters."""
        own = select(letter.c.case_id).where(
            letter.c.message_id_hash == self._shelf.message_id_hash(message_id)
        )
        return self._one(_CASE.where(cases.c.id.in_(own)))

    def by_mail(self, message_id: str) -> CaseFile | None:
        """Find the case of an earlier mail; a Message-ID that several cases carry says nothing."""
        query = (
            select(mail.c.case_id)
            .where(
                mail.c.board_id == self._shelf.board_id,
                mail.c.message_id_hash == self._shelf.message_id_hash(message_id),
                mail.c.case_id.is_not(None),
            )
            .distinct()
            .limit(2)
        )
        found = self._connection.execute(query).scalars().all()
        return self.case(found[0]) if len(found) == 1 else None

    def surviving(self, case: CaseFile) -> CaseFile:
        """Follow the merges of a case to the one that stands in the queue; itself without any."""
        number, seen = case.id, {case.id}
        while True:
            query = select(merged_case.c.into_id).where(merged_case.c.case_id == number)
            found = self._connection.execute(query).scalar()
            if found is None or found in seen:
                return case if number == case.id else self.case(number)
            seen.add(found)
            number = int(found)

    def merged_into(self, case_id: int) -> Sequence[int]:
        """Name the cases that go on in this one, those merged into them included."""
        found: list[int] = []
        ahead = [case_id]
        while ahead:
            query = select(merged_case.c.case_id).where(merged_case.c.into_id.in_(ahead))
            ahead = [one for one in self._connection.execute(query).scalars() if one not in found]
            found += ahead
        return sorted(found)

    def is_own_address(self, case_id: int, address: str) -> bool:
        """Say whether this address belongs to the case's requester."""
        query = select(case_address.c.case_id).where(
            case_address.c.case_id == case_id,
            case_address.c.address_hash == self._shelf.address_hash(address),
        )
        return self._connection.execute(query).first() is not None

    def language_of(self, address: str) -> str | None:
        """Say in which language the last case of an address was written, where that is known."""
        query = (
            select(cases.c.language)
            .join(case_address, case_address.c.case_id == cases.c.id)
            .where(
                cases.c.board_id == self._shelf.board_id,
                case_address.c.address_hash == self._shelf.address_hash(address),
                cases.c.language != "und",
            )
            .order_by(cases.c.received_at.desc(), cases.c.id.desc())
            .limit(1)
        )
        return self._connection.execute(query).scalar()

    def remember(self, case_id: int, mail_id: int | None, suggestion: Suggestion) -> None:
        """Keep the facts and flags a mail suggests, beside the case."""
        wrapped = self._shelf.case_key(case_id)
        for found in suggestion.facts:
            self._shelf.insert(
                fact,
                case_id=case_id,
                mail_id=mail_id,
                name=found.name.value,
                sealed=self._shelf.seal(wrapped, "fact", value=found.value, start=found.start),
            )
        for flag in suggestion.flags:
            self._shelf.insert_once(case_flag, case_id=case_id, flag=flag.value)

    def raise_flag(self, case_id: int, flag: Flag) -> None:
        """Raise a flag beside a case; does nothing where it stands."""
        self._shelf.insert_once(case_flag, case_id=case_id, flag=flag.value)

    def open_cases(self, ends_before: datetime | None = None) -> Sequence[CaseFile]:
        """
        List the cases that are not closed, first due first.

        With *ends_before* only those that end before it and are watched: a case from a mail older
        than the cut-off stands in the queue, and nobody is reminded of it before an officer has
        confirmed its kind. An old mailbox would else bring a flood of overdue reminders.
        """
        query = _CASE.where(
            cases.c.board_id == self._shelf.board_id,
            cases.c.state != CaseState.CLOSED,
            stands_alone(),
        )
        if ends_before is not None:
            old = select(raw_mail.c.id).where(
                raw_mail.c.id == cases.c.mail_id, raw_mail.c.silent.is_(True)
            )
            watched = or_(cases.c.confirmed_by.is_not(None), ~old.exists())
            query = query.where(cases.c.ends_at < ends_before, watched)
        ends = cases.c.ends_at
        ordered = query.order_by(ends.is_(None), ends, cases.c.received_at, cases.c.id)
        return [self._read(row) for row in self._connection.execute(ordered)]

    def reopen(self, case_id: int, why: str, now: datetime) -> None:
        """Put a closed case back in handling; does nothing to an open one."""
        opened = self._connection.execute(
            update(cases)
            .where(cases.c.id == case_id, cases.c.state == CaseState.CLOSED)
            .values(state=CaseState.IN_HANDLING, closure_id=None)
        )
        if opened.rowcount:
            self.record(Event("case_reopened", now, case_id, detail=(("why", why),)))

    def kept_away(self, case_id: int) -> Sequence[str]:
        """Read it from the last word on each officer; the acts themselves are people's."""
        table, known = case_act, cases.alias()
        family = (
            select(cases.c.id)
            .join(known, or_(known.c.id == cases.c.id, known.c.group_id == cases.c.group_id))
            .where(known.c.id == case_id, cases.c.board_id == self._shelf.board_id)
        )
        last = (
            select(func.max(table.c.id))
            .where(
                table.c.case_id.in_(family),
                table.c.code.in_([Act.OFFICER_EXCLUDED.value, Act.OFFICER_ADMITTED.value]),
            )
            .group_by(table.c.case_id, table.c.subject)
        )
        query = (
            select(officer.c.address)
            .join(table, table.c.subject == cast(officer.c.id, String))
            .where(table.c.id.in_(last), table.c.code == Act.OFFICER_EXCLUDED.value)
            .distinct()
        )
        return list(self._connection.execute(query).scalars())

    def unannounced(self, since: datetime) -> Sequence[tuple[CaseFile, Unannounced]]:
        """Look at the notices of each extension; one told by hand is not in question."""
        told = select(case_act.c.subject).where(
            case_act.c.case_id == extension.c.case_id, case_act.c.code == Act.EXTENSION_TOLD.value
        )
        ours = (letter.c.extension_id == extension.c.id, letter.c.state == "sent")
        # Whether the last day itself was met is for the zone of the board to say.
        taken = select(letter.c.id).where(*ours, letter.c.accepted_at < extension.c.old_due)
        accepted = select(func.min(letter.c.accepted_at, type_=Instant)).where(*ours)
        waits = select(letter.c.id).where(
            letter.c.extension_id == extension.c.id,
            letter.c.state.in_(["waiting", "sending", "held"]),
        )
        query = (
            select(
                extension.c.id,
                extension.c.case_id,
                extension.c.old_due,
                waits.exists(),
                accepted.scalar_subquery(),
            )
            .join(cases, cases.c.id == extension.c.case_id)
            .where(
                extension.c.board_id == self._shelf.board_id,
                extension.c.at >= since,
                stands(),
                cases.c.state != CaseState.CLOSED,
                cast(extension.c.id, String).not_in(told),
                ~taken.exists(),
            )
            .order_by(extension.c.id)
        )
        return [
            (self.case(case_id), Unannounced(number, old_due, not (waiting or taken_at), taken_at))
            for number, case_id, old_due, waiting, taken_at in self._connection.execute(query).all()
        ]

    def record(self, happened: Event) -> None:
        """Write one event into the history."""
        self._shelf.record(
            case_id=happened.case_id,
            mail_id=happened.mail_id,
            officer_id=happened.officer_id,
            at=happened.at,
            kind=happened.kind,
            detail=json.dumps(dict(happened.detail), sort_keys=True),
        )

    def _next_reference(self, year: int) -> str:
        counter = reference_counter
        here = (counter.c.board_id == self._shelf.board_id, counter.c.year == year)
        self._shelf.insert_once(counter, board_id=self._shelf.board_id, year=year, last=0)
        number = self._connection.execute(
            update(counter).where(*here).values(last=counter.c.last + 1).returning(counter.c.last)
        ).scalar_one()
        return str(Reference.make(self._prefix, year, number))

    def _one(self, query: Select[Any]) -> CaseFile | None:
        row = self._connection.execute(
            query.where(cases.c.board_id == self._shelf.board_id)
        ).one_or_none()
        return None if row is None else self._read(row)

    def _read(self, row: Row[Any]) -> CaseFile:
        words = self._shelf.unseal(row.wrapped, "case", row.sealed)
        return CaseFile(
            id=row.id,
            board_id=row.board_id,
            reference=row.reference,
            kind=Kind(row.kind) if row.kind else None,
            confirmed=row.confirmed_by is not None,
            state=CaseState(row.state),
            dates=Dates(
                received_at=row.received_at,
                received_on=row.received_on,
                due=row.due_on,
                working_target=row.working_target,
                cap=row.cap_on,
                ends_at=row.ends_at,
                aware_at=row.aware_at,
            ),
            language=row.language,
            requester=Requester(words["name"], words["address"]),
            token=words["token"],
            confidence=row.confidence,
            urgent=row.urgent,
            extensions=row.extensions,
            dates_since=max(filter(None, (row.changed, row.recorded)), default=None),
            mail_id=row.mail_id,
            group=row.group_id,
        )


def date_columns(dates: Dates) -> dict[str, Any]:
    """Lay out the dates in force as columns of a case."""
    return {
        "received_at": dates.received_at,
        "received_on": dates.received_on,
        "due_on": dates.due,
        "working_target": dates.working_target,
        "cap_on": dates.cap,
        "ends_at": dates.ends_at,
        "aware_at": dates.aware_at,
    }


def _columns() -> Select[Any]:
    of_case = extension.c.case_id == cases.c.id
    extensions = select(func.count(extension.c.id)).where(of_case, stands()).scalar_subquery()
    latest = select(func.max(extension.c.at, type_=Instant)).where(of_case, stands())
    changed = latest.scalar_subquery()
    recorded = (
        select(func.max(awareness.c.at, type_=Instant))
        .join(register_entry, register_entry.c.id == awareness.c.entry_id)
        .where(register_entry.c.case_id == cases.c.id)
        .scalar_subquery()
    )
    return select(
        cases,
        data_key.c.wrapped,
        extensions.label("extensions"),
        changed.label("changed"),
        recorded.label("recorded"),
    ).join(data_key, cases.c.key_id == data_key.c.id)


_CASE = _columns()
"""Written out once: it is the longest question of all, and most pages ask it."""
