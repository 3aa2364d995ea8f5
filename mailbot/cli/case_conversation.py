"""`mailbot case reopen`, `language`: what people do about a running conversation."""

import click

from mailbot.cli.door import officer_option, sign_in
from mailbot.work.handling import conversation


@click.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why; kept with the case.")
@officer_option
@click.pass_context
def reopen(
    ctx: click.Context, reference: str, reason: str, officer: str, board: str | None
) -> None:
    """
    Take a closed case in hand again, for instance after a reply.

    Its decision and its dates stay; set another date with `mailbot case deadline`.
    """
    visitor = sign_in(ctx, board, officer, None)
    case = conversation.reopen(visitor.desk, visitor.officer, reference, reason)
    click.echo(f"{reference} is in handling again; due {case.dates.due or 'without a fixed date'}.")


@click.command()
@click.argument("reference")
@click.argument("language")
@officer_option
@click.pass_context
def language(
    ctx: click.Context, reference: str, language: str, officer: str, board: str | None
) -> None:
    """Set the language of the letters of a case (nl, en, tr, ar); Dutch stands below it."""
    visitor = sign_in(ctx, board, officer, None)
    case = conversation.set_language(visitor.desk, visitor.officer, reference, language)
    click.echo(f"{reference}: letters are written in {case.language} from now on.")


COMMANDS = (reopen, language)
