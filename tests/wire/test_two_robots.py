"""Several robots on one PostgreSQL: each mail is worked once, each letter is sent once."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.adapters.database import connect
from mailbot.adapters.presence import is_gone, own_name
from mailbot.app.house import LEASE, LONGEST_WAIT
from tests.houses import ADDRESS, TestHouse, TurnedClock, build_bare_house, plain_mail
from tests.servers.dovecot import Dovecot
from tests.servers.loopback import eventually
from tests.servers.postgres import Postgres
from tests.servers.sink import Sink

START = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
ROBOTS = 50
ROOT = Path(__file__).parent.parent.parent


def request(number: int) -> bytes:
    """A request of one parent."""
    body = f"Ik wil graag weten welke gegevens jullie over mijn dochter hebben. {number}"
    return plain_mail("Inzage", body, sender=f"ouder{number}@gezin.test")


@pytest.fixture
def robots(
    tmp_path: Path, postgres: Postgres, sink: Sink
) -> Iterator[Callable[..., list[TestHouse]]]:
    """A function that builds so many robots with engines of their own on one database."""
    made: list[TestHouse] = []
    url = postgres.database()

    def build(count: int, clock: Callable[[], datetime]) -> list[TestHouse]:
        words = {"database": url, "extra_robot": "letters_an_hour = 5000"}
        made.extend(
            build_bare_house(tmp_path, clock, smtp_port=sink.port, **words) for _ in range(count)
        )
        return made

    yield build
    for one in made:
        one.close()


def all_at_once(works: list[Callable[[], int]]) -> list[int]:
    """Let everybody begin at the same moment, and return what each did."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], int]) -> int:
        barrier.wait(30)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


@pytest.mark.slow
def test_fifty_robots_race_for_one_letter_and_one_sends_it(
    robots: Callable[..., list[TestHouse]], sink: Sink
) -> None:
    """The claim on a letter is given once, however many ask at the same moment."""
    clock = TurnedClock(START)
    all_robots = robots(ROBOTS, clock)
    first = all_robots[0]
    for number in range(3):
        first.receive(request(number))
        first.house.work_off()
        accepted = all_at_once([one.house.deliver for one in all_robots])
        assert sorted(accepted) == [0] * (ROBOTS - 1) + [1]
    assert len(sink.letters) == 3
    assert {letter.recipients for letter in sink.letters} == {
        (f"ouder{number}@gezin.test",) for number in range(3)
    }


def test_eight_robots_share_the_mails_and_the_letters(
    robots: Callable[..., list[TestHouse]], sink: Sink
) -> None:
    """Each mail opens one case and has one acknowledgement, whoever works on it."""
    clock = TurnedClock(START)
    eight = robots(8, clock)
    eight[0].receive(*[request(number) for number in range(120)])
    all_at_once([one.house.work_off for one in eight])
    all_at_once([one.house.deliver for one in eight])
    first = eight[0]
    for table in ("mail", "cases", "letter"):
        assert first.count(table) == 120, table
    got = Counter(letter.recipients for letter in sink.letters)
    assert len(got) == 120
    assert set(got.values()) == {1}
    with first.house.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT reference FROM cases ORDER BY id").scalars()
        numbers = sorted(int(reference.split("-")[2]) for reference in rows)
    assert numbers == list(range(1, 121))
    # At least two of them worked: else nothing was shared.
    assert sum(one.house.boards["sipor"].triage.tally.opened > 0 for one in eight) >= 2


def test_the_same_mail_stored_by_two_robots_at_once_is_one_mail(
    robots: Callable[..., list[TestHouse]],
) -> None:
    """Two robots that see one mail at the same moment keep one content."""
    clock = TurnedClock(START)
    four = robots(4, clock)
    raws = [request(number) for number in range(30)]
    all_at_once([lambda one=one: one.receive(*raws) for one in four])  # type: ignore[misc]
    assert four[0].count("raw_mail") == 30
    assert four[0].count("sighting") == 30


def test_one_robot_at_a_time_reads_a_mailbox_and_the_next_takes_over(
    robots: Callable[..., list[TestHouse]],
) -> None:
    """The lease of a mailbox belongs to one robot, runs out by itself, and is taken over."""
    clock = TurnedClock(START)
    first, second = robots(2, clock)
    books = [one.house.boards["sipor"].books for one in (first, second)]
    number = books[0].mailbox("privacy")
    owners = [one.house.owner for one in (first, second)]
    assert books[0].lease(number, owners[0], clock(), LEASE)
    assert not books[1].lease(number, owners[1], clock(), LEASE)
    assert books[0].lease(number, owners[0], clock(), LEASE)
    clock.turn(seconds=LEASE.total_seconds() + 1)
    assert books[1].lease(number, owners[1], clock(), LEASE)
    assert not books[0].lease(number, owners[0], clock(), LEASE)
    assert timedelta(seconds=LONGEST_WAIT) < LEASE


def test_what_a_killed_robot_held_is_free_at_once_and_a_living_ones_is_not(
    robots: Callable[..., list[TestHouse]], sink: Sink
) -> None:
    """A robot that was killed keeps nobody waiting on its own machine."""
    clock = TurnedClock(START)
    living, second = robots(2, clock)
    source = "from mailbot.adapters.presence import own_name; print(own_name('dead'))"
    command = [sys.executable, "-c", source]
    dead = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    name = dead.stdout.strip()
    living.receive(request(0), request(1))
    books = second.house.boards["sipor"].books
    with books.opened() as opened:
        assert len(opened.ledger.claim(name, clock(), 1)) == 1
        assert len(opened.ledger.claim(living.house.owner, clock(), 1)) == 1
    assert books.lease(books.mailbox("privacy"), name, clock(), LEASE)
    assert second.house.take_over() == 2
    assert second.house.work_off() == 1
    assert second.house.take_over() == 0


def test_only_a_process_of_our_own_place_is_called_gone() -> None:
    """A robot elsewhere, or in a container beside us, may live though we do not see it."""
    own = own_name("token")
    place, pid, started, _ = own.split(".")
    assert len(own) <= 60
    assert not is_gone(own, own)
    assert is_gone(f"{place}.{pid}.{int(started) + 1}.x", own)
    assert is_gone(f"{place}.999999999.1.x", own)
    assert not is_gone("0000000000000000.999999999.1.x", own)
    assert not is_gone("some host 4711 abcdef", own)


def test_robots_may_start_at_once_on_an_empty_database(any_database: str, tmp_path: Path) -> None:
    """Migrations run once; nobody fails because another was quicker."""

    def start() -> int:
        house = build_bare_house(tmp_path, database=any_database)
        house.close()
        return 1

    assert sum(all_at_once([start] * 6)) == 6
    engine = connect(any_database)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM board").scalar() == 1
    engine.dispose()


@pytest.mark.slow
def test_two_running_robots_on_one_mailbox_write_to_each_parent_once(
    new_house: Callable[..., TestHouse], postgres: Postgres, dovecot: Dovecot, sink: Sink
) -> None:
    """Two whole robots with their timetables, one mailbox, one database, one letter each."""
    url = postgres.database()
    words = {"database": url, "extra_robot": "letters_an_hour = 5000"}
    first = new_house(smtp_port=sink.port, name="one", **words)
    second = build_bare_house(
        first.settings.path.parent,
        smtp_port=sink.port,
        imap_port=dovecot.imap_port,
        imap_password=first.settings.mailboxes[0].password.reveal(),
        **words,
    )
    running = [one.house.robot() for one in (first, second)]
    for robot in running:
        robot.start()
    for number in range(60):
        dovecot.append(ADDRESS, request(number))
    sink.wait_for(60, seconds=60)
    assert eventually(20, lambda: not dovecot.messages(ADDRESS))
    for house, robot in zip((first, second), running, strict=True):
        house.house.visits["privacy"].mailbox.close()
        robot.stop()
    assert len(sink.letters) == len({letter.recipients for letter in sink.letters}) == 60
    assert first.count("raw_mail") == first.count("cases") == first.count("letter") == 60
    second.close()
