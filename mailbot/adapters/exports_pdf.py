"""Writes entries of the breach register as a PDF, in the order of the authority's form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from mailbot.adapters.exports_sheet import Sheet
from mailbot.domain.register import RegisterEntry, RegisterVersion, diff
from mailbot.domain.register_checks import lacking
from mailbot.domain.register_fields import FIELD, FIELDS, Section
from mailbot.domain.register_values import value_words

TITLE = "Register van datalekken"
LAW = "Artikel 33 lid 5 AVG en artikel 6.4.2 van het privacyreglement"
TO_FILL = "nog in te vullen"
NOTHING = "–"  # noqa: RUF001 - the dash of a printed form.


@dataclass(frozen=True, slots=True)
class ExportHead:
    """What stands above every entry."""

    organisation: str
    fg: str
    made_by: str = field(repr=False)
    made_at: datetime
    zone: ZoneInfo


def register_pdf(histories: Sequence[Sequence[RegisterVersion]], head: ExportHead) -> bytes:
    """
    Write each entry from its newest version, followed by its history, each on a page of its own.

    Args:
        histories: the versions of each entry, oldest first.
        head: what stands above every entry.

    Returns:
        The PDF; citizen service numbers in it are masked.
    """
    sheet = Sheet(TITLE, head.made_at)
    for history in histories:
        _entry(sheet, history, head)
    if not histories:
        sheet.page("")
        sheet.title(TITLE, "Er staan geen incidenten in deze uitvoer.")
    return sheet.bytes()


def _entry(sheet: Sheet, history: Sequence[RegisterVersion], head: ExportHead) -> None:
    newest = history[-1]
    sheet.page(f"{newest.reference} · versie {newest.number} · vertrouwelijk")
    sheet.title(f"{TITLE}: {newest.reference}", LAW)
    open_fields = lacking(newest.as_it_stands)
    if open_fields:
        names = ", ".join(_inside(name) for name in open_fields)
        sheet.remark(f"Dit dossier is nog niet compleet. Nog in te vullen: {names}.")
    for number, section in enumerate(Section):
        sheet.section(f"{number}. {section.value}")
        for label, text in _given(section, newest, head):
            sheet.row(label, text)
        for rule in FIELDS:
            if rule.section is section:
                text = value_words(rule, getattr(newest.as_it_stands, rule.name), head.zone)
                waits = rule.name in open_fields
                sheet.row(rule.dutch, text or (TO_FILL if waits else NOTHING), faint=not text)
    _history(sheet, history, head)


def _given(
    section: Section, version: RegisterVersion, head: ExportHead
) -> Sequence[tuple[str, str]]:
    """Give the lines that stand in no field: which entry this is, and whose."""
    if section is Section.NOTIFICATION:
        made = f"{head.made_at.astimezone(head.zone):%d-%m-%Y %H:%M} door {head.made_by}"
        return (("Nummer in het register", version.reference), ("Uitgevoerd", made))
    if section is Section.ORGANISATION:
        return (("Verwerkingsverantwoordelijke", head.organisation), ("Contact: de FG", head.fg))
    return ()


def _history(sheet: Sheet, history: Sequence[RegisterVersion], head: ExportHead) -> None:
    sheet.section("Geschiedenis van dit dossier")
    before = [RegisterEntry(), *(version.entry for version in history)]
    for version, (old, new) in zip(history, pairwise(before), strict=True):
        names = ", ".join(_inside(change.name) for change in diff(old, new))
        label = f"{version.number}. {version.at.astimezone(head.zone):%d-%m-%Y %H:%M}"
        sheet.row(label, f"{version.officer}: {version.act.dutch} ({names or 'niets gewijzigd'})")


def _inside(name: str) -> str:
    """Name a field inside a sentence; only its first letter, for AP and FG stay capitals."""
    dutch = FIELD[name].dutch
    return dutch[:1].lower() + dutch[1:]
