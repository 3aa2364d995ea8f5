"""`mailbot queue`: the open cases, first due first."""

import click

from mailbot import app
from mailbot.cli.door import OFFICER, board_of, board_option, settings_of, sign_in
from mailbot.cli.shown import as_json, print_queue
from mailbot.domain.case import CaseFile
from mailbot.work.desk import Desk
from mailbot.work.handling.terms import announced_of


@click.command()
@click.option(
    "--json", "as_lines", is_flag=True, help="One JSON object a line; see docs/commands.md."
)
@click.option(
    "--officer",
    envvar=OFFICER,
    metavar="ADDRESS",
    help="Sign in, to see every case that you may see.",
)
@board_option
@click.pass_context
def queue(ctx: click.Context, board: str | None, officer: str | None, *, as_lines: bool) -> None:
    """
    Show the open cases, first due first.

    The order is the due date's alone; what the machine believes plays no part.
    The list carries references, kinds and dates, nothing personal. Cases from
    which an officer is kept away, such as a complaint about somebody here, are
    only counted, until you say who you are.
    """
    if officer is None:
        desk = app.desk(settings := settings_of(ctx), board_of(settings, board))
        cases, kept = _for_anybody(desk)
    else:
        visitor = sign_in(ctx, board, officer, None)
        desk, kept = visitor.desk, 0
        cases = list(desk.queue(visitor.officer))
    _print(desk, cases, as_lines=as_lines)
    if kept:
        click.echo(f"Not shown here: {kept}. Sign in with --officer.", err=True)


def _for_anybody(desk: Desk) -> tuple[list[CaseFile], int]:
    """List what anybody at this machine may see, and count the rest (reglement 8.9.4)."""
    with desk.books.opened() as books:
        every = books.cases.open_cases()
        kept = books.handling.kept_from_somebody()
        shown = [case for case in every if case.id not in kept]
    return shown, len(every) - len(shown)


def _print(desk: Desk, cases: list[CaseFile], *, as_lines: bool) -> None:
    now = desk.clock()
    if not as_lines:
        print_queue(cases, now, desk.clockwork.profile.zone)
        return
    with desk.books.opened() as books:
        announced = announced_of(desk, books, cases)
    for case in cases:
        click.echo(as_json(case, now, announced=announced[case.id]))
