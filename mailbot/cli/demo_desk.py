"""The desk of the demo: served on this machine after the day, until Ctrl-C."""

import os
import signal
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import click
import pyotp
import uvicorn
from rich.console import Console
from rich.live import Live
from rich.table import Table

from mailbot import app
from mailbot.cli.web import server_settings
from mailbot.demo.imap_host import LOOPBACK
from mailbot.demo.officers import EVERYBODY, Person
from mailbot.demo.play import Play
from mailbot.robot import Job, Robot
from mailbot.settings import Settings
from mailbot.web.door.codes import STEP, new_seed
from mailbot.web.listening import listen

ROUND = timedelta(seconds=2)
STARTING_SECONDS = 30
LOOK = 0.5


def sit_at_desk(settings: Settings, house: app.House, play: Play, console: Console) -> None:
    """
    Serve the desk of a demo until Ctrl-C, with the robot at work behind it.

    The sign-in is the real one. What the demo shows besides is the key of its own throw-away
    officers' second step, which exists in its own folder only.

    Args:
        settings: of the demo's folder.
        house: its robot; letters asked for at the desk leave to the demo's mail host.
        play: the day that was played; its clock runs from now on.
        console: where the address and the sign-ins are told.
    """
    play.clock.running = app.wall_clock
    seeds = give_apps(settings)
    begin_today(house, play)
    robot = Robot([Job("demo", lambda: begin_today(house, play), ROUND)], house.alarm)
    with served(settings) as address, _working(robot):
        console.print()
        console.rule("[bold]The desk is open[/]", align="left", style="dim")
        console.print(f"       [bold]{address}[/]   (Ctrl-C closes it)", soft_wrap=True)
        console.print(
            "       [dim]Sign in as one of these; each code works once and for half a minute.\n"
            "       Letters you send lie a minute later in the folder letters.[/]"
        )
        _until_told(console, seeds)
    console.print("The desk is closed.")


def begin_today(house: app.House, play: Play) -> None:
    """
    Do one round, today's daily proof included.

    The first comes before the desk opens: the day that was played is over, and a desk that finds
    no proof for today would call a person.
    """
    play.round()
    house.prove()


def give_apps(settings: Settings, officers: Collection[Person] = EVERYBODY) -> Mapping[str, str]:
    """Give each officer an app that shows codes, as setting one up does; return the keys of them."""
    now = app.wall_clock()
    seeds = {one.address: new_seed(os.urandom) for one in officers}
    with app.door(settings, settings.boards[0].code) as (door, board):
        for address, seed in seeds.items():
            account = door.accounts.named(board, address)
            if account is None:
                raise click.ClickException("an officer of the demo is not there")
            door.seeds.keep(account, seed, now, now)
    return seeds


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Answer on a free port of this machine, in a thread, so that Ctrl-C is ours."""
    with listen(LOOPBACK, 0) as listening:
        port = int(listening.getsockname()[1])
        there = replace(settings, web=replace(settings.web, address=LOOPBACK, port=port))
        server = uvicorn.Server(server_settings(there))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            until = time.monotonic() + STARTING_SECONDS
            while not server.started and thread.is_alive() and time.monotonic() < until:
                time.sleep(0.02)
            if not server.started:
                raise click.ClickException("the desk did not start")
            yield f"http://localhost:{port}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def _working(robot: Robot) -> Iterator[None]:
    robot.start()
    try:
        yield
    finally:
        robot.stop()


def _until_told(console: Console, seeds: Mapping[str, str]) -> None:
    """Show the codes of now, each half minute anew, until Ctrl-C."""
    # A flag and no KeyboardInterrupt: that is lost where it comes while garbage is collected.
    told: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: told.append(number))
    try:
        if not console.is_terminal:
            for line in _with_keys(seeds):
                console.print(line, soft_wrap=True)
            while not told:
                time.sleep(LOOK)
            return
        with Live(_with_codes(seeds), console=console, refresh_per_second=2) as live:
            while not told:
                time.sleep(LOOK)
                live.update(_with_codes(seeds))
    finally:
        signal.signal(signal.SIGINT, before)


def _with_codes(seeds: Mapping[str, str]) -> Table:
    """Lay out who signs in with what; narrow enough that nothing is cut off on 80 columns."""
    left = STEP - int(time.time()) % STEP
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for head in ("role", "address", "password", f"code ({left} s)"):
        table.add_column(head, overflow="fold")
    for one in EVERYBODY:
        code = pyotp.TOTP(seeds[one.address]).now()
        table.add_row(one.role.value, one.address, one.password, code)
    return table


def _with_keys(seeds: Mapping[str, str]) -> Iterator[str]:
    """Write who signs in with what where nothing moves: the key of the codes, in whole lines."""
    rows = [("role", "address", "password", "key for an app")]
    rows += [(one.role.value, one.address, one.password, seeds[one.address]) for one in EVERYBODY]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    for row in rows:
        yield "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip()
