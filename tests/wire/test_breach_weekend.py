"""A breach on a Friday evening: people are reminded through the weekend, at any hour."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbot.domain.decision import Officer
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.register import BreachRegister
from mailbot.work.register_acts import BreachDecisions
from tests.houses import TestHouse, TurnedClock, plain_mail

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# The night in which summer time begins lies within these 72 hours.
RECEIVED = datetime(2026, 3, 27, 22, 40, tzinfo=AMSTERDAM).astimezone(UTC)
LEAK = "Ik wil een datalek melden: ik kreeg per mail een lijst met gegevens van andere kinderen."
REASON = "De ontvanger belde de school al eerder"


@pytest.fixture
def weekend(bare_house: Callable[..., TestHouse], any_database: str) -> TestHouse:
    """A house that received a breach report on Friday evening, and nobody there yet."""
    house = bare_house(TurnedClock(RECEIVED), database=any_database)
    house.officer(Role.FG)
    house.receive(plain_mail("Datalek", LEAK))
    house.house.work_off()
    return house


def steps(house: TestHouse, until: timedelta) -> list[float]:
    """Let the robot look each quarter of an hour; give the hours at which it reminded anybody."""
    clock = house.clock
    assert isinstance(clock, TurnedClock)
    hours = []
    while clock() <= RECEIVED + until:
        if house.house.remind():
            hours.append((clock() - RECEIVED).total_seconds() / 3600)
        clock.turn(minutes=15)
    return hours


def reference(house: TestHouse, officer: Officer) -> str:
    """Name the one case."""
    (case,) = house.desk.queue(officer)
    assert case.kind is Kind.BREACH
    return case.reference


def alarms(house: TestHouse) -> int:
    """Count the missed deadlines in the history."""
    return house.count("event", "kind = 'deadline_missed'")


def test_nobody_there_is_reminded_at_each_step_of_the_weekend(weekend: TestHouse) -> None:
    """At receipt, then 24, 48, 60 and 68 hours after it, once each (reglement section 3)."""
    assert [0, 24, 48, 60, 68] == steps(weekend, timedelta(hours=71))
    assert 0 == alarms(weekend)
    assert [] == steps(weekend, timedelta(hours=100))
    assert 1 == alarms(weekend)


def test_awareness_starts_the_ladder_from_the_moment_people_knew(weekend: TestHouse) -> None:
    """Steps before the record are not repeated; those after it count from awareness."""
    assert [0, 24] == steps(weekend, timedelta(hours=29.75))
    fg = weekend.enter(Role.FG)
    aware = RECEIVED - timedelta(hours=6)
    BreachRegister(weekend.desk).aware(fg, reference(weekend, fg), aware, REASON)

    assert [42, 54, 62] == steps(weekend, timedelta(hours=66))
    assert 1 == alarms(weekend)


def test_recording_awareness_twice_reminds_of_no_step_twice(weekend: TestHouse) -> None:
    """A correction by minutes brings no second mail about what people have just seen."""
    fg = weekend.enter(Role.FG)
    register = BreachRegister(weekend.desk)
    assert [0, 24] == steps(weekend, timedelta(hours=30))
    register.aware(fg, reference(weekend, fg), RECEIVED, REASON)
    register.aware(fg, reference(weekend, fg), RECEIVED + timedelta(minutes=10), REASON)

    assert [48.25, 60.25, 68.25] == steps(weekend, timedelta(hours=71))


def test_a_notified_breach_reminds_of_the_seventy_two_hours_no_more(weekend: TestHouse) -> None:
    """Nobody is nagged about what was done, and no deadline that was met counts as missed."""
    fg = weekend.enter(Role.FG)
    assert [0, 24] == steps(weekend, timedelta(hours=30))
    BreachRegister(weekend.desk).aware(fg, reference(weekend, fg), RECEIVED, REASON)
    decisions = BreachDecisions(BreachRegister(weekend.desk))
    decisions.notify_ap(fg, reference(weekend, fg), weekend.clock(), number="AP-1")

    assert [] == steps(weekend, timedelta(hours=100))
    assert 0 == alarms(weekend)
    (case,) = weekend.desk.queue(fg)
    assert not case.overdue(weekend.clock())


def test_a_board_that_takes_back_not_reporting_has_its_clock_again(weekend: TestHouse) -> None:
    """The 72 hours count from awareness, not from the second thought."""
    board = weekend.enter(Role.BOARD)
    register = BreachRegister(weekend.desk)
    decisions = BreachDecisions(register)
    register.aware(board, reference(weekend, board), RECEIVED, REASON)
    decisions.decide_ap(
        board, reference(weekend, board), report=False, reason="Alles is versleuteld"
    )
    assert [] == steps(weekend, timedelta(hours=50))
    decisions.decide_ap(
        board, reference(weekend, board), report=True, reason="De sleutel is ook weg"
    )

    # The step of 48 hours had passed in silence, so it is said now that the clock is back.
    assert [50.25, 60, 68] == steps(weekend, timedelta(hours=71))
