"""`mailbot case merge`, `unmerge`, `split`, `link`, `unlink`, `move`: cases that are one, or are not."""

import click

from mailbot import app
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.domain.kinds import Kind
from mailbot.work.handling import linking, merging, moving


@click.command()
@click.argument("reference")
@click.argument("into")
@click.option("--reason", required=True, help="How you know that they are one matter.")
@officer_option
@click.pass_context
def merge(
    ctx: click.Context, reference: str, into: str, reason: str, officer: str, board: str | None
) -> None:
    """
    Let a duplicate (REFERENCE) go on in another case (INTO).

    The duplicate leaves the queue and nobody is reminded of it; nothing of it
    is decided or closed. Its mails and letters are shown with the other case,
    and new mail in its thread lands there. The earliest receipt counts, so
    the due date of INTO may move forward; `case show` says why.

    \b
    Two people who ask the same are two cases: use `mailbot case link`.
    Undo it at any time: mailbot case unmerge REFERENCE --reason "…"

    \b
    Example:
      mailbot case merge SIPOR-2026-000124-B SIPOR-2026-000123-Q \\
          --reason "same mother, same request, sent twice" --officer fg@sipor.nl
    """
    visitor = sign_in(ctx, board, officer, None)
    found = merging.merge(visitor.desk, visitor.officer, reference, into, reason)
    click.echo(f"{reference} goes on in {into}; due {_due(found)}.")


@click.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why they are two matters after all.")
@officer_option
@click.pass_context
def unmerge(
    ctx: click.Context, reference: str, reason: str, officer: str, board: str | None
) -> None:
    """
    Let a merged case stand in the queue again, under its own dates.

    Its clock never stopped: it may be overdue, and is due when it always was.
    The other case gets its own receipt back, unless somebody corrected it.
    """
    visitor = sign_in(ctx, board, officer, None)
    found = merging.unmerge(visitor.desk, visitor.officer, reference, reason)
    click.echo(f"{reference} stands alone again; {found.case.reference} is due {_due(found)}.")


@click.command()
@click.argument("reference")
@click.option("--mail", "mails", type=int, multiple=True, required=True, help="No. of a mail.")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in Kind]))
@click.option("--reason", required=True, help="Why these mails are another request.")
@click.option("--acknowledge", is_flag=True, help="Send the acknowledgement of this kind.")
@officer_option
@click.pass_context
def split(
    ctx: click.Context,
    reference: str,
    mails: tuple[int, ...],
    kind: str,
    reason: str,
    officer: str,
    board: str | None,
    *,
    acknowledge: bool,
) -> None:
    """
    Give some mails of a case a case of their own.

    For a second request that was filed with the first, or a second parent
    who wrote in the thread of the first: whoever sent the mail becomes the
    requester of the new case and sees nothing of the old one. Its clock runs
    from the day the first of these mails was received. Both cases are linked.

    \b
    Example:
      mailbot case split SIPOR-2026-000123-Q --mail 17 --kind access \\
          --reason "the father asks for himself" --acknowledge --officer fg@sipor.nl
    """
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    read = app.reader(settings, board_of(settings, board))
    case = moving.split(
        visitor.desk,
        visitor.officer,
        reference,
        mails,
        kind=Kind(kind),
        reason=reason,
        read=read,
        tell=acknowledge,
    )
    click.echo(f"{case.reference} is open; due {case.dates.due or 'without a fixed date'}.")


@click.command()
@click.argument("reference")
@click.argument("other")
@officer_option
@click.pass_context
def link(ctx: click.Context, reference: str, other: str, officer: str, board: str | None) -> None:
    """
    Say that two cases belong together; each keeps its clock and its requester.

    A safety flag on one of them then protects the other too, and whoever is
    kept away from the one is kept away from the other.
    """
    visitor = sign_in(ctx, board, officer, None)
    linking.link(visitor.desk, visitor.officer, reference, other)
    click.echo(f"{reference} and {other} are linked.")


@click.command()
@click.argument("reference")
@officer_option
@click.pass_context
def unlink(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """Take a case out of those it is linked to; what protected it stays on it."""
    visitor = sign_in(ctx, board, officer, None)
    linking.unlink(visitor.desk, visitor.officer, reference)
    click.echo(f"{reference} is linked to no other case.")


@click.command()
@click.argument("mail", type=int)
@click.option("--to", metavar="REFERENCE", help="The case it belongs to.")
@click.option("--parked", is_flag=True, help="It belongs to no case: put it among the parked.")
@click.option("--reason", required=True, help="How you know.")
@officer_option
@click.pass_context
def move(
    ctx: click.Context,
    mail: int,
    to: str | None,
    reason: str,
    officer: str,
    board: str | None,
    *,
    parked: bool,
) -> None:
    """
    Move a mail to the case it belongs to, or out of its case.

    MAIL is its number in `mailbot case show`. No clock moves. The mail that
    opened a case stays in it: split the others off, or merge the case.

    \b
    Examples:
      mailbot case move 17 --to SIPOR-2026-000123-Q --reason "…" --officer fg@sipor.nl
      mailbot case move 17 --parked --reason "…" --officer fg@sipor.nl
    """
    if parked == (to is not None):
        raise click.UsageError("say either --to REFERENCE or --parked")
    visitor = sign_in(ctx, board, officer, None)
    case = moving.move(visitor.desk, visitor.officer, mail, to, reason)
    where = f"lies in {case.reference}" if case else "waits among the parked: mailbot parked list"
    click.echo(f"Mail {mail} {where}.")


def _due(found: merging.Merged) -> str:
    due = found.case.dates.due or "without a fixed date"
    return f"{due}, which was {found.former_due}" if found.clock_moved else str(due)


COMMANDS = (merge, unmerge, split, link, unlink, move)
