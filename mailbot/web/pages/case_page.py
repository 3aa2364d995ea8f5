"""The page of one case: what came in, what the machine believes and why, and what people did."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from mailbot.domain.asked import YES_OR_NO
from mailbot.domain.deskbooks import NoteOnFile
from mailbot.domain.kinds import Kind
from mailbot.domain.masking import mask_bsn
from mailbot.domain.suggestion import FactName
from mailbot.web.access import SUPERVISORS
from mailbot.web.asked import PageRequest
from mailbot.web.headers import WITH_FRAME
from mailbot.web.pages import case_words
from mailbot.web.pages.case_history import history_of
from mailbot.web.pages.case_mails import evidence_of, one_line, shown_mails
from mailbot.web.pages.case_offers import offers
from mailbot.web.pages.case_sayings import sayings
from mailbot.web.pages.case_view import CaseView, explanation_of, view_of
from mailbot.web.words import STATES, kind_name
from mailbot.work.reading import CaseMails


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as the page lists it."""

    name: str
    label: str
    shown: str = field(repr=False)
    value: str = field(repr=False)
    confirmed: bool


def case_page(page: PageRequest) -> Response:
    """Show one case."""
    return show_case(page, {})


def show_case(page: PageRequest, errors: Mapping[str, str], *, text: str = "") -> Response:
    """Show one case, with what is wrong with its form for notes."""
    view = view_of(page)
    opened = CaseMails(page.desk, page.office.read).of(page.officer, view.reference)
    copies = view.handling.copies
    mails = shown_mails(
        opened,
        view.story.mails,
        hidden={one.mail_id for one in copies if one.destroyed_at is None},
        destroyed={one.mail_id for one in copies if one.destroyed_at is not None},
    )
    papers = view.papers
    answer = page.render(
        "case.html",
        status=422 if errors else 200,
        view=view,
        state=page.gettext(STATES[view.case.state]),
        held=page.office.retention.is_held(page.officer, view.reference),
        may_confirm=page.officer.role in SUPERVISORS,
        kinds=kinds_of(page),
        phrases=_phrases(view),
        acts=offers(view, page.officer.role, page.gettext),
        mails=mails,
        notes=[_masked(one) for one in view.story.notes],
        fact_rows=fact_rows(page, view),
        explanation=explanation_of(page, view),
        history=history_of(
            view.story.events, papers.acts, papers.officers, page.gettext, page.language
        ),
        errors={"text": "", **errors},
        text=text,
        **sayings(page, view.case.kind),
    )
    answer.headers["Content-Security-Policy"] = WITH_FRAME
    return answer


def kinds_of(page: PageRequest) -> list[tuple[str, str]]:
    """List the kinds that a board has on, for a choice."""
    return [(kind.value, kind_name(kind, language=page.language)) for kind in Kind]


def fact_rows(page: PageRequest, view: CaseView) -> list[FactRow]:
    """List what is known, suggested or confirmed; numbers hidden."""
    return [
        FactRow(
            name,
            page.gettext(case_words.FACTS.get(name, name)),
            fact_shown(page, name, value),
            mask_bsn(value),
            confirmed,
        )
        for name, (value, confirmed) in view.handling.facts.items()
    ]


def fact_shown(page: PageRequest, name: str, value: str) -> str:
    """Say the value of a fact in words."""
    table: Mapping[str, str] = {}
    if name in YES_OR_NO:
        table = case_words.YES_NO
    elif name == FactName.REQUESTER_ROLE:
        table = case_words.ASKERS
    return page.gettext(table[value]) if value in table else one_line(mask_bsn(value))


def _phrases(view: CaseView) -> list[str]:
    if not view.story.mails:
        return []
    found = evidence_of(view.story.mails[0].suggestion)
    return list(dict.fromkeys(one_line(mask_bsn(one)) for one in found))[:5]


def _masked(note: NoteOnFile) -> NoteOnFile:
    return replace(note, text=mask_bsn(note.text))
