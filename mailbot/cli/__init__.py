"""The command line: one table of commands, each loaded only when it is used."""

import importlib
import logging
import sys

import click

from mailbot.domain.errors import MailbotError, SettingsWrong

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("mailbot.cli.init:init", "Write the first settings file and the master key."),
    "check": ("mailbot.cli.check:check", "Try settings, database, models and mail servers."),
    "demo": ("mailbot.cli.demo:demo", "A day of mail on an embedded mail host."),
    "run": ("mailbot.cli.run:run", "Run the robot: read, acknowledge, remind."),
    "web": ("mailbot.cli.web:web", "Serve the officers' desk in a browser."),
    "queue": ("mailbot.cli.queue:queue", "Show the open cases, first due first."),
    "case": ("mailbot.cli.case:case", "Look at cases, confirm, note, extend, decide."),
    "register": ("mailbot.cli.register:register", "Keep the breach register; export it."),
    "officer": ("mailbot.cli.officer:officer", "Add and list the people who may sign in."),
    "outbox": ("mailbot.cli.outbox:outbox", "See the letters that wait; let held ones go."),
    "quarantine": ("mailbot.cli.quarantine:quarantine", "See mails set aside; try them again."),
    "proof": ("mailbot.cli.proof:proof", "The daily proof that no mail was lost."),
    "letter": ("mailbot.cli.letter:letter", "List and preview the letters."),
    "parse": ("mailbot.cli.parse:parse", "Show what a mail says, as the robot reads it."),
    "classify": ("mailbot.cli.classify:classify", "Show what the robot believes of a mail."),
    "deadlines": ("mailbot.cli.deadlines:deadlines", "Work out due dates, and say why."),
    "parked": ("mailbot.cli.parked:parked", "Look at mails that belong to no case."),
    "retention": ("mailbot.cli.retention:retention", "What may be erased; holds; the log."),
    "passage": ("mailbot.cli.passage:passage", "The words that answer general questions."),
    "learn": ("mailbot.cli.learn:learn", "Let the machine learn from what officers said."),
    "figures": ("mailbot.cli.figures:figures", "The yearly figures, as a page, PDF or CSV."),
    "database": ("mailbot.cli.database:database", "The schema, the robot's role, the master key."),
}
"""Every command with its place and its one line; the line is shown without loading it."""


class Commands(click.Group):
    """A group whose commands are loaded from the table when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(module), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


HELP = """
mailbot keeps the privacy mailbox of a school board.

It reads the mailbox, recognises what a parent asks, opens cases with their
legal dates, acknowledges, and reminds people in time. People decide every
outcome; no command lets the robot do so.

\b
First steps:
  mailbot demo                    see a day of mail, on this machine only
  mailbot init                    write mailbot.toml and a master key
  mailbot check                   see whether everything can be reached
  mailbot officer add …           let the first person in
  mailbot run                     start the robot
  mailbot web                     start the officers' desk

\b
Shell completion (bash; zsh and fish alike):
  eval "$(_MAILBOT_COMPLETE=bash_source mailbot)"

\b
Exit codes:
  0  done
  1  refused or failed; the message says what to do
  2  a setting, option or line of input is wrong
"""


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--settings",
    envvar="MAILBOT_SETTINGS",
    type=click.Path(dir_okay=False),
    help="The settings file.  [default: ./mailbot.toml, or MAILBOT_SETTINGS]",
)
@click.option("-v", "--verbose", is_flag=True, help="Say more; never a body, address or name.")
@click.version_option(package_name="mailbot")
@click.pass_context
def commands(ctx: click.Context, settings: str | None, *, verbose: bool) -> None:
    """Give every command the settings file."""
    ctx.obj = settings
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(message)s")
    # Libraries log what passes through them, addresses included.
    for name in ("apscheduler", "imapclient", "aiosmtplib", "mail.log", "pymap"):
        logging.getLogger(name).setLevel(logging.ERROR)


def main() -> None:
    """Run the command line; every failure of the house ends in a sentence, not in a traceback."""
    try:
        commands.main(standalone_mode=True)
    except SettingsWrong as error:
        for line in error.problems:
            click.echo(line, err=True)
        sys.exit(2)
    except MailbotError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
