"""`mailbot case task`, `recipient`: what must be done on a case, and who must be told."""

from datetime import datetime

import click

from mailbot.cli.door import officer_option, sign_in
from mailbot.domain.errors import ActRefused
from mailbot.domain.local_time import local_day
from mailbot.work.handling import tasks
from mailbot.work.handling.tasks import Settlement

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("task")
@click.argument("reference")
@click.argument("task")
@click.option("--done", "outcome", flag_value="done", help="It was done.")
@click.option("--not-needed", "outcome", flag_value="not_needed", help="It is not; say why.")
@click.option("--reopen", "outcome", flag_value="reopen", help="It was settled by mistake.")
@click.option("--pick", multiple=True, metavar="CODE", help="What the reglement's list offers.")
@click.option("--reason", default="", help="How, by whom, or why not; kept with the case.")
@officer_option
@click.pass_context
def task_(
    ctx: click.Context,
    reference: str,
    task: str,
    outcome: str | None,
    pick: tuple[str, ...],
    reason: str,
    officer: str,
    board: str | None,
) -> None:
    """Settle a task of a case; `mailbot case show` lists them with their articles."""
    visitor = sign_in(ctx, board, officer, None)
    if outcome is None:
        raise ActRefused("say what became of it: --done, --not-needed or --reopen")
    if outcome == "reopen":
        found = tasks.reopen(visitor.desk, visitor.officer, reference, task)
    else:
        settlement = Settlement(outcome == "done", pick, reason)
        found = tasks.settle(visitor.desk, visitor.officer, reference, task, settlement)
    click.echo(f"{reference}: {task} is {found.state.value.replace('_', ' ')}.")


@click.command()
@click.argument("reference")
@click.option("--add", "name", help="Somebody who received the data earlier.")
@click.option("--number", type=int, help="The recipient, by the number that --add gave.")
@click.option("--told", "how", help="How this recipient was told.")
@click.option("--on", "told_on", type=DAY, help="When.  [default: today]")
@click.option("--why-not", help="Why this recipient is not told: impossible, out of proportion.")
@officer_option
@click.pass_context
def recipient(
    ctx: click.Context,
    reference: str,
    name: str | None,
    number: int | None,
    how: str | None,
    told_on: datetime | None,
    why_not: str | None,
    officer: str,
    board: str | None,
) -> None:
    """
    List who received the data, and record that each was told, or why not.

    \b
    Examples:
      mailbot case recipient SIPOR-2026-000123-Q --add "Gemeente" --officer fg@sipor.nl
      mailbot case recipient SIPOR-2026-000123-Q --number 7 --told "by letter" --officer …
    """
    visitor = sign_in(ctx, board, officer, None)
    desk, who = visitor.desk, visitor.officer
    if name is not None:
        added = tasks.list_recipient(desk, who, reference, name)
        click.echo(f"{reference}: recipient {added} is on the list.")
        return
    if number is None or (how is None) == (why_not is None):
        raise ActRefused("give --add NAME, or --number N with --told HOW or --why-not REASON")
    if why_not is not None:
        tasks.not_told(desk, who, reference, number, why_not)
    elif how is not None:
        zone = desk.clockwork.profile.zone
        day = told_on.date() if told_on else local_day(desk.clock(), zone)
        tasks.tell_recipient(desk, who, reference, number, told_on=day, how=how)
    click.echo(f"{reference}: recipient {number} is on record.")


COMMANDS = (task_, recipient)
