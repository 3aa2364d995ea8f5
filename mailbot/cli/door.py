"""How a person comes in by the command line: settings, board, officer, password."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from mailbot import app
from mailbot.domain.decision import Officer
from mailbot.domain.errors import SettingsWrong
from mailbot.settings import Settings, load
from mailbot.work.desk import Desk

PASSWORD = "MAILBOT_OFFICER_PASSWORD"  # noqa: S105 - the name of the secret, not the secret.

OFFICER = "MAILBOT_OFFICER"
"""The variable that may say who comes in."""

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in officer at the desk of one board."""

    desk: Desk
    officer: Officer


def settings_of(ctx: click.Context) -> Settings:
    """Load the settings named by --settings. Raises SettingsWrong."""
    found = ctx.find_root().obj
    return load(Path(found) if found else None, os.environ)


def board_of(settings: Settings, board: str | None) -> str:
    """Name the board that is meant; the only one when there is one."""
    codes = [one.code for one in settings.boards]
    if board is None and len(codes) == 1:
        return codes[0]
    if board not in codes:
        raise SettingsWrong([f"--board: found {board}; allowed: {', '.join(codes)}"])
    return board


def sign_in(ctx: click.Context, board: str | None, officer: str, now: datetime | None) -> Visitor:
    """Let an officer in. Raises SignInRefused."""
    settings = settings_of(ctx)
    clock = app.wall_clock if now is None else lambda: now
    desk = app.desk(settings, board_of(settings, board), clock)
    return Visitor(desk, desk.sign_in(officer, password(officer), "cli"))


def password(officer: str) -> str:
    """Read the password from its secret, or ask for it without showing it."""
    if value := os.environ.get(PASSWORD):
        return value
    if file := os.environ.get(f"{PASSWORD}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return str(click.prompt(f"Password of {officer}", hide_input=True))


def board_option(command: Command) -> Command:
    """Add --board."""
    return click.option("--board", metavar="CODE", help="Which board.  [default: the only one]")(
        command
    )


def officer_option(command: Command) -> Command:
    """Add --officer: every act names the person who does it."""
    return click.option(
        "--officer",
        envvar=OFFICER,
        required=True,
        metavar="ADDRESS",
        help=f"Who you are; the password is asked, or read from {PASSWORD}[_FILE].",
    )(board_option(command))
