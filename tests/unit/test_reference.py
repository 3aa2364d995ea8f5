"""A case number survives being typed, and a mistyped one is no case number."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.es import dni

from mailbot.domain.errors import NotAReference
from mailbot.domain.reference import Reference, find_references

references = st.builds(
    Reference.make,
    st.sampled_from(["SIPOR", "SPO", "QQ", "ABCDEFGHIJ"]),
    st.integers(2024, 2124),
    st.integers(1, 99_999_999),
)


def is_reference(text: str) -> bool:
    """Whether the text reads as a reference at all."""
    try:
        Reference.parse(text)
    except NotAReference:
        return False
    return True


def test_the_hundred_and_twenty_third_case_of_2026_looks_like_this() -> None:
    """Issue 2, item 7: a prefix, the year, six digits and a check letter."""
    assert str(Reference.make("SIPOR", 2026, 123)) == "SIPOR-2026-000123-Q"


@given(reference=references)
def test_the_check_letter_agrees_with_an_independent_library(reference: Reference) -> None:
    """The scheme is that of the Spanish DNI, as python-stdnum knows it."""
    prefix, year, number, check = str(reference).split("-")

    assert check == dni.calc_check_digit(f"{int(prefix, 36)}{year}{number}")


@given(reference=references)
def test_what_is_written_is_read_back(reference: Reference) -> None:
    """Text and value are two forms of one thing."""
    assert reference == Reference.parse(str(reference))


@given(reference=references)
def test_every_wrong_digit_is_caught(reference: Reference) -> None:
    """No single digit can be mistyped unseen, the year's included."""
    text = str(reference)
    wrong = [
        text[:place] + digit + text[place + 1 :]
        for place, character in enumerate(text)
        if character.isdigit()
        for digit in "0123456789"
        if digit != character
    ]

    assert [one for one in wrong if is_reference(one)] == []


@given(reference=references)
@example(reference=Reference.make("SPO", 2060, 1_000_001))
def test_every_exchange_of_two_neighbours_is_caught(reference: Reference) -> None:
    """No two neighbouring digits can be exchanged unseen, also across the dash."""
    prefix, year, number, check = str(reference).split("-")
    digits = year + number
    wrong = []
    for place in range(len(digits) - 1):
        left, right = digits[place], digits[place + 1]
        if left != right:
            swapped = digits[:place] + right + left + digits[place + 2 :]
            wrong.append(f"{prefix}-{swapped[:4]}-{swapped[4:]}-{check}")

    assert [one for one in wrong if is_reference(one)] == []


@given(reference=references)
def test_every_other_check_letter_is_refused(reference: Reference) -> None:
    """A wrong letter is no reference."""
    text = str(reference)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    assert [letter for letter in letters if is_reference(text[:-1] + letter)] == [text[-1]]


@pytest.mark.parametrize(
    "typed",
    [
        "SIPOR-2026-000123-Q",
        "sipor-2026-000123-q",
        "  SIPOR 2026 000123 Q ",
        "SIPOR2026000123Q",
        "SIPOR\u20112026\u2013000123\u2014Q",
        "SIPOR \u2212 2026 \u2212 000123 \u2212 Q",
        "SIPOR-2026-\n 000123-Q",
        "SIPOR-\u00ad2026-000123\u200b-Q",
        "ＳＩＰＯＲ－２０２６－０００１２３－Ｑ",
        "SIPOR-٢٠٢٦-٠٠٠١٢٣-Q",
        "\u202aSIPOR-2026-000123-Q\u202c",
    ],
)
def test_a_reference_is_read_however_people_and_programs_write_it(typed: str) -> None:
    """Case, spaces, dashes, line breaks, invisible marks and other digits do not matter."""
    assert Reference.make("SIPOR", 2026, 123) == Reference.parse(typed)
    assert find_references(f"Betreft: {typed} (graag antwoord)", "SIPOR") == [
        Reference.make("SIPOR", 2026, 123)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "SIPOR",
        "SIPOR-2026-000123",
        "SIPOR-2026-123-Q",
        "2026-000123-Q",
        "SIPOR-0026-000123-Q",
        "SIPOR-2026-000000-A",
        "S-2026-000123-Q",
        "SIPOR-2026-0000123-Q",
        "SIPOR-2026-000123-Q-Q",
        "SIPOR-2026-000124-Q",
    ],
)
def test_anything_else_is_refused_by_name(typed: str) -> None:
    """What does not fit is never guessed at."""
    with pytest.raises(NotAReference):
        Reference.parse(typed)


def test_references_are_found_in_order_each_once_and_only_our_own() -> None:
    """Another board's number, a mistyped one and a longer word are left alone."""
    first, second = Reference.make("SIPOR", 2026, 123), Reference.make("SIPOR", 2027, 7)
    other = Reference.make("SPO", 2026, 1)
    text = f"Over {second}, {other} en {first}; zie ook {second}. XSIPOR-2026-000123-Q, {first}A"

    assert find_references(text, "SIPOR") == [second, first]
    assert find_references(text, "SPO") == [other]
    assert find_references("geen nummer", "SIPOR") == []


@pytest.mark.parametrize(
    ("prefix", "year", "number"),
    [("", 2026, 1), ("sipor", 2026, 1), ("SI-POR", 2026, 1), ("SIPOR", 99, 1), ("SIPOR", 2026, 0)],
)
def test_a_reference_out_of_range_cannot_be_made(prefix: str, year: int, number: int) -> None:
    """A value of this class always reads back."""
    with pytest.raises(NotAReference):
        Reference.make(prefix, year, number)


@given(text=st.text())
def test_no_text_makes_the_search_stumble(text: str) -> None:
    """Subjects and bodies come from anyone."""
    assert find_references(text, "SIPOR") == []


def test_a_long_body_is_searched_in_no_time() -> None:
    """A body made of near misses costs no more than its length."""
    near = "SIPOR" + "-" * 3 + "2026" + " " * 3 + "000123" + "-" * 40

    assert find_references(near * 4000, "SIPOR") == []
