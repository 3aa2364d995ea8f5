"""Who looked at what and who did what, for the FG: filtered, newest first, page by page."""

from datetime import date, datetime, time, timedelta
from operator import itemgetter

from starlette.responses import Response

from mailbot.domain.audit import AuditFilter
from mailbot.domain.books import Event
from mailbot.domain.local_time import to_utc
from mailbot.web.asked import PageRequest
from mailbot.web.pages.case_history import history_of, named
from mailbot.work.handling.audit import audit_choices, audited


def audit(page: PageRequest) -> Response:
    """List the events of officers."""
    chosen = _chosen(page)
    before = page.query.get("before")
    rows, following = audited(
        page.desk, page.officer, chosen, int(before) if before.isdecimal() else None
    )
    officers, kinds = audit_choices(page.desk, page.officer)
    return page.render(
        "audit.html",
        rows=[(one, _what(page, one.event)) for one in rows],
        following=following,
        filters={name: page.query.get(name) for name in ("officer", "case", "kind", "day")},
        officers=[(str(number), name) for number, name in officers.items()],
        kinds=sorted(((kind, named(kind, page.gettext)) for kind in kinds), key=itemgetter(1)),
        zone=page.office.profile.zone,
    )


def _what(page: PageRequest, event: Event) -> str:
    """Say in words what happened, as the case itself tells it."""
    return history_of([event], [], {}, page.gettext, page.language)[0].what


def _chosen(page: PageRequest) -> AuditFilter:
    """Read the filters; what is none is left out."""
    officer, day = page.query.get("officer"), _day(page.query.get("day"))
    zone = page.office.profile.zone
    since = to_utc(datetime.combine(day, time(), zone)) if day else None
    until = to_utc(datetime.combine(day + timedelta(days=1), time(), zone)) if day else None
    return AuditFilter(
        officer_id=int(officer) if officer.isdecimal() else None,
        reference=page.query.get("case").upper(),
        kind=page.query.get("kind"),
        since=since,
        until=until,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
