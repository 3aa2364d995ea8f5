"""The dates of section 3 of the reglement, each with the reason for it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbot.adapters.calendar import DutchCalendar
from mailbot.domain.breach_clock import notified_in_time
from mailbot.domain.clocks import clock_for, task_due, with_awareness, with_due_by_hand
from mailbot.domain.deadlines import ByHand, days_left, is_overdue, too_late_at
from mailbot.domain.errors import NaiveInstant, SettingsWrong, YearUnknown
from mailbot.domain.explained import SENTENCES, Rule
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.pauses import Pause, advisory_due
from mailbot.domain.terms import Terms
from mailbot.domain.working_days import working_moment

CALENDAR = DutchCalendar()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    """An instant; without a zone it is local time in Amsterdam."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("received", "due", "target", "cap"),
    [
        ("2026-01-31T12:00", "2026-02-28", "2026-02-27", "2026-04-25"),
        ("2026-04-06T12:00", "2026-05-04", "2026-05-04", "2026-06-29"),
        ("2026-11-27T12:00", "2026-12-25", "2026-12-24", "2027-02-19"),
        ("2026-03-01T23:30Z", "2026-03-30", "2026-03-30", "2026-05-25"),
    ],
)
def test_the_four_examples_of_the_reglement(received: str, due: str, target: str, cap: str) -> None:
    """Section 3, the table: four weeks, twelve in total, never rolled forward."""
    dates = clock_for(Kind.ACCESS, at(received), calendar=CALENDAR)

    assert (date.fromisoformat(due), date.fromisoformat(target), date.fromisoformat(cap)) == (
        dates.due,
        dates.working_target,
        dates.cap,
    )


@pytest.mark.parametrize(
    ("aware", "due_at"),
    [
        ("2026-03-27T16:00", "2026-03-30T17:00"),
        ("2026-10-23T16:00", "2026-10-26T15:00"),
    ],
)
def test_both_breach_examples_of_the_reglement(aware: str, due_at: str) -> None:
    """GDPR 33(1): 72 hours over the nights in which summer time begins and ends."""
    breach = clock_for(Kind.BREACH, at(aware), calendar=CALENDAR)

    dates = with_awareness(breach, at(aware), by="Joke")

    assert dates.due_at
    assert datetime.fromisoformat(due_at) == dates.due_at.astimezone(AMSTERDAM).replace(tzinfo=None)


def test_only_a_person_starts_the_clock_of_the_authority() -> None:
    """Section 3: the alarm clock runs from receipt, and both are kept."""
    received, aware = at("2026-03-27T16:00"), at("2026-03-26T09:00")
    alone = clock_for(Kind.BREACH, received, calendar=CALENDAR)
    recorded = with_awareness(alone, aware, by="Joke")
    corrected = with_awareness(recorded, received, by="Joke")

    assert (alone.due, alone.due_at, alone.aware_at) == (None, None, None)
    assert received.astimezone(UTC) + timedelta(hours=72) == alone.alarm_at == recorded.alarm_at
    assert aware.astimezone(UTC) + timedelta(hours=72) == recorded.due_at
    assert corrected.due_at == alone.alarm_at
    assert len(corrected.explanation) == len(recorded.explanation)


def test_awareness_belongs_to_a_breach() -> None:
    """No other kind has the clock of GDPR 33."""
    access = clock_for(Kind.ACCESS, at("2026-01-31T12:00"), calendar=CALENDAR)

    with pytest.raises(ValueError, match="belongs to a breach"):
        with_awareness(access, at("2026-01-31T12:00"), by="Joke")


def test_an_instant_without_a_zone_is_refused_by_name() -> None:
    """A time that nobody can place starts no clock."""
    naive = datetime(2026, 1, 31, 12)  # noqa: DTZ001 - this is the fault.
    dates = clock_for(Kind.ACCESS, at("2026-01-31T12:00"), calendar=CALENDAR)

    for ask in (
        lambda: clock_for(Kind.ACCESS, naive, calendar=CALENDAR),
        lambda: is_overdue(dates, naive),
        lambda: notified_in_time(naive, naive),
    ):
        with pytest.raises(NaiveInstant):
            ask()


def test_the_due_date_lasts_until_midnight_in_amsterdam() -> None:
    """Section 3: end of the day, in the zone of the reglement."""
    dates = clock_for(Kind.ACCESS, at("2026-03-02T00:00"), calendar=CALENDAR)

    assert [
        is_overdue(dates, at("2026-03-30T21:59:59Z")),
        is_overdue(dates, at("2026-03-30T22:00Z")),
    ] == [False, True]
    assert too_late_at(dates) == at("2026-03-30T22:00Z")
    assert [days_left(dates, at(f"2026-03-{day}T12:00")) for day in (29, 30, 31)] == [1, 0, -1]


def test_the_last_second_of_the_72_hours_is_still_in_time() -> None:
    """GDPR 33(1): not later than 72 hours."""
    aware = at("2026-03-27T16:00")
    dates = with_awareness(clock_for(Kind.BREACH, aware, calendar=CALENDAR), aware, by="Joke")
    due_at = dates.due_at
    assert due_at

    late = due_at + timedelta(seconds=1)

    assert [is_overdue(dates, due_at), is_overdue(dates, late)] == [False, True]
    assert [notified_in_time(due_at, due_at), notified_in_time(due_at, late)] == [True, False]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Kind.AUTHORITY, None), (Kind.THIRD_PARTY_REQUEST, None), (Kind.OTHER, None)],
)
def test_some_kinds_have_no_term_until_a_person_reads_one(kind: Kind, expected: None) -> None:
    """Reglement 8.9.5: the deadline is read from the letter by a human."""
    dates = clock_for(kind, at("2026-04-30T12:00"), calendar=CALENDAR)

    read = with_due_by_hand(
        dates, date(2026, 5, 5), ByHand("Joke", "brief van de AP"), calendar=CALENDAR
    )

    assert (expected, expected) == (dates.due, too_late_at(dates))
    assert (date(2026, 5, 5), date(2026, 5, 4)) == (read.due, read.working_target)
    assert "Joke" in " ".join(read.sentences())
    assert dates.version != read.version


def test_nobody_overrules_the_clock_of_a_request_by_hand() -> None:
    """Only an extension changes the date of a request."""
    dates = clock_for(Kind.ACCESS, at("2026-04-30T12:00"), calendar=CALENDAR)

    with pytest.raises(ValueError, match="own clock"):
        with_due_by_hand(dates, date(2027, 1, 1), ByHand("Joke", "druk"), calendar=CALENDAR)


def test_a_complaint_is_acknowledged_within_five_working_days() -> None:
    """Section 3 (policy): 1 May is a working day, 5 May is not; the rest is configuration."""
    received = at("2026-04-30T12:00")
    standard = clock_for(Kind.COMPLAINT, received, calendar=CALENDAR)
    terms = Terms(complaint_answer_days=42)
    configured = clock_for(Kind.COMPLAINT, received, calendar=CALENDAR, terms=terms)

    assert (date(2026, 5, 8), date(2026, 5, 8)) == (standard.acknowledge_by, standard.due)
    assert (date(2026, 5, 8), date(2026, 6, 11)) == (configured.acknowledge_by, configured.due)


@pytest.mark.parametrize(
    ("received", "meteen"),
    [
        ("2026-01-30T12:00", date(2026, 2, 2)),
        ("2026-04-02T12:00", date(2026, 4, 7)),
        ("2026-05-04T12:00", date(2026, 5, 6)),
    ],
)
def test_meteen_means_the_next_working_day(received: str, meteen: date) -> None:
    """Reglement 8.3.1 says at once; over a weekend, Easter and 5 May that is the next work day."""
    dates = clock_for(Kind.RECTIFICATION, at(received), calendar=CALENDAR)
    correct, statement, recipients = KINDS[Kind.RECTIFICATION].tasks

    assert (meteen, dates.working_target, None) == (
        task_due(correct, dates, calendar=CALENDAR),
        task_due(statement, dates, calendar=CALENDAR),
        task_due(recipients, dates, calendar=CALENDAR),
    )


def test_the_tasks_of_a_breach_end_with_its_clock() -> None:
    """GDPR 33(1): the day on which the hours end, by the alarm clock until awareness is known."""
    dates = clock_for(Kind.BREACH, at("2026-03-27T23:30"), calendar=CALENDAR)
    _, assess, *_ = KINDS[Kind.BREACH].tasks

    # 72 hours later the clock has been put forward: half past midnight of the day after.
    assert date(2026, 3, 31) == task_due(assess, dates, calendar=CALENDAR)


def test_every_date_says_its_rule_article_start_and_change() -> None:
    """Peers have none of this: every date explains itself."""
    dates = clock_for(Kind.ACCESS, at("2026-11-27T12:00"), calendar=CALENDAR)

    assert dates.sentences("nl") == (
        (
            "Ontvangen op vrijdag 27 november 2026: de termijn telt vanaf de eerste ontvangst, "
            "volgens de klok van de mailserver (reglement artikel 8.9.2b)."
        ),
        (
            "Antwoord uiterlijk op vrijdag 25 december 2026, tot het einde van de dag: vrijdag 27 "
            "november 2026 plus 28 dagen; een weekend of feestdag verschuift deze datum niet "
            "(reglement artikel 8.9.2b)."
        ),
        (
            "Verlengen kan tot en met vrijdag 19 februari 2027: vrijdag 27 november 2026 plus 84 "
            "dagen is het maximum in totaal (reglement artikel 8.9.2b)."
        ),
        (
            "Werkdoel donderdag 24 december 2026, de laatste werkdag ervoor: vrijdag 25 december "
            "2026 is een feestdag, Eerste kerstdag (eigen beleid)."
        ),
    )
    assert dates.sentences("en")[3] == (
        "Working target Thursday 24 December 2026, the last working day before: Friday 25 "
        "December 2026 is a holiday, Eerste kerstdag (own policy)."
    )


def test_a_receipt_set_by_hand_names_who_set_it_and_why() -> None:
    """Section 3: the officer can set the first receipt, with a reason."""
    dates = clock_for(
        Kind.ACCESS,
        at("2026-01-31T12:00"),
        calendar=CALENDAR,
        by_hand=ByHand("Joke", "doorgestuurd door de school."),
    )

    assert dates.sentences()[0] == (
        "Ontvangen op zaterdag 31 januari 2026, vastgelegd door Joke: doorgestuurd door de "
        "school (reglement artikel 8.9.2b)."
    )


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_speaks_both_languages_with_the_same_words_filled_in(rule: Rule) -> None:
    """A sentence that leaves out the date or the article explains nothing."""
    dutch, english = SENTENCES[rule]
    places = ("{value}", "{start}", "{change}", "{by}", "{at}", "{note}", "{article}")

    assert [place in dutch for place in places] == [place in english for place in places]
    assert "{article}" in dutch


def test_waiting_for_the_requester_is_advice_and_moves_nothing() -> None:
    """EDPB Guidelines 01/2022, §159: shown beside the binding date, days counted once."""
    dates = clock_for(Kind.ACCESS, at("2026-01-31T12:00"), calendar=CALENDAR)
    answered = Pause(date(2026, 2, 2), date(2026, 2, 9))
    open_still = Pause(date(2026, 2, 5))

    advice = advisory_due(dates, [answered, open_still], today=date(2026, 2, 12))

    assert advice
    assert (date(2026, 3, 10), 10) == (advice.value, advice.change)
    assert "de bindende datum blijft zaterdag 28 februari 2026" in advice.sentence()
    assert date(2026, 2, 28) == dates.due


def test_without_waiting_there_is_no_advice() -> None:
    """A question answered on the same day suspends nothing, even by the guidelines."""
    dates = clock_for(Kind.ACCESS, at("2026-01-31T12:00"), calendar=CALENDAR)
    same_day = Pause(date(2026, 2, 2), date(2026, 2, 2))
    breach = clock_for(Kind.BREACH, at("2026-01-31T12:00"), calendar=CALENDAR)

    assert advisory_due(dates, [], today=date(2026, 2, 12)) is None
    assert advisory_due(dates, [same_day], today=date(2026, 2, 12)) is None
    assert advisory_due(breach, [Pause(date(2026, 2, 1))], today=date(2026, 2, 12)) is None


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        ({"request_days": 29}, "request_days"),
        ({"cap_days": 90}, "cap_days"),
        ({"cap_days": 27}, "cap_days"),
        ({"breach_hours": 73}, "breach_hours"),
        ({"complaint_answer_days": 0}, "complaint_answer_days"),
    ],
)
def test_a_board_may_be_quicker_than_the_law_and_never_slower(
    terms: dict[str, int], key: str
) -> None:
    """GDPR 12(3) and 33(1): one month, three in total, 72 hours."""
    with pytest.raises(SettingsWrong) as refused:
        Terms(**terms)

    assert [f"terms.{key} is {terms[key]}"] == [
        problem.split(";")[0] for problem in refused.value.problems
    ]


def test_eighty_four_days_never_pass_three_months() -> None:
    """GDPR 12(3): twelve weeks stay within it from any day; ninety days would not."""
    day = date(2024, 1, 1)
    while day < date(2032, 1, 1):
        month = (day.month + 2) % 12 + 1
        year = day.year + (day.month + 3 > 12)
        following = date(year + (month == 12), month % 12 + 1, 1)
        three_months = min(following - timedelta(days=1), _same_day(year, month, day.day))
        assert day + timedelta(days=89) <= three_months
        day += timedelta(days=1)


def _same_day(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-04-02T07:59", "2026-04-02T08:00"),
        ("2026-04-02T08:00", "2026-04-02T08:00"),
        ("2026-04-02T17:59", "2026-04-02T17:59"),
        ("2026-04-02T18:00", "2026-04-07T08:00"),
        ("2026-04-04T12:00", "2026-04-07T08:00"),
        ("2026-12-24T18:00", "2026-12-28T08:00"),
    ],
)
def test_work_begins_at_eight_on_the_next_working_day(moment: str, expected: str) -> None:
    """Issue 2, item 11: 08-18 on working days; Easter and Christmas are none."""
    assert at(expected) == working_moment(at(moment), CALENDAR)


def test_the_holidays_differ_from_the_library_where_the_reglement_does() -> None:
    """Section 3: Good Friday and every 5 May; beyond the known years there is no guess."""
    assert CALENDAR.holiday(date(2026, 5, 5)) == "Bevrijdingsdag"
    assert CALENDAR.holiday(date(2026, 4, 3)) == "Goede vrijdag"
    assert CALENDAR.holiday(date(2025, 4, 26)) == "Koningsdag"
    assert CALENDAR.holiday(date(2101, 4, 18)) == "Tweede paasdag"
    assert CALENDAR.holiday(date(2026, 12, 24)) is None
    with pytest.raises(YearUnknown):
        CALENDAR.holiday(date(2300, 1, 1))
