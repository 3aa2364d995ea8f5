"""School holidays make reminders earlier and never move a date."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot import profiles
from mailbot.adapters.calendar import DutchCalendar
from mailbot.cli.deadlines import deadlines as command
from mailbot.domain.board import ReminderSteps
from mailbot.domain.clocks import clock_for, with_awareness
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.early_reminders import with_early_reminders
from mailbot.domain.errors import SettingsWrong
from mailbot.domain.kinds import Kind
from mailbot.domain.reminder_steps import ladder, latest_step
from mailbot.domain.school_holidays import SchoolHoliday, before_holidays, reach
from mailbot.domain.working_days import in_working_hours

CALENDAR = DutchCalendar()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HERE = Path(__file__).parent
SUMMER = SchoolHoliday("zomervakantie", date(2026, 7, 18), date(2026, 8, 30))
"""Made up for the tests, as every holiday here."""
PLAN = ReminderSteps(school_holidays=(SUMMER,))

BOARD = """
code = "derde"
name = "De Derde"
reference_prefix = "DERDE"
privacy_address = "privacy@derde.example"
school_region = "midden"

[links]
authority = "https://www.autoriteitpersoonsgegevens.nl"
court = "https://www.rechtspraak.nl"

[[school_holidays]]
name = "zomervakantie"
from = 2026-07-18
to = 2026-08-30
"""


def request(day: str) -> Deadlines:
    return clock_for(Kind.ERASURE, datetime.fromisoformat(f"{day}T10:00+00:00"), calendar=CALENDAR)


def days(dates: Deadlines, plan: ReminderSteps, since: datetime | None = None) -> dict[str, str]:
    """Each step up to the due date with its local day."""
    assert dates.due
    end = datetime(dates.due.year, dates.due.month, dates.due.day, 21, tzinfo=UTC)
    steps = ladder(dates, end, calendar=CALENDAR, since=since, plan=plan)
    return {step.code: f"{step.at.astimezone(AMSTERDAM):%m-%d}" for step in steps}


def test_reminders_in_a_school_holiday_go_on_the_last_working_day_before_it() -> None:
    """Due on 29 July: all but the first would fall in the holiday that begins on the 18th."""
    assert {
        "due_14": "07-15",
        "due_7": "07-17",
        "due_3": "07-17",
        "due_1": "07-17",
        "due_0": "07-17",
        "last_working_day": "07-29",
    } == days(request("2026-07-01"), PLAN)


def test_several_steps_brought_to_one_morning_make_one_reminder() -> None:
    """Nobody gets four mails about one case in one minute."""
    friday = datetime(2026, 7, 17, 7, tzinfo=UTC)

    step = latest_step(request("2026-07-01"), friday, calendar=CALENDAR, plan=PLAN)

    assert step is not None
    assert step.code == "due_0"


def test_a_request_that_came_in_the_holiday_is_reminded_of_as_usual() -> None:
    """What was not known before the holiday cannot be brought before it, and is not dropped."""
    dates = request("2026-07-28")

    assert days(dates, ReminderSteps()) == days(dates, PLAN)


def test_an_extension_made_in_the_holiday_is_reminded_of_as_usual() -> None:
    """The new date was not known before the holiday either."""
    dates = request("2026-07-01")
    act = datetime(2026, 7, 20, 9, tzinfo=UTC)

    assert days(dates, ReminderSteps()) == days(dates, PLAN, since=act)


def test_a_breach_knows_no_holidays() -> None:
    """The 72 hours run through every holiday, and so do their reminders."""
    noon = datetime(2026, 7, 20, 10, tzinfo=UTC)
    breach = with_awareness(clock_for(Kind.BREACH, noon, calendar=CALENDAR), noon, by="Noor")

    end = noon + timedelta(hours=72)
    assert ladder(breach, end, calendar=CALENDAR) == ladder(
        breach, end, calendar=CALENDAR, plan=PLAN
    )


def test_holidays_one_after_another_are_left_behind_all() -> None:
    """A day between two holidays on which nobody works is no day to remind on."""
    autumn = SchoolHoliday("herfstvakantie", date(2026, 10, 17), date(2026, 10, 25))
    week = SchoolHoliday("studieweek", date(2026, 10, 26), date(2026, 10, 30))

    moved = before_holidays(date(2026, 10, 28), (autumn, week), CALENDAR)

    assert date(2026, 10, 16) == moved


holidays = st.builds(
    lambda first, length: SchoolHoliday("vakantie", first, first + timedelta(days=length)),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 50),
)


@given(
    received=st.datetimes(
        datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone.
        datetime(2026, 12, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    closed=st.lists(holidays, max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_no_holidays_move_a_date_or_make_a_reminder_later(
    received: datetime, closed: list[SchoolHoliday]
) -> None:
    """The rule of the reglement (never rolled) holds for any list of holidays."""
    dates = clock_for(Kind.ACCESS, received, calendar=CALENDAR)
    plan = ReminderSteps(school_holidays=tuple(closed))
    told = with_early_reminders(dates, plan, calendar=CALENDAR)
    assert dates.due
    end = received + timedelta(days=45)
    usual = {step.code: step.at for step in ladder(dates, end, calendar=CALENDAR)}
    early = {step.code: step.at for step in ladder(dates, end, calendar=CALENDAR, plan=plan)}

    assert (dates.due, dates.working_target, dates.cap) == (
        told.due,
        told.working_target,
        told.cap,
    )
    assert dates.explanation == told.explanation[: len(dates.explanation)]
    assert set(usual) <= set(early)
    assert all(early[code] <= moment for code, moment in usual.items())
    assert all(
        received < moment and in_working_hours(moment, CALENDAR) for moment in early.values()
    )
    assert max(usual.values()) == max(early.values())
    horizons = [
        reach(moment.astimezone(AMSTERDAM).date(), 16, closed)
        for code, moment in early.items()
        if not code.startswith("overdue")
    ]
    assert all(dates.due <= horizon for horizon in horizons)


@pytest.mark.parametrize(
    ("holiday", "line"),
    [
        (
            {"name": "zomer", "from": "2026-07-18", "to": "2026-07-10"},
            (
                'school_holidays[1].to: "2026-07-10" (before from); '
                "allowed: the last day, on or after from, at most 70 days in all"
            ),
        ),
        (
            {"name": "zomer", "from": "2026-07-18", "to": "2026-10-10"},
            (
                'school_holidays[1].to: "2026-10-10" (longer than 70 days); '
                "allowed: the last day, on or after from, at most 70 days in all"
            ),
        ),
        (
            {"name": "zomer", "from": "18 juli", "to": "2026-08-10"},
            'school_holidays[1].from: "18 juli"; allowed: the first day, a date such as 2026-07-18',
        ),
        (
            {"from": "2026-07-18", "to": "2026-08-10"},
            (
                "school_holidays[1].name: nothing; "
                "allowed: the holiday's name on one line, such as zomervakantie"
            ),
        ),
        (
            {"name": "zomer", "from": "2026-07-18", "to": "2026-08-10", "form": "x"},
            "school_holidays[1].form: an unknown key; did you mean `from`?",
        ),
    ],
)
def test_a_wrong_holiday_is_named_with_its_key_and_the_reason(
    holiday: dict[str, object], line: str
) -> None:
    """Holidays are configuration; a slip of the pen is found before it costs a reminder."""
    with pytest.raises(SettingsWrong) as refused:
        profiles.find("sipor", HERE, {"school_holidays": [holiday]}, "board[1]")

    assert [f"board[1].{line}"] == refused.value.problems


def test_holidays_that_overlap_are_refused() -> None:
    """One of the two dates must be wrong."""
    both = [
        {"name": "mei", "from": "2026-04-25", "to": "2026-05-03"},
        {"name": "lente", "from": "2026-05-01", "to": "2026-05-10"},
    ]
    with pytest.raises(SettingsWrong, match="mei and lente overlap"):
        profiles.find("sipor", HERE, {"school_holidays": both}, "board[1]")


def test_no_shipped_profile_invents_a_holiday() -> None:
    """The dates of coming years are the board's own to fill in."""
    assert profiles.find("sipor", HERE).reminders.school_holidays == ()


def test_the_command_says_that_reminders_come_early_and_the_date_stands(tmp_path: Path) -> None:
    """`mailbot deadlines --board` explains it; without a holiday nothing is said of one."""
    profile = tmp_path / "derde.toml"
    profile.write_text(BOARD, encoding="utf-8")
    asked = ["--kind", "access", "--received", "2026-07-01"]

    told = CliRunner().invoke(command, [*asked, "--board", str(profile)])
    plain = CliRunner().invoke(command, asked)

    assert told.exit_code == 0
    assert "Herinneringen komen al op vrijdag 17 juli 2026" in told.output
    assert "zomervakantie, regio midden; de datum zelf verschuift daardoor niet" in told.output
    assert told.output.startswith(plain.output.rstrip())
    assert "vakantie" not in plain.output


def test_a_board_that_cannot_be_read_is_said() -> None:
    """An unknown profile is an error with the way out, not a traceback."""
    refused = CliRunner().invoke(command, ["--kind", "access", "--board", "nowhere"])

    assert refused.exit_code == 2
    assert "allowed: sipor, spo-utrecht" in refused.output
