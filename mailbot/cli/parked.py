"""`mailbot parked`: the mails that belong to no case; a person looks before anything goes."""

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mailbot import app
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.domain.decision import Officer
from mailbot.domain.kinds import Kind
from mailbot.domain.masking import mask_bsn
from mailbot.work.handling.conversation import file_mail, guessed
from mailbot.work.handling.from_mail import open_from_mail
from mailbot.work.parked import Parked


@click.group()
def parked() -> None:
    """
    Look at the mails that belong to no case, or that wait for a person.

    No mail is ever erased unseen: the term of a parked mail begins on the day
    somebody says `looked`.

    \b
    Examples:
      mailbot parked list --officer fg@sipor.nl
      mailbot parked show 12 --officer fg@sipor.nl
      mailbot parked open 12 access --acknowledge --officer fg@sipor.nl
      mailbot parked file 12 SIPOR-2026-000123-Q --officer fg@sipor.nl
      mailbot parked looked 12 13 14 --officer fg@sipor.nl
    """


def _door(ctx: click.Context, board: str | None, officer: str) -> tuple[Parked, Officer]:
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    return app.parked(settings, board_of(settings, board), visitor.desk.clock), visitor.officer


@parked.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those somebody looked at.")
@officer_option
@click.pass_context
def list_(ctx: click.Context, officer: str, board: str | None, *, everything: bool) -> None:
    """List them by number, oldest first; no sender and no subject."""
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    acts = app.parked(settings, board_of(settings, board), visitor.desk.clock)
    table = Table("no.", "received", "what", "why", "perhaps of", "language", "bytes", "looked at")
    mails = acts.list(visitor.officer, unseen_only=not everything)
    guesses = guessed(visitor.desk, visitor.officer, [mail.id for mail in mails])
    for mail in mails:
        table.add_row(
            str(mail.id),
            f"{mail.received:%d-%m-%Y %H:%M}Z",
            mail.outcome,
            escape(mail.reason),
            escape(" · ".join(guesses.get(mail.id, ()))),
            mail.language,
            str(mail.size),
            f"{mail.looked:%d-%m-%Y}" if mail.looked else "",
        )
    Console().print(table if table.row_count else "Nobody needs to look at anything.")


@parked.command()
@click.argument("number", type=int)
@officer_option
@click.pass_context
def show(ctx: click.Context, number: int, officer: str, board: str | None) -> None:
    """Show one mail: sender, subject, text, names of attachments; BSNs are masked."""
    acts, person = _door(ctx, board, officer)
    mail = acts.show(person, number)
    if mail is None:
        raise click.ClickException(f"mail {number} is not parked; see `mailbot parked list`")
    attachments = [f"attachment  {one.filename}" for one in mail.attachments]
    head = [
        f"from        {mail.sender.address if mail.sender else '?'}",
        f"subject     {mail.subject}",
    ]
    lines = [*head, *attachments, "", mail.new_text, mail.quoted_text]
    click.echo(without_controls(mask_bsn("\n".join(lines))).rstrip())


@parked.command("open")
@click.argument("number", type=int)
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--acknowledge", is_flag=True, help="Send the acknowledgement of this kind too.")
@officer_option
@click.pass_context
def open_(
    ctx: click.Context,
    number: int,
    kind: str,
    officer: str,
    board: str | None,
    *,
    acknowledge: bool,
) -> None:
    """Open a case for a mail the machine took for something else; its clock runs from receipt."""
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    read = app.reader(settings, board_of(settings, board))
    case = open_from_mail(
        visitor.desk, visitor.officer, number, Kind(kind), read=read, tell=acknowledge
    )
    click.echo(f"{case.reference} is open; due {case.dates.due or 'without a fixed date'}.")


@parked.command("file")
@click.argument("number", type=int)
@click.argument("reference")
@officer_option
@click.pass_context
def file_(ctx: click.Context, number: int, reference: str, officer: str, board: str | None) -> None:
    """Put a mail in the case it belongs to; its facts then stand there as suggested."""
    visitor = sign_in(ctx, board, officer, None)
    case = file_mail(visitor.desk, visitor.officer, number, reference)
    click.echo(f"Mail {number} lies in {case.reference}.")


@parked.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@officer_option
@click.pass_context
def looked(ctx: click.Context, numbers: tuple[int, ...], officer: str, board: str | None) -> None:
    """Say that you looked at these mails and that they need no case."""
    acts, person = _door(ctx, board, officer)
    done = acts.looked(person, numbers)
    click.echo(f"Looked at: {', '.join(map(str, done)) or 'none'}.")
    if missing := sorted(set(numbers) - set(done)):
        raise click.ClickException(f"not parked: {', '.join(map(str, missing))}")


def without_controls(text: str) -> str:
    """Keep a mail from steering the terminal it is shown on."""
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in text)
