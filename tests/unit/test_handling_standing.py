"""Who may ask: what an officer is shown, by age, role and flags; it refuses nobody."""

from datetime import date

import pytest

from mailbot.domain.articles import SOURCES
from mailbot.domain.asked import Age, Asked, age_on, what_is_known
from mailbot.domain.kinds import Kind
from mailbot.domain.standing import ROWS, Check, checks
from mailbot.domain.suggestion import Flag

RECEIVED = date(2026, 3, 2)
NO_FLAGS: frozenset[Flag] = frozenset()


def asked(
    today: date = RECEIVED,
    *,
    kind: Kind = Kind.ACCESS,
    flags: frozenset[Flag] = NO_FLAGS,
    identity: bool = True,
    **facts: str,
) -> Asked:
    """Say what is known, every fact as an officer confirmed it."""
    return what_is_known(
        kind,
        {name: (value, True) for name, value in facts.items()},
        flags,
        received_on=RECEIVED,
        today=today,
        identity_established=identity,
    )


def codes(known: Asked) -> set[str]:
    """Name the checks that are shown."""
    return {check.code for check in checks(known)}


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        (asked(requester_role="parent", age="9"), {"parent_exercises"}),
        (asked(requester_role="parent", age="9", custody="yes"), set()),
        (asked(requester_role="parent", age="9", custody="no"), {"parent_exercises", "no_custody"}),
        (asked(requester_role="pupil", age="16"), {"pupil_decides"}),
        (asked(requester_role="pupil", age="15"), {"pupil_under_16"}),
        (asked(requester_role="pupil", birth_date="2007-01-01"), {"pupil_decides", "adult_pupil"}),
        (asked(requester_role="parent", age="16"), {"parent_of_pupil_16"}),
        (asked(requester_role="parent", age="16", pupil_agrees="yes"), set()),
        (asked(requester_role="second_parent", age="9", custody="yes"), {"second_parent"}),
        (asked(requester_role="grandparent", age="9"), {"no_custody"}),
        (asked(requester_role="foster_parent", age="9"), {"no_custody"}),
        (asked(requester_role="step_parent", age="9"), {"no_custody"}),
        (asked(requester_role="agent", age="9"), {"agent"}),
        (asked(requester_role="agent", age="9", authorisation="yes"), set()),
        (asked(requester_role="staff"), {"own_data"}),
        (asked(requester_role="parent", about_self="yes"), {"own_data"}),
        (asked(requester_role="third_party"), {"third_party"}),
        (asked(age="9"), {"role_unknown"}),
        (asked(requester_role="parent"), {"age_unknown"}),
        (asked(requester_role="parent", age="9", custody="yes", identity=False), {"identity"}),
        (asked(kind=Kind.ERASURE, identity=False, requester_role="agent", age="9"), {"agent"}),
    ],
)
def test_each_sender_is_shown_what_the_reglement_asks(known: Asked, shown: set[str]) -> None:
    """Section 2, every row: what the officer is shown to check (R2.3.1, 8.1.2, 7.3, 8.2.3)."""
    assert shown == codes(known)


@pytest.mark.parametrize(
    ("flag", "code"),
    [
        (Flag.SAFETY, "danger"),
        (Flag.DOUBTFUL_AUTHORITY, "no_custody"),
        (Flag.IDENTITY_DOCUMENT, "identity_document"),
        (Flag.BSN, "bsn"),
    ],
)
def test_a_flag_of_the_machine_becomes_a_check(flag: Flag, code: str) -> None:
    """Section 2: flags are shown with the article and what to check, never a refusal."""
    known = asked(requester_role="parent", age="9", custody="yes")
    flagged = asked(
        requester_role="parent",
        age="9",
        flags=frozenset({flag}),
        **({} if flag is Flag.DOUBTFUL_AUTHORITY else {"custody": "yes"}),
    )
    assert code not in codes(known)
    assert code in codes(flagged)


def test_danger_to_a_child_stands_before_everything_else() -> None:
    """R8.9.3 and section 2: the gravest check is read first."""
    known = asked(flags=frozenset({Flag.SAFETY}), requester_role="pupil", age="12")
    assert checks(known)[0].code == "danger"


def test_a_pupil_who_turns_16_during_the_term_is_seen_on_the_day_of_the_decision() -> None:
    """Section 2: age is checked again on the day of the decision, to the day (R8.1.2)."""
    facts = {"requester_role": "parent", "custody": "yes", "birth_date": "2010-03-20"}
    assert set() == codes(asked(date(2026, 3, 19), **facts))
    assert {"turns_16", "parent_of_pupil_16"} == codes(asked(date(2026, 3, 20), **facts))


def test_a_stated_age_of_15_may_be_16_by_the_decision() -> None:
    """An age in a mail is a year wide, so after the receipt 15 may have become 16."""
    facts = {"requester_role": "parent", "custody": "yes", "age": "15"}
    assert set() == codes(asked(RECEIVED, **facts))
    assert {"turns_16"} == codes(asked(date(2026, 3, 3), **facts))


def test_an_age_said_after_the_receipt_may_have_been_a_year_less_at_the_receipt() -> None:
    """Who is said to be 16 in the third week may have been 15 when the request came (R8.1.2)."""
    facts = {"age": ("16", True)}
    said = date(2026, 3, 20)
    assert Age(15, 16) == age_on(facts, said, RECEIVED)
    assert Age(16, 16) == age_on(facts, said, said)
    assert Age(16, 17) == age_on(facts, said, date(2026, 3, 30))
    assert Age(17, 18) == age_on(facts, said, date(2027, 3, 20))
    assert Age(14, 15) == age_on(facts, said, date(2025, 3, 20))


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ("2010-02-28", date(2026, 2, 27), 15),
        ("2010-02-28", date(2026, 2, 28), 16),
        ("2012-02-29", date(2028, 2, 28), 15),
        ("2012-02-29", date(2028, 2, 29), 16),
        ("2012-02-29", date(2030, 2, 28), 17),
        ("2012-02-29", date(2030, 3, 1), 18),
    ],
)
def test_an_age_is_counted_to_the_day(born: str, day: date, years: int) -> None:
    """A birthday counts from its own day; who is born on 29 February turns a year on 1 March."""
    assert Age(years, years) == age_on({"birth_date": (born, True)}, RECEIVED, day)


def test_what_an_officer_confirmed_stands_above_what_a_mail_says() -> None:
    """An age that was confirmed is not overruled by a date of birth that a machine read."""
    facts = {"birth_date": ("2001-01-01", False), "age": ("9", True)}
    assert Age(9, 9) == age_on(facts, RECEIVED, RECEIVED)
    confirmed = {"birth_date": ("2016-01-01", True), "age": ("9", True)}
    assert Age(10, 10) == age_on(confirmed, RECEIVED, RECEIVED)


@pytest.mark.parametrize("value", ["onbekend", "2010-13-01", ""])
def test_what_is_no_date_gives_no_age(value: str) -> None:
    """A fact that cannot be read is unknown, never guessed."""
    assert age_on({"birth_date": (value, False)}, RECEIVED, RECEIVED) is None


@pytest.mark.parametrize("check", [check for check, _ in ROWS], ids=lambda check: check.code)
def test_every_check_says_its_article_and_what_to_look_at(check: Check) -> None:
    """Section 2: a check names its article and asks a question or gives an instruction."""
    assert check.article.startswith(tuple(prefix for prefix, _, _ in SOURCES))
    assert all((check.dutch, check.english, check.check_dutch, check.check_english))
