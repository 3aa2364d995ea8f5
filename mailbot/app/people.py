"""The doors of people, one board at a time, as the command line opens them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.calendar import DutchCalendar
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.deskbook import SqlDeskBooks
from mailbot.adapters.door import OpenDoor, SqlDoor
from mailbot.adapters.figures import SqlFigures
from mailbot.adapters.holds import SqlHoldBooks
from mailbot.adapters.keys import vault_of
from mailbot.adapters.passages import passages_of
from mailbot.adapters.vault import Vault
from mailbot.app.parts import (
    Clock,
    alarms,
    daily_proof,
    letter_writer,
    reader,
    retention_job,
    wall_clock,
)
from mailbot.domain.board import BoardProfile
from mailbot.domain.passages import BoardPassage
from mailbot.domain.ports import Alarm
from mailbot.settings import Settings
from mailbot.work.clockwork import Clockwork
from mailbot.work.desk import Desk
from mailbot.work.figures import Figures
from mailbot.work.parked import Parked
from mailbot.work.proof import DailyProof
from mailbot.work.quiet import SilentAlarm
from mailbot.work.retention_acts import RetentionActs


def desk(settings: Settings, board: str, clock: Clock = wall_clock) -> Desk:
    """Put the people's door of one board together; the robot never gets it."""
    return desk_of(*people_books(settings, board), clock)


def desk_of(profile: BoardProfile, vault: Vault, books: SqlBooks, clock: Clock) -> Desk:
    """Put a desk on books that are open."""
    clockwork = Clockwork(profile, DutchCalendar())
    return Desk(SqlDeskBooks(books), clockwork, letter_writer(profile, vault, os.urandom), clock)


def people_books(settings: Settings, board: str) -> tuple[BoardProfile, Vault, SqlBooks]:
    """Open the books of one board for a people's door."""
    engine = connect(settings.database.url)
    upgrade(engine)
    profile = settings.board(board)
    vault = vault_of(engine, settings.keys.master.reveal())
    return profile, vault, SqlBooks(engine, vault, profile.code, profile.reference_prefix)


def retention(settings: Settings, board: str, clock: Clock = wall_clock) -> RetentionActs:
    """Put together what people do about the keeping and erasing of one board."""
    return retention_acts(settings, *people_books(settings, board), clock)


def retention_acts(
    settings: Settings, profile: BoardProfile, vault: Vault, books: SqlBooks, clock: Clock
) -> RetentionActs:
    """Put together what people do about keeping, on books that are open."""
    job = retention_job(settings, profile, books, vault, alarms(settings, clock))
    return RetentionActs(job, SqlHoldBooks(books), clock)


def parked(settings: Settings, board: str, clock: Clock = wall_clock) -> Parked:
    """Put together what people do with the mails of one board that belong to no case."""
    acts = retention(settings, board, clock)
    return Parked(acts.holds, reader(settings, board), clock)


def passages(settings: Settings, board: str) -> Mapping[str, BoardPassage]:
    """Give the passages that hold for one board, for `work/passages.py`."""
    return passages_of(settings.board(board))


def figures(settings: Settings, board: str, clock: Clock = wall_clock) -> Figures:
    """Put together what counts a year of one board."""
    profile, _, books = people_books(settings, board)
    return Figures(SqlFigures(books, profile.zone), profile.zone, clock)


@contextmanager
def door(settings: Settings, board: str) -> Iterator[tuple[OpenDoor, int]]:
    """Open the sign-in of one board for the command line: one transaction, and the board's number."""
    _, vault, books = people_books(settings, board)
    try:
        with SqlDoor(books.engine, vault).opened() as opened:
            yield opened, books.board_id
    finally:
        books.engine.dispose()


@contextmanager
def proof_of(
    settings: Settings, board: str, clock: Clock = wall_clock, *, sounding: bool = False
) -> Iterator[DailyProof]:
    """Open what watches over the proofs of one board; it alarms only where it is *sounding*."""
    profile, vault, books = people_books(settings, board)
    alarm: Alarm = alarms(settings, clock) if sounding else SilentAlarm()
    letters = letter_writer(profile, vault, os.urandom)
    try:
        yield daily_proof(settings, books, Clockwork(profile, DutchCalendar()), letters, alarm)
    finally:
        books.engine.dispose()
