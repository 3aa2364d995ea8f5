"""One round over one mail, killed at what it writes and at what it says to a server."""

import os
from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest

from classifiers import learned_classifier
from mailbot import app
from mailbot.cli import commands
from tests.crash.killing import apart, killed_at_each_write
from tests.houses import ADDRESS, MASTER, plain_mail
from tests.servers.dovecot import PASSWORD

DECISIVE = {"pwrite64": 7, "sendto": 7}
"""What writes to SQLite, and what reaches PostgreSQL, Dovecot and the receiving server: at one in
how many of them the robot is killed."""
ROUNDS = 4
"""Rounds within which what a kill left is finished: what the dead robot held is taken over at once."""


def mail(number: int) -> bytes:
    """A request of one parent, like no other."""
    return plain_mail(
        f"Inzage {number}",
        f"Ik wil weten welke gegevens jullie over mijn dochter hebben. Nummer {number}.",
        sender=f"ouder{number}@gezin.test",
        message_id=f"<{number}@gezin.test>",
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_at_any_write_or_word_to_a_server_nothing_is_lost_and_nobody_hears_twice(
    scene: Callable[..., Any],
) -> None:
    """A mail leaves the inbox after its row, and a letter goes once, or again the same (faults 1, 21)."""
    here = scene()
    books = here.books
    app.upgrade(books.engine)
    learned_classifier()  # Read once here, and not again by each process that is killed.
    settings = str(here.robot.folder / "mailbot.toml")
    raws: list[bytes] = []

    def come() -> None:
        raws.append(mail(len(raws)))
        with books.dovecot.session(ADDRESS) as imap:
            imap.append("INBOX", raws[-1])
        books.engine.dispose()

    def round_() -> None:
        os.environ |= {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_MASTER_KEY": MASTER}
        commands.main(["--settings", settings, "run", "--once"], standalone_mode=False)

    stored = half_done = sent_again = kills = 0
    come()
    strikes = (killed_at_each_write(round_, [call], every=n) for call, n in DECISIVE.items())
    for call, number, killed in chain.from_iterable(strikes):
        kills += killed
        left = books.dovecot.messages(ADDRESS)
        rows = books.count("raw_mail")
        assert rows in (len(raws) - 1, len(raws)), (call, number)
        # What has left the inbox is in the books.
        assert left or rows == len(raws), (call, number)
        assert killed or books.done(len(raws)), (call, number)
        stored += killed and rows == len(raws)
        half_done += killed and books.half_done() > 0
        for _ in range(ROUNDS):
            if not books.done(len(raws)):
                books.engine.dispose()
                apart(round_)
        assert books.done(len(raws)), (call, number)
        sent_again = books.balance(raws)
        come()
    # The kills must have hit each part of the way; else this test proves nothing.
    assert kills >= 15
    assert 0 < stored < kills
    assert half_done
    assert sent_again <= kills
