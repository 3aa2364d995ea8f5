"""Makes a database that came from a backup safe to work on: nothing is sent or shown again."""

from datetime import datetime

from sqlalchemy import update

from mailbot.adapters.retention import SqlRetention
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import letter, mailbox, raw_mail, reference_counter
from mailbot.adapters.tombstones import Tombstones, erase_again
from mailbot.domain.retention_book import AtServer

RESTORED = "restored"
"""Why a letter is held that may have left before the restore, and the plan in the log of purges."""
NUMBERS_LEFT_OUT = 1000
"""References are counted on from here, for parents hold some that the backup does not know."""


def silence(shelf: Shelf, now: datetime) -> None:
    """
    Let no mail from before this moment be answered by itself, for it may have been already.

    It holds for mail that waits to be read and for mail that is fetched again from its server.
    """
    of_board = raw_mail.c.board_id == shelf.board_id
    shelf.connection.execute(
        update(raw_mail).where(of_board, raw_mail.c.state != "worked").values(silent=True)
    )
    shelf.connection.execute(
        update(mailbox).where(mailbox.c.board_id == shelf.board_id).values(silent_before=now)
    )
    counter = reference_counter
    shelf.connection.execute(
        update(counter)
        .where(counter.c.board_id == shelf.board_id)
        .values(last=counter.c.last + NUMBERS_LEFT_OUT)
    )


def hold_letters(shelf: Shelf) -> int:
    """Hold every letter that has still to leave; a person lets go what never did."""
    held = shelf.connection.execute(
        update(letter)
        .where(letter.c.board_id == shelf.board_id, letter.c.state.in_(["waiting", "sending"]))
        .values(state="held", hold_reason=RESTORED, claimed_by=None, claimed_until=None)
    )
    return held.rowcount


def erase_what_came_back(
    shelf: Shelf, book: SqlRetention, stones: Tombstones, board: str, now: datetime
) -> int:
    """Erase again what was erased after the backup was made; return how many files."""
    erased = 0
    for stone in stones.of(board):
        if erase_again(shelf.connection, stone):
            # The mail servers were searched when it was erased for the first time.
            book.log(
                stone.item,
                plan=RESTORED,
                mails=len(stone.mails),
                server=AtServer.GONE if stone.mails else AtServer.NONE,
                at=now,
                officer_id=None,
            )
            erased += 1
    return erased
