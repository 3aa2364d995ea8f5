"""The database fails in the middle of the work: no mail is blamed, no letter leaves twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from mailbot.adapters import database
from mailbot.domain.errors import BooksUnavailable
from mailbot.domain.ports import Envelope, Postman, Receipt
from mailbot.work.outbox import Outbox
from tests.houses import TestHouse, TurnedClock, plain_mail
from tests.servers.postgres import Postgres
from tests.servers.sink import Sink

ACCESS = "Ik wil graag weten welke gegevens jullie over mijn dochter hebben."


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(datetime(2026, 9, 1, 7, 0, tzinfo=UTC))


@dataclass(frozen=True)
class ThenTrouble:
    """A postman after whose first letter something happens, while the answer is still warm."""

    postman: Postman
    happens: list[Callable[[], object]]

    async def send(self, envelope: Envelope, content: bytes) -> Receipt:
        """Send for real."""
        receipt = await self.postman.send(envelope, content)
        if self.happens:
            self.happens.pop()()
        return receipt

    async def close(self) -> None:
        """Hang up."""
        await self.postman.close()


@contextmanager
def full_disk(house: TestHouse) -> Iterator[None]:
    """Give the database no page more than it has."""
    engine, room = house.house.engine, True

    def limit(connection: object, *_: object) -> None:
        # SQLite takes no limit below what is used already, and so stays at just that.
        connection.execute(f"PRAGMA max_page_count = {1_000_000_000 if room else 1}")  # type: ignore[attr-defined]

    event.listen(engine, "connect", limit)
    room = False
    engine.dispose()
    yield
    room = True
    engine.dispose()
    event.remove(engine, "connect", limit)


def letters_after_trouble(
    house: TestHouse, clock: TurnedClock, trouble: Callable[[], object], ends: Callable[[], object]
) -> None:
    """Let the books fail between a letter and its line in them, longer than a claim holds."""
    house.receive(
        plain_mail("Inzage", ACCESS), plain_mail("Nog een", ACCESS, sender="b@gezin.test")
    )
    house.house.work_off()
    board = house.house.boards["sipor"]
    outbox: Outbox = replace(board.outbox, postman=ThenTrouble(board.outbox.postman, [trouble]))
    house.house.boards["sipor"] = replace(board, outbox=outbox)
    for _ in range(3):
        with pytest.raises(BooksUnavailable):
            house.house.deliver()
        clock.turn(minutes=3)
    ends()
    house.house.deliver()
    clock.turn(minutes=3)
    house.house.deliver()
    assert house.count("letter", "state = 'sent'") == 2
    assert house.count("event", "kind = 'letter_accepted'") == 2


def test_a_full_disk_is_held_against_no_mail(
    bare_house: Callable[..., TestHouse], clock: TurnedClock
) -> None:
    """However long it lasts, nothing goes to quarantine; with room again all cases open (fault 9)."""
    house = bare_house(clock)
    mails = [plain_mail("Inzage", ACCESS, sender=f"ouder{n}@gezin.test") for n in range(3)]
    house.receive(*mails)
    with full_disk(house):
        for _ in range(6):
            with pytest.raises(BooksUnavailable):
                house.house.work_off()
            clock.turn(minutes=3)
        assert house.count("raw_mail", "state = 'stored' AND tries = 0") == 3
    house.house.work_off()
    assert house.count("cases") == house.count("raw_mail", "state = 'worked'") == 3


def test_a_letter_that_could_not_be_written_down_leaves_once_locked(
    bare_house: Callable[..., TestHouse],
    clock: TurnedClock,
    sink: Sink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A lock that comes between the sending and the books costs nobody a second letter (fault 9)."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    house = bare_house(clock, smtp_port=sink.port)
    holder = house.house.engine.connect()
    letters_after_trouble(house, clock, holder.begin, holder.close)
    assert len(sink.letters) == 2


def test_a_letter_that_could_not_be_written_down_leaves_once_restarted(
    bare_house: Callable[..., TestHouse], clock: TurnedClock, sink: Sink, postgres: Postgres
) -> None:
    """Nor does a PostgreSQL that stops just then (fault 9)."""
    house = bare_house(clock, smtp_port=sink.port, database=postgres.database())
    try:
        letters_after_trouble(house, clock, postgres.stop, postgres.start)
    finally:
        postgres.start()
    assert len(sink.letters) == 2
