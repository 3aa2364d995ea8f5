"""What may be merged and what may not, and what protects a case when it is taken apart."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mailbot.domain.decision import Outcome
from mailbot.domain.errors import ActRefused, NotAllowed
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.domain.suggestion import Flag
from mailbot.work.handling import addresses, linking, merging, standing
from mailbot.work.handling.page import hidden_copies
from mailbot.work.handling.receipt import correct_receipt
from tests.houses import TestHouse, TurnedClock, build_bare_house, plain_mail
from tests.pairs import ASKS, START, WHY, Signed, asked_twice, laid_in, queue_of, references


@pytest.fixture
def clock() -> TurnedClock:
    """A clock that begins on a Monday."""
    return TurnedClock(START)


@pytest.fixture
def house(tmp_path: Path, clock: TurnedClock) -> Iterator[TestHouse]:
    """A house on SQLite."""
    made = build_bare_house(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def fg(house: TestHouse) -> Signed:
    """The FG at the desk."""
    return house.officer(Role.FG)  # type: ignore[return-value]


def test_of_three_merged_cases_the_earliest_that_is_left_counts(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """Taking one of two duplicates away leaves the receipt of the other."""
    first, second = asked_twice(house, clock)
    clock.turn(days=2)
    laid_in(house, clock, plain_mail("Derde keer", ASKS, message_id="<3@gezin.test>"))
    third = references(house)[2]
    merging.merge(*fg, second, third, WHY)
    merging.merge(*fg, first, third, WHY)
    found = merging.unmerge(*fg, first, "dit was een ander verzoek")
    assert date(2026, 12, 3) == found.case.dates.due
    found = merging.unmerge(*fg, second, "dit was een ander verzoek")
    assert date(2026, 12, 5) == found.case.dates.due


def test_a_receipt_that_a_person_set_since_stays_when_a_merge_is_undone(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """What an officer corrected by hand is never overwritten in passing."""
    first, second = asked_twice(house, clock)
    merging.merge(*fg, first, second, WHY)
    correct_receipt(*fg, second, date(2026, 10, 30), "een collega had de mail op vrijdag")
    found = merging.unmerge(*fg, first, "het zijn toch twee verzoeken")
    assert date(2026, 11, 27) == found.case.dates.due


@pytest.mark.parametrize("act", ["extend", "decide"])
def test_a_merged_case_is_neither_extended_nor_decided(
    house: TestHouse, fg: Signed, clock: TurnedClock, act: str
) -> None:
    """One matter has one decision, in the case that goes on."""
    first, second = asked_twice(house, clock)
    fg[0].confirm(fg[1], second, Kind.ACCESS)
    merging.merge(*fg, second, first, WHY)
    board: Signed = house.officer(Role.BOARD)  # type: ignore[assignment]
    with pytest.raises(ActRefused, match="goes on in"):
        if act == "extend":
            fg[0].extend(fg[1], second, date(2026, 12, 20), "veel werk deze maand")
        else:
            board[0].decide(board[1], second, Outcome.WITHDRAWN, "de ouder wil dit niet meer")


def test_two_parents_are_never_merged(house: TestHouse, fg: Signed, clock: TurnedClock) -> None:
    """Each would get the other's letters; they are linked instead."""
    laid_in(house, clock, plain_mail("Inzage", ASKS, sender="moeder@gezin.test"))
    laid_in(house, clock, plain_mail("Dossier", ASKS, sender="vader@elders.test"))
    first, second = references(house)
    with pytest.raises(ActRefused, match="different addresses"):
        merging.merge(*fg, second, first, WHY)
    linking.link(*fg, second, first)
    assert [first] == list(fg[0].show(fg[1], second).linked)
    with pytest.raises(ActRefused, match="linked already"):
        linking.link(*fg, first, second)


def test_one_person_with_two_addresses_is_merged_once_a_person_verified_it(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """The mail itself proves nothing; somebody says how they know."""
    laid_in(house, clock, plain_mail("Inzage", ASKS, sender="moeder@gezin.test"))
    laid_in(house, clock, plain_mail("Dossier", ASKS, sender="moeder@werk.test"))
    first, second = references(house)
    addresses.set_address(*fg, first, "moeder@werk.test", "gebeld op het nummer van school")
    merging.merge(*fg, second, first, WHY)
    assert [first] == queue_of(fg)


@pytest.mark.parametrize(
    "asks",
    [
        "Er is een lijst met alle adressen van ouders naar de hele school gemaild. Dat is een datalek."
    ],
)
def test_a_breach_never_disappears_into_another_case(
    house: TestHouse, fg: Signed, clock: TurnedClock, asks: str
) -> None:
    """The 72 hours would run on where nobody looks (GDPR 33)."""
    laid_in(house, clock, plain_mail("Inzage", ASKS))
    laid_in(house, clock, plain_mail("Datalek", asks, message_id="<b@gezin.test>"))
    first, breach = references(house)[:2]
    with pytest.raises(ActRefused, match="its own clock"):
        merging.merge(*fg, breach, first, WHY)


def test_what_was_extended_or_closed_is_no_duplicate(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """Its letters name dates that would be lost; the other one can be merged into it."""
    first, second = asked_twice(house, clock)
    fg[0].confirm(fg[1], second, Kind.ACCESS)
    fg[0].extend(fg[1], second, date(2026, 12, 20), "veel werk deze maand")
    with pytest.raises(ActRefused, match="extended or decided"):
        merging.merge(*fg, second, first, WHY)
    merging.merge(*fg, first, second, WHY)
    assert [second] == queue_of(fg)
    assert date(2026, 12, 20) == fg[0].show(fg[1], second).case.dates.due
    with pytest.raises(ActRefused, match="goes on in"):
        merging.merge(*fg, first, second, WHY)


def test_what_protected_a_case_by_its_link_protects_it_after(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """Unlinking must not let an address or an officer in that the link kept out."""
    first, second = asked_twice(house, clock)
    linking.link(*fg, first, second)
    standing.change_flag(*fg, first, Flag.SAFETY, "geheim adres volgens school", present=True)
    house.officer(Role.HANDLER)
    standing.keep_away(*fg, first, "handler@officers.test", "de klacht gaat over hem")
    linking.unlink(*fg, second)
    assert [] == list(fg[0].show(fg[1], second).linked)
    handler: Signed = house.officer(Role.HANDLER)  # type: ignore[assignment]
    assert [] == queue_of(handler)
    with pytest.raises(ActRefused, match="safety flag"):
        addresses.set_address(*fg, second, "vader@elders.test", "hij belde zelf op")


def test_a_hidden_passport_of_a_duplicate_stays_hidden_where_it_goes_on(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """Reading the mails of both in one file must not show what one of them hid (reglement 8.2.2)."""
    first, second = asked_twice(house, clock)
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO identity_copy (mail_id, board_id, case_id, found_at, destroy_at)"
            " SELECT id, board_id, 2, received_at, received_at FROM raw_mail WHERE id = 2"
        )
    assert frozenset() == hidden_copies(*fg, first)
    merging.merge(*fg, second, first, WHY)
    assert frozenset({2}) == hidden_copies(*fg, first)


@pytest.mark.parametrize("role", [Role.HANDLER, Role.ADMIN])
def test_only_the_fg_and_the_board_merge(
    house: TestHouse, fg: Signed, clock: TurnedClock, role: Role
) -> None:
    """A merge takes a case out of the queue; whoever prepares may link, and no more."""
    first, second = asked_twice(house, clock)
    person: Signed = house.officer(role)  # type: ignore[assignment]
    with pytest.raises(NotAllowed):
        merging.merge(*person, second, first, WHY)
    assert sorted([first, second]) == sorted(queue_of(fg))
