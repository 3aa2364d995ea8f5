"""`mailbot case export`: a whole case as a ZIP."""

from pathlib import Path

import click

from mailbot.adapters.exports_case import case_zip
from mailbot.cli.door import officer_option, sign_in
from mailbot.work.handling.handover import hand_over


@click.command()
@click.argument("reference")
@click.option(
    "--to", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The ZIP."
)
@click.option("--reason", required=True, help="For whom and why; kept with the case.")
@officer_option
@click.pass_context
def export(
    ctx: click.Context, reference: str, file: Path, reason: str, officer: str, board: str | None
) -> None:
    """
    Write a whole case to a ZIP (FG, board): mails, letters, events, a summary.

    For the parent's own request, or for the court. Copies of identity documents
    and internal notes are left out; in the mails citizen service numbers stand
    as they were written. A file that exists is not overwritten; what you write
    can be read by you alone (mode 600).

    \b
    Example:
      mailbot case export SIPOR-2026-000123-Q --to dossier.zip \\
          --reason "Verzoek van de ouder om het dossier" --officer fg@sipor.nl
    """
    if file.exists():
        raise click.UsageError(f"{file} exists already; choose another name")
    visitor = sign_in(ctx, board, officer, None)
    handover = hand_over(visitor.desk, visitor.officer, reference, reason)
    profile = visitor.desk.clockwork.profile
    content = case_zip(handover, profile.full_name or profile.name, profile.zone)
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(content)
    click.echo(
        f"Written: {len(handover.mails)} mails, {len(handover.letters)} letters. "
        "Read it before you give it to anybody."
    )
    for number in handover.unreadable:
        click.echo(f"Mind: mail {number} cannot be read any more.", err=True)


COMMANDS = (export,)
