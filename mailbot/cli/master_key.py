"""`mailbot database change-key`: put a new master key in the place of the old one."""

import os

import click

from mailbot import app
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.keys import change_master
from mailbot.cli.door import settings_of
from mailbot.domain.errors import SettingsWrong
from mailbot.profiles.problems import Problems
from mailbot.settings.secrets import read_key

OLD_KEY = "MAILBOT_OLD_MASTER_KEY"


@click.command("change-key")
@click.pass_context
def change_key(ctx: click.Context) -> None:
    """
    Put a new master key in the place of the old one.

    \b
    1. Stop the robot and the desk.
    2. Make a key:          openssl rand -base64 32 > new.key
    3. Give the new one as  MAILBOT_MASTER_KEY[_FILE]
       and the old one as   MAILBOT_OLD_MASTER_KEY[_FILE]
    4. Run this, and start the robot and the desk with the new key.

    It is done whole or not at all; when it was cut off, run it again. From then
    on the database refuses the old key. Backups made before lie under the old
    key still: keep it as long as them, and no longer.
    """
    settings = settings_of(ctx)
    problems = Problems()
    old = read_key(OLD_KEY, OLD_KEY, os.environ, problems)
    if old is None:
        raise SettingsWrong(problems.lines)
    engine = connect(settings.database.url)
    try:
        upgrade(engine)
        count = change_master(engine, old.reveal(), settings.keys.master.reveal(), app.wall_clock())
    finally:
        engine.dispose()
    click.echo(f"{count} keys were wrapped anew; nothing lies under the old key any more.")
