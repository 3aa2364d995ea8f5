"""`mailbot case address`, `trace`, `sender`: who belongs to a case, as people verified it."""

from datetime import date, datetime

import click

from mailbot import app
from mailbot.cli.case_dates import read_moment
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.domain.mail import Address
from mailbot.work.handling import forwards
from mailbot.work.handling.addresses import Use, set_address


@click.command()
@click.argument("reference")
@click.argument("address")
@click.option("--how", required=True, help="How you verified that it is the requester's.")
@click.option("--instead", is_flag=True, help="Letters go there from now on.")
@officer_option
@click.pass_context
def address(
    ctx: click.Context,
    reference: str,
    address: str,
    how: str,
    officer: str,
    board: str | None,
    *,
    instead: bool,
) -> None:
    """
    Let another mail address count as the requester's, once you verified it.

    A mail that says "this is my new address" proves nothing: call back on a
    number the school has, or ask at the school. Until you have, letters go
    to the old address. Under a safety flag no address is added.

    \b
    Example:
      mailbot case address SIPOR-2026-000123-Q m.visser@werk.test --instead \\
          --how "called back on the number in our files" --officer fg@sipor.nl
    """
    visitor = sign_in(ctx, board, officer, None)
    use = Use.INSTEAD if instead else Use.ALSO
    set_address(visitor.desk, visitor.officer, reference, address, how, use=use)
    where = "letters go there from now on" if instead else "letters keep going to the former one"
    click.echo(f"{reference}: the address counts as the requester's; {where}.")


@click.command()
@click.argument("reference")
@officer_option
@click.pass_context
def trace(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """
    Show who wrote the mail a colleague sent on, and when, as far as it says.

    It is what the forwarded mail claims. Look at the mail, ask the colleague
    when they got it, and then confirm with `mailbot case sender`.
    """
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    read = app.reader(settings, board_of(settings, board))
    found = forwards.trace(visitor.desk, visitor.officer, reference, read)
    if found is None:
        click.echo(
            f"{reference}: no colleague sent on the mail that opened it, or it says nothing."
        )
        return
    who = found.sender
    click.echo(f"from      {f'{who.name} <{who.address}>'.strip() if who else 'not named'}")
    click.echo(f"sent      {_moment(found.sent) or 'not named'}")
    click.echo(f"found in  {'the attached mail' if found.attached else 'the quoted text'}")


@click.command()
@click.argument("reference")
@click.argument("address")
@click.option("--name", default="", help="The name of whoever asked.")
@click.option("--received", required=True, metavar="DATE|INSTANT", help="When the school had it.")
@click.option("--reason", required=True, help="How you know; it stands with the date.")
@click.option("--acknowledge", is_flag=True, help="Send the acknowledgement to them now.")
@officer_option
@click.pass_context
def sender(
    ctx: click.Context,
    reference: str,
    address: str,
    name: str,
    received: str,
    reason: str,
    officer: str,
    board: str | None,
    *,
    acknowledge: bool,
) -> None:
    """
    Confirm who asked, and since when, where a colleague sent the mail on.

    The term runs from the day any of us first had it, so the due date moves
    forward. Nobody was written to before; with --acknowledge they are now.

    \b
    Example:
      mailbot case sender SIPOR-2026-000123-Q m.visser@visser.test --name "M. Visser" \\
          --received 2026-10-28 --reason "the director got it that day" \\
          --acknowledge --officer fg@sipor.nl
    """
    visitor = sign_in(ctx, board, officer, None)
    origin = forwards.Origin(Address(name, address), read_moment(received), reason)
    case = forwards.confirm_sender(
        visitor.desk, visitor.officer, reference, origin, tell=acknowledge
    )
    click.echo(f"{reference}: due {case.dates.due or 'without a fixed date'}.")


def _moment(sent: datetime | date | None) -> str:
    if isinstance(sent, datetime):
        return f"{sent:%Y-%m-%d %H:%M}"
    return f"{sent:%Y-%m-%d}" if sent else ""


COMMANDS = (address, trace, sender)
