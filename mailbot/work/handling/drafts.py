"""Keeps what an officer types until it is sent; each officer has drafts of their own."""

from collections.abc import Mapping

from mailbot.domain.decision import Officer
from mailbot.domain.drafts import KeptDraft
from mailbot.work.desk import Desk, allow

LONGEST = 40_000
"""Characters of one field that are kept; no letter is that long."""


def keep_draft(
    desk: Desk, officer: Officer, reference: str, act: str, fields: Mapping[str, str]
) -> None:
    """Keep the fields of a form; nothing is sent and no event is written."""
    allow(officer, "prepare")
    kept = {name: value[:LONGEST] for name, value in fields.items() if value.strip()}
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        books.drafts.keep(case, officer.id, act, kept, desk.clock())


def draft_of(desk: Desk, officer: Officer, reference: str, act: str) -> KeptDraft | None:
    """Read what this officer typed for an act and did not send yet."""
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        return books.drafts.read(case, officer.id, act)


def drop_draft(desk: Desk, officer: Officer, reference: str, act: str) -> None:
    """Throw a draft away, once its act was done."""
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        books.drafts.drop(case, officer.id, act)
