"""How the breach register looks on a terminal and as JSON."""

import json
from collections.abc import Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from rich.console import Group
from rich.markup import escape
from rich.table import Column, Table

from mailbot.domain.case import CaseFile
from mailbot.domain.masking import mask_bsn
from mailbot.domain.register import RegisterEntry, RegisterVersion, diff
from mailbot.domain.register_checks import lacking
from mailbot.domain.register_fields import FIELD, FIELDS
from mailbot.domain.register_values import to_words, value_words


def entries_table(versions: Sequence[RegisterVersion], zone: ZoneInfo) -> Table:
    """Lay the register out; a list shows no text of an entry."""
    table = Table(
        _number("entry"), "received", "AP", "parents", "version", "still lacks", title="Register"
    )
    for version in versions:
        entry = version.as_it_stands
        table.add_row(
            version.reference,
            f"{entry.received_at.astimezone(zone):%d-%m-%Y %H:%M}" if entry.received_at else "",
            _authority_words(entry),
            entry.parents.value if entry.parents else "not decided",
            str(version.number),
            str(len(lacking(entry)) or "complete"),
        )
    return table


def missing_table(cases: Sequence[CaseFile], zone: ZoneInfo) -> Table:
    """Lay out the breach cases without an entry."""
    table = Table(_number("case"), "received", "confirmed", "state", title="Not in the register")
    for case in cases:
        received = f"{case.dates.received_at.astimezone(zone):%d-%m-%Y %H:%M}"
        table.add_row(case.reference, received, "yes" if case.confirmed else "no", case.state)
    return table


def entry_pages(history: Sequence[RegisterVersion], zone: ZoneInfo) -> Group:
    """Lay one entry out in the order of the form, and under it what changed when by whom."""
    newest = history[-1]
    page = Table("field", "", "value", title=f"{newest.reference}, version {newest.number}")
    entry = newest.as_it_stands
    open_fields = lacking(entry)
    for rule in FIELDS:
        shown = mask_bsn(value_words(rule, getattr(entry, rule.name), zone))
        if shown or rule.name in open_fields:
            page.add_row(rule.name, rule.dutch, escape(shown) or "[yellow]still lacks[/yellow]")
    changes = Table("version", "at", "who", "what", "fields", title="History")
    before = [RegisterEntry(), *(version.entry for version in history)]
    for version, (old, new) in zip(history, pairwise(before), strict=True):
        changes.add_row(
            str(version.number),
            f"{version.at.astimezone(zone):%d-%m-%Y %H:%M}",
            escape(version.officer),
            version.act.value,
            ", ".join(change.name for change in diff(old, new)),
        )
    return Group(page, *_letters(newest), changes)


def as_json(history: Sequence[RegisterVersion]) -> str:
    """Write one entry with its history as one JSON object; the fields are in docs/register.md."""
    newest = history[-1]
    return json.dumps(
        {
            "entry": newest.reference,
            "case": newest.reference if newest.case_id is not None else None,
            "version": newest.number,
            "fields": _masked(to_words(newest.as_it_stands)),
            "lacking": list(lacking(newest.as_it_stands)),
            "letters": _letters_as_json(newest),
            "history": [
                {
                    "version": version.number,
                    "at": version.at.isoformat().replace("+00:00", "Z"),
                    "officer": version.officer,
                    "sign_in": version.sign_in_id,
                    "act": version.act.value,
                    "fields": _masked(to_words(version.entry)),
                }
                for version in history
            ],
        },
        ensure_ascii=False,
    )


def fields_table() -> Table:
    """List the fields that `set` knows, with the words of each list."""
    table = Table("field", "", "form", "set by", title="Fields of an entry")
    for rule in FIELDS:
        if rule.set_by:
            words = ", ".join(word.value for word in rule.words) if rule.words else ""
            form = rule.form.name.lower()
            table.add_row(rule.name, rule.dutch, words or form, ", ".join(sorted(rule.set_by)))
    return table


def named(name: str) -> str:
    """Name a field with its Dutch."""
    return f"{name} ({FIELD[name].dutch})"


def _letters(version: RegisterVersion) -> Sequence[str]:
    """Say in a line what became of the letters to the parents."""
    if version.letters is None:
        return ()
    letters = version.letters
    lost = ", ".join(str(number) for number in letters.lost)
    return (
        f"Letters to parents: {letters.taken} taken by the mail server, {letters.waiting} waiting"
        + (f"; [bold red]these reached nobody: letter {lost}[/]" if lost else ""),
    )


def _letters_as_json(version: RegisterVersion) -> dict[str, object] | None:
    if version.letters is None:
        return None
    return {
        "taken": version.letters.taken,
        "waiting": version.letters.waiting,
        "lost": list(version.letters.lost),
    }


def _authority_words(entry: RegisterEntry) -> str:
    if entry.ap_first_at is not None:
        return "notified"
    return {None: "not decided", True: "to notify", False: "not reported"}[entry.ap_reported]


def _masked(words: dict[str, object]) -> dict[str, object]:
    return {
        name: mask_bsn(value) if isinstance(value, str) else value for name, value in words.items()
    }


def _number(heading: str) -> Column:
    # A number that is broken over two lines cannot be copied.
    return Column(heading, no_wrap=True)
