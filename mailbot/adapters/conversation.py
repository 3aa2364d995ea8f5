"""Reads what was said before in the conversations of one board."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from mailbot.adapters import schema
from mailbot.adapters.casebook import SqlCasebook
from mailbot.adapters.merged import stands_alone
from mailbot.adapters.rows import Shelf
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.conversation import Progress
from mailbot.domain.errors import Damaged
from mailbot.domain.suggestion import Fact, FactName, Route, Suggestion
from mailbot.domain.thread import RunningCase

ASKED = "requester_asked"
"""The event that remembers which questions stood in a letter."""
GUESSED = "case_guessed"
MOST_CASES = 10
"""More than a parent has; a flood in one name must not make each mail slower than the last."""
LANGUAGE_SET = "language_set"

_QUESTIONS = ("identity_asked", "clarification_asked")
_ANSWERS = ("answered", "mail_filed", "mail_filed_by_hand")
_UNDER_WAY = ("task_done", "task_not_needed", "identity_established", *_QUESTIONS)


class SqlConversation:
    """The conversations of one board within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._casebook = casebook
        self._connection = shelf.connection

    def running(self, address: str) -> Sequence[RunningCase]:
        """List the newest cases that are not closed and whose own address this is, oldest first."""
        own, cases = schema.case_address, schema.cases
        query = (
            select(cases.c.id)
            .join(own, own.c.case_id == cases.c.id)
            .where(
                cases.c.board_id == self._shelf.board_id,
                cases.c.state != CaseState.CLOSED,
                stands_alone(),
                own.c.address_hash == self._shelf.address_hash(address),
            )
            .order_by(cases.c.id.desc())
            .limit(MOST_CASES)
        )
        numbers = sorted(self._connection.execute(query).scalars())
        return [self._running(self._casebook.case(number)) for number in numbers]

    def children(self, case: CaseFile) -> tuple[str, ...]:
        """Name the children that a case and those linked to it are about."""
        values = [
            value for number in self._family(case) for value in self._facts(number, "child_name")
        ]
        return tuple(dict.fromkeys(name for value in values for name in value.split("; ")))

    def family(self, case: CaseFile, address: str) -> Sequence[CaseFile]:
        """List a case and those linked to it, as far as this address is their own."""
        own = [
            number
            for number in self._family(case)
            if self._casebook.is_own_address(number, address)
        ]
        found = [self._casebook.case(number) for number in own]
        # What is merged into another one is told of as that one, and told once.
        return [one for one in found if self._casebook.surviving(one).id == one.id]

    def told(self, case: CaseFile) -> frozenset[str]:
        """Name what a case and those linked to it know already, or were asked already."""
        family = self._family(case)
        facts = select(schema.fact.c.name).where(schema.fact.c.case_id.in_(family)).distinct()
        known = set(self._connection.execute(facts).scalars())
        if not any(value != "unknown" for value in self._values(family, FactName.REQUESTER_ROLE)):
            known.discard(FactName.REQUESTER_ROLE.value)
        asked = [self._detail(row)["questions"] for row in self._events(family, ASKED)]
        return frozenset(known | {code for codes in asked for code in str(codes).split(",")})

    def progress(self, case: CaseFile) -> Progress:
        """Read it from the history; what people typed is not needed for it."""
        outcome: str | None = None
        waits = under_way = False
        former: list[date] = []
        for row in self._events([case.id]):
            detail = self._detail(row)
            waits = (waits or row.kind in _QUESTIONS) and row.kind not in _ANSWERS
            under_way = under_way or row.kind in _UNDER_WAY
            if row.kind == "decided":
                outcome = str(detail["outcome"])
            elif row.kind == "case_reopened":
                outcome = None
            elif row.kind == "extended":
                former.append(date.fromisoformat(str(detail["old_due"])))
        return Progress(outcome, waits, under_way, tuple(former))

    def written_since(
        self, since: datetime, code: str, *, case_id: int | None = None, recipient: str = ""
    ) -> int:
        """Count the letters of this code for one case, or to one address, however they fared."""
        letter = schema.letter
        query = select(func.count()).where(
            letter.c.board_id == self._shelf.board_id,
            letter.c.code == code,
            letter.c.written_at > since,
        )
        if case_id is not None:
            query = query.where(letter.c.case_id == case_id)
        if recipient:
            query = query.where(letter.c.recipient_hash == self._shelf.address_hash(recipient))
        return int(self._connection.execute(query).scalar_one())

    def follow_language(self, case: CaseFile, language: str) -> bool:
        """Let letters of a case follow a language, unless an officer set it; True if it changed."""
        if case.language == language or self._events([case.id], LANGUAGE_SET):
            return False
        self.set_language(case, language)
        return True

    def set_language(self, case: CaseFile, language: str) -> None:
        """Write the letters of a case in this language from now on."""
        table = schema.cases
        self._connection.execute(
            update(table).where(table.c.id == case.id).values(language=language)
        )

    def file(self, mail_id: int, case: CaseFile) -> bool:
        """
        Put a mail without a case into one, with the facts it gives.

        Returns:
            False when it has a case already, or was never read.
        """
        mail, raw, key = schema.mail, schema.raw_mail, schema.data_key
        filed = self._connection.execute(
            update(mail)
            .where(
                mail.c.id == mail_id,
                mail.c.board_id == self._shelf.board_id,
                mail.c.case_id.is_(None),
            )
            .values(case_id=case.id, outcome="filed", waits=False)
        )
        if filed.rowcount != 1:
            return False
        row = self._connection.execute(
            select(mail.c.sealed, key.c.wrapped)
            .join(raw, raw.c.id == mail.c.id)
            .join(key, key.c.id == raw.c.key_id)
            .where(mail.c.id == mail_id)
        ).one()
        words = self._shelf.unseal(row.wrapped, "mail", row.sealed)["suggestion"]
        facts = [
            Fact(FactName(name), str(value), int(start))
            for name, value, start in words.get("facts", [])
        ]
        self._casebook.remember(
            case.id, mail_id, Suggestion(Route.FOLLOW_UP, "und", facts=tuple(facts))
        )
        return True

    def waiting(self, mail_ids: Sequence[int]) -> Sequence[int]:
        """Name those of these mails that wait for a person."""
        mail = schema.mail
        query = select(mail.c.id).where(
            mail.c.board_id == self._shelf.board_id,
            mail.c.id.in_(mail_ids),
            mail.c.waits.is_(True),
        )
        return sorted(self._connection.execute(query).scalars())

    def guesses(self, mail_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """For mails put before a person: the reference of the case guessed, and why."""
        event, cases = schema.event, schema.cases
        query = (
            select(event.c.mail_id, cases.c.reference, event.c.detail)
            .join(cases, cases.c.id == event.c.case_id)
            .where(event.c.kind == GUESSED, event.c.mail_id.in_(mail_ids))
            .order_by(event.c.id)
        )
        return {
            mail_id: (reference, str(json.loads(detail).get("why", "")))
            for mail_id, reference, detail in self._connection.execute(query)
        }

    def _running(self, case: CaseFile) -> RunningCase:
        return RunningCase(case, self._subject(case), self.children(case))

    def _subject(self, case: CaseFile) -> str:
        raw, mail, key = schema.raw_mail, schema.mail, schema.data_key
        row = self._connection.execute(
            select(mail.c.sealed, key.c.wrapped)
            .join(raw, raw.c.id == mail.c.id)
            .join(key, key.c.id == raw.c.key_id)
            .where(mail.c.id == case.mail_id)
        ).one_or_none()
        if row is None or row.sealed is None:
            return ""
        return str(self._shelf.unseal(row.wrapped, "mail", row.sealed)["subject"])

    def _family(self, case: CaseFile) -> list[int]:
        if case.group is None:
            return [case.id]
        cases = schema.cases
        query = (
            select(cases.c.id)
            .where(cases.c.board_id == self._shelf.board_id, cases.c.group_id == case.group)
            .order_by(cases.c.id)
        )
        return list(self._connection.execute(query).scalars())

    def _facts(self, case_id: int, name: str) -> list[str]:
        fact = schema.fact
        try:
            wrapped = self._shelf.case_key(case_id)
        except Damaged:
            return []
        query = select(fact.c.sealed).where(fact.c.case_id == case_id, fact.c.name == name)
        return [
            str(self._shelf.unseal(wrapped, "fact", sealed)["value"])
            for sealed in self._connection.execute(query.order_by(fact.c.id)).scalars()
        ]

    def _values(self, family: Sequence[int], name: FactName) -> list[str]:
        return [value for number in family for value in self._facts(number, name.value)]

    def _events(self, family: Sequence[int], kind: str | None = None) -> Sequence[Any]:
        event = schema.event
        query = select(event).where(event.c.case_id.in_(family)).order_by(event.c.id)
        if kind is not None:
            query = query.where(event.c.kind == kind)
        return self._connection.execute(query).all()

    def _detail(self, row: Any) -> dict[str, object]:
        read: dict[str, object] = json.loads(row.detail)
        return read
