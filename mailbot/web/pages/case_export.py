"""Hands a whole case over as a ZIP, for the parent's own request or for the court."""

from starlette.responses import Response

from mailbot.adapters.exports_case import case_zip
from mailbot.domain.errors import ActRefused
from mailbot.web.asked import PageRequest
from mailbot.web.languages import N_
from mailbot.web.pages.breaches import download
from mailbot.work.handling.handover import hand_over

WHY_TOO_SHORT = N_("Type for whom and why, in at least 10 characters.")


def export(page: PageRequest) -> Response:
    """Ask for whom and why."""
    return _form(page)


def export_zip(page: PageRequest) -> Response:
    """Give the ZIP, and write down that it was given."""
    reference = page.names["reference"]
    try:
        handover = hand_over(page.desk, page.officer, reference, page.form.get("reason"))
    except ActRefused:
        return _form(page, {"reason": page.gettext(WHY_TOO_SHORT)})
    profile = page.office.profile
    content = case_zip(handover, profile.full_name or profile.name, profile.zone)
    return download(content, "application/zip", f"{handover.story.case.reference}.zip")


def _form(page: PageRequest, errors: dict[str, str] | None = None) -> Response:
    return page.render(
        "case_export.html",
        status=422 if errors else 200,
        reference=page.names["reference"],
        errors=errors or {},
    )
