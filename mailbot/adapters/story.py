"""Reads everything that lies in the file of one case."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Table, select

from mailbot.adapters import schema
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema_merging import merged_case
from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile
from mailbot.domain.deskbooks import CaseStory, LetterOnFile, MailOnFile, NoteOnFile


def read_story(shelf: Shelf, case: CaseFile) -> CaseStory:
    """Read everything in a case's file."""
    wrapped = shelf.case_key(case.id)
    duplicates = _merged(shelf, merged_case.c.into_id == case.id, merged_case.c.case_id)
    files = [case.id, *duplicates]
    facts = [
        (row.name, str(shelf.unseal(wrapped, "fact", row.sealed)["value"]))
        for row in _rows(shelf, schema.fact, case)
    ]
    query = select(schema.case_flag.c.flag).where(schema.case_flag.c.case_id == case.id)
    return CaseStory(
        case=case,
        mails=_mails(shelf, files),
        letters=[
            LetterOnFile(row.id, row.code, row.language, row.state, row.written_at, row.accepted_at)
            for row in _rows(shelf, schema.letter, case, files)
        ],
        notes=_notes(shelf, case, wrapped),
        events=[
            Event(
                row.kind,
                row.at,
                row.case_id,
                row.mail_id,
                row.officer_id,
                tuple(json.loads(row.detail).items()),
            )
            for row in _rows(shelf, schema.event, case)
        ],
        linked=_linked(shelf, case),
        facts=facts,
        flags=sorted(shelf.connection.execute(query).scalars()),
        merged=list(duplicates.values()),
        merged_into=next(
            iter(_merged(shelf, merged_case.c.case_id == case.id, merged_case.c.into_id).values()),
            None,
        ),
        beside=_beside(shelf, case),
    )


def _beside(shelf: Shelf, case: CaseFile) -> str | None:
    """Name the other case with which the mail stands that opened this one; None where it is here."""
    cases, mail = schema.cases, schema.mail
    query = (
        select(cases.c.reference)
        .join(mail, mail.c.case_id == cases.c.id)
        .where(mail.c.id == case.mail_id, cases.c.id != case.id)
    )
    found = shelf.connection.execute(query).scalar() if case.mail_id else None
    return None if found is None else str(found)


def _merged(shelf: Shelf, which: ColumnElement[bool], column: ColumnElement[int]) -> dict[int, str]:
    """Give numbers and references from the rows of what is merged now."""
    cases = schema.cases
    query = (
        select(cases.c.id, cases.c.reference)
        .join(merged_case, column == cases.c.id)
        .where(which)
        .order_by(cases.c.id)
    )
    return {row.id: row.reference for row in shelf.connection.execute(query)}


def _rows(
    shelf: Shelf, table: Table, case: CaseFile, files: Sequence[int] = ()
) -> CursorResult[Any]:
    query = select(table).where(table.c.case_id.in_(files or [case.id])).order_by(table.c.id)
    return shelf.connection.execute(query)


def _mails(shelf: Shelf, files: Sequence[int]) -> list[MailOnFile]:
    query = (
        select(schema.mail, schema.raw_mail.c.received_at, schema.data_key.c.wrapped)
        .join(schema.raw_mail, schema.raw_mail.c.id == schema.mail.c.id)
        .join(schema.data_key, schema.data_key.c.id == schema.raw_mail.c.key_id)
        .where(schema.mail.c.case_id.in_(files))
        .order_by(schema.mail.c.id)
    )
    found = []
    for row in shelf.connection.execute(query):
        words = shelf.unseal(row.wrapped, "mail", row.sealed)
        found.append(
            MailOnFile(
                row.id,
                row.received_at,
                row.route,
                words["sender"],
                words["subject"],
                words["suggestion"],
            )
        )
    return found


def _notes(shelf: Shelf, case: CaseFile, wrapped: bytes) -> list[NoteOnFile]:
    query = (
        select(schema.note, schema.officer.c.name)
        .join(schema.officer, schema.officer.c.id == schema.note.c.officer_id)
        .where(schema.note.c.case_id == case.id)
        .order_by(schema.note.c.id)
    )
    return [
        NoteOnFile(row.at, row.name, shelf.vault.open(wrapped, row.sealed, "note").decode())
        for row in shelf.connection.execute(query)
    ]


def _linked(shelf: Shelf, case: CaseFile) -> list[str]:
    if case.group is None:
        return []
    table = schema.cases
    query = select(table.c.reference).where(
        table.c.board_id == case.board_id, table.c.group_id == case.group, table.c.id != case.id
    )
    return sorted(shelf.connection.execute(query).scalars())
