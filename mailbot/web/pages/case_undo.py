"""The undo button: takes a letter back before it leaves, and with it what it would have told."""

from starlette.responses import Response

from mailbot.domain.errors import ActRefused, UnknownCase
from mailbot.web.asked import PageRequest
from mailbot.work.handling.undo import take_back


def undo_letter(page: PageRequest) -> Response:
    """Take back a letter that this officer asked for."""
    reference, number = page.names["reference"], page.names["letter"]
    if not number.isdigit():
        raise UnknownCase("there is no such letter")
    path = f"/cases/{reference}"
    try:
        letter = take_back(page.desk, page.officer, reference, int(number))
    except ActRefused:
        said = page.gettext("Too late: the letter has left already.")
        return page.redirect(path, said, tone="warning")
    if letter.decision_id is not None:
        said = page.gettext(
            "The letter is taken back. The decision stays on record as taken back, and the case is in handling again."
        )
    elif letter.extension_id is not None:
        said = page.gettext("The notice is taken back; the former date is in force again.")
    else:
        said = page.gettext("The letter is taken back.")
    return page.redirect(path, said)
