"""`mailbot passage`: the words that answer general questions, and what officers do to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mailbot import app
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.domain.decision import Officer
from mailbot.domain.passages import BoardPassage
from mailbot.work import passages as acts
from mailbot.work.desk import Desk


@click.group()
def passage() -> None:
    """
    The passages with which the assistant answers general questions.

    A passage answers only a mail that asks one general question and nothing
    else. The case stays open until a person has seen the answer and closes it.
    When a passage is wrong, take it out of use at once: from the next mail on
    its questions go to a person. Correct it when there is time.

    Every officer may look; the FG and the board take out, put back and
    correct. Each act needs a reason and stays in the history for good.

    \b
    Examples:
      mailbot passage list --officer fg@sipor.nl
      mailbot passage show retention --officer fg@sipor.nl
      mailbot passage take-out retention --reason "De termijn is veranderd."
      mailbot passage correct retention --nl nieuw.txt --en new.txt --reason "…"
      mailbot passage put-back retention --reason "De tekst klopt weer."
    """


@dataclass(frozen=True, slots=True)
class _Visit:
    desk: Desk
    officer: Officer
    passages: Mapping[str, BoardPassage]


def _door(ctx: click.Context, board: str | None, officer: str) -> _Visit:
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    held = app.passages(settings, board_of(settings, board))
    return _Visit(visitor.desk, visitor.officer, held)


_reason = click.option(
    "--reason", required=True, metavar="TEXT", help="Why; it stays in the history for good."
)
_code = click.argument("code")


@passage.command("list")
@officer_option
@click.pass_context
def list_(ctx: click.Context, officer: str, board: str | None) -> None:
    """List the passages of this board, and how each stands."""
    visit = _door(ctx, board, officer)
    table = Table("passage", "about", "article", "stands")
    for one in acts.listing(visit.desk, visit.officer, visit.passages):
        shipped = one.passage
        table.add_row(
            shipped.code, escape(shipped.titles["nl"]), escape(shipped.articles["nl"]), _stands(one)
        )
    Console().print(table if table.row_count else "This board has no passages.")


@passage.command()
@_code
@officer_option
@click.pass_context
def show(ctx: click.Context, code: str, officer: str, board: str | None) -> None:
    """Show the words that go out now in each language, and what people did to them."""
    visit = _door(ctx, board, officer)
    one = acts.show(visit.desk, visit.officer, visit.passages, code)
    click.echo(f"{one.passage.titles['nl']} ({_stands(one)})\n{one.passage.articles['nl']}")
    for language, words in one.words.items():
        click.echo(f"\n--- {language}\n{words}")
    if one.history:
        click.echo("\n--- history")
    for act in one.history:
        tongue = f" ({act.language})" if act.language else ""
        click.echo(
            f"{act.at:%d-%m-%Y %H:%M}Z  {act.act.value}{tongue}  {act.officer}: {act.reason}"
        )


@passage.command("take-out")
@_code
@_reason
@officer_option
@click.pass_context
def take_out(ctx: click.Context, code: str, reason: str, officer: str, board: str | None) -> None:
    """Take a passage out of use; its questions then go to a person."""
    visit = _door(ctx, board, officer)
    acts.take_out(visit.desk, visit.officer, visit.passages, code, reason)
    click.echo(f"{code} is out of use. Its questions now wait for a person.")


@passage.command("put-back")
@_code
@_reason
@officer_option
@click.pass_context
def put_back(ctx: click.Context, code: str, reason: str, officer: str, board: str | None) -> None:
    """Put a passage back into use."""
    visit = _door(ctx, board, officer)
    acts.put_back(visit.desk, visit.officer, visit.passages, code, reason)
    click.echo(f"{code} answers questions again.")


@passage.command()
@_code
@click.option("--nl", type=click.Path(path_type=Path), help="A file with the Dutch words.")
@click.option("--en", type=click.Path(path_type=Path), help="A file with the English words.")
@click.option("--tr", type=click.Path(path_type=Path), help="A file with the Turkish words.")
@click.option("--ar", type=click.Path(path_type=Path), help="A file with the Arabic words.")
@click.option("--shipped", is_flag=True, help="End the corrections: the shipped words hold again.")
@_reason
@officer_option
@click.pass_context
def correct(
    ctx: click.Context,
    code: str,
    reason: str,
    officer: str,
    board: str | None,
    *,
    shipped: bool,
    nl: Path | None,
    en: Path | None,
    tr: Path | None,
    ar: Path | None,
) -> None:
    """
    Correct the words of a passage for this board.

    The Dutch comes first, for every reader gets it. A language you give no
    words for no longer goes out: its readers get the Dutch in their letter.
    """
    files = {"nl": nl, "en": en, "tr": tr, "ar": ar}
    given = {language: path for language, path in files.items() if path is not None}
    if shipped == bool(given):
        raise click.UsageError("give files with words (--nl and others), or --shipped")
    visit = _door(ctx, board, officer)
    if shipped:
        acts.restore(visit.desk, visit.officer, visit.passages, code, reason)
        click.echo(f"{code}: the shipped words hold again.")
        return
    words = {language: _read(path) for language, path in given.items()}
    acts.correct(visit.desk, visit.officer, visit.passages, code, words=words, reason=reason)
    click.echo(f"{code} is corrected in: {', '.join(words)}.")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path}: not readable as text") from error


def _stands(one: acts.PassageOnDesk) -> str:
    state = "in use" if one.standing.in_use else "out of use"
    corrected = ", ".join(one.standing.corrected)
    return f"{state}, corrected: {corrected}" if corrected else state
