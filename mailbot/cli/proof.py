"""`mailbot proof`: the daily proof that no mail was lost, for monitoring and for who looks back."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from mailbot import app
from mailbot.cli.door import board_of, board_option, settings_of

TROUBLE = {
    "proof_missing": (
        "there is no proof for today although it was due: see that `mailbot run` is running"
    ),
    "proof_not_delivered": (
        "the mail server did not take the last proof, or it came back: see `mailbot outbox` "
        "and `mailbot check`"
    ),
    "proof_does_not_add_up": (
        "a mail that was seen has no place: see `mailbot quarantine`, then `mailbot check`; "
        "every mail still lies where it was moved to on the mail server"
    ),
}
"""What each trouble means and what to do."""


@click.group()
def proof() -> None:
    """
    The daily proof: mails seen = cases + follow-ups + parked + automatic + quarantine.

    The robot mails it to the FG each working morning. Let the machine's
    timetable call `mailbot proof check` some time after that, so that a robot
    that stands still is noticed too.

    \b
    Examples:
      mailbot proof check              exit code 1 where something is wrong
      mailbot proof check --alarm      and tell a person by the alarm channel
      mailbot proof list               the last proofs
    """


@proof.command()
@click.option("--alarm", is_flag=True, help="Also raise the alarm: the file and the webhook.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object.")
@board_option
@click.pass_context
def check(ctx: click.Context, board: str | None, *, alarm: bool, as_lines: bool) -> None:
    """Say whether today's proof was written, arrived and adds up; exit code 1 where not."""
    settings = settings_of(ctx)
    code = board_of(settings, board)
    with app.proof_of(settings, code, sounding=alarm) as watched:
        trouble = watched.watch(app.wall_clock())
    if as_lines:
        click.echo(json.dumps({"board": code, "well": trouble is None, "trouble": trouble}))
    else:
        click.echo("All is well." if trouble is None else f"{trouble}: {TROUBLE[trouble]}")
    ctx.exit(0 if trouble is None else 1)


@proof.command("list")
@click.option("--most", default=14, show_default=True, help="How many, the newest first.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line.")
@board_option
@click.pass_context
def list_proofs(ctx: click.Context, board: str | None, most: int, *, as_lines: bool) -> None:
    """List the last proofs with their counts; there is nothing personal in them."""
    settings = settings_of(ctx)
    with app.proof_of(settings, board_of(settings, board)) as watched:
        found = watched.written(most)
    if as_lines:
        for one in found:
            line = {"day": str(one.day), **asdict(one.counts), "adds_up": one.counts.adds_up}
            click.echo(json.dumps(line))
        return
    table = Table("day", "seen", "opened", "filed", "parked", "automatic", "quarantine", "waiting")
    table.add_column("adds up")
    for one in found:
        cells = (str(count) for count in asdict(one.counts).values())
        table.add_row(str(one.day), *cells, "yes" if one.counts.adds_up else "NO")
    Console().print(table if found else "There is no proof yet.")
