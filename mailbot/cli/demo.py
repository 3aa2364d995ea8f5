"""`mailbot demo`: a day of mail on an embedded mail host, worked through before your eyes."""

import json
import logging
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click
from rich.console import Console

from mailbot import app
from mailbot.cli.shown import queue_table
from mailbot.domain.board import BoardProfile
from mailbot.profiles import find
from mailbot.settings import Settings

try:
    from mailbot.demo.host import MailHost
except ModuleNotFoundError as missing:
    raise click.ClickException(
        f"the demo needs {missing.name}, which comes with: pip install 'mailbot[demo]'"
    ) from missing

from mailbot.cli.demo_desk import sit_at_desk
from mailbot.demo import guide
from mailbot.demo.day import SentMail, last_day, planned
from mailbot.demo.folder import IMAP_PASSWORD, Folder, prepare, settle, write_people
from mailbot.demo.letters import Tray, sent
from mailbot.demo.officers import BOARD, FG, People
from mailbot.demo.play import DayClock, Play, Step
from mailbot.demo.screen import Screen
from mailbot.demo.tally import Tally, check

PROFILE = "sipor"
AFTERNOON = timedelta(minutes=20)
"""How long after the last mail the officers sit down."""

HELP = """
Play a day of mail on a mail host inside this process.

Some 28 mails in seven languages come in; the robot works through them while
you watch; then two people sign in, decide one case and extend another. At the
end it opens the officers' desk in your browser's reach, says how to sign in
there, and stays until Ctrl-C.

Everything happens on this machine and in one folder (./demo-mailbot). A
folder that is not a demo's own is never touched; a demo's own begins anew.

\b
Examples:
  mailbot demo                     watch it, in about a minute
  mailbot demo --speed 3           three times as fast
  mailbot demo --no-desk           the day only, for a terminal without a browser
  mailbot demo --once --json       no pauses, no display, no desk; one JSON object

\b
Exit codes:
  0  every mail is accounted for, and the robot decided nothing
  1  something does not add up, or the folder is not a demo's own
  2  an option is wrong
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """One demo with everything that runs in it."""

    folder: Folder
    profile: BoardProfile
    play: Play
    people: People
    settings: Settings
    house: app.House


@click.command(help=HELP)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo-mailbot",
    show_default=True,
    help="Where everything goes.",
)
@click.option("--fresh/--keep", default=True, help="Begin anew, or stop at an earlier day.")
@click.option("--once", is_flag=True, help="Without pauses, and without the desk.")
@click.option("--desk/--no-desk", "at_desk", default=True, help="Open the desk after the day.")
@click.option("--json", "as_json", is_flag=True, help="No display; one JSON object with counts.")
@click.option(
    "--speed", type=click.FloatRange(0.1, 100), default=1.0, help="How fast; 1 is for reading."
)
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that is played.  [default: the last working day that is over]",
)
@click.option(
    "--seed", type=int, help="Make keys and letters the same each time; never in earnest."
)
def demo(
    folder: Path,
    fresh: bool,
    once: bool,
    at_desk: bool,
    as_json: bool,
    speed: float,
    day: datetime | None,
    seed: int | None,
) -> None:
    """Play a day of mail."""
    # The day has alarms that are part of it; the screen tells of them.
    logging.getLogger("mailbot").setLevel(logging.CRITICAL)
    prepared = prepare(folder.absolute(), keep=not fresh)
    profile = find(PROFILE, prepared.path)
    played = day.date() if day else last_day(datetime.now(profile.zone))
    console = Console(quiet=as_json, highlight=False)
    screen = Screen(console, 0.0 if once or as_json or not console.is_terminal else 1.2 / speed)
    with stage_of(prepared, profile, played, _randomness(seed)) as stage:
        tally = _show(stage, screen)
        if at_desk and not once and not as_json:
            sit_at_desk(stage.settings, stage.house, stage.play, console)
    if as_json:
        click.echo(json.dumps({**tally.as_dict(), "folder": str(prepared.path)}))


def _show(stage: Stage, screen: Screen) -> Tally:
    """Play the day from the first mail to the last letter."""
    play, people, zone = stage.play, stage.people, stage.profile.zone
    screen.opening(stage.profile.name, play.day, guide.near(stage.folder.path))
    mails = planned()
    steps: list[Step] = list(screen.mails(play.mails(mails), len(mails)))
    play.clock.now += AFTERNOON
    screen.queue(queue_table(list(people.queue()), play.clock.now, zone))
    screen.decision(people.decide(steps))
    screen.extension(people.extend(steps))
    play.round()
    letters = sent(play.books)
    screen.letters(letters, zone)
    screen.letter(play.host.letters[0])
    tally = check(play.books, play.host)
    screen.counts(tally)
    returned = {letter.case for letter in letters if letter.state == "bounced"}
    where = guide.places(stage.folder, tally)
    what = guide.tries(stage.folder, steps, returned, guide.program(Path(sys.argv[0])))
    stage.folder.readme.write_text(guide.as_text(where, what), "utf-8")
    screen.guide(where, what)
    return tally


@contextmanager
def stage_of(
    folder: Folder, profile: BoardProfile, day: date, random_bytes: Callable[[int], bytes]
) -> Iterator[Stage]:
    """Start the mail host, and the house on it."""
    clock = DayClock(datetime.combine(day, time(8), profile.zone))

    def keep(number: int, mail: SentMail) -> None:
        (folder.mails / f"{number:02d}-{mail.name}.eml").write_bytes(mail.raw)

    tray = Tray(folder.letters)
    with MailHost(profile.privacy_address, IMAP_PASSWORD, clock, tray) as host:
        settings = settle(folder, day, host.imap_port, host.smtp_port, random_bytes)
        house = app.build(settings, clock, random_bytes)
        try:
            people = People(app.desk(settings, profile.code, clock))
            people.enter()
            write_people(folder, FG.address, {"fg": FG.password, "board": BOARD.password})
            yield Stage(
                folder,
                profile,
                Play(
                    robot=house,
                    books=house.boards[profile.code].books,
                    host=host,
                    clock=clock,
                    day=day,
                    zone=profile.zone,
                    prefix=profile.reference_prefix,
                    keep=keep,
                ),
                people,
                settings,
                house,
            )
        finally:
            house.close()


def _randomness(seed: int | None) -> Callable[[int], bytes]:
    return os.urandom if seed is None else random.Random(seed).randbytes  # noqa: S311 - asked for.
