"""The desk of the demo: served on this machine after the day, until Ctrl-C."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
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
    robot = Robot([Job("demo", lambda: _round(house, play), ROUND)], house.alarm)
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


def _round(house: app.House, play: Play) -> None:
    play.round()
    house.prove()


def give_apps(settings: Settings) -> Mapping[str, str]:
    """Give each officer an app that shows codes, as setting one up does; return the keys of them."""
    now = app.wall_clock()
    seeds = {one.address: new_seed(os.urandom) for one in EVERYBODY}
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
    with socket.create_server((LOOPBACK, 0)) as listening:
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
    try:
        if not console.is_terminal:
            console.print(_sign_ins(seeds, keys=True), soft_wrap=True)
            threading.Event().wait()
        with Live(_sign_ins(seeds), console=console, refresh_per_second=2) as live:
            while True:
                time.sleep(LOOK)
                live.update(_sign_ins(seeds))
    except KeyboardInterrupt:
        return


def _sign_ins(seeds: Mapping[str, str], *, keys: bool = False) -> Table:
    """Lay out who signs in with what; where nothing moves, the key of the codes as well."""
    left = STEP - int(time.time()) % STEP
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("", width=5)
    for head in ("role", "address", "password", "key for an app" if keys else f"code ({left} s)"):
        table.add_column(head, no_wrap=True)
    for one in EVERYBODY:
        table.add_row("", *_sign_in(one, seeds[one.address], keys=keys))
    return table


def _sign_in(one: Person, seed: str, *, keys: bool) -> tuple[str, str, str, str]:
    last = seed if keys else pyotp.TOTP(seed).now()
    return one.role.value, one.address, one.password, last
