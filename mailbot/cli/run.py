"""`mailbot run`: the robot, until it is told to stop."""

import signal
import threading

import click

from mailbot import app
from mailbot.cli.door import settings_of


@click.command()
@click.option("--once", is_flag=True, help="One round of everything, then stop.")
@click.pass_context
def run(ctx: click.Context, *, once: bool) -> None:
    """
    Run the robot: read the mailboxes, acknowledge, send, remind.

    It stops on Ctrl-C or SIGTERM after what it is doing. Killing it at any
    moment loses nothing and sends nothing twice; start it again.

    \b
    Exit codes:
      0  stopped as asked
      1  --once: a mailbox could not be reached
      2  a setting is wrong
    """
    settings = settings_of(ctx)
    for warning in settings.warnings:
        click.echo(f"Mind: {warning}", err=True)
    house = app.build(settings)
    try:
        if once:
            _once(ctx, house)
        else:
            _until_told(house)
    finally:
        house.close()


def _once(ctx: click.Context, house: app.House) -> None:
    reached = [house.visit(name) for name in house.visits]
    worked = house.work_off()
    house.look_for_copies()
    house.destroy_copies()
    reminders = house.remind()
    accepted = house.deliver()
    click.echo(
        f"{sum(new or 0 for new in reached)} new mails, {worked} worked through, "
        f"{reminders} reminders written, {accepted} letters accepted."
    )
    if None in reached:
        click.echo("A mailbox was not reached; `mailbot check` says why.", err=True)
        ctx.exit(1)


def _until_told(house: app.House) -> None:
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    robot = house.robot()
    robot.start()
    click.echo("The robot runs; Ctrl-C stops it.", err=True)
    told.wait()
    click.echo("Stopping after what is under way.", err=True)
    for visits in house.visits.values():
        visits.mailbox.close()
    robot.stop()
