"""`mailbot quarantine`: the mails that were set aside, and trying them again."""

import click
from rich.console import Console
from rich.table import Table

from mailbot.cli.door import officer_option, sign_in


@click.group()
def quarantine() -> None:
    """
    See the mails that were set aside because they could not be read.

    They are kept whole. After an update, `retry` lets the robot try again.
    """


@quarantine.command("list")
@officer_option
@click.pass_context
def list_(ctx: click.Context, officer: str, board: str | None) -> None:
    """List the mails that were set aside, each with its reason."""
    visitor = sign_in(ctx, board, officer, None)
    table = Table("no.", "received", "bytes", "reason")
    for number, received, size, reason in visitor.desk.quarantine(visitor.officer):
        table.add_row(str(number), f"{received:%d-%m-%Y %H:%M}Z", str(size), reason)
    Console().print(table)


@quarantine.command()
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every mail in quarantine, after an update.")
@officer_option
@click.pass_context
def retry(
    ctx: click.Context, numbers: tuple[int, ...], officer: str, board: str | None, *, every: bool
) -> None:
    """Let the robot try mails again."""
    if bool(numbers) == every:
        raise click.UsageError("name the mails by number, or give --all")
    visitor = sign_in(ctx, board, officer, None)
    if every:
        numbers = tuple(row[0] for row in visitor.desk.quarantine(visitor.officer))
    for number in numbers:
        if not visitor.desk.try_again(visitor.officer, number):
            raise click.ClickException(f"mail {number} is not in quarantine; see `quarantine list`")
        click.echo(f"Mail {number} is tried again in the next round.")
    if not numbers:
        click.echo("Quarantine is empty.")
