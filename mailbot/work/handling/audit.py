"""Who looked at a case is written down; the FG reads who looked at what and who did what."""

from collections.abc import Mapping, Sequence

from mailbot.domain.audit import ONE_LOOK, PAGE_SIZE, AuditFilter, AuditRow
from mailbot.domain.books import Event
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import NotAllowed
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk


def write_look(desk: Desk, books: OpenDeskBooks, officer: Officer, case_id: int) -> None:
    """Write down that an officer opened a case; once in a quarter of an hour."""
    if not looked_lately(desk, books, officer, case_id):
        books.cases.record(Event("case_read", desk.clock(), case_id, officer_id=officer.id))


def looked_lately(desk: Desk, books: OpenDeskBooks, officer: Officer, case_id: int) -> bool:
    """Say whether it is written down already that an officer opened a case just now."""
    return books.audit.looked(case_id, officer.id, desk.clock() - ONE_LOOK)


def audited(
    desk: Desk, officer: Officer, chosen: AuditFilter, before: int | None = None
) -> tuple[Sequence[AuditRow], int | None]:
    """
    List what officers looked at and did, newest first; for the FG alone.

    Returns:
        One page, and the number before which the next one begins; None on the last.

    Raises:
        NotAllowed: not the FG.
    """
    _only_fg(officer)
    with desk.books.opened() as books:
        rows = books.audit.rows(chosen, books.handling.hidden_from(officer), before)
    shown = rows[:PAGE_SIZE]
    return shown, shown[-1].number if len(rows) > PAGE_SIZE else None


def audit_choices(desk: Desk, officer: Officer) -> tuple[Mapping[int, str], Sequence[str]]:
    """List the officers and the kinds of events one can filter by. Raises NotAllowed."""
    _only_fg(officer)
    with desk.books.opened() as books:
        return books.audit.officers(), books.audit.kinds()


def _only_fg(officer: Officer) -> None:
    if officer.role is not Role.FG:
        raise NotAllowed("who looked at what is read by the FG (GDPR 39(1)(b))")
