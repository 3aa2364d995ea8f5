"""The breach board: every incident with its clock of 72 hours, and the register to take along."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.responses import Response

from mailbot.adapters.exports_csv import register_csv
from mailbot.adapters.exports_pdf import ExportHead, register_pdf
from mailbot.domain.case import CaseFile
from mailbot.domain.errors import MailbotError
from mailbot.domain.local_time import local_day
from mailbot.domain.register import RegisterEntry, RegisterVersion
from mailbot.domain.register_checks import lacking
from mailbot.web.access import SUPERVISORS
from mailbot.web.asked import PageRequest
from mailbot.web.languages import N_
from mailbot.web.words import Clock
from mailbot.work.register import BreachRegister

LAST_DAY = timedelta(hours=24)
AUTHORITY = {
    "notified": N_("notified"),
    "yes": N_("to notify"),
    "no": N_("not reported"),
    "open": N_("not decided"),
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One incident on the board; no word of it is shown in a list."""

    reference: str
    has_case: bool
    received_at: datetime | None
    aware_at: datetime | None
    due_at: datetime | None
    clock: Clock
    authority: str
    parents: bool
    """Whether it was decided about the parents."""
    lacks: int


def breaches(page: PageRequest) -> Response:
    """List what runs first, by its clock; then what is settled, newest first."""
    register = BreachRegister(page.desk)
    rows = [row_of(page, one) for one in register.entries(page.officer)]
    running = sorted(
        (row for row in rows if row.clock.left is not None), key=lambda row: str(row.due_at)
    )
    settled = [row for row in reversed(rows) if row.clock.left is None]
    missing = register.missing(page.officer)
    return page.render(
        "breaches.html",
        running=running,
        settled=settled,
        missing=[(case, _of_case(page, case)) for case in missing],
        authority=AUTHORITY,
        may_keep=page.officer.role in SUPERVISORS,
        zone=page.office.profile.zone,
    )


def open_entry(page: PageRequest) -> Response:
    """Open an entry, for a case or for an incident that came another way."""
    reference = page.form.get("reference").upper() or None
    try:
        version = BreachRegister(page.desk).open(
            page.officer, reference, summary=page.form.get("summary")
        )
    except MailbotError:
        said = page.gettext("This case has an entry already, or is not confirmed as a breach.")
        return page.redirect("/breaches", said, tone="warning")
    return page.redirect(f"/breaches/{version.reference}", page.gettext("The entry is open."))


def register_as_csv(page: PageRequest) -> Response:
    """Give the register as a file for a spreadsheet; that it was taken is noted."""
    histories = _histories(page)
    zone = page.office.profile.zone
    content = register_csv([one[-1] for one in histories], zone)
    return download(content, "text/csv; charset=utf-8", "datalekken.csv")


def register_as_pdf(page: PageRequest) -> Response:
    """Give the register in the order of the authority's form; that it was taken is noted."""
    profile = page.office.profile
    head = ExportHead(
        profile.full_name or profile.name,
        f"{profile.fg.name or 'FG'}, {profile.fg.address}",
        page.officer.name,
        page.now,
        profile.zone,
    )
    return download(register_pdf(_histories(page), head), "application/pdf", "datalekken.pdf")


def download(content: bytes, media_type: str, filename: str) -> Response:
    """Answer with a file to keep; *filename* is our own word, never somebody's."""
    answer = Response(content, media_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def row_of(page: PageRequest, version: RegisterVersion) -> BoardRow:
    """Lay one entry out for the board."""
    entry = version.as_it_stands
    due_at, clock = clock_of_entry(page, entry)
    return BoardRow(
        reference=version.reference,
        has_case=version.case_id is not None,
        received_at=entry.received_at,
        aware_at=entry.aware_at,
        due_at=due_at,
        clock=clock,
        authority=_authority(entry),
        parents=entry.parents is not None,
        lacks=len(lacking(entry)),
    )


def clock_of_entry(page: PageRequest, entry: RegisterEntry) -> tuple[datetime | None, Clock]:
    """
    Read the clock of an entry (GDPR 33(1)).

    Until a person recorded since when the school is aware, it runs from the receipt, as an alarm.
    """
    begins = entry.aware_at or entry.received_at
    if entry.settled or begins is None:
        return None, Clock("none", None, None, None, None)
    due_at = page.desk.clockwork.due_at(begins)
    return due_at, hours_clock(due_at, page.now, page.office.profile.zone)


def hours_clock(due_at: datetime, now: datetime, zone: ZoneInfo) -> Clock:
    """Read a clock of 72 hours: its last day is told apart from the first two."""
    left = due_at - now
    tone = "late" if left <= timedelta(0) else "now" if left <= LAST_DAY else "soon"
    days = (local_day(due_at, zone) - local_day(now, zone)).days
    return Clock(tone, left, due_at, None, days)


def _of_case(page: PageRequest, case: CaseFile) -> Clock:
    due_at = page.desk.clockwork.due_at(case.dates.received_at)
    return hours_clock(due_at, page.now, page.office.profile.zone)


def _authority(entry: RegisterEntry) -> str:
    if entry.ap_first_at is not None:
        return "notified"
    return {None: "open", True: "yes", False: "no"}[entry.ap_reported]


def _histories(page: PageRequest) -> list[list[RegisterVersion]]:
    reference, year = page.query.get("entry") or None, page.query.get("year")
    wanted = int(year) if year.isdecimal() and not reference else None
    found = BreachRegister(page.desk).export(page.officer, reference, wanted)
    return [list(one) for one in found]
