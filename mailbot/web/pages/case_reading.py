"""What a case page and the forms of its acts read together: mails, phrases, facts, kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mailbot.domain.asked import YES_OR_NO
from mailbot.domain.kinds import Kind
from mailbot.domain.masking import mask_bsn
from mailbot.domain.suggestion import FactName
from mailbot.web.asked import PageRequest
from mailbot.web.pages import case_words
from mailbot.web.pages.case_mails import ShownMail, evidence_of, one_line, shown_mails
from mailbot.web.pages.case_view import CaseView
from mailbot.web.words import day, kind_name
from mailbot.work.reading import CaseMails, ReadMail

MOST_PHRASES = 5
DAYS = frozenset({FactName.BIRTH_DATE, FactName.INCIDENT_DATE})
"""Facts that are kept as ISO 8601, one day or several."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as the page lists it."""

    name: str
    label: str
    shown: str = field(repr=False)
    value: str = field(repr=False)
    confirmed: bool


def mails_of(page: PageRequest, view: CaseView) -> tuple[ShownMail, ...]:
    """Open the mails of a case for this officer, made safe; that they were read is written down."""
    opened = CaseMails(page.desk, page.office.read).of_story(page.officer, view.story)
    return _shown(view, opened)


def mails_and_others(
    page: PageRequest, view: CaseView
) -> tuple[tuple[ShownMail, ...], Sequence[str]]:
    """Open the mails for the page of the case itself, and name who else has that page open."""
    opened, others = CaseMails(page.desk, page.office.read).of_page(page.officer, view.story)
    return _shown(view, opened), others


def _shown(view: CaseView, opened: Sequence[ReadMail]) -> tuple[ShownMail, ...]:
    copies = view.handling.copies
    return shown_mails(
        opened,
        view.story.mails,
        hidden={one.mail_id for one in copies if one.destroyed_at is None},
        destroyed={one.mail_id for one in copies if one.destroyed_at is not None},
    )


def phrases_of(view: CaseView) -> list[str]:
    """List the phrases that led to the suggestion, numbers hidden."""
    if not view.story.mails:
        return []
    found = evidence_of(view.story.mails[0].suggestion)
    return list(dict.fromkeys(one_line(mask_bsn(one)) for one in found))[:MOST_PHRASES]


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
    if name in DAYS:
        return "; ".join(_day_shown(one, page.language) for one in one_line(value).split("; "))
    if name in YES_OR_NO:
        table = case_words.YES_NO
    elif name == FactName.REQUESTER_ROLE:
        table = case_words.ASKERS
    return page.gettext(table[value]) if value in table else one_line(mask_bsn(value))


def _day_shown(value: str, language: str) -> str:
    """Write a day as pages do; what a person typed in another way stays as it is."""
    try:
        return day(date.fromisoformat(value), language=language)
    except ValueError:
        return mask_bsn(value)
