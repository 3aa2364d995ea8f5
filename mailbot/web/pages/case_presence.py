"""What an open case page asks by itself: who else has the case open; and a mail that was looked at."""

from starlette.responses import JSONResponse, Response

from mailbot.domain.errors import UnknownMail
from mailbot.web.asked import PageRequest
from mailbot.work.queue import looking


def here(page: PageRequest) -> Response:
    """Say that the case is still open on a screen, and name the colleagues who have it open too."""
    others = looking(page.desk, page.officer, page.names["reference"])
    said = [page.gettext("%(name)s has it open") % {"name": name} for name in others]
    return JSONResponse({"others": said})


def looked(page: PageRequest) -> Response:
    """Write down that somebody looked at a mail of the case that waited for a person."""
    reference, number = page.names["reference"], page.names["mail"]
    story = page.desk.show(page.officer, reference)
    if number not in {str(one.id) for one in story.mails}:
        raise UnknownMail("this mail does not lie in this case")
    done = page.office.parked.looked(page.officer, [int(number)])
    said = page.gettext("The mail no longer waits.") if done else page.gettext("It did not wait.")
    return page.redirect(f"/cases/{reference}", said, tone="done" if done else "warning")
