"""A board whose schools are closed in summer: the robot reminds before it, the case says why."""

from collections.abc import Callable
from datetime import UTC, datetime

from mailbot.domain.roles import Role
from tests.houses import TestHouse, TurnedClock, plain_mail

HOLIDAY = """
[[board.school_holidays]]
name = "zomervakantie"
from = 2026-07-18
to = 2026-08-30
"""
INSIGHT = "Ik wil graag inzage in het dossier van mijn dochter Fatima."


def test_a_due_date_far_in_the_holiday_is_reminded_of_before_it(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Due on 8 August, beyond what the robot usually looks at in July; the date itself stands."""
    clock = TurnedClock(datetime(2026, 7, 11, 9, tzinfo=UTC))
    house = bare_house(clock, database=any_database, extra_robot=HOLIDAY)
    desk, officer = house.officer(Role.FG)
    house.receive(plain_mail("Inzage", INSIGHT))
    house.house.work_off()
    (case,) = desk.queue(officer)

    clock.now = datetime(2026, 7, 16, 9, tzinfo=UTC)
    on_thursday = house.house.remind()
    clock.now = datetime(2026, 7, 17, 9, tzinfo=UTC)
    on_friday = house.house.remind()
    clock.now = datetime(2026, 7, 27, 9, tzinfo=UTC)
    in_the_holiday = house.house.remind()
    clock.now = datetime(2026, 8, 7, 9, tzinfo=UTC)
    on_the_last_working_day = house.house.remind()

    assert (0, 1, 0, 1) == (on_thursday, on_friday, in_the_holiday, on_the_last_working_day)
    assert "2026-08-08" == str(case.dates.due)
    told = desk.explain(desk.show(officer, case.reference))
    assert any("al op vrijdag 17 juli 2026" in sentence for sentence in told)
