"""The table of terms: what may go when, and what never goes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mailbot.domain.board import Retention
from mailbot.domain.kinds import Kind
from mailbot.domain.retention import (
    RULE,
    RULES,
    Candidate,
    Category,
    Term,
    category_of,
    make_plan,
    ripe,
)

TERMS = Retention()
CLOSED = date(2026, 3, 10)


def candidate(category: Category, since: date = CLOSED, number: int = 1) -> Candidate:
    """Something whose term runs since a day."""
    return Candidate(category, f"SIPOR-{number}", number, since)


LAST_DAYS = [
    (Category.REQUEST, date(2028, 3, 10)),
    (Category.COMPLAINT, date(2028, 3, 10)),
    (Category.BREACH, date(2031, 3, 10)),
    (Category.REGISTER, date(2031, 3, 10)),
    (Category.OTHER, date(2026, 4, 9)),
    (Category.PARKED, date(2026, 4, 9)),
    (Category.AUTOMATIC, date(2026, 4, 9)),
    (Category.LETTER, date(2026, 4, 9)),
    (Category.COPY, date(2026, 5, 5)),
]


@pytest.mark.parametrize(("category", "last"), LAST_DAYS)
def test_each_category_is_kept_through_the_last_day_of_its_term(
    category: Category, last: date
) -> None:
    """Reglement section 7: two years, eight weeks, five years, two years, thirty days."""
    assert last == RULE[category].term(TERMS).last_day(CLOSED)
    still = make_plan([candidate(category)], frozenset(), TERMS, last)
    over = make_plan([candidate(category)], frozenset(), TERMS, last + timedelta(days=1))
    assert () == still.due + still.by_hand
    assert 1 == len(over.due + over.by_hand)


def test_every_category_has_a_row_and_a_case_of_this_test() -> None:
    """A category without a term would be kept for ever."""
    assert set(Category) == {rule.category for rule in RULES}
    assert set(Category) == {category for category, _ in LAST_DAYS}


def test_every_term_is_the_boards_own() -> None:
    """A board may set each term in its profile (reglement section 7)."""
    other = Retention(
        request_years=3,
        handed_out_copy_weeks=4,
        breach_register_years=6,
        complaint_years=4,
        other_days=10,
    )
    for rule in RULES:
        assert rule.term(TERMS) != rule.term(other), rule.category


def test_a_term_from_29_february_ends_on_the_last_day_of_that_month() -> None:
    """Regulation 1182/71, 3(2)(c)."""
    assert date(2030, 2, 28) == Term(years=2).last_day(date(2028, 2, 29))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_case_has_a_category(kind: Kind) -> None:
    """Complaints, breaches and stray mail have terms of their own, all else is a request."""
    own = {
        Kind.COMPLAINT: Category.COMPLAINT,
        Kind.BREACH: Category.BREACH,
        Kind.OTHER: Category.OTHER,
    }
    assert own.get(kind, Category.REQUEST) == category_of(kind)


def test_a_hold_wins_over_every_term() -> None:
    """Reglement 6.5.3: what a procedure needs stays."""
    late = date(2099, 1, 1)
    for category in Category:
        plan = make_plan([candidate(category)], frozenset({"SIPOR-1"}), TERMS, late)
        assert ((), ()) == (plan.due, plan.by_hand)
        assert 1 == len(plan.held)


def test_a_copy_outside_the_house_is_for_a_person_to_destroy() -> None:
    """The school's own copy lies where no job of ours reaches (reglement section 7)."""
    plan = make_plan([candidate(Category.COPY)], frozenset(), TERMS, date(2026, 5, 6))
    assert () == plan.due
    assert ["SIPOR-1"] == [item.subject for item in plan.by_hand]


def test_a_plan_is_named_by_its_day_and_its_content() -> None:
    """What was seen is what is run: one file more or less, or another day, is another plan."""
    day = date(2028, 4, 1)
    one = make_plan([candidate(Category.REQUEST)], frozenset(), TERMS, day)
    same = make_plan([candidate(Category.REQUEST)], frozenset(), TERMS, day)
    more = make_plan(
        [candidate(Category.REQUEST), candidate(Category.REQUEST, number=2)],
        frozenset(),
        TERMS,
        day,
    )
    tomorrow = make_plan([candidate(Category.REQUEST)], frozenset(), TERMS, date(2028, 4, 2))
    assert one.code == same.code
    assert one.code.startswith("20280401-")
    assert 3 == len({one.code, more.code, tomorrow.code})
    assert {Category.REQUEST: 2} == more.counts()


def test_something_goes_by_itself_only_after_it_stood_visible() -> None:
    """A person has the days of the profile to set a hold (policy: seven)."""
    plan = make_plan([candidate(Category.REQUEST)], frozenset(), TERMS, date(2028, 4, 10))
    key = (Category.REQUEST, "SIPOR-1")
    assert [] == list(ripe(plan, {}, 7))
    assert [] == list(ripe(plan, {key: date(2028, 4, 4)}, 7))
    assert list(plan.due) == list(ripe(plan, {key: date(2028, 4, 3)}, 7))


def test_a_shorter_term_in_the_profile_makes_nothing_vanish_at_once() -> None:
    """What a new profile makes due is shown first, however long ago its term ended."""
    short = replace(TERMS, request_years=1)
    plan = make_plan([candidate(Category.REQUEST)], frozenset(), short, date(2027, 6, 1))
    assert 1 == len(plan.due)
    assert [] == list(ripe(plan, {}, short.visible_days))
