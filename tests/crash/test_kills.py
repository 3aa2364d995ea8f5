"""The robot is killed again and again, and nothing is lost and nobody is written to twice."""

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from mailbot import app
from tests.houses import ADDRESS, plain_mail
from tests.servers.loopback import eventually

KILLS = 20
MAILS = 200
SEED = 42


def mails(count: int) -> list[bytes]:
    """Different requests of different parents, one a cap would not hold back."""
    return [
        plain_mail(
            f"Inzage {number}",
            f"Ik wil weten welke gegevens jullie over mijn dochter hebben. Nummer {number}.",
            sender=f"ouder{number}@gezin.test",
            message_id=f"<{number}@gezin.test>",
        )
        for number in range(count)
    ]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_twenty_kills_in_two_hundred_mails_lose_none_and_acknowledge_none_twice(
    scene: Callable[..., Any],
) -> None:
    """Killing the robot at any moment and starting it again changes nothing (architecture)."""
    # A mail over which the robot dies again and again is set aside, rightly; here the strikes aim
    # at its work, and hit the same mail more often than any power cut would.
    here = scene(extra_robot="letters_an_hour = 5000\nquarantine_tries = 10")
    app.upgrade(here.books.engine)
    draw = random.Random(SEED)
    raws = mails(MAILS)
    interrupted = 0
    for round_ in range(KILLS):
        with here.books.dovecot.session(ADDRESS) as imap:
            for raw in raws[round_ * 10 : round_ * 10 + 10]:
                imap.append("INBOX", raw)
        here.robot.start()
        _until_it_works(here, "raw_mail" if round_ % 2 else "mail")
        time.sleep(draw.uniform(0.0, 0.4))
        here.robot.kill()
        interrupted += here.books.half_done() > 0

    here.robot.start()
    came = eventually(180, lambda: here.books.done(MAILS))
    assert here.robot.stop() == 0
    assert came, here.robot.output.read_text()
    repeats = here.books.balance(raws)
    # The kills must have hit: else this test proves nothing.
    assert interrupted >= 5
    assert repeats <= KILLS


def _until_it_works(here: Any, table: str) -> None:
    """Wait until the robot has fetched (`raw_mail`) or judged (`mail`) one more, to strike then."""
    before = here.books.count(table)
    eventually(30, lambda: here.books.count(table) != before)
