"""`mailbot case fact`, `flag`, `exclude`: who asks, what stands out, and who is kept away."""

import click

from mailbot.cli.door import officer_option, sign_in
from mailbot.domain.asked import FACTS
from mailbot.domain.suggestion import Flag
from mailbot.work.handling import standing


@click.command()
@click.argument("reference")
@click.argument("name", type=click.Choice(FACTS))
@click.argument("value")
@officer_option
@click.pass_context
def fact(
    ctx: click.Context, reference: str, name: str, value: str, officer: str, board: str | None
) -> None:
    """Confirm or correct a fact; what the mail suggested stays beside it."""
    visitor = sign_in(ctx, board, officer, None)
    standing.confirm_fact(visitor.desk, visitor.officer, reference, name, value)
    click.echo(f"{reference}: {name} is confirmed.")


@click.command("flag")
@click.argument("reference")
@click.argument("flag", type=click.Choice([flag.value for flag in Flag]))
@click.option("--set/--clear", "present", default=True, help="Raise it or take it down.")
@click.option("--reason", required=True, help="Why; kept with the case.")
@officer_option
@click.pass_context
def flag_(
    ctx: click.Context,
    reference: str,
    flag: str,
    reason: str,
    officer: str,
    board: str | None,
    *,
    present: bool,
) -> None:
    """Set or clear a flag; a safety flag covers every linked case."""
    visitor = sign_in(ctx, board, officer, None)
    now = standing.change_flag(
        visitor.desk, visitor.officer, reference, Flag(flag), reason, present=present
    )
    click.echo(f"{reference}: {', '.join(sorted(now)) or 'no flags'}.")


@click.command()
@click.argument("reference")
@click.argument("address", metavar="ADDRESS")
@click.option("--reason", required=True, help="Why; only those who still see the case read it.")
@click.option("--undo", is_flag=True, help="Let this officer see the case again.")
@officer_option
@click.pass_context
def exclude(
    ctx: click.Context,
    reference: str,
    address: str,
    reason: str,
    officer: str,
    board: str | None,
    *,
    undo: bool,
) -> None:
    """
    Keep an officer away from a case, for instance when the complaint is about them.

    For that officer the case and those linked to it no longer exist; the FG
    can be kept away as well (reglement 8.9.4).
    """
    visitor = sign_in(ctx, board, officer, None)
    act = standing.admit_again if undo else standing.keep_away
    found = act(visitor.desk, visitor.officer, reference, address, reason)
    click.echo(f"{', '.join(found)}: {'shown again' if undo else 'hidden from this officer'}.")


COMMANDS = (fact, flag_, exclude)
