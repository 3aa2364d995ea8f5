"""`mailbot case late`, `told`, `receipt`, `deadline`, `restrict`, `lift`: what people do with dates."""

from datetime import date, datetime

import click

from mailbot.cli.door import officer_option, sign_in
from mailbot.domain.noticed import Announced
from mailbot.work.handling import receipt, restriction, terms

DAY = click.DateTime(["%Y-%m-%d"])
DAY_ONLY = len("2026-12-31")


@click.command()
@click.argument("reference")
@click.argument("new_date", type=DAY)
@click.option("--cause", required=True, help="Why it is late; the requester reads it.")
@officer_option
@click.pass_context
def late(
    ctx: click.Context,
    reference: str,
    new_date: datetime,
    cause: str,
    officer: str,
    board: str | None,
) -> None:
    """Say sorry after the due date, with the cause and a new date; the duty stays."""
    visitor = sign_in(ctx, board, officer, None)
    terms.late_notice(visitor.desk, visitor.officer, reference, new_date.date(), cause)
    click.echo(f"{reference}: the letter is in the outbox; the case stays overdue.")


@click.command()
@click.argument("reference")
@click.option("--on", "told_on", required=True, type=DAY, help="The day they heard of it.")
@click.option("--how", required=True, help="By letter, by telephone, at the desk.")
@officer_option
@click.pass_context
def told(
    ctx: click.Context,
    reference: str,
    told_on: datetime,
    how: str,
    officer: str,
    board: str | None,
) -> None:
    """Record that the requester heard of the latest extension otherwise than by mail."""
    visitor = sign_in(ctx, board, officer, None)
    found = terms.told_by_hand(visitor.desk, visitor.officer, reference, told_on.date(), how)
    in_time = found[-1].announced is Announced.IN_TIME
    click.echo(f"{reference}: {'announced in time' if in_time else 'NOT announced in time'}.")


@click.command("receipt")
@click.argument("reference")
@click.argument("received", metavar="DATE|INSTANT")
@click.option("--reason", required=True, help="How you know; it stands with the date.")
@click.option("--shorten", is_flag=True, help="Let an announced date shrink to the new cap.")
@officer_option
@click.pass_context
def receipt_(
    ctx: click.Context,
    reference: str,
    received: str,
    reason: str,
    officer: str,
    board: str | None,
    *,
    shorten: bool,
) -> None:
    """Correct the day of first receipt, for a mail that a colleague forwarded later."""
    visitor = sign_in(ctx, board, officer, None)
    found = receipt.correct_receipt(
        visitor.desk,
        visitor.officer,
        reference,
        read_moment(received),
        reason,
        shorten=shorten,
    )
    click.echo(f"{reference}: due {found.case.dates.due or 'without a fixed date'}.")
    if found.shorter:
        click.echo(f"Mind: the requester was promised {found.former_due}.", err=True)


@click.command()
@click.argument("reference")
@click.argument("due", type=DAY)
@click.option("--reason", required=True, help="Where the letter says so.")
@officer_option
@click.pass_context
def deadline(
    ctx: click.Context, reference: str, due: datetime, reason: str, officer: str, board: str | None
) -> None:
    """Record the deadline you read in a letter of the AP, a court or a lawyer."""
    visitor = sign_in(ctx, board, officer, None)
    found = terms.set_deadline(visitor.desk, visitor.officer, reference, due.date(), reason)
    click.echo(f"{reference}: due {found.dates.due}.")


@click.command()
@click.argument("reference")
@click.option("--where", default="", help="Where the mark stands in the school's own files.")
@officer_option
@click.pass_context
def restrict(
    ctx: click.Context, reference: str, where: str, officer: str, board: str | None
) -> None:
    """Put the visible mark of a restriction on a case."""
    visitor = sign_in(ctx, board, officer, None)
    restriction.restrict(visitor.desk, visitor.officer, reference, where)
    click.echo(f"{reference}: marked as restricted.")


@click.command()
@click.argument("reference")
@click.argument("lifts_on", type=DAY, required=False)
@click.option("--reason", default="", help="Why the restriction ends; the requester reads it.")
@officer_option
@click.pass_context
def lift(
    ctx: click.Context,
    reference: str,
    lifts_on: datetime | None,
    reason: str,
    officer: str,
    board: str | None,
) -> None:
    """
    End a restriction: with a date, tell the requester first; without, take the mark off.

    The mark comes off only after the mail server took the notice before
    that date (reglement 8.5.4, GDPR 18(3)).
    """
    visitor = sign_in(ctx, board, officer, None)
    if lifts_on is None:
        restriction.lift(visitor.desk, visitor.officer, reference)
        click.echo(f"{reference}: the mark is off.")
        return
    restriction.announce_lifting(visitor.desk, visitor.officer, reference, lifts_on.date(), reason)
    click.echo(f"{reference}: the notice is in the outbox; lift it after {lifts_on:%Y-%m-%d}.")


def read_moment(written: str) -> datetime | date:
    """Read `2026-12-31`, or an instant such as `2026-12-31T09:15+01:00`."""
    try:
        if len(written) == DAY_ONLY:
            return date.fromisoformat(written)
        return datetime.fromisoformat(written)
    except ValueError as error:
        raise click.BadParameter(
            f"{written}: write 2026-12-31 or 2026-12-31T09:15+01:00"
        ) from error


COMMANDS = (late, told, receipt_, deadline, restrict, lift)
