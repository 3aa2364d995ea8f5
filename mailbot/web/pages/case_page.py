"""The page of one case: what came in, what the machine believes and why, and what people did."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from mailbot.domain.deskbooks import NoteOnFile
from mailbot.domain.masking import mask_bsn
from mailbot.web.access import SUPERVISORS
from mailbot.web.asked import PageRequest
from mailbot.web.headers import WITH_FRAME
from mailbot.web.pages.case_history import history_of
from mailbot.web.pages.case_offers import offers
from mailbot.web.pages.case_reading import fact_rows, kinds_of, mails_and_others, phrases_of
from mailbot.web.pages.case_sayings import sayings
from mailbot.web.pages.case_view import explanation_of, view_from
from mailbot.web.pages.doubts import waiting_mails
from mailbot.web.words import STATES
from mailbot.work.handling.papers import open_page


def case_page(page: PageRequest) -> Response:
    """Show one case."""
    return show_case(page, {})


def show_case(page: PageRequest, errors: Mapping[str, str], *, text: str = "") -> Response:
    """Show one case, with what is wrong with its form for notes."""
    opened = open_page(page.desk, page.officer, page.names["reference"])
    view = view_from(page, opened.file)
    papers = view.papers
    mails, others = mails_and_others(page, view)
    answer = page.render(
        "case.html",
        status=422 if errors else 200,
        view=view,
        state=page.gettext(STATES[view.case.state]),
        held=page.office.retention.is_held(page.officer, view.reference),
        may_confirm=page.officer.role in SUPERVISORS,
        kinds=kinds_of(page),
        phrases=phrases_of(view),
        colleagues=opened.colleagues,
        others=others,
        acts=offers(view, page.officer.role, page.gettext),
        mails=mails,
        waiting=waiting_mails(opened.waiting, view.story.events, page.gettext),
        notes=[_masked(one) for one in view.story.notes],
        fact_rows=fact_rows(page, view),
        explanation=explanation_of(page, opened.deadlines),
        history=history_of(
            view.story.events,
            papers.acts,
            papers.officers,
            page.gettext,
            page.language,
            kind=view.case.kind,
        ),
        wrong=errors,
        errors={"text": "", "to": "", "kind": "", **errors},
        text=text,
        **sayings(page, view.case.kind),
    )
    answer.headers["Content-Security-Policy"] = WITH_FRAME
    return answer


def _masked(note: NoteOnFile) -> NoteOnFile:
    return replace(note, text=mask_bsn(note.text))
