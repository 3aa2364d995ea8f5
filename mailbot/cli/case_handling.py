"""The handling of a case on a terminal: what to check, what to do, and who did it."""

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from mailbot.cli.door import Visitor
from mailbot.domain.articles import cite
from mailbot.domain.masking import mask_bsn
from mailbot.domain.noticed import Announced
from mailbot.work.handling.page import HandlingPage, page_of

STANDS = {
    Announced.IN_TIME: "aangekondigd",
    Announced.WAITING: "bericht onderweg",
    Announced.TO_TELL: "nog te vertellen, want er is geen mailadres (mailbot case told)",
    Announced.NOT_ANNOUNCED: "[bold red]NIET AANGEKONDIGD[/]",
}


def print_handling(page: HandlingPage) -> None:
    """Print what people must check and do on a case."""
    console = Console()
    for line in _lines(page):
        console.print(line)
    for table in (_checks(page), _tasks(page), _recipients(page)):
        if table.row_count:
            console.print(table)


def warn_before_deciding(visitor: Visitor, reference: str) -> None:
    """Say what is still open and who asks by today's age; a person decides all the same."""
    page = page_of(visitor.desk, visitor.officer, reference)
    for task in page.tasks:
        if task.before_deciding:
            click.echo(f"Mind: {task.rule.code} is open: {task.rule.english}", err=True)
    for check in page.checks:
        click.echo(f"Check ({cite(check.article, 'en')}): {check.check_english}", err=True)


def fact_lines(page: HandlingPage) -> list[str]:
    """Say each fact, and whether an officer confirmed it."""
    return [
        f"{name:<10} {value}  ({'confirmed' if confirmed else 'suggested'})"
        for name, (value, confirmed) in page.facts.items()
    ]


def _lines(page: HandlingPage) -> list[str]:
    lines = []
    if page.mark is not None:
        until = f" tot {page.mark.lifts_on:%d-%m-%Y}" if page.mark.lifts_on else ""
        lines.append(f"[bold reverse] BEPERKT [/] verwerking beperkt{until}")
    if page.identity is not None:
        known = page.identity
        lines.append(
            f"• Identiteit vastgesteld: {known.how}, {known.at:%d-%m-%Y}, {escape(known.officer)}"
        )
    for one in page.extensions:
        dates = f"{one.old_due:%d-%m-%Y} → {one.new_due:%d-%m-%Y}"
        lines.append(f"• Verlenging {dates}: {STANDS[one.announced]}")
    if page.late is not None and page.late.day is not None:
        lines.append(f"• Te laat gemeld; antwoord beloofd op {page.late.day:%d-%m-%Y}")
    if page.advisory is not None:
        lines.append(f"• {escape(page.advisory.sentence())}")
    for copy in page.copies:
        state = "vernietigd" if copy.destroyed_at else "verborgen, wordt vernietigd"
        lines.append(f"• Mail {copy.mail_id}: kopie van een identiteitsbewijs {state}")
    return lines


def _checks(page: HandlingPage) -> Table:
    table = Table("look", "check", "article", title="Who may ask", title_justify="left")
    for check in page.checks:
        table.add_row(check.dutch, check.check_dutch, cite(check.article))
    return table


def _tasks(page: HandlingPage) -> Table:
    # The code is typed to settle a task, so it is never cut off.
    longest = max((len(task.rule.code) for task in page.tasks), default=0)
    code = Column("task", no_wrap=True, min_width=longest)
    table = Table(code, "what", "article", "due", "state", title="Tasks", title_justify="left")
    for task in page.tasks:
        by = f" ({escape(task.settled.officer)})" if task.settled else ""
        table.add_row(
            task.rule.code,
            task.rule.dutch,
            cite(task.rule.article),
            f"{task.due:%d-%m-%Y}" if task.due else "",
            f"{task.state.value}{by}",
        )
    return table


def _recipients(page: HandlingPage) -> Table:
    table = Table("no.", "recipient", "told", title="Earlier recipients", title_justify="left")
    for one in page.recipients:
        told = ""
        if one.answer is not None:
            day = f"{one.answer.day:%d-%m-%Y} " if one.answer.day else "niet: "
            told = f"{day}{one.answer.words}"
        table.add_row(str(one.number), escape(mask_bsn(one.listed.words)), escape(told))
    return table
