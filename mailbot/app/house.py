"""The robot's house: everything that works for the boards of one process, and its timetable."""

import asyncio
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.imap import ImapMailbox
from mailbot.adapters.keys import vault_of
from mailbot.adapters.presence import is_gone, own_name
from mailbot.adapters.vault import Vault
from mailbot.app.board import BoardHouse, Shared, board_house
from mailbot.app.parts import (
    PROVE_EVERY,
    Clock,
    alarms,
    mailbox_address,
    wall_clock,
)
from mailbot.domain.ports import Alarm
from mailbot.robot import Job, Robot
from mailbot.settings import Settings
from mailbot.settings.values import MailboxSettings
from mailbot.work.intake import Source
from mailbot.work.quiet import QuietAlarm
from mailbot.work.visits import Visits

LEASE = timedelta(minutes=2)
"""How long a robot keeps a mailbox to itself after each visit; another takes over after that."""
LONGEST_WAIT = 60.0
"""Seconds of one wait for news, so that the lease is renewed well before it ends."""
POST_EVERY = timedelta(seconds=1)
WORK_EVERY = timedelta(seconds=2)
REMIND_EVERY = timedelta(minutes=5)
LOOK_EVERY = timedelta(seconds=20)
DESTROY_EVERY = timedelta(minutes=5)
TAKE_OVER_EVERY = timedelta(seconds=30)
PURGE_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class House:
    """The whole house of one process."""

    settings: Settings
    engine: Engine
    vault: Vault
    alarm: Alarm
    clock: Clock
    owner: str
    boards: dict[str, BoardHouse]
    visits: dict[str, Visits]
    post: asyncio.Runner = field(repr=False)
    _post_lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def collect(self) -> int:
        """Visit every mailbox this robot holds the lease of, once."""
        return sum(self.visit(name) or 0 for name in self.visits)

    def visit(self, name: str) -> int | None:
        """Collect from one mailbox, if no other robot reads it; None when nothing was reached."""
        visits = self.visits[name]
        books = self.boards[self._board_of(name)].books
        now = self.clock()
        if not books.lease(visits.source.number, self.owner, now, LEASE):
            return None
        new = visits.collect()
        if new is not None:
            books.reached(visits.source.number, now)
        return new

    def work_off(self, *, on_round: Callable[[], None] = lambda: None) -> int:
        """Work through everything that waits, oldest first."""
        worked = 0
        for board in self.boards.values():
            while taken := board.triage.work_off(self.clock()):
                worked += taken
                on_round()
        return worked

    def deliver(self) -> int:
        """Send every letter that is due."""
        with self._post_lock:
            return sum(
                self.post.run(board.outbox.deliver(self.clock)) for board in self.boards.values()
            )

    def remind(self) -> int:
        """Write the reminders that have come due, and look after the notices of extensions."""
        for board in self.boards.values():
            board.notices.look(self.clock())
        return sum(board.reminders.remind(self.clock()) for board in self.boards.values())

    def prove(self) -> int:
        """Write the daily proofs that are due, and watch over those before."""
        written = 0
        for board in self.boards.values():
            written += board.proof.prove(self.clock()) is not None
            board.proof.watch(self.clock())
        return written

    def look_for_copies(self) -> int:
        """Look at attached pictures for identity documents nobody named; return how many showed one."""
        return sum(board.looks.look(self.clock) for board in self.boards.values())

    def destroy_copies(self) -> int:
        """Destroy the copies of identity documents whose time has come; return how many."""
        destroyed = 0
        for board in self.boards.values():
            destroyed += board.copies.destroy(self.clock())
            board.copies.clear_servers(self.clock())
        return destroyed

    def purge(self) -> int:
        """Erase what is past its term and stood visible long enough; return how many files."""
        return sum(board.retention.by_itself(self.clock()).erased for board in self.boards.values())

    def take_over(self) -> int:
        """Take over at once what robots of this machine held when they were killed."""
        now = self.clock()
        return sum(
            board.books.take_over(lambda name: is_gone(name, self.owner), now)
            for board in self.boards.values()
        )

    def robot(self) -> Robot:
        """Make the timetable."""
        wait = min(float(self.settings.robot.poll_seconds), LONGEST_WAIT)
        jobs = [
            Job(f"mailbox {name}", lambda name=name: self._watch(name, wait), timedelta(seconds=1))  # type: ignore[misc]
            for name in self.visits
        ]
        return Robot(
            [
                *jobs,
                Job("work", self.work_off, WORK_EVERY),
                Job("post", self.deliver, POST_EVERY),
                Job("reminders", self.remind, REMIND_EVERY),
                Job("daily proof", self.prove, PROVE_EVERY),
                Job("identity looks", self.look_for_copies, LOOK_EVERY),
                Job("identity copies", self.destroy_copies, DESTROY_EVERY),
                Job("take over", self.take_over, TAKE_OVER_EVERY),
                Job("retention", self.purge, PURGE_EVERY),
            ],
            self.alarm,
        )

    def close(self) -> None:
        """Sign out everywhere."""
        for visits in self.visits.values():
            visits.mailbox.close()
        with self._post_lock:
            for board in self.boards.values():
                self.post.run(board.outbox.postman.close())
            self.post.close()
        self.engine.dispose()

    def _watch(self, name: str, wait: float) -> None:
        if self.visit(name) is not None:
            self.work_off()
            self.visits[name].wait(wait)

    def _board_of(self, mailbox: str) -> str:
        return next(one.board for one in self.settings.mailboxes if one.name == mailbox)


def build(
    settings: Settings,
    clock: Clock = wall_clock,
    random: Callable[[int], bytes] = os.urandom,
) -> House:
    """Put the robot's house together from its settings; brings the database up to date."""
    engine = connect(settings.database.url)
    upgrade(engine)
    vault = vault_of(engine, settings.keys.master.reveal(), random)
    alarm = QuietAlarm(alarms(settings, clock), clock)
    owner = own_name(secrets.token_hex(4))
    post = asyncio.Runner()
    boards = {
        profile.code: board_house(settings, profile, Shared(engine, vault, alarm, owner, random))
        for profile in settings.boards
    }
    visits = {
        one.name: visits_to(settings, one, boards[one.board].books, alarm, clock)
        for one in settings.mailboxes
    }
    house = House(settings, engine, vault, alarm, clock, owner, boards, visits, post)
    house.take_over()
    return house


def visits_to(
    settings: Settings, one: MailboxSettings, books: SqlBooks, alarm: Alarm, clock: Clock
) -> Visits:
    """Put together what visits one mailbox."""
    number = books.mailbox(one.name)
    source = Source(number, one.folders, max(one.cutoff, books.silent_before(number) or one.cutoff))
    mailbox = ImapMailbox(mailbox_address(settings, one))
    return Visits(one.name, mailbox, source, books, alarm, clock)
