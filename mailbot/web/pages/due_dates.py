"""The calendar: due dates week by week, and an address for a calendar program of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from starlette.responses import Response

from mailbot.adapters.feed_ics import feed_ics, last_day
from mailbot.domain.feed import DueCase
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import local_day
from mailbot.web.access import SUPERVISORS
from mailbot.web.answers import not_here
from mailbot.web.asked import Asked, PageRequest
from mailbot.work.handling.feed import due_cases, fed, feed_made_at, renew_feed, revoke_feed

MOST = 500
"""Cases on the page; what is due later stands in the queue."""


@dataclass(frozen=True, slots=True)
class Due:
    """One case on its last day."""

    day: date
    reference: str
    kind: Kind | None
    confirmed: bool
    target: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Week:
    """One week, from Monday on."""

    number: int
    monday: date
    due: Sequence[Due]

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def calendar_page(page: PageRequest) -> Response:
    """Show what is due, week by week."""
    return _show(page)


def make_feed(page: PageRequest) -> Response:
    """Make a calendar address and show it, this once; the one before it opens nothing any more."""
    token = page.house.token()
    renew_feed(page.desk, page.officer, token)
    return _show(page, f"{page.house.origins.public}/calendar/{token}.ics")


def drop_feed(page: PageRequest) -> Response:
    """Take the calendar address back."""
    revoke_feed(page.desk, page.officer)
    return page.redirect("/calendar", page.gettext("The address opens nothing any more."))


def feed(asked: Asked) -> Response:
    """Answer a calendar program: its token says whose dates it may have."""
    token = asked.names["token"]
    for office in asked.house.offices.values():
        cases = fed(office.desk, token)
        if cases is not None:
            profile = office.profile
            content = feed_ics(cases, profile.name, asked.now, profile.zone)
            return Response(content, media_type="text/calendar; charset=utf-8")
    return not_here(asked)


def weeks_of(cases: Sequence[DueCase], page: PageRequest) -> list[Week]:
    """Lay the cases out by the week of their last day."""
    zone = page.office.profile.zone
    today = local_day(page.now, zone)
    due = [
        Due(day, one.reference, one.kind, one.confirmed, one.working_target, day < today)
        for one in cases
        if (day := last_day(one, zone)) is not None
    ]
    due.sort(key=lambda one: (one.day, one.reference))
    return [
        Week(monday.isocalendar().week, monday, list(rows))
        for monday, rows in groupby(
            due[:MOST], key=lambda one: one.day - timedelta(days=one.day.weekday())
        )
    ]


def _show(page: PageRequest, address: str = "") -> Response:
    cases = due_cases(page.desk, page.officer)
    zone = page.office.profile.zone
    return page.render(
        "calendar.html",
        weeks=weeks_of(cases, page),
        more=max(0, len(cases) - MOST),
        today=local_day(page.now, zone),
        made_at=feed_made_at(page.desk, page.officer),
        address=address,
        may_count=page.officer.role in SUPERVISORS,
        zone=zone,
    )
