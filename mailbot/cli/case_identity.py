"""`mailbot case identity` and its neighbours: who asks, what they mean, and a bare receipt."""

import click

from mailbot.cli.door import officer_option, sign_in
from mailbot.domain.identity import How
from mailbot.work.handling import identity, third_party


@click.command("identity")
@click.argument("reference")
@click.option("--how", required=True, type=click.Choice([how.value for how in How]))
@click.option("--note", default="", help="In a few words; never a document's number.")
@officer_option
@click.pass_context
def identity_(
    ctx: click.Context, reference: str, how: str, note: str, officer: str, board: str | None
) -> None:
    """
    Record that you established who asks: how; when and by whom are written down.

    The school may look at a document and never keeps a copy (reglement 8.2.2).
    """
    visitor = sign_in(ctx, board, officer, None)
    identity.establish(visitor.desk, visitor.officer, reference, How(how), note)
    click.echo(f"{reference}: identity established ({how}).")


@click.command("ask-identity")
@click.argument("reference")
@officer_option
@click.pass_context
def ask_identity(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """Write to the requester to ask who they are; the clock runs on."""
    visitor = sign_in(ctx, board, officer, None)
    identity.ask_identity(visitor.desk, visitor.officer, reference)
    click.echo(f"{reference}: the letter is in the outbox; the due date stays.")


@click.command()
@click.argument("reference")
@click.option("--question", required=True, help="What we need to know; the requester reads it.")
@click.option("--why", required=True, help="Why we ask; the requester reads it.")
@officer_option
@click.pass_context
def ask(
    ctx: click.Context, reference: str, question: str, why: str, officer: str, board: str | None
) -> None:
    """Ask the requester what is meant; "everything" remains a valid request."""
    visitor = sign_in(ctx, board, officer, None)
    identity.ask(visitor.desk, visitor.officer, reference, question, why)
    click.echo(f"{reference}: the letter is in the outbox; the due date stays.")


@click.command()
@click.argument("reference")
@officer_option
@click.pass_context
def answered(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """Record that the requester answered; only the advisory date follows from it."""
    visitor = sign_in(ctx, board, officer, None)
    identity.answered(visitor.desk, visitor.officer, reference)
    click.echo(f"{reference}: answered.")


@click.command("not-identity")
@click.argument("reference")
@click.argument("mail", type=int)
@click.option("--reason", required=True, help="What it is instead.")
@officer_option
@click.pass_context
def not_identity(
    ctx: click.Context, reference: str, mail: int, reason: str, officer: str, board: str | None
) -> None:
    """Stop hiding a mail whose attachment is no identity document, before it is destroyed."""
    visitor = sign_in(ctx, board, officer, None)
    identity.release_copy(visitor.desk, visitor.officer, reference, mail, reason)
    click.echo(f"{reference}: mail {mail} is shown again.")


@click.command("confirm-receipt")
@click.argument("reference")
@officer_option
@click.pass_context
def confirm_receipt(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """Tell a third party that their letter came; it confirms nobody."""
    visitor = sign_in(ctx, board, officer, None)
    third_party.confirm_receipt(visitor.desk, visitor.officer, reference)
    click.echo(f"{reference}: the receipt is in the outbox; it confirms nobody.")


COMMANDS = (identity_, ask_identity, ask, answered, not_identity, confirm_receipt)
