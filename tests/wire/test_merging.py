"""Cases that are one, or are not: merged, split and moved, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from mailbot import app
from mailbot.domain.decision import Outcome
from mailbot.domain.errors import ActRefused, ReasonMissing
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import QueueFilter
from mailbot.domain.roles import Role
from mailbot.work.handling import merging, moving
from mailbot.work.handling.papers import whole_file
from mailbot.work.queue import overview
from tests.houses import TestHouse, TurnedClock, build_bare_house, plain_mail
from tests.pairs import ASKS, START, WHY, Signed, asked_twice, laid_in, queue_of, references


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


@pytest.fixture
def fg(house: TestHouse) -> Signed:
    """The FG at the desk."""
    return house.officer(Role.FG)  # type: ignore[return-value]


def test_a_merged_case_leaves_the_queue_and_its_file_is_read_with_the_other(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """One matter is worked on once; nothing of the duplicate is lost to the eye or decided."""
    first, second = asked_twice(house, clock)
    merging.merge(*fg, second, first, WHY)
    assert [first] == queue_of(fg)
    assert [first] == [row.reference for row in overview(*fg, QueueFilter()).page.rows]
    assert 2 == len(whole_file(*fg, first).papers.letters)
    story = fg[0].show(fg[1], first)
    assert ([second], 2, 2) == (story.merged, len(story.mails), len(story.letters))
    assert first == fg[0].show(fg[1], second).merged_into
    assert (0, 0) == (house.count("decision"), house.count("closure"))


def test_the_earliest_receipt_counts_and_says_why(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """No request loses a day because the later mail of it was kept (reglement 8.9.2b)."""
    first, second = asked_twice(house, clock)
    found = merging.merge(*fg, first, second, WHY)
    assert (date(2026, 11, 30), date(2026, 12, 3)) == (found.case.dates.due, found.former_due)
    told = fg[0].explain(fg[0].show(fg[1], second), "nl")
    assert f"{first} is hiermee samengevoegd en kwam eerder binnen" in told[0]
    assert "maandag 2 november 2026" in told[0]


def test_undoing_a_merge_gives_each_case_its_own_clock_back(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """A merge may be a mistake; the clock of the duplicate ran all the time."""
    first, second = asked_twice(house, clock)
    merging.merge(*fg, first, second, WHY)
    merging.unmerge(*fg, first, "het zijn toch twee verzoeken")
    assert [first, second] == queue_of(fg)
    due = [case.dates.due for case in fg[0].queue(fg[1])]
    assert [date(2026, 11, 30), date(2026, 12, 3)] == due
    assert [] == list(fg[0].show(fg[1], second).linked)


def test_new_mail_in_the_thread_of_a_merged_case_lands_where_people_work(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """A parent answers whichever letter lies on top."""
    first, second = asked_twice(house, clock)
    merging.merge(*fg, second, first, WHY)
    answer = plain_mail(
        "Re: Nogmaals inzage",
        "Het gaat om groep 5.",
        message_id="<4@gezin.test>",
        extra="In-Reply-To: <2@gezin.test>\nReferences: <2@gezin.test>\n",
    )
    laid_in(house, clock, answer)
    numbers = f"SELECT id FROM cases WHERE reference = '{first}'"
    assert 1 == house.count("mail", f"outcome = 'filed' AND case_id = ({numbers})")


def test_nobody_is_reminded_of_a_merged_case(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """A duplicate in the reminders would be worked on, or answered twice."""
    first, second = asked_twice(house, clock)
    merging.merge(*fg, second, first, WHY)
    clock.now = datetime(2026, 12, 10, 9, tzinfo=UTC)
    house.house.remind()
    with house.house.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT reference FROM letter JOIN cases ON cases.id = case_id"
            " WHERE code = 'reminder'"
        ).all()
    assert [(first,)] == [tuple(row) for row in rows]


def test_a_merge_states_its_reason_and_its_officer(
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """Both in the act and as walls in the schema, which raw SQL meets as well."""
    first, second = asked_twice(house, clock)
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
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """It never closes itself, so its term runs with the other's (toelichting 6.5)."""
    first, second = asked_twice(house, clock)
    fg[0].confirm(fg[1], first, Kind.CONSENT_WITHDRAWAL)
    fg[0].confirm(fg[1], second, Kind.CONSENT_WITHDRAWAL)
    merging.merge(*fg, second, first, WHY)
    board: Signed = house.officer(Role.BOARD)  # type: ignore[assignment]
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
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """A second request that was filed as a follow-up has run since its own receipt."""
    laid_in(house, clock, plain_mail("Inzage", ASKS, message_id="<1@gezin.test>"))
    clock.turn(days=4)
    answer = plain_mail(
        "Re: Inzage",
        "Nog een vraag over zijn broer Sem Visser.",
        sender="vader@elders.test",
        message_id="<5@gezin.test>",
        extra="In-Reply-To: <1@gezin.test>\n",
    )
    laid_in(house, clock, answer)
    clock.turn(days=2)
    first = references(house)[0]
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
    house: TestHouse, fg: Signed, clock: TurnedClock
) -> None:
    """A wrong thread is a mistake of a moment; no date moves with it."""
    first, second = asked_twice(house, clock)
    answer = plain_mail(
        "Re: Inzage",
        "Het gaat om Tim Visser, hij zit op De Vuurvlinder.",
        message_id="<6@gezin.test>",
        extra="In-Reply-To: <1@gezin.test>\n",
    )
    laid_in(house, clock, answer)
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
