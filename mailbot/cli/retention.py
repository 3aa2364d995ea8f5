"""`mailbot retention`: what may be erased, erasing it, legal holds, and the log."""

from collections.abc import Sequence

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from mailbot import app
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.domain.decision import Officer
from mailbot.domain.retention import RULE, Item, Plan
from mailbot.work.retention import Outcome
from mailbot.work.retention_acts import RetentionActs


@click.group()
def retention() -> None:
    """
    See and erase what is past its term (reglement 6.5); hold what must stay.

    Nothing here shows a name. The robot does the same by itself for what has
    stood in the plan for the days of the profile (seven, unless it says other);
    `run` is for who does not want to wait.

    \b
    Examples:
      mailbot retention plan --officer beheer@sipor.nl
      mailbot retention run 20281102-3fa9c1d2 --officer beheer@sipor.nl
      mailbot retention hold SIPOR-2026-000123-Q --reason "…" --officer fg@sipor.nl

    \b
    Exit codes of `run`:
      0  everything in the plan is erased, or nothing was due
      1  the plan is another one by now, or something had to be postponed
    """


def _door(ctx: click.Context, board: str | None, officer: str) -> tuple[RetentionActs, Officer]:
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    return app.retention(settings, board_of(settings, board), visitor.desk.clock), visitor.officer


@retention.command()
@officer_option
@click.pass_context
def plan(ctx: click.Context, officer: str, board: str | None) -> None:
    """Show what may go today, by category and reference; changes nothing."""
    acts, person = _door(ctx, board, officer)
    _print_plan(acts.plan(person))


@retention.command()
@click.argument("code", required=False)
@click.option("--yes", is_flag=True, help="Print today's plan and run it without asking for it.")
@officer_option
@click.pass_context
def run(
    ctx: click.Context, code: str | None, officer: str, board: str | None, *, yes: bool
) -> None:
    """
    Erase what stands in the plan CODE, on the mail server and here.

    `plan` prints the code. If anything changed since, nothing is done.
    """
    acts, person = _door(ctx, board, officer)
    today = acts.plan(person)
    if yes:
        _print_plan(today)
        code = today.code
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("erasing", total=len(today.due))
        outcome = acts.run(person, code, lambda _: progress.advance(bar))
    _print_outcome(outcome)
    if outcome.postponed:
        ctx.exit(1)


@retention.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why it must stay; goes when the file goes.")
@officer_option
@click.pass_context
def hold(ctx: click.Context, reference: str, reason: str, officer: str, board: str | None) -> None:
    """Keep a file whatever its term: a reference, or a mail as in the plan ("mail 12")."""
    acts, person = _door(ctx, board, officer)
    acts.hold(person, reference, reason)
    click.echo(f"{reference} stays until the hold is released.")


@retention.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why it need not stay any more.")
@officer_option
@click.pass_context
def release(
    ctx: click.Context, reference: str, reason: str, officer: str, board: str | None
) -> None:
    """End a hold; the file stands visible in the plan again before it goes."""
    acts, person = _door(ctx, board, officer)
    acts.release(person, reference, reason)
    click.echo(f"{reference} is held no more.")


@retention.command()
@click.argument("reference")
@officer_option
@click.pass_context
def holds(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """Show every hold and release of one file, with its reasons."""
    acts, person = _door(ctx, board, officer)
    for act in acts.history(person, reference):
        word = "hold" if act.held else "release"
        click.echo(f"{act.at:%d-%m-%Y %H:%M}Z  {word:<7}  {act.by}  {act.reason or '(erased)'}")


@retention.command()
@click.argument("reference")
@officer_option
@click.pass_context
def destroyed(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """Say that the school's own copy of what was handed out is destroyed."""
    acts, person = _door(ctx, board, officer)
    acts.destroyed(person, reference)
    click.echo(f"Noted: the copy of {reference} is destroyed.")


@retention.command()
@officer_option
@click.pass_context
def log(ctx: click.Context, officer: str, board: str | None) -> None:
    """Show what was erased when and by whom, newest first; no content."""
    acts, person = _door(ctx, board, officer)
    table = Table("at", "what", "reference", "kept until", "mails", "mail server", "by", "plan")
    for one in acts.log(person):
        table.add_row(
            f"{one.at:%d-%m-%Y %H:%M}Z",
            one.category,
            one.subject,
            f"{one.kept_until:%d-%m-%Y}",
            str(one.mails),
            one.server,
            one.by or "the robot",
            one.plan,
        )
    Console().print(table if table.row_count else "Nothing was ever erased.")


def _print_plan(plan: Plan) -> None:
    if plan.due:
        click.echo(f"Plan {plan.code}")
        for category, count in plan.counts().items():
            click.echo(f"{count:>6}  {category:<16} {RULE[category].what}")
        _print_items(plan.due)
    else:
        click.echo(f"Plan {plan.code}: nothing is past its term today.")
    for title, items in (
        ("Stays, by a legal hold:", plan.held),
        ("For a person to destroy; then `mailbot retention destroyed REFERENCE`:", plan.by_hand),
    ):
        if items:
            click.echo(title)
            _print_items(items)


def _print_items(items: Sequence[Item]) -> None:
    for item in items:
        click.echo(f"        {item.subject:<24} {item.category:<16} kept until {item.kept_until}")


def _print_outcome(outcome: Outcome) -> None:
    click.echo(f"{outcome.erased} files erased, with {outcome.mails} mails.")
    if not outcome.wiped:
        click.echo("The database was busy; the next run wipes what is left of them.", err=True)
    if outcome.postponed:
        click.echo("Postponed, for their mail server was away or kept a copy:", err=True)
        for subject in outcome.postponed:
            click.echo(f"  {subject}", err=True)
