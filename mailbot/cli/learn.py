"""`mailbot learn`: how the machine learns from officers, and who says that it may."""

import importlib
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from mailbot import app
from mailbot.adapters.lesson_file import write_lessons
from mailbot.adapters.model_in_use import model_hash
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.domain.decision import Officer
from mailbot.work.learning import Export, Learning, Replayed, in_use, see_installer

_SHOWN = 16
_WHY_OUT = {
    "safety": "under a safety flag",
    "hold": "under a legal hold",
    "erased": "erased",
    "unreadable": "cannot be read any more",
    "no_words": "no words of its own",
    "names_left": "a name might have stayed in it",
    "two_labels": "the same words with two labels",
    "twice": "the same words twice",
}


@click.group()
def learn() -> None:
    """
    Let the machine learn from what officers confirmed and corrected.

    What the machine believed of a mail stays beside what the officer said, for
    ever. From the two, a better model can be trained. Nothing of this happens
    by itself, and nothing of it changes a case: you export, train, look at
    what would change, and install. Every step can be left there.

    \b
    The way:
      mailbot learn export --officer fg@sipor.nl                 what there is
      mailbot learn export --to board.toml --officer fg@sipor.nl
      mailbot learn train --with board.toml --into candidate
      mailbot learn replay --model candidate --officer fg@sipor.nl
      mailbot learn install --model candidate --officer fg@sipor.nl --reason "…"
      mailbot learn show --officer fg@sipor.nl
      mailbot learn back --officer fg@sipor.nl --reason "…"

    The FG and the board may do this. A new model is used when the robot starts
    again; `mailbot learn back` returns to the one before.
    """


@dataclass(frozen=True, slots=True)
class _Visit:
    room: app.LearningRoom
    officer: Officer

    @property
    def learning(self) -> Learning:
        return self.room.learning


@contextmanager
def _door(ctx: click.Context, board: str | None, officer: str) -> Iterator[_Visit]:
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    with app.learning(settings, board_of(settings, board)) as room:
        yield _Visit(room, visitor.officer)


_reason = click.option(
    "--reason", required=True, metavar="TEXT", help="Why; it stays in the history for good."
)
_model = click.option(
    "--model",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder that `mailbot learn train` wrote.",
)


@learn.command()
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the texts go.  [default: nowhere; only the counts are shown]",
)
@officer_option
@click.pass_context
def export(ctx: click.Context, to: Path | None, officer: str, board: str | None) -> None:
    """
    Make texts to learn from out of cases whose kind an officer said.

    Names, addresses, schools, dates and numbers are replaced by others of the
    same sort. Cases under a safety flag, under a legal hold or erased stay
    out, and so does a mail where a name might be left. Read the file before
    you give it away: no rule finds every name, such as a nickname that is a
    word of every day.

    Without --to nothing is written; you see how many texts there are.
    """
    with _door(ctx, board, officer) as visit:
        if not (words := _plain_words()):
            click.echo("The training texts are not here; more words count as names.", err=True)
        found = visit.learning.export(visit.officer, visit.room.neutralise(words))
        code = visit.room.profile.code
    _show_counts(found)
    if to is None:
        click.echo("Nothing is written. Name a file with --to.")
    else:
        write_lessons(to, code, found.texts)
        click.echo(f"{len(found.texts)} texts are in {to}. Read them before you give them away.")


def _show_counts(found: Export) -> None:
    table = Table("kind", "texts", "of these corrected")
    for label, count in sorted(found.by_label.items()):
        table.add_row(label, str(count), str(found.corrected.get(label, 0)))
    Console().print(table if table.row_count else "No officer has said of any mail what it is.")
    for why, count in sorted(found.left_out.items()):
        click.echo(f"left out: {count} ({_WHY_OUT[why]})")


def _training(module: str) -> Any:
    # Learning needs the checkout with its texts; a robot's installation has neither.
    return importlib.import_module(f"classifiers.training.{module}")


def _plain_words() -> frozenset[str]:
    try:
        found: frozenset[str] = _training("plain_words").plain_words()
    except ImportError:
        return frozenset()
    return found


@learn.command()
@click.option(
    "--with",
    "lessons",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file that `mailbot learn export` wrote.",
)
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where the candidate goes; never over the shipped model.",
)
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Other texts than the shipped ones, for a trial.",
)
def train(lessons: Path, into: Path, texts: Path | None) -> None:
    """
    Train a candidate from the shipped texts and an export.

    This needs the source of mailbot with its texts, no settings and no mail;
    it takes long, and says how far it is. The model in use is not touched.
    """
    try:
        training = _training("candidate")
    except ImportError as missing:
        raise click.ClickException(
            "training needs the source of mailbot: run this in a checkout after `make learning`,"
            " then copy the folder"
        ) from missing
    logging.getLogger("train").setLevel(logging.INFO)
    where = {} if texts is None else {"texts": texts}
    name = f"learned from {lessons.stem}"[:60]
    try:
        training.train_candidate(lessons, into, name, **where)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"The candidate {model_hash(into)[:_SHOWN]} is in {into}.")
    click.echo(f"See what it would change: mailbot learn replay --model {into} --officer …")


@learn.command()
@_model
@officer_option
@click.pass_context
def replay(ctx: click.Context, model: Path, officer: str, board: str | None) -> None:
    """
    Judge the labelled mails again, by the model in use and by a candidate.

    You see how often each agrees with the officers, and for which cases the
    suggestion would be another one. No case changes.
    """
    with _door(ctx, board, officer) as visit:
        now, then = visit.room.judging(), visit.room.judging(model)
        found = list(visit.learning.replay(visit.officer, now, then))
    if not found:
        click.echo("No officer has said of any mail what it is, so there is nothing to replay.")
        return
    Console().print(_agreement(found))
    changes = [one for one in found if one.now != one.then]
    for one in changes:
        click.echo(f"{one.reference}  officer: {one.officer[0]}  now: {one.now}  then: {one.then}")
    click.echo(f"{len(changes)} of {len(found)} suggestions would change. No case has changed.")


def _agreement(found: Sequence[Replayed]) -> Table:
    table = Table("officers say", "mails", "model in use agrees", "candidate agrees")
    count = Counter(one.officer[0] for one in found)
    now = Counter(one.officer[0] for one in found if one.now == one.officer[0])
    then = Counter(one.officer[0] for one in found if one.then == one.officer[0])
    for label in sorted(count):
        table.add_row(label, str(count[label]), str(now[label]), str(then[label]))
    table.add_section()
    table.add_row("all", str(count.total()), str(now.total()), str(then.total()))
    return table


@learn.command()
@_model
@_reason
@officer_option
@click.pass_context
def install(ctx: click.Context, model: Path, reason: str, officer: str, board: str | None) -> None:
    """
    Let the robot judge by a candidate from its next start.

    The model is tried, copied beside the settings file, and named by the hash
    of all its bytes; the robot looks at every byte before it uses it. Who said
    so, when and why stays in the history.
    """
    with _door(ctx, board, officer) as visit:
        see_installer(visit.officer, reason)
        number = visit.room.copy_in(model)
        visit.learning.install(visit.officer, number, reason)
    click.echo(f"Model {number[:_SHOWN]} is installed. Start the robot again to use it.")


@learn.command()
@officer_option
@click.pass_context
def show(ctx: click.Context, officer: str, board: str | None) -> None:
    """Show which model is in use, since when, by whom and why, and those before."""
    with _door(ctx, board, officer) as visit:
        acts = visit.learning.acts(visit.officer)
    click.echo(f"In use: {_named(in_use(acts))}")
    for act in acts:
        click.echo(
            f"{act.at:%d-%m-%Y %H:%M}Z  {act.act.value}  {_named(act.model)}  "
            f"{act.officer}: {act.reason}"
        )


@learn.command()
@_reason
@officer_option
@click.pass_context
def back(ctx: click.Context, reason: str, officer: str, board: str | None) -> None:
    """Return to the model before; the robot uses it from its next start."""
    with _door(ctx, board, officer) as visit:
        before = visit.learning.back(visit.officer, reason)
    click.echo(f"Back to {_named(before)}. Start the robot again to use it.")


def _named(model: str | None) -> str:
    return "the shipped classifier" if model is None else f"model {model[:_SHOWN]}"
