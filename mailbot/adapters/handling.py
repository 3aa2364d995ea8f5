"""What people write beside a case: acts, identity records, facts and flags."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, and_, cast, delete, func, or_, select, update

from mailbot.adapters import schema, schema_handling
from mailbot.adapters.casebook import SqlCasebook, date_columns
from mailbot.adapters.extension_rows import stands
from mailbot.adapters.merged import in_file
from mailbot.adapters.rows import Shelf
from mailbot.domain.acts import Act, NewAct
from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile, Dates
from mailbot.domain.decision import Officer
from mailbot.domain.handling import (
    ActOnFile,
    CopyOnFile,
    IdentityRecord,
    KnownFact,
    NoticeOnFile,
)
from mailbot.domain.suggestion import Flag

GONE = ("bounced", "refused")
"""States of a letter that never arrived; a bounce keeps the moment it was accepted."""


class SqlHandling:
    """What people write beside the cases of one board, within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._casebook = casebook
        self._connection = shelf.connection
        self._read: dict[int, Sequence[ActOnFile]] = {}
        """The acts read in this transaction: one page asks for them nine times."""

    def record(self, case: CaseFile, act: NewAct, officer: Officer, at: datetime) -> int:
        """Write an act down, its words sealed, and its event, which holds codes and dates only."""
        self._read.pop(case.id, None)
        number = self._shelf.insert(
            schema_handling.case_act,
            board_id=officer.board_id,
            case_id=case.id,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            code=act.code.value,
            subject=act.subject,
            choices=",".join(act.choices),
            day=act.day,
            sealed=self._seal(case, act.words),
            at=at,
        )
        told = (("subject", act.subject), ("day", str(act.day or "")))
        detail = (*(pair for pair in told if pair[1]), ("act", str(number)))
        self._event(act.code.value, case, officer, at, *detail)
        return number

    def acts(self, case: CaseFile, *codes: Act) -> Sequence[ActOnFile]:
        """
        List the acts on a case with these codes, or all of them, oldest first.

        What was taken back before its letter left stays in the table and is not listed.
        """
        if case.id not in self._read:
            self._read[case.id] = self._acts(case)
        found = self._read[case.id]
        return [act for act in found if act.code in codes] if codes else found

    def _acts(self, case: CaseFile) -> Sequence[ActOnFile]:
        table, officer = schema_handling.case_act, schema.officer
        back = table.alias()
        taken = select(back.c.choices).where(
            back.c.case_id == case.id, back.c.code == Act.LETTER_TAKEN_BACK.value
        )
        query = (
            select(table, officer.c.name)
            .join(officer, officer.c.id == table.c.officer_id)
            .where(table.c.case_id == case.id, cast(table.c.id, String).not_in(taken))
            .order_by(table.c.id)
        )
        wrapped = self._shelf.case_key(case.id)
        return [
            ActOnFile(
                number=row.id,
                code=Act(row.code),
                subject=row.subject,
                day=row.day,
                choices=tuple(filter(None, row.choices.split(","))),
                at=row.at,
                officer_id=row.officer_id,
                officer=row.name,
                words=self._open(wrapped, row.sealed),
            )
            for row in self._connection.execute(query)
        ]

    def establish(self, case: CaseFile, how: str, note: str, officer: Officer, at: datetime) -> int:
        """Write down that an identity was established: how, when, by whom; and nothing more."""
        number = self._shelf.insert(
            schema_handling.identity_record,
            board_id=officer.board_id,
            case_id=case.id,
            officer_id=officer.id,
            sign_in_id=officer.sign_in_id,
            how=how,
            sealed=self._seal(case, note),
            at=at,
        )
        self._event("identity_established", case, officer, at, ("how", how))
        return number

    def identity(self, case: CaseFile) -> IdentityRecord | None:
        """Read the latest identity record of a case."""
        table, officer = schema_handling.identity_record, schema.officer
        row = self._connection.execute(
            select(table, officer.c.name)
            .join(officer, officer.c.id == table.c.officer_id)
            .where(table.c.case_id == case.id)
            .order_by(table.c.id.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        note = self._open(self._shelf.case_key(case.id), row.sealed)
        return IdentityRecord(row.id, row.how, row.at, row.name, note)

    def facts(self, case: CaseFile) -> Sequence[KnownFact]:
        """List the facts of a case, oldest first, suggested and confirmed."""
        table, mail, wrapped = schema.fact, schema.raw_mail, self._shelf.case_key(case.id)
        query = (
            select(table, mail.c.received_at)
            .outerjoin(mail, mail.c.id == table.c.mail_id)
            .where(table.c.case_id == case.id)
            .order_by(table.c.id)
        )
        found = []
        for row in self._connection.execute(query):
            words = self._shelf.unseal(wrapped, "fact", row.sealed)
            said = datetime.fromisoformat(words["at"]) if "at" in words else row.received_at
            sure = row.confirmed_by is not None
            found.append(KnownFact(row.name, sure, str(words["value"]), row.mail_id, said))
        return found

    def confirm_fact(
        self, case: CaseFile, name: str, value: str, officer: Officer, at: datetime
    ) -> None:
        """Write down a fact as an officer knows it; what a mail suggested stays beside it."""
        self._shelf.insert(
            schema.fact,
            case_id=case.id,
            mail_id=None,
            name=name,
            sealed=self._shelf.seal(
                self._shelf.case_key(case.id), "fact", value=value, start=-1, at=at.isoformat()
            ),
            confirmed_by=officer.id,
        )

    def flags(self, case: CaseFile) -> frozenset[str]:
        """Name the flags of a case; a safety flag counts for every linked case."""
        table, cases = schema.case_flag, schema.cases
        own = table.c.case_id == case.id
        if case.group is not None:
            family = select(cases.c.id).where(
                cases.c.board_id == self._shelf.board_id, cases.c.group_id == case.group
            )
            linked = and_(table.c.case_id.in_(family), table.c.flag == Flag.SAFETY.value)
            own = or_(own, linked)
        query = select(table.c.flag).where(own)
        return frozenset(self._connection.execute(query).scalars())

    def change_flag(self, case: CaseFile, flag: str, *, present: bool) -> None:
        """Set or clear a flag; a later mail may raise it again."""
        table = schema.case_flag
        if present:
            self._shelf.insert_once(table, case_id=case.id, flag=flag)
            return
        self._connection.execute(
            delete(table).where(table.c.case_id == case.id, table.c.flag == flag)
        )

    def family(self, case: CaseFile) -> Sequence[CaseFile]:
        """List the case and those linked to it."""
        if case.group is None:
            return [case]
        table = schema.cases
        query = (
            select(table.c.id)
            .where(table.c.board_id == self._shelf.board_id, table.c.group_id == case.group)
            .order_by(table.c.id)
        )
        return [self._casebook.case(number) for number in self._connection.execute(query).scalars()]

    def kept_from_somebody(self) -> frozenset[int]:
        """Name the cases from which any officer is kept away, and those linked."""
        table = schema_handling.case_act
        last = (
            select(func.max(table.c.id))
            .where(
                table.c.board_id == self._shelf.board_id,
                table.c.code.in_([Act.OFFICER_EXCLUDED.value, Act.OFFICER_ADMITTED.value]),
            )
            .group_by(table.c.case_id, table.c.subject)
        )
        return self._with_linked(
            select(table.c.case_id).where(
                table.c.id.in_(last), table.c.code == Act.OFFICER_EXCLUDED.value
            )
        )

    def hidden_from(self, officer: Officer) -> frozenset[int]:
        """Name the cases whose last word on this officer is an exclusion, and those linked."""
        return self.hidden_from_number(officer.id)

    def hidden_from_number(self, officer_id: int) -> frozenset[int]:
        """Name the same by the number of the officer."""
        table = schema_handling.case_act
        last = (
            select(func.max(table.c.id))
            .where(
                table.c.board_id == self._shelf.board_id,
                table.c.subject == str(officer_id),
                table.c.code.in_([Act.OFFICER_EXCLUDED.value, Act.OFFICER_ADMITTED.value]),
            )
            .group_by(table.c.case_id)
        )
        excluded = select(table.c.case_id).where(
            table.c.id.in_(last), table.c.code == Act.OFFICER_EXCLUDED.value
        )
        return self._with_linked(excluded)

    def shielded(self) -> frozenset[int]:
        """Name the cases under a safety flag, and those linked to them."""
        table = schema.case_flag
        return self._with_linked(select(table.c.case_id).where(table.c.flag == Flag.SAFETY.value))

    def officer_named(self, address: str) -> tuple[int, str] | None:
        """Find an officer of this board by address: number and name."""
        table = schema.officer
        row = self._connection.execute(
            select(table.c.id, table.c.name).where(
                table.c.board_id == self._shelf.board_id,
                table.c.address == address.strip().lower(),
            )
        ).one_or_none()
        return None if row is None else (row.id, row.name)

    def notices(self, case: CaseFile) -> Sequence[NoticeOnFile]:
        """List the extensions of a case, each with its latest notice."""
        table, letter = schema.extension, schema.letter
        query = (
            select(
                table.c.id, table.c.old_due, table.c.new_due, letter.c.state, letter.c.accepted_at
            )
            .outerjoin(letter, letter.c.extension_id == table.c.id)
            .where(table.c.case_id == case.id, stands())
            .order_by(table.c.id, letter.c.id)
        )
        found = {
            row.id: NoticeOnFile(row.id, row.old_due, row.new_due, row.state, row.accepted_at)
            for row in self._connection.execute(query)
        }
        return list(found.values())

    def letter_accepted(self, case: CaseFile, code: str, since: datetime) -> datetime | None:
        """Say when the mail server took the latest letter of this kind written since then."""
        letter = schema.letter
        query = (
            select(letter.c.accepted_at)
            .where(
                letter.c.case_id == case.id,
                letter.c.code == code,
                letter.c.written_at >= since,
                letter.c.state.not_in(GONE),
            )
            .order_by(letter.c.id.desc())
            .limit(1)
        )
        return self._connection.execute(query).scalar()

    def copies(self, case: CaseFile) -> Sequence[CopyOnFile]:
        """List the mails of a case whose attachments must not be shown."""
        table = schema_handling.identity_copy
        query = select(table).where(in_file(table.c.case_id, case.id)).order_by(table.c.mail_id)
        return [
            CopyOnFile(row.mail_id, row.found_at, row.destroyed_at)
            for row in self._connection.execute(query)
        ]

    def set_dates(self, case: CaseFile, dates: Dates) -> None:
        """Put other dates in force."""
        self._change(case, **date_columns(dates))

    def set_urgent(self, case: CaseFile) -> None:
        """Mark a case as urgent."""
        self._change(case, urgent=True)

    def _change(self, case: CaseFile, **values: bool | date | datetime | None) -> None:
        table = schema.cases
        self._connection.execute(update(table).where(table.c.id == case.id).values(**values))

    def _with_linked(self, chosen: Any) -> frozenset[int]:
        # In steps, each by an index: asked as one, the databases look at every case there is.
        table = schema.cases
        found = frozenset(self._connection.execute(chosen).scalars())
        if not found:
            return found
        here = table.c.board_id == self._shelf.board_id
        query = select(table.c.id, table.c.group_id).where(here, table.c.id.in_(found))
        rows = self._connection.execute(query).all()
        groups = {row.group_id for row in rows if row.group_id is not None}
        linked = select(table.c.id).where(here, table.c.group_id.in_(groups))
        others = self._connection.execute(linked).scalars() if groups else ()
        return frozenset((*(row.id for row in rows), *others))

    def _event(
        self, kind: str, case: CaseFile, officer: Officer, at: datetime, *detail: tuple[str, str]
    ) -> None:
        self._casebook.record(Event(kind, at, case.id, officer_id=officer.id, detail=detail))

    def _seal(self, case: CaseFile, words: str) -> bytes | None:
        if not words.strip():
            return None
        return self._shelf.vault.seal(self._shelf.case_key(case.id), words.strip().encode(), "act")

    def _open(self, wrapped: bytes, sealed: bytes | None) -> str:
        return self._shelf.vault.open(wrapped, sealed, "act").decode() if sealed else ""
