"""`mailbot init`: write the first settings file and the master key."""

import base64
import secrets
import shlex
import sys
from datetime import datetime
from pathlib import Path

import click

from mailbot import profiles
from mailbot.domain.board import BoardProfile
from mailbot.domain.errors import SettingsWrong
from mailbot.settings import Settings, from_text
from mailbot.settings.creating import KEY_FILE, SETTINGS_FILE, create, exists_already
from mailbot.settings.draft import Draft, guessed_host, write
from mailbot.settings.secrets import KEY_BYTES

HELP = f"""
Write {SETTINGS_FILE} and {KEY_FILE} in FOLDER (here, when left out).

Every key of {SETTINGS_FILE} has a comment, and the file loads as it stands.
What can be found out is filled in: the mail servers are guessed from the
board's address, and the cutoff is this moment, so that mail which is already
in the mailbox is taken in without a single letter going out.

{KEY_FILE} is a new master key that only you can read. Nothing that exists is
ever overwritten; a {KEY_FILE} that is already there is kept and used.

\b
Examples:
  mailbot init --yes
  mailbot init /etc/mailbot --imap-host outlook.office365.com
  mailbot init --board spo-utrecht --privacy-address privacy@example.nl
  mailbot init --board ./third-board.toml      (docs/new-board.md)

\b
Exit codes:
  0  both files are there
  1  nothing was written: a file exists, cannot be written, or you said no
  2  an option is missing or wrong
"""


@click.command("init", help=HELP, short_help="Write the first settings file and the master key.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option(
    "--board",
    default="sipor",
    show_default=True,
    metavar="NAME|FILE",
    help=f"A shipped profile ({', '.join(profiles.shipped())}) or the path of your own.",
)
@click.option("--privacy-address", metavar="ADDRESS", help="Where the profile leaves it open.")
@click.option("--imap-host", metavar="HOST", help="The server to read.  [guess: imap.DOMAIN]")
@click.option("--smtp-host", metavar="HOST", help="The server to send by.  [guess: smtp.DOMAIN]")
@click.option(
    "--database",
    default="sqlite:///mailbot.db",
    show_default=True,
    metavar="URL",
    help="Or postgresql+psycopg://USER@HOST/NAME.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; needed where there is no terminal.")
def init(
    folder: Path,
    board: str,
    privacy_address: str | None,
    imap_host: str | None,
    smtp_host: str | None,
    database: str,
    yes: bool,
) -> None:
    """Write the first settings file and the master key."""
    folder = folder.absolute()
    if exists_already(folder):
        raise click.ClickException(
            f"{folder / SETTINGS_FILE} exists already and is never overwritten; "
            "rename it, or name another folder: mailbot init FOLDER"
        )
    asks = not yes and sys.stdin.isatty()
    if not yes and not asks:
        raise click.UsageError("there is no terminal to ask on; say --yes")
    if "/" in board or board.endswith(".toml"):
        # The settings count paths from their own folder, a person from where they stand.
        board = str(Path(board).absolute())
    profile, privacy_address = _profile(board, privacy_address, asks=asks)
    draft = Draft(
        profile=board,
        board=profile,
        privacy_address=privacy_address,
        imap_host=imap_host or guessed_host("imap", profile),
        smtp_host=smtp_host or guessed_host("smtp", profile),
        database=database,
        cutoff=datetime.now(profile.zone).replace(microsecond=0),
    )
    text = write(draft)
    settings = _tried(text, folder)
    _say_what(settings, imap_guessed=imap_host is None, smtp_guessed=smtp_host is None)
    if asks and not click.confirm(f"\nWrite these to {folder}?", default=True):
        raise click.ClickException("nothing was written")
    _say_next(settings, key_new=_created(folder, text))


def _profile(
    board: str, privacy_address: str | None, *, asks: bool
) -> tuple[BoardProfile, str | None]:
    """Find the profile, and ask for the one thing it may leave open."""
    own = {"privacy_address": privacy_address} if privacy_address else {}
    try:
        return profiles.find(board, Path.cwd(), own), privacy_address
    except SettingsWrong as wrong:
        left_open = [line for line in wrong.problems if " privacy_address: nothing;" in line]
        if left_open != wrong.problems:
            raise _wrong(wrong) from wrong
    if not asks:
        raise click.UsageError(f"{board} leaves its mail address open; give --privacy-address")
    given = click.prompt("The mail address that parents write to", type=str)
    return _profile(board, given, asks=False)


def _tried(text: str, folder: Path) -> Settings:
    """Load the text as it would be loaded, so that a wrong option is named before anything exists."""
    stand_ins = {
        "MAILBOT_MASTER_KEY": base64.b64encode(bytes(KEY_BYTES)).decode(),
        "MAILBOT_IMAP_PASSWORD": "-",
        "MAILBOT_SMTP_PASSWORD": "-",
    }
    try:
        return from_text(text, folder / SETTINGS_FILE, stand_ins)
    except SettingsWrong as wrong:
        raise _wrong(wrong) from wrong


def _wrong(wrong: SettingsWrong) -> click.UsageError:
    return click.UsageError("\n".join(wrong.problems))


def _created(folder: Path, text: str) -> bool:
    """Write both files; tell whether the key is new."""
    try:
        return create(folder, text, secrets.token_bytes(KEY_BYTES))
    except SettingsWrong as wrong:
        raise click.ClickException("\n".join(wrong.problems)) from wrong
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from error


def _say_what(settings: Settings, *, imap_guessed: bool, smtp_guessed: bool) -> None:
    board, box, post = settings.boards[0], settings.mailboxes[0], settings.smtp
    guess = "   (a guess; `mailbot check` tries it)"
    click.echo(f"board     {board.name}, {board.privacy_address}")
    click.echo(f"IMAP      {box.host}:{box.port}, {box.security}{guess if imap_guessed else ''}")
    click.echo(f"SMTP      {post.host}:{post.port}, {post.security}{guess if smtp_guessed else ''}")
    click.echo(f"database  {settings.database.shown}")
    click.echo(f"cutoff    {box.cutoff:%Y-%m-%d %H:%M}; older mail is taken in without a letter")


def _say_next(settings: Settings, *, key_new: bool) -> None:
    path = settings.path
    key = path.with_name(KEY_FILE)
    click.echo(f"\nWritten   {path}")
    click.echo(f"{'Written  ' if key_new else 'Kept     '} {key}")
    click.echo("          Keep a copy of the key away from this machine: without it nothing")
    click.echo("          that mailbot stored can be read, by anybody.")
    click.echo("\nNext:")
    click.echo("1. Put each password into a file that only mailbot can read, and say where:")
    click.echo(f"     export MAILBOT_SETTINGS={shlex.quote(str(path))}")
    click.echo(f"     export MAILBOT_MASTER_KEY_FILE={shlex.quote(str(key))}")
    click.echo("     export MAILBOT_IMAP_PASSWORD_FILE=…")
    if settings.smtp.user:
        click.echo("     export MAILBOT_SMTP_PASSWORD_FILE=…")
    click.echo("2. mailbot check          tries the mail servers and the database")
    click.echo("3. mailbot officer add    lets the first person in")
    click.echo("4. mailbot run            starts the robot")
