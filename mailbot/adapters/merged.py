"""Which cases are merged into others: asked by every list that must show a matter once."""

from sqlalchemy import ColumnElement, or_, select

from mailbot.adapters.schema import cases
from mailbot.adapters.schema_merging import merged_case


def stands_alone() -> ColumnElement[bool]:
    """Hold for the cases that are not merged into another one."""
    merged = select(merged_case.c.case_id).where(merged_case.c.case_id == cases.c.id)
    return ~merged.exists()


def in_file(column: ColumnElement[int | None], case_id: int) -> ColumnElement[bool]:
    """Hold for the rows of a case, and of those that go on in it."""
    merged = select(merged_case.c.case_id).where(merged_case.c.into_id == case_id)
    return or_(column == case_id, column.in_(merged))
