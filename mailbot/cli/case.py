"""`mailbot case`: what an officer does with a case; every command signs the officer in."""

from datetime import datetime

import click

from mailbot.cli import (
    case_company,
    case_conversation,
    case_dates,
    case_export,
    case_identity,
    case_intake,
    case_mail,
    case_merging,
    case_standing,
    case_tasks,
)
from mailbot.cli.case_handling import warn_before_deciding
from mailbot.cli.case_pages import print_story
from mailbot.cli.case_words import letter_words
from mailbot.cli.door import officer_option, sign_in
from mailbot.cli.shown import as_json, print_queue
from mailbot.domain.decision import Outcome
from mailbot.domain.extension_words import CAUTIONS
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import local_day
from mailbot.work.handling.terms import announced_of

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def case() -> None:
    """
    Look at cases, confirm their kind, write notes, extend, decide.

    Each command asks who you are (--officer) and your password, and writes
    down who did what.

    \b
    Examples:
      mailbot case list --officer fg@sipor.nl
      mailbot case confirm SIPOR-2026-000123-Q access --officer fg@sipor.nl
      mailbot case extend SIPOR-2026-000123-Q 2026-12-18 --reason "…" --officer fg@sipor.nl
      mailbot case decide SIPOR-2026-000123-Q granted --grounds "…" --done "…" \\
          --where "…" --officer bestuur@sipor.nl
    """


@case.command("list")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line.")
@officer_option
@click.pass_context
def list_(ctx: click.Context, officer: str, board: str | None, *, as_lines: bool) -> None:
    """List the open cases, first due first."""
    visitor = sign_in(ctx, board, officer, None)
    cases = list(visitor.desk.queue(visitor.officer))
    now = visitor.desk.clock()
    if as_lines:
        with visitor.desk.books.opened() as books:
            announced = announced_of(visitor.desk, books, cases)
        for one in cases:
            click.echo(as_json(one, now, announced=announced[one.id]))
        return
    print_queue(cases, now, visitor.desk.clockwork.profile.zone)


@case.command()
@click.argument("reference")
@officer_option
@click.pass_context
def show(ctx: click.Context, reference: str, officer: str, board: str | None) -> None:
    """Show everything in the file of a case, with a reason for every date."""
    visitor = sign_in(ctx, board, officer, None)
    print_story(visitor, reference)


@case.command()
@click.argument("reference")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@officer_option
@click.pass_context
def confirm(ctx: click.Context, reference: str, kind: str, officer: str, board: str | None) -> None:
    """Confirm or correct the kind of a case; its dates follow the kind."""
    visitor = sign_in(ctx, board, officer, None)
    found = visitor.desk.confirm(visitor.officer, reference, Kind(kind))
    click.echo(f"{found.reference} is {kind}; due {found.dates.due or 'without a fixed date'}.")


@case.command()
@click.argument("reference")
@click.argument("text")
@officer_option
@click.pass_context
def note(ctx: click.Context, reference: str, text: str, officer: str, board: str | None) -> None:
    """Write a note for colleagues; it never leaves the house."""
    visitor = sign_in(ctx, board, officer, None)
    visitor.desk.note(visitor.officer, reference, text)
    click.echo(f"Noted in {reference}.")


@case.command()
@click.argument("reference")
@click.argument("until", type=DAY)
@click.option("--reason", required=True, help="Why more time is needed; the requester reads it.")
@officer_option
@click.pass_context
def extend(
    ctx: click.Context,
    reference: str,
    until: datetime,
    reason: str,
    officer: str,
    board: str | None,
) -> None:
    """
    Extend a case to a date; the notice then leaves by itself.

    Twelve weeks from receipt is the most (reglement 8.9.2b), and the mail
    server must have taken the notice before the present due date ends.
    """
    visitor = sign_in(ctx, board, officer, None)
    found, cautions = visitor.desk.extend(visitor.officer, reference, until.date(), reason)
    for caution in cautions:
        click.echo(f"Mind: {CAUTIONS[caution][1]}", err=True)
    notice = "the notice is in the outbox"
    if found.requester.address is None:
        notice = "there is no mail address: tell it yourself and record it (mailbot case told)"
    click.echo(f"{found.reference} is now due {found.dates.due}; {notice}.")


@case.command()
@click.argument("reference")
@click.argument("outcome", type=click.Choice([outcome.value for outcome in Outcome]))
@click.option("--grounds", required=True, help="Why; kept with the decision, and not sent.")
@click.option("--done", help="granted: what was done, in words for the requester.")
@click.option("--where", help="granted: where it can be seen or was sent.")
@click.option("--done-on", type=DAY, help="granted: when it was done.  [default: today]")
@click.option(
    "--part",
    "parts",
    multiple=True,
    nargs=3,
    metavar="PART GROUND WEIGHED",
    help="refused, partly: a part that is refused, its ground, what was weighed.",
)
@click.option(
    "--unfinished", default="", help="breach: why it is closed while the register lacks something."
)
@click.option("--granted", help="partly: what is granted.")
@click.option("--advised-on", type=DAY, help="refused_for_safety: when the FG advised.")
@click.option(
    "--ground",
    help="refused_for_safety: the ground as the letter tells it. The requester reads it, so it "
    "names no danger, nothing the child said and nobody who spoke for the child (8.9.3); what "
    "you really weighed goes into --grounds, which stays here.",
)
@click.option(
    "--access",
    "access",
    multiple=True,
    nargs=2,
    metavar="WORD TEXT",
    help="granted access: purposes, categories, recipients, retention, source.",
)
@officer_option
@click.pass_context
def decide(
    ctx: click.Context,
    reference: str,
    outcome: str,
    grounds: str,
    done: str | None,
    where: str | None,
    done_on: datetime | None,
    parts: tuple[tuple[str, str, str], ...],
    unfinished: str,
    granted: str | None,
    advised_on: datetime | None,
    ground: str | None,
    access: tuple[tuple[str, str], ...],
    officer: str,
    board: str | None,
) -> None:
    """
    Decide a case; the letter that tells the requester rests on your decision.

    \b
    Examples:
      mailbot case decide REF granted --grounds "…" --done "…" --where "…"
      mailbot case decide REF refused --grounds "…" --part "PART" "GROUND" "WEIGHED"
      mailbot case decide REF refused_for_safety --grounds "…" \\
          --ground "Artikel 8.9, lid 3, van ons privacyreglement." --advised-on 2026-11-20
      mailbot case decide REF handled --grounds "…"       a breach or a complaint
    """
    visitor = sign_in(ctx, board, officer, None)
    today = local_day(visitor.desk.clock(), visitor.desk.clockwork.profile.zone)
    words = letter_words(
        plain={
            "done": done,
            "where": where,
            "done_on": done_on.date() if done_on else today,
            "granted": granted,
            "advised_on": advised_on.date() if advised_on else None,
            "ground": ground,
        },
        parts=parts,
        access=access,
    )
    warn_before_deciding(visitor, reference)
    found = visitor.desk.decide(
        visitor.officer, reference, Outcome(outcome), grounds, words, unfinished=unfinished
    )
    click.echo(f"{found.reference} is decided ({outcome}) and closed.")
    if found.requester.address is None:
        click.echo("Mind: there is no mail address; tell the requester by letter.", err=True)


for _room in (
    case_company,
    case_mail,
    case_conversation,
    case_dates,
    case_export,
    case_identity,
    case_intake,
    case_merging,
    case_standing,
    case_tasks,
):
    for _command in _room.COMMANDS:
        case.add_command(_command)
