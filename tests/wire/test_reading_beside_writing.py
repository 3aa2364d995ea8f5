"""Pages read beside whoever writes: they wait for nobody, and ask no more than they must."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, delete, event, func, select, update

from mailbot import app
from mailbot.adapters.retention import RETENTION_LOCK
from mailbot.adapters.schema import cases, data_key
from mailbot.domain.decision import Officer
from mailbot.domain.errors import Damaged
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import QueueFilter
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk
from mailbot.work.handling.by_hand import ByOtherWay, Channel, open_by_hand
from mailbot.work.handling.linking import link
from mailbot.work.handling.papers import open_page
from mailbot.work.queue import overview
from mailbot.work.reading import CaseMails
from tests.houses import TestHouse, TurnedClock, plain_mail

pytestmark = pytest.mark.usefixtures("connections_closed")


@pytest.fixture
def house(any_database: str, bare_house: Callable[..., TestHouse]) -> TestHouse:
    made = bare_house(TurnedClock(datetime(2026, 11, 2, 9, tzinfo=UTC)), database=any_database)
    made.receive(plain_mail("Inzage", "Graag een kopie van alle gegevens van mijn zoon Daan."))
    made.house.work_off()
    return made


def first(desk: Desk, officer: Officer) -> str:
    """Name the case that is due first."""
    return overview(desk, officer, QueueFilter()).page.rows[0].reference


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Keep the statements that a database is asked meanwhile."""
    asked: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield asked
    event.remove(engine, "before_cursor_execute", keep)


def test_pages_wait_for_nobody_who_writes(house: TestHouse) -> None:
    """A robot at work on a case, or a purge under way, keeps no officer from reading."""
    desk, fg = house.officer(Role.FG)
    reference = first(desk, fg)
    retention = app.retention(house.settings, "sipor", house.clock)
    read: list[object] = []

    def look() -> None:
        read.append(overview(desk, fg, QueueFilter()))
        read.append(open_page(desk, fg, reference))
        read.append(desk.show(fg, reference))
        read.append(retention.is_held(fg, reference))

    with house.house.engine.begin() as connection:
        connection.execute(update(cases).values(urgent=True))
        if connection.dialect.name == "postgresql":
            board = house.house.boards["sipor"].books.board_id
            connection.execute(select(func.pg_advisory_xact_lock(RETENTION_LOCK, board)))
        looking = threading.Thread(target=look)
        looking.start()
        looking.join(15)
        assert 4 == len(read)


def test_linked_cases_cost_a_page_no_more(house: TestHouse) -> None:
    """What a page asks for does not grow with the cases linked to it."""
    desk, fg = house.officer(Role.FG)
    reference = first(desk, fg)
    asked = []
    for number in range(4):
        called = ByOtherWay(
            Kind.ACCESS, Channel.PHONE, date(2026, 11, 2), "Vanmorgen gebeld.", name="Jip Smit"
        )
        link(desk, fg, reference, open_by_hand(desk, fg, called).reference)
        with counted(desk.books._books.engine) as statements:  # type: ignore[attr-defined]
            page = open_page(desk, fg, reference)
        assert number + 1 == len(page.file.story.linked)
        asked.append(len(statements))
    assert 1 == len(set(asked))


def test_a_page_and_its_mails_say_what_separate_readings_say(house: TestHouse) -> None:
    """Reading at one moment changes nothing in what is read, and every mail read is written down."""
    desk, fg = house.officer(Role.FG)
    reference = first(desk, fg)
    page = open_page(desk, fg, reference)
    story = desk.show(fg, reference)
    assert story == page.file.story
    told = page.deadlines.sentences("nl", desk.clockwork.profile.zone)
    assert tuple(desk.explain(story)) == told
    mails = CaseMails(desk, app.reader(house.settings, "sipor"))
    opened, others = mails.of_page(fg, story)
    assert list(mails.of_story(fg, story)) == list(opened)
    assert [] == list(others)
    assert 2 * len(story.mails) == house.count("event", "kind = 'mail_read'")


def test_the_page_says_who_else_has_it_open(house: TestHouse) -> None:
    """It is remembered with the reading of the mails."""
    desk, fg = house.officer(Role.FG)
    _, member = house.officer(Role.BOARD)
    story = desk.show(fg, first(desk, fg))
    mails = CaseMails(desk, app.reader(house.settings, "sipor"))
    mails.of_page(member, story)
    assert [member.name] == list(mails.of_page(fg, story)[1])


def test_an_erased_key_is_gone_at_once(house: TestHouse) -> None:
    """Where a transaction writes, no key is remembered that it may have erased."""
    with house.house.boards["sipor"].books.shelf() as shelf:
        assert shelf.case_key(1)
        shelf.connection.execute(delete(data_key))
        with pytest.raises(Damaged):
            shelf.case_key(1)
