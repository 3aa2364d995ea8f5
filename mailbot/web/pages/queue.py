"""The queue: the open cases, what is due first on top, whatever the machine believes of them."""

from starlette.responses import Response

from mailbot.web.asked import PageRequest
from mailbot.web.words import clock_of


def queue(page: PageRequest) -> Response:
    """List the open cases of the board."""
    zone = page.office.profile.zone
    cases = page.desk.queue(page.officer)
    rows = [(case, clock_of(case, page.now, zone)) for case in cases]
    return page.render("queue.html", rows=rows, zone=zone)
