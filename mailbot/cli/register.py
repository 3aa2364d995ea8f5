"""`mailbot register`: the breach register; every command signs the officer in."""

from pathlib import Path

import click
from rich.console import Console

from mailbot.adapters.exports_csv import register_csv
from mailbot.adapters.exports_pdf import ExportHead, register_pdf
from mailbot.cli.door import Visitor, officer_option, sign_in
from mailbot.cli.register_acts import parents, report
from mailbot.cli.register_pages import (
    as_json,
    entries_table,
    entry_pages,
    fields_table,
    missing_table,
    named,
)
from mailbot.domain.register_checks import lacking
from mailbot.domain.register_values import read_instant, read_value
from mailbot.work.register import BreachRegister


@click.group()
def register() -> None:
    """
    Keep the breach register: every incident, reported or not (GDPR 33(5)).

    Nothing in it is removed or overwritten: each change is a new version with
    its officer and moment. The FG keeps it and advises, the board decides, a
    handler fills in facts. Instants carry their zone: 2026-03-27T16:00+01:00.

    \b
    The way of a breach:
      mailbot register missing                        which cases have no entry yet
      mailbot register aware REF INSTANT --reason …   the 72 hours begin
      mailbot register set REF facts="…" risk=high    as it becomes known
      mailbot register report REF --decide yes --reason …       the board decides
      mailbot register report REF --notified INSTANT --number … the AP was told
      mailbot register parents REF --decide tell --reason …     the board decides
      mailbot register export --pdf breach.pdf --reference REF

    Every command asks for --officer (or MAILBOT_OFFICER) and the password.
    """


register.add_command(report)
register.add_command(parents)


@register.command("list")
@click.option("--year", type=int, help="Only incidents heard of in this year.")
@officer_option
@click.pass_context
def list_(ctx: click.Context, year: int | None, officer: str, board: str | None) -> None:
    """List the entries; lists show no text of an entry."""
    visitor = sign_in(ctx, board, officer, None)
    found = BreachRegister(visitor.desk).entries(visitor.officer, year)
    if not found:
        click.echo("The register holds no entry.")
        return
    Console().print(entries_table(found, visitor.desk.clockwork.profile.zone))


@register.command()
@officer_option
@click.pass_context
def missing(ctx: click.Context, officer: str, board: str | None) -> None:
    """List the breach cases without an entry; exit code 1 when there are any."""
    visitor = sign_in(ctx, board, officer, None)
    found = BreachRegister(visitor.desk).missing(visitor.officer)
    if not found:
        click.echo("Every breach case stands in the register.")
        return
    Console().print(missing_table(found, visitor.desk.clockwork.profile.zone))
    ctx.exit(1)


@register.command()
def fields() -> None:
    """List the fields that `set` knows: their form, their words, who may set them."""
    Console().print(fields_table())


@register.command()
@click.argument("reference")
@click.option("--json", "as_object", is_flag=True, help="One JSON object, with every version.")
@officer_option
@click.pass_context
def show(
    ctx: click.Context, reference: str, officer: str, board: str | None, *, as_object: bool
) -> None:
    """Show one entry with its whole history, and what it still lacks."""
    visitor = sign_in(ctx, board, officer, None)
    history = BreachRegister(visitor.desk).history(visitor.officer, reference)
    if as_object:
        click.echo(as_json(history))
        return
    Console().print(entry_pages(history, visitor.desk.clockwork.profile.zone))


@register.command("open")
@click.argument("reference", required=False)
@click.option("--received", metavar="INSTANT", help="Without a case: when you heard of it.")
@click.option("--summary", default="", help="A few words; no names.")
@officer_option
@click.pass_context
def open_(
    ctx: click.Context,
    reference: str | None,
    received: str | None,
    summary: str,
    officer: str,
    board: str | None,
) -> None:
    """
    Open an entry for a breach case, or for an incident without one.

    \b
    Examples:
      mailbot register open SIPOR-2026-000123-K
      mailbot register open --received 2026-03-27T16:00+01:00 --summary "Usb-stick kwijt"
    """
    if reference is not None and received is not None:
        raise click.UsageError("a case has its own receipt; leave --received out")
    heard = read_instant("--received", received) if received else None
    visitor = sign_in(ctx, board, officer, None)
    opened = BreachRegister(visitor.desk).open(visitor.officer, reference, heard, summary)
    click.echo(f"{opened.reference} stands in the register.")


@register.command("set")
@click.argument("reference")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE…")
@click.option("--dry", is_flag=True, help="Read the values, and write nothing.")
@officer_option
@click.pass_context
def set_(
    ctx: click.Context,
    reference: str,
    values: tuple[str, ...],
    officer: str,
    board: str | None,
    *,
    dry: bool,
) -> None:
    """
    Set fields of an entry; `mailbot register fields` lists them.

    Words are parted by commas, free texts by semicolons. FIELD= clears a
    field, FIELD=@FILE reads a longer text; the versions before stay.

    \b
    Example:
      mailbot register set SIPOR-2026-000123-K incident=wrong_recipient \\
          data_kinds=name_and_address,bsn people_most=24 minors=ja facts=@facts.txt
    """
    visitor = sign_in(ctx, board, officer, None)
    given = dict(_value(one) for one in values)
    if dry:
        click.echo(f"Would set {', '.join(map(named, given))}.")
        return
    version = BreachRegister(visitor.desk).fill(visitor.officer, reference, given)
    click.echo(f"{reference} is now at version {version.number}.")
    if lacks := lacking(version.as_it_stands):
        click.echo(f"It still lacks {', '.join(map(named, lacks))}.")


@register.command()
@click.argument("reference")
@click.argument("instant")
@click.option("--reason", required=True, help="Why this moment; kept with the record.")
@officer_option
@click.pass_context
def aware(
    ctx: click.Context,
    reference: str,
    instant: str,
    reason: str,
    officer: str,
    board: str | None,
) -> None:
    """
    Record since when the school has been aware: the 72 hours run from there.

    Only a person says so. Recording again replaces the moment and keeps every
    earlier record. An entry that is not there yet is opened.

    \b
    Example:
      mailbot register aware SIPOR-2026-000123-K 2026-03-27T16:00+01:00 \\
          --reason "De leerkracht belde de directeur om vier uur"
    """
    moment = read_instant("INSTANT", instant)
    visitor = sign_in(ctx, board, officer, None)
    BreachRegister(visitor.desk).aware(visitor.officer, reference, moment, reason)
    click.echo(f"Recorded in {reference}: notify the AP {_due(visitor, reference)}.")


@register.command()
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--pdf", "pdf_file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reference", help="Only this entry.")
@click.option("--year", type=int, help="Only incidents heard of in this year.")
@officer_option
@click.pass_context
def export(
    ctx: click.Context,
    csv_file: Path | None,
    pdf_file: Path | None,
    reference: str | None,
    year: int | None,
    officer: str,
    board: str | None,
) -> None:
    """
    Write the register to a CSV file, a PDF in the order of the AP's form, or both.

    That you did so is written in the history. A file that exists is not
    overwritten; what you write can be read by you alone (mode 600).
    """
    if csv_file is None and pdf_file is None:
        raise click.UsageError("name a file: --csv FILE, --pdf FILE, or both")
    if reference is not None and year is not None:
        raise click.UsageError("choose --reference or --year")
    for file in (csv_file, pdf_file):
        if file is not None and file.exists():
            raise click.UsageError(f"{file} exists already; choose another name")
    visitor = sign_in(ctx, board, officer, None)
    histories = BreachRegister(visitor.desk).export(visitor.officer, reference, year)
    profile = visitor.desk.clockwork.profile
    if csv_file is not None:
        _write(csv_file, register_csv([one[-1] for one in histories], profile.zone))
    if pdf_file is not None:
        head = ExportHead(
            profile.full_name or profile.name,
            f"{profile.fg.name or 'FG'}, {profile.fg.address}",
            visitor.officer.name,
            visitor.desk.clock(),
            profile.zone,
        )
        _write(pdf_file, register_pdf(histories, head))
    click.echo(f"Exported: {len(histories)}; the history says that you did.")


def _value(one: str) -> tuple[str, object]:
    name, equals, text = one.partition("=")
    if not equals:
        raise click.UsageError(f"write {one} as FIELD=VALUE")
    if text.startswith("@"):
        try:
            text = Path(text[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise click.UsageError(f"{name}: {text[1:]} cannot be read as UTF-8 text") from fault
    return name, read_value(name, text)


def _due(visitor: Visitor, reference: str) -> str:
    """Say until when the AP can be told in time."""
    version = BreachRegister(visitor.desk).history(visitor.officer, reference)[-1]
    assert version.entry.aware_at is not None
    clockwork = visitor.desk.clockwork
    if version.entry.settled:
        return "is done or decided already"
    due = clockwork.due_at(version.entry.aware_at).astimezone(clockwork.profile.zone)
    return f"by {due:%a %d-%m-%Y %H:%M}"


def _write(file: Path, content: bytes) -> None:
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(content)
