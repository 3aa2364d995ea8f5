"""The acts of a case that are one button: confirm or correct the kind, write a note."""

from starlette.responses import Response

from mailbot.domain.errors import NotAllowed, UnknownCase
from mailbot.domain.kinds import Kind
from mailbot.web.asked import PageRequest
from mailbot.web.pages.case_page import show_case
from mailbot.web.words import kind_name
from mailbot.work.queue import assign

NOBODY = "nobody"


def confirm_kind(page: PageRequest) -> Response:
    """Confirm what the machine suggests, or say what the case really is; nothing is sent."""
    kind = page.form.get("kind")
    reference = page.names["reference"]
    if kind not in set(Kind):
        return show_case(page, {"kind": page.gettext("Choose a kind.")})
    case = page.desk.confirm(page.officer, reference, Kind(kind))
    name = kind_name(case.kind, language=page.language)
    said = page.gettext("The kind is confirmed: {kind}.").format(kind=name)
    return page.redirect(path_of(page), said)


def write_note(page: PageRequest) -> Response:
    """Write a note for colleagues; it never leaves the house."""
    text = page.form.get("text")
    if not text:
        return show_case(page, {"text": page.gettext("Type the note first.")})
    page.desk.note(page.officer, page.names["reference"], text)
    return page.redirect(f"{path_of(page)}#notes", page.gettext("The note is written."))


def give(page: PageRequest) -> Response:
    """Put the case in a colleague's hands, or in nobody's; nobody is written to."""
    to = page.form.get("to")
    number = int(to) if to.isdigit() else None
    if number is None and to != NOBODY:
        return show_case(page, {"to": page.gettext("Choose a colleague from the list.")})
    try:
        assign(page.desk, page.officer, page.names["reference"], number)
    except NotAllowed:
        said = page.gettext("This colleague cannot work on this case.")
        return show_case(page, {"to": said})
    return page.redirect(path_of(page), page.gettext("It is written down who works on the case."))


def path_of(page: PageRequest) -> str:
    """
    Give the path of the case that the path names.

    Raises:
        UnknownCase: the path names none.
    """
    reference = page.names.get("reference", "")
    if not reference:
        raise UnknownCase("no case is named")
    return f"/cases/{reference}"
