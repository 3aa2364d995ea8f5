"""The rows of the case in the table of routes: its page, its mails, and one row for each act."""

from mailbot.web.access import READERS, SUPERVISORS, Bound, Route, page
from mailbot.web.pages import case_files, case_page, case_small

CASE = "/cases/{reference}"

CASE_ROUTES: tuple[Route, ...] = (
    page(CASE, "GET", case_page.case_page, READERS, Bound.CASE),
    page(f"{CASE}/mails/{{mail}}/html", "GET", case_files.framed_html, READERS, Bound.CASE),
    page(
        f"{CASE}/mails/{{mail}}/files/{{file}}",
        "GET",
        case_files.attached_file,
        READERS,
        Bound.CASE,
    ),
    page(f"{CASE}/kind", "POST", case_small.confirm_kind, SUPERVISORS, Bound.CASE),
    page(f"{CASE}/note", "POST", case_small.write_note, READERS, Bound.CASE),
)
