"""Puts together what must be done to a database that came from a backup, before a robot sees it."""

from dataclasses import dataclass

from mailbot.adapters.restored import erase_what_came_back, hold_letters, silence
from mailbot.adapters.retention import SqlRetention, SqlRetentionBooks
from mailbot.adapters.tombstones import Tombstones
from mailbot.app.house import build
from mailbot.app.parts import Clock, erased_file, wall_clock
from mailbot.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done after a restore."""

    erased: int
    held: int
    wiped: bool


def restored(settings: Settings, clock: Clock = wall_clock) -> Restored:
    """
    Make a restored database safe; it may be done again.

    1. Erase again what was erased since the backup.
    2. Let no earlier mail be answered by itself.
    3. Pass over the reminders that have come, for they may have been sent as well.
    4. Hold every letter that waits, and a proof that is due now, for a person to look at.
    """
    house = build(settings, clock)
    erased = held = 0
    wiped = True
    try:
        now = clock()
        for board in house.boards.values():
            stones = Tombstones(erased_file(settings))
            with board.books.shelf() as shelf:
                book = SqlRetention(shelf, board.profile.zone)
                erased += erase_what_came_back(shelf, book, stones, board.profile.code, now)
                silence(shelf, now)
            board.copies.destroy(now)
            board.reminders.pass_over(now)
        house.prove()
        for board in house.boards.values():
            with board.books.shelf() as shelf:
                held += hold_letters(shelf)
            wiped &= SqlRetentionBooks(board.books, board.profile.zone).tidy()
    finally:
        house.close()
    return Restored(erased, held, wiped)
