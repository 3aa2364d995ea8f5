"""`mailbot demo`: a day of mail on an embedded mail host, worked through before your eyes."""

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from mailbot import app
from mailbot.demo.day import SentMail, planned
from mailbot.demo.folder import (
    IMAP_PASSWORD,
    prepare,
    settle,
)
from mailbot.demo.host import MailHost
from mailbot.demo.letters import Tray
from mailbot.demo.officers import People
from mailbot.demo.play import DayClock, Play
from mailbot.demo.tally import check
from mailbot.profiles import find

PROFILE = "sipor"


@click.command()
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default="demo-mailbot")
@click.option("--once", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def demo(folder: Path, *, once: bool, as_json: bool) -> None:
    """Play."""
    prepared = prepare(folder.absolute(), keep=False)
    profile = find(PROFILE, prepared.path)
    day = date(2026, 11, 27)
    clock = DayClock(datetime.combine(day, datetime.min.time(), profile.zone))
    tray = Tray(prepared.letters)

    def keep(number: int, mail: SentMail) -> None:
        (prepared.mails / f"{number:02d}-{mail.name}.eml").write_bytes(mail.raw)

    with MailHost(profile.privacy_address, IMAP_PASSWORD, clock, tray) as host:
        settings = settle(prepared, day, host.imap_port, host.smtp_port, os.urandom)
        house = app.build(settings, clock, os.urandom)
        try:
            books = house.boards[profile.code].books
            desk = app.desk(settings, profile.code, clock)
            people = People(desk)
            people.enter()
            play = Play(
                house, books, host, clock, day, profile.zone, profile.reference_prefix, keep
            )
            for step in play.mails(planned()):
                if not as_json:
                    click.echo(step)
            clock.now += timedelta(minutes=10)
            people.decide()
            people.extend()
            play.round()
            counts = check(books, host)
        finally:
            house.close()
    click.echo(json.dumps({**counts.as_dict(), "folder": str(prepared.path)}))
