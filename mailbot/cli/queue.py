"""`mailbot queue`: the open cases, first due first."""

import click

from mailbot import app
from mailbot.cli.door import board_of, board_option, settings_of
from mailbot.cli.shown import as_json, print_queue
from mailbot.work.handling.terms import announced_of


@click.command()
@click.option(
    "--json", "as_lines", is_flag=True, help="One JSON object a line; see docs/commands.md."
)
@board_option
@click.pass_context
def queue(ctx: click.Context, board: str | None, *, as_lines: bool) -> None:
    """
    Show the open cases, first due first.

    The order is the due date's alone; what the machine believes plays no part.
    The list carries references, kinds and dates, nothing personal.
    """
    settings = settings_of(ctx)
    desk = app.desk(settings, board_of(settings, board))
    now = desk.clock()
    with desk.books.opened() as books:
        cases = list(books.cases.open_cases())
        announced = announced_of(desk, books, cases)
    if as_lines:
        for case in cases:
            click.echo(as_json(case, now, announced=announced[case.id]))
        return
    print_queue(cases, now, desk.clockwork.profile.zone)
