"""A request is extended in time, up to the cap, and never silently."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbot.adapters.calendar import DutchCalendar
from mailbot.domain.clocks import clock_for
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.errors import ExtensionRefused, NaiveInstant
from mailbot.domain.extension_words import CAUTIONS, REFUSALS, Caution, Refusal
from mailbot.domain.extensions import (
    Extended,
    announced_in_time,
    cautions_for,
    extend,
    one_month_after,
    refusal_text,
    why_refused,
)
from mailbot.domain.kinds import KINDS, Clock, Kind

CALENDAR = DutchCalendar()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    """An instant; without a zone it is local time in Amsterdam."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def request(kind: Kind = Kind.ERASURE) -> Deadlines:
    """Received on 31 January 2026: due 28 February, cap 25 April."""
    return clock_for(kind, at("2026-01-31T12:00"), calendar=CALENDAR)


def extended(dates: Deadlines, until: str, moment: str, reason: str = "veel dossiers") -> Extended:
    """Joke extends."""
    return extend(
        dates, date.fromisoformat(until), at(moment), by="Joke", reason=reason, calendar=CALENDAR
    )


def test_an_extension_moves_the_due_date_and_its_working_target() -> None:
    """Reglement 8.9.2b: the cap stays, for twelve weeks are the total."""
    first = request()

    second = extended(first, "2026-04-06", "2026-02-28T23:59").deadlines

    assert (second.due, second.working_target) == (date(2026, 4, 6), date(2026, 4, 2))
    assert second.cap == first.cap == date(2026, 4, 25)
    assert (first.extensions, second.extensions) == (0, 1)
    assert first.version != second.version


def test_an_extension_says_who_gave_it_when_and_why() -> None:
    """Every change of a date is explained, and the first date stays readable."""
    dates = extended(request(), "2026-04-06", "2026-02-20T09:00", "Veel dossiers.").deadlines

    assert dates.sentences()[1].startswith("Antwoord uiterlijk op zaterdag 28 februari 2026")
    assert dates.sentences()[3:] == (
        (
            "Verlengd van zaterdag 28 februari 2026 tot en met maandag 6 april 2026 (37 dagen) door "
            "Joke op vrijdag 20 februari 2026 09:00 uur: Veel dossiers (reglement artikel 8.9.2b)."
        ),
        (
            "Werkdoel donderdag 2 april 2026, de laatste werkdag ervoor: maandag 6 april 2026 is een "
            "feestdag, Tweede paasdag (eigen beleid)."
        ),
    )


def test_several_extensions_are_allowed_up_to_the_cap_and_not_a_day_beyond() -> None:
    """Reglement 8.9.2b: more than once, to twelve weeks in total."""
    once = extended(request(), "2026-03-20", "2026-02-20T09:00").deadlines
    twice = extended(once, "2026-04-25", "2026-03-20T09:00").deadlines

    with pytest.raises(ExtensionRefused) as refused:
        extended(twice, "2026-04-26", "2026-04-20T09:00")

    assert (twice.due, twice.extensions) == (date(2026, 4, 25), 2)
    assert (refused.value.due, refused.value.cap) == (date(2026, 4, 25), date(2026, 4, 25))
    assert "het maximum in totaal (artikel 8.9.2b)" in refused.value.reason


@pytest.mark.parametrize(
    ("until", "moment", "reason", "refusal", "instead"),
    [
        ("2026-04-10", "2026-03-01T00:00", "druk", Refusal.AFTER_DUE, "te late beantwoording"),
        ("2026-04-26", "2026-02-20T09:00", "druk", Refusal.PAST_CAP, "tot en met zaterdag 25"),
        ("2026-02-28", "2026-02-20T09:00", "druk", Refusal.NOT_LATER, "Kies een datum daarna"),
        ("2026-02-27", "2026-02-20T09:00", "druk", Refusal.NOT_LATER, "Kies een datum daarna"),
        ("2026-04-10", "2026-01-30T23:59", "druk", Refusal.BEFORE_RECEIPT, "Controleer de datum"),
        ("2026-04-10", "2026-02-20T09:00", " \n", Refusal.NO_REASON, "Typ waarom"),
    ],
)
def test_a_refused_extension_says_why_and_what_can_be_done_instead(
    until: str, moment: str, reason: str, refusal: Refusal, instead: str
) -> None:
    """Section 3: after the due date only a late notice; never past the cap; a typed reason."""
    with pytest.raises(ExtensionRefused) as refused:
        extended(request(), until, moment, reason)

    expected = why_refused(request(), date.fromisoformat(until), at(moment), reason=reason)
    assert expected is refusal
    assert instead in refused.value.reason


def test_the_last_minute_of_the_due_date_is_in_time_and_midnight_is_not() -> None:
    """A due date ends at midnight in Amsterdam, whatever UTC says."""
    until = date(2026, 4, 10)

    verdicts = [
        why_refused(request(), until, at(moment), reason="druk")
        for moment in ("2026-02-28T22:59:59Z", "2026-02-28T23:00:00Z")
    ]

    assert verdicts == [None, Refusal.AFTER_DUE]


@pytest.mark.parametrize("kind", [kind for kind in Kind if KINDS[kind].clock is not Clock.REQUEST])
def test_only_requests_can_be_extended(kind: Kind) -> None:
    """Reglement 8.9.2b extends the four weeks of a request; nothing extends 72 hours."""
    with pytest.raises(ExtensionRefused) as refused:
        extended(request(kind), "2026-04-10", "2026-02-01T09:00")

    assert refused.value.cap is None
    assert f"'{KINDS[kind].dutch}' kan niet worden verlengd" in refused.value.reason


def test_a_second_extension_carries_a_warning() -> None:
    """GDPR 12(3): every extension is to be announced within one month of receipt."""
    first = extended(request(), "2026-03-20", "2026-02-28T09:00")
    within = cautions_for(first.deadlines, at("2026-02-28T23:59"))
    after = extended(first.deadlines, "2026-04-10", "2026-03-01T00:00")

    assert first.cautions == ()
    assert within == (Caution.SECOND_EXTENSION,)
    assert after.cautions == (Caution.SECOND_EXTENSION, Caution.AFTER_ONE_MONTH)


def test_extending_access_carries_a_warning_of_its_own() -> None:
    """Section 8: article 8.2.1 names no extension, article 8.9.2b does."""
    access = extended(request(Kind.ACCESS), "2026-03-20", "2026-02-20T09:00")

    assert access.cautions == (Caution.ACCESS_NAMES_NO_EXTENSION,)


def test_a_first_extension_is_always_within_the_month() -> None:
    """Four weeks never pass one month, so only a later extension can be announced too late."""
    day = date(2024, 1, 1)
    while day < date(2032, 1, 1):
        assert day + timedelta(days=28) <= one_month_after(day)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-12-15", "2027-01-15"),
        ("2026-03-31", "2026-04-30"),
        ("2026-02-28", "2026-03-28"),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_one(day: str, expected: str) -> None:
    """GDPR 12(3), counted as Regulation 1182/71 counts months."""
    assert one_month_after(date.fromisoformat(day)) == date.fromisoformat(expected)


def test_the_notice_must_be_accepted_on_or_before_the_current_due_date() -> None:
    """Section 3: what counts is when the mail server took it, in Amsterdam."""
    due = date(2026, 2, 28)

    assert announced_in_time(due, at("2026-02-28T22:59:59Z"))
    assert not announced_in_time(due, at("2026-02-28T23:00:00Z"))
    with pytest.raises(NaiveInstant):
        announced_in_time(due, datetime(2026, 2, 28))  # noqa: DTZ001 - this is the fault.


@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_refusal_speaks_both_languages(refusal: Refusal) -> None:
    """Whoever reads English gets the same reason, with its dates."""
    dates, until, moment = request(), date(2026, 4, 26), at("2026-03-01T12:00")

    dutch, english = (
        refusal_text(refusal, dates, until, moment, language=language) for language in ("nl", "en")
    )

    assert dutch != english
    assert "{" not in dutch + english
    assert (dutch[0], english[0]) == (dutch[0].upper(), english[0].upper())


def test_no_caution_or_refusal_is_without_words() -> None:
    """The tables are complete."""
    assert set(CAUTIONS) == set(Caution)
    assert set(REFUSALS) == set(Refusal)
