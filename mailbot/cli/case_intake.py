"""`mailbot case new`: a request that came by telephone, by letter or at the desk."""

import click

from mailbot.cli.case_dates import read_moment
from mailbot.cli.door import officer_option, sign_in
from mailbot.domain.asked import Asker
from mailbot.domain.kinds import Kind
from mailbot.work.handling.by_hand import ByOtherWay, Channel, open_by_hand


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--channel", required=True, type=click.Choice([one.value for one in Channel]))
@click.option("--received", required=True, metavar="DATE|INSTANT", help="When it was received.")
@click.option("--reason", required=True, help="How you know when; it stands with the date.")
@click.option("--name", default="", help="Who asked.")
@click.option("--address", help="Where letters may go by mail.")
@click.option("--language", default="nl", show_default=True, help="Of the letters.")
@click.option("--about", default="", help="What was asked; kept as a note.")
@click.option("--role", default="unknown", type=click.Choice([one.value for one in Asker]))
@click.option("--acknowledge", is_flag=True, help="Send the acknowledgement to --address.")
@officer_option
@click.pass_context
def new(
    ctx: click.Context,
    kind: str,
    channel: str,
    received: str,
    reason: str,
    name: str,
    address: str | None,
    language: str,
    about: str,
    role: str,
    officer: str,
    board: str | None,
    *,
    acknowledge: bool,
) -> None:
    """
    Open a case for a request that did not come by mail, with its own date of receipt.

    \b
    Example:
      mailbot case new access --channel phone --received 2026-11-20 \\
          --reason "rang the office on Friday" --name "J. de Vries" --officer fg@sipor.nl
    """
    visitor = sign_in(ctx, board, officer, None)
    request = ByOtherWay(
        kind=Kind(kind),
        channel=Channel(channel),
        received=read_moment(received),
        reason=reason,
        name=name,
        address=address,
        language=language,
        about=about,
        role=Asker(role),
        acknowledge=acknowledge,
    )
    found = open_by_hand(visitor.desk, visitor.officer, request)
    click.echo(f"{found.reference} is open; due {found.dates.due or 'without a fixed date'}.")


COMMANDS = (new,)
