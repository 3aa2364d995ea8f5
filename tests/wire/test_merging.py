"""Cases that are one, or are not: merged, split, linked and moved, on both databases."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from mailbot import app
from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.errors import ActRefused, NotAllowed, ReasonMissing
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import QueueFilter
from mailbot.domain.roles import Role
from mailbot.domain.suggestion import Flag
from mailbot.work.desk import Desk
from mailbot.work.handling import addresses, linking, merging, moving, standing
from mailbot.work.handling.page import hidden_copies
from mailbot.work.handling.papers import papers_of
from mailbot.work.handling.receipt import correct_receipt
from mailbot.work.queue import overview
from tests.houses import TestHouse, TurnedClock, build_bare_house, plain_mail

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
WHY = "dezelfde moeder, tweemaal gestuurd"
ASKS = "Ik wil graag het dossier van mijn dochter Noor Visser inzien. Zij zit op Het Kompas."


@pytest.fixture
def clock() -> TurnedClock:
    """A clock that begins on a Monday."""
    return TurnedClock(START)


@pytest.fixture
def house(tmp_path: Path, any_database: str, clock: TurnedClock) -> Iterator[TestHouse]:
    """A house on each database."""
    made = build_bare_house(tmp_path, clock, database=any_database)
    yield made
    made.close()


Fg = tuple[Desk, Officer]


@pytest.fixture
def fg(house: TestHouse) -> Fg:
    """The FG at the desk."""
    return house.officer(Role.FG)  # type: ignore[return-value]


def _receive(house: TestHouse, clock: TurnedClock, *raws: bytes) -> None:
    house.receive(*raws, received=clock.now)
    house.house.work_off()


def _two(house: TestHouse, clock: TurnedClock) -> tuple[str, str]:
    """The same request twice from one address, three days apart."""
    _receive(house, clock, plain_mail("Inzage", ASKS, message_id="<1@gezin.test>"))
    clock.turn(days=3)
    _receive(house, clock, plain_mail("Nogmaals inzage", ASKS, message_id="<2@gezin.test>"))
    first, second = _references(house)
    return first, second


def _references(house: TestHouse) -> list[str]:
    with house.house.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT reference FROM cases ORDER BY id")
        return [row[0] for row in rows]


def _queue(fg: Fg) -> list[str]:
    desk, officer = fg
    return [case.reference for case in desk.queue(officer)]


def test_a_merged_case_leaves_the_queue_and_its_file_is_read_with_the_other(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """One matter is worked on once; nothing of the duplicate is lost to the eye or decided."""
    first, second = _two(house, clock)
    merging.merge(*fg, second, first, WHY)
    assert [first] == _queue(fg)
    assert [first] == [row.reference for row in overview(*fg, QueueFilter()).page.rows]
    assert 2 == len(papers_of(*fg, first).letters)
    story = fg[0].show(fg[1], first)
    assert ([second], 2, 2) == (story.merged, len(story.mails), len(story.letters))
    assert first == fg[0].show(fg[1], second).merged_into
    assert (0, 0) == (house.count("decision"), house.count("closure"))


def test_the_earliest_receipt_counts_and_says_why(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """No request loses a day because the later mail of it was kept (reglement 8.9.2b)."""
    first, second = _two(house, clock)
    found = merging.merge(*fg, first, second, WHY)
    assert (date(2026, 11, 30), date(2026, 12, 3)) == (found.case.dates.due, found.former_due)
    told = fg[0].explain(fg[0].show(fg[1], second), "nl")
    assert f"{first} is hiermee samengevoegd en kwam eerder binnen" in told[0]
    assert "maandag 2 november 2026" in told[0]


def test_undoing_a_merge_gives_each_case_its_own_clock_back(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """A merge may be a mistake; the clock of the duplicate ran all the time."""
    first, second = _two(house, clock)
    merging.merge(*fg, first, second, WHY)
    merging.unmerge(*fg, first, "het zijn toch twee verzoeken")
    assert [first, second] == _queue(fg)
    due = [case.dates.due for case in fg[0].queue(fg[1])]
    assert [date(2026, 11, 30), date(2026, 12, 3)] == due
    assert [] == list(fg[0].show(fg[1], second).linked)


def test_of_three_merged_cases_the_earliest_that_is_left_counts(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """Taking one of two duplicates away leaves the receipt of the other."""
    first, second = _two(house, clock)
    clock.turn(days=2)
    _receive(house, clock, plain_mail("Derde keer", ASKS, message_id="<3@gezin.test>"))
    third = _references(house)[2]
    merging.merge(*fg, second, third, WHY)
    merging.merge(*fg, first, third, WHY)
    found = merging.unmerge(*fg, first, "dit was een ander verzoek")
    assert date(2026, 12, 3) == found.case.dates.due
    found = merging.unmerge(*fg, second, "dit was een ander verzoek")
    assert date(2026, 12, 5) == found.case.dates.due


def test_a_receipt_that_a_person_set_since_stays_when_a_merge_is_undone(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """What an officer corrected by hand is never overwritten in passing."""
    first, second = _two(house, clock)
    merging.merge(*fg, first, second, WHY)
    correct_receipt(*fg, second, date(2026, 10, 30), "een collega had de mail op vrijdag")
    found = merging.unmerge(*fg, first, "het zijn toch twee verzoeken")
    assert date(2026, 11, 27) == found.case.dates.due


def test_new_mail_in_the_thread_of_a_merged_case_lands_where_people_work(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """A parent answers whichever letter lies on top."""
    first, second = _two(house, clock)
    merging.merge(*fg, second, first, WHY)
    answer = plain_mail(
        "Re: Nogmaals inzage",
        "Het gaat om groep 5.",
        message_id="<4@gezin.test>",
        extra="In-Reply-To: <2@gezin.test>\nReferences: <2@gezin.test>\n",
    )
    _receive(house, clock, answer)
    numbers = f"SELECT id FROM cases WHERE reference = '{first}'"
    assert 1 == house.count("mail", f"outcome = 'filed' AND case_id = ({numbers})")


def test_nobody_is_reminded_of_a_merged_case(house: TestHouse, fg: Fg, clock: TurnedClock) -> None:
    """A duplicate in the reminders would be worked on, or answered twice."""
    first, second = _two(house, clock)
    merging.merge(*fg, second, first, WHY)
    clock.now = datetime(2026, 12, 10, 9, tzinfo=UTC)
    house.house.remind()
    with house.house.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT reference FROM letter JOIN cases ON cases.id = case_id"
            " WHERE code = 'reminder'"
        ).all()
    assert [(first,)] == [tuple(row) for row in rows]


@pytest.mark.parametrize("act", ["extend", "decide"])
def test_a_merged_case_is_neither_extended_nor_decided(
    house: TestHouse, fg: Fg, clock: TurnedClock, act: str
) -> None:
    """One matter has one decision, in the case that goes on."""
    first, second = _two(house, clock)
    fg[0].confirm(fg[1], second, Kind.ACCESS)
    merging.merge(*fg, second, first, WHY)
    board: Fg = house.officer(Role.BOARD)  # type: ignore[assignment]
    with pytest.raises(ActRefused, match="goes on in"):
        if act == "extend":
            fg[0].extend(fg[1], second, date(2026, 12, 20), "veel werk deze maand")
        else:
            board[0].decide(board[1], second, Outcome.WITHDRAWN, "de ouder wil dit niet meer")


def test_two_parents_are_never_merged(house: TestHouse, fg: Fg, clock: TurnedClock) -> None:
    """Each would get the other's letters; they are linked instead."""
    _receive(house, clock, plain_mail("Inzage", ASKS, sender="moeder@gezin.test"))
    _receive(house, clock, plain_mail("Dossier", ASKS, sender="vader@elders.test"))
    first, second = _references(house)
    with pytest.raises(ActRefused, match="different addresses"):
        merging.merge(*fg, second, first, WHY)
    linking.link(*fg, second, first)
    assert [first] == list(fg[0].show(fg[1], second).linked)
    with pytest.raises(ActRefused, match="linked already"):
        linking.link(*fg, first, second)


def test_one_person_with_two_addresses_is_merged_once_a_person_verified_it(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """The mail itself proves nothing; somebody says how they know."""
    _receive(house, clock, plain_mail("Inzage", ASKS, sender="moeder@gezin.test"))
    _receive(house, clock, plain_mail("Dossier", ASKS, sender="moeder@werk.test"))
    first, second = _references(house)
    addresses.set_address(*fg, first, "moeder@werk.test", "gebeld op het nummer van school")
    merging.merge(*fg, second, first, WHY)
    assert [first] == _queue(fg)


@pytest.mark.parametrize(
    "asks",
    [
        "Er is een lijst met alle adressen van ouders naar de hele school gemaild. Dat is een datalek."
    ],
)
def test_a_breach_never_disappears_into_another_case(
    house: TestHouse, fg: Fg, clock: TurnedClock, asks: str
) -> None:
    """The 72 hours would run on where nobody looks (GDPR 33)."""
    _receive(house, clock, plain_mail("Inzage", ASKS))
    _receive(house, clock, plain_mail("Datalek", asks, message_id="<b@gezin.test>"))
    first, breach = _references(house)[:2]
    with pytest.raises(ActRefused, match="its own clock"):
        merging.merge(*fg, breach, first, WHY)


def test_what_was_extended_or_closed_is_no_duplicate(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """Its letters name dates that would be lost; the other one can be merged into it."""
    first, second = _two(house, clock)
    fg[0].confirm(fg[1], second, Kind.ACCESS)
    fg[0].extend(fg[1], second, date(2026, 12, 20), "veel werk deze maand")
    with pytest.raises(ActRefused, match="extended or decided"):
        merging.merge(*fg, second, first, WHY)
    merging.merge(*fg, first, second, WHY)
    assert [second] == _queue(fg)
    assert date(2026, 12, 20) == fg[0].show(fg[1], second).case.dates.due
    with pytest.raises(ActRefused, match="goes on in"):
        merging.merge(*fg, first, second, WHY)


def test_a_merge_states_its_reason_and_its_officer(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """Both in the act and as walls in the schema, which raw SQL meets as well."""
    first, second = _two(house, clock)
    with pytest.raises(ReasonMissing):
        merging.merge(*fg, second, first, "dubbel")
    refused = pytest.raises(IntegrityError, match="merge_needs_officer")
    with refused, house.house.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO case_merge (board_id, case_id, into_id, regrouped, at, reason)"
            " SELECT board_id, 1, 2, '', opened_at, sealed FROM cases WHERE id = 1"
        )
    with pytest.raises(IntegrityError), house.house.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO merged_case (case_id, into_id, merge_id) VALUES (1, 2, 99)"
        )


def test_a_merged_case_is_erased_with_the_one_it_went_on_in(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """It never closes itself, so its term runs with the other's (toelichting 6.5)."""
    first, second = _two(house, clock)
    fg[0].confirm(fg[1], first, Kind.CONSENT_WITHDRAWAL)
    fg[0].confirm(fg[1], second, Kind.CONSENT_WITHDRAWAL)
    merging.merge(*fg, second, first, WHY)
    board: Fg = house.officer(Role.BOARD)  # type: ignore[assignment]
    board[0].decide(board[1], first, Outcome.WITHDRAWN, "de ouder wil dit niet meer")
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE letter SET state = 'sent'")
        connection.exec_driver_sql("UPDATE mail SET waits = (1 = 0)")
    keeping = house.house.boards["sipor"].retention
    early = keeping.plan(datetime(2028, 11, 1, 9, tzinfo=UTC))
    late = keeping.plan(datetime(2028, 12, 1, 9, tzinfo=UTC))
    assert ([], [first, second]) == (
        [one.subject for one in early.due],
        [one.subject for one in late.due],
    )


def test_a_split_gives_mails_their_own_case_and_clock(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """A second request that was filed as a follow-up has run since its own receipt."""
    _receive(house, clock, plain_mail("Inzage", ASKS, message_id="<1@gezin.test>"))
    clock.turn(days=4)
    answer = plain_mail(
        "Re: Inzage",
        "Nog een vraag over zijn broer Sem Visser.",
        sender="vader@elders.test",
        message_id="<5@gezin.test>",
        extra="In-Reply-To: <1@gezin.test>\n",
    )
    _receive(house, clock, answer)
    clock.turn(days=2)
    first = _references(house)[0]
    mail = fg[0].show(fg[1], first).mails[-1].id
    read = app.reader(house.settings, "sipor")
    case = moving.split(
        *fg,
        first,
        [mail],
        kind=Kind.ACCESS,
        reason="de vader vraagt het zelf",
        read=read,
        tell=True,
    )
    assert (date(2026, 12, 4), "vader@elders.test") == (case.dates.due, case.requester.address)
    new, old = fg[0].show(fg[1], case.reference), fg[0].show(fg[1], first)
    assert ([mail], [first]) == ([one.id for one in new.mails], list(new.linked))
    assert mail not in [one.id for one in old.mails]
    assert date(2026, 11, 30) == old.case.dates.due
    with pytest.raises(ActRefused, match="opened"):
        moving.split(*fg, first, [old.mails[0].id], kind=Kind.ACCESS, reason=WHY, read=read)


def test_a_mail_moves_to_another_case_or_to_the_parked_with_what_it_says(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """A wrong thread is a mistake of a moment; no date moves with it."""
    first, second = _two(house, clock)
    answer = plain_mail(
        "Re: Inzage",
        "Het gaat om Tim Visser, hij zit op De Vuurvlinder.",
        message_id="<6@gezin.test>",
        extra="In-Reply-To: <1@gezin.test>\n",
    )
    _receive(house, clock, answer)
    mail = fg[0].show(fg[1], first).mails[-1].id
    moving.move(*fg, mail, second, "hoort bij de tweede mail")
    assert [mail] == [one.id for one in fg[0].show(fg[1], second).mails][1:]
    facts = house.count("fact", f"mail_id = {mail} AND case_id = 2")
    assert facts == house.count("fact", f"mail_id = {mail}") > 0
    moving.move(*fg, mail, None, "hoort bij geen van beide")
    assert 1 == house.count("mail", f"id = {mail} AND case_id IS NULL AND waits")
    assert 0 == house.count("fact", f"mail_id = {mail}")
    opening = fg[0].show(fg[1], second).mails[0].id
    with pytest.raises(ActRefused, match="opened"):
        moving.move(*fg, opening, first, "hoort bij de eerste zaak")


def test_what_protected_a_case_by_its_link_protects_it_after(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """Unlinking must not let an address or an officer in that the link kept out."""
    first, second = _two(house, clock)
    linking.link(*fg, first, second)
    standing.change_flag(*fg, first, Flag.SAFETY, "geheim adres volgens school", present=True)
    house.officer(Role.HANDLER)
    standing.keep_away(*fg, first, "handler@officers.test", "de klacht gaat over hem")
    linking.unlink(*fg, second)
    assert [] == list(fg[0].show(fg[1], second).linked)
    handler: Fg = house.officer(Role.HANDLER)  # type: ignore[assignment]
    assert [] == _queue(handler)
    with pytest.raises(ActRefused, match="safety flag"):
        addresses.set_address(*fg, second, "vader@elders.test", "hij belde zelf op")


Act = Callable[[Fg, str, str], object]


def test_a_hidden_passport_of_a_duplicate_stays_hidden_where_it_goes_on(
    house: TestHouse, fg: Fg, clock: TurnedClock
) -> None:
    """Reading the mails of both in one file must not show what one of them hid (reglement 8.2.2)."""
    first, second = _two(house, clock)
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
    house: TestHouse, fg: Fg, clock: TurnedClock, role: Role
) -> None:
    """A merge takes a case out of the queue; whoever prepares may link, and no more."""
    first, second = _two(house, clock)
    person: Fg = house.officer(role)  # type: ignore[assignment]
    with pytest.raises(NotAllowed):
        merging.merge(*person, second, first, WHY)
    assert sorted([first, second]) == sorted(_queue(fg))
