"""The commands `mailbot letter`: list, preview and measure the letters."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from mailbot.adapters.stationery import PaperStationery
from mailbot.domain.errors import MailbotError
from mailbot.domain.letter_examples import EXAMPLE_BOARD, example_words
from mailbot.domain.letters import LETTERS, BoardWords, letter_languages
from mailbot.domain.mail import Address
from mailbot.domain.ports import Rendered
from mailbot.domain.posting import Posting, freeze
from mailbot.domain.readability import read
from mailbot.profiles import find
from mailbot.work.correspondence import board_words

_MOMENT = datetime(2026, 11, 27, 9, 16, tzinfo=UTC)


@click.group()
def letter() -> None:
    """List the letters, look at one, or measure how easily they read."""


@letter.command("list")
@click.option("--templates", type=click.Path(exists=True, path_type=Path), help="Other templates.")
def listed(templates: Path | None) -> None:
    """List every letter: who sends it, in which languages, with which words."""
    stationery = _stationery(templates)
    for code, rule in LETTERS.items():
        languages = " ".join(stationery.languages(code))
        click.echo(f"{code:<24} {rule.trigger:<10} {languages:<12} {rule.dutch}")
        words = [*rule.needs, *(f"({name})" for name in rule.may)]
        click.echo(f"{'':<24} {', '.join(words) or 'no words'}")


@letter.command()
@click.argument("code", metavar="LETTER", type=click.Choice(list(LETTERS)))
@click.option("--language", default="nl", show_default=True, help="ISO 639-1, such as tr.")
@click.option("--board", help="A board's profile, such as sipor; else an example board.")
@click.option("--templates", type=click.Path(exists=True, path_type=Path), help="Other templates.")
@click.option("--text", "shape", flag_value="text", default=True, help="Subject and text.")
@click.option("--html", "shape", flag_value="html", help="The HTML part.")
@click.option("--eml", "shape", flag_value="eml", help="The whole mail, to open in a mail program.")
def preview(
    code: str, language: str, board: str | None, templates: Path | None, shape: str
) -> None:
    """
    Show one letter with example words, as a reader of a language gets it.

    \b
        mailbot letter preview ack_request --language tr
        mailbot letter preview decision_refused --html > letter.html
        mailbot letter preview extension_notice --board sipor --eml > letter.eml
    """
    stationery = _stationery(templates)
    words = {**example_words(code), "board": _board(board)}
    languages = letter_languages(language, stationery.languages(code))
    rendered = stationery.write(code, languages, words)
    click.echo(_shaped(code, rendered, languages, words, shape), nl=shape != "eml")


@letter.command()
@click.option("--templates", type=click.Path(exists=True, path_type=Path), help="Other templates.")
def figures(templates: Path | None) -> None:
    """Measure the Dutch letters and print the table of docs/letters.md."""
    stationery = _stationery(templates)
    click.echo("| letter | words | words a sentence | longest | hard words | Flesch-Douma |")
    click.echo("|---|---|---|---|---|---|")
    for code in LETTERS:
        found = read(stationery.write(code, ("nl",), example_words(code)).text)
        hard = f"{found.hard_share:.1%}"
        click.echo(
            f"| {code} | {found.words} | {found.words_per_sentence:.1f} "
            f"| {found.longest_sentence} | {hard} | {found.score:.0f} |"
        )


def _stationery(templates: Path | None) -> PaperStationery:
    """Read the templates, or say what is wrong with them."""
    try:
        return PaperStationery(templates)
    except MailbotError as error:
        raise click.ClickException(str(error)) from error


def _board(name: str | None) -> BoardWords:
    """Read a board's words from its profile."""
    if name is None:
        return EXAMPLE_BOARD
    try:
        return board_words(find(name, Path.cwd()))
    except MailbotError as error:
        raise click.ClickException(str(error)) from error


def _shaped(
    code: str,
    rendered: Rendered,
    languages: tuple[str, ...],
    words: Mapping[str, object],
    shape: str,
) -> str:
    """Give the letter in the shape that was asked for."""
    if shape == "html":
        return rendered.html
    if shape == "text":
        return f"Subject: {rendered.subject}\n\n{rendered.text}"
    board = words["board"]
    assert isinstance(board, BoardWords)
    posting = Posting(
        letter=code,
        sender=Address(board.name, board.privacy_address),
        recipient=Address("", "reader@example.org"),
        reply_to=board.privacy_address,
        rendered=rendered,
        languages=languages,
        date=_MOMENT,
        message_id="<preview@example.org>",
    )
    return freeze(posting, "=_preview").decode("ascii")
