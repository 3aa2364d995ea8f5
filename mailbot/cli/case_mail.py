"""`mailbot case read`: the mails of a case, as text."""

import click

from mailbot import app
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.cli.parked import without_controls
from mailbot.domain.mail import Mail
from mailbot.domain.masking import mask_bsn
from mailbot.work.reading import CaseMails


@click.command("read")
@click.argument("reference")
@click.option("--quoted", is_flag=True, help="Also what was quoted below.")
@officer_option
@click.pass_context
def read_(
    ctx: click.Context, reference: str, officer: str, board: str | None, *, quoted: bool
) -> None:
    """
    Read the mails of a case: text only, citizen service numbers masked.

    That you read them is written down in the history of the case.
    """
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    reader = app.reader(settings, board_of(settings, board))
    zone = visitor.desk.clockwork.profile.zone
    for one in CaseMails(visitor.desk, reader).of(visitor.officer, reference):
        when = f"{one.received.astimezone(zone):%d-%m-%Y %H:%M}"
        click.secho(f"mail {one.number}, received {when}", bold=True)
        click.echo(_shown(one.mail, quoted=quoted) if one.mail else "It cannot be read any more.")
        click.echo()


def _shown(mail: Mail, *, quoted: bool) -> str:
    head = [
        f"from        {mail.sender.address if mail.sender else '?'}",
        f"subject     {mail.subject}",
        *(f"attachment  {file.filename or '(no name)'}" for file in mail.attachments),
        *(f"mind        {warning}" for warning in mail.warnings),
    ]
    below = ["", mail.quoted_text] if quoted and mail.quoted_text else []
    if mail.quoted_text and not quoted:
        below = ["", f"({len(mail.quoted_text.splitlines())} quoted lines; --quoted shows them)"]
    lines = [*head, "", mail.new_text, *below]
    return without_controls(mask_bsn("\n".join(lines))).rstrip()


COMMANDS = (read_,)
