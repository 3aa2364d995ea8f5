"""`mailbot database`: the schema, the robot's own role, and what a restore asks for."""

import click

from mailbot import app
from mailbot.adapters.database import connect, is_current, upgrade
from mailbot.adapters.roles import grant_robot
from mailbot.cli.door import settings_of
from mailbot.cli.master_key import change_key


@click.group()
def database() -> None:
    """Bring the schema up to date; give the robot a role of its own; after a restore, be safe."""


@database.command("upgrade")
@click.pass_context
def upgrade_(ctx: click.Context) -> None:
    """Bring the schema up to date; nothing is lost and it may be run again."""
    engine = connect(settings_of(ctx).database.url)
    already = is_current(engine)
    upgrade(engine)
    click.echo("The schema was up to date." if already else "The schema is up to date now.")


@database.command()
@click.pass_context
def restored(ctx: click.Context) -> None:
    """
    Make a database safe that came from a backup; before `mailbot run` and `mailbot web`.

    What was erased since the backup is erased again, by the file erased.jsonl
    beside the settings. Letters that wait are held, for they may have left;
    earlier mail is taken in without a letter. See docs/backup.md.
    """
    done = app.restored(settings_of(ctx))
    click.echo(f"{done.erased} files erased again; {done.held} letters held.")
    if not done.wiped:
        click.echo("The database was busy; the next `retention run` wipes the rest.", err=True)


@database.command("robot-role")
@click.argument("role")
@click.pass_context
def robot_role(ctx: click.Context, role: str) -> None:
    """
    Give an existing PostgreSQL role what the robot needs.

    That role can read decisions, extensions and closures but never make one:
    let `mailbot run` sign in with it, and people's doors with another.
    """
    grant_robot(connect(settings_of(ctx).database.url), role)
    click.echo(f"{role} may do what the robot does, and may not decide, extend or close.")


database.add_command(change_key)
