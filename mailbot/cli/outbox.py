"""`mailbot outbox`: the letters that have not left, and letting held ones go."""

import click
from rich.console import Console
from rich.table import Table

from mailbot.cli.door import officer_option, sign_in


@click.group()
def outbox() -> None:
    """
    See the letters that wait; let held or refused ones go.

    A letter is held when an address had its letters for today or the hourly
    cap was reached; it is refused when the mail server would not take it.
    """


@outbox.command("list")
@officer_option
@click.pass_context
def list_(ctx: click.Context, officer: str, board: str | None) -> None:
    """List what has not been sent."""
    visitor = sign_in(ctx, board, officer, None)
    table = Table("no.", "letter", "state", "why", "written")
    for number, code, state, why, written in visitor.desk.outbox(visitor.officer):
        table.add_row(str(number), code, state, why, f"{written:%d-%m-%Y %H:%M}Z")
    Console().print(table)


@outbox.command()
@click.argument("number", type=int)
@officer_option
@click.pass_context
def release(ctx: click.Context, number: int, officer: str, board: str | None) -> None:
    """Let a held or refused letter go, as it was written."""
    visitor = sign_in(ctx, board, officer, None)
    if not visitor.desk.let_go(visitor.officer, number):
        raise click.ClickException(f"letter {number} is not held or refused; see `outbox list`")
    click.echo(f"Letter {number} goes with the next round.")
