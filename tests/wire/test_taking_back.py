"""Letters that are taken back before they leave, and drafts, on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from mailbot.domain.decision import Outcome
from mailbot.domain.errors import ActRefused, NotAllowed
from mailbot.domain.kinds import Kind
from mailbot.domain.letters import RefusedPart
from mailbot.domain.roles import Role
from mailbot.work.handling import identity
from mailbot.work.handling.drafts import draft_of, drop_draft, keep_draft
from mailbot.work.handling.page import page_of
from mailbot.work.handling.undo import take_back
from tests.houses import TestHouse, TurnedClock, plain_mail

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
REASON = "Wij zoeken nog in het archief."


@pytest.fixture
def house(any_database: str, bare_house: Callable[..., TestHouse]) -> TestHouse:
    """A house with one case of access that the FG confirmed."""
    made = bare_house(TurnedClock(MONDAY), database=any_database)
    made.receive(plain_mail("Inzage", "Graag een kopie van alle gegevens van mijn kind."))
    made.house.work_off()
    desk, fg = made.officer(Role.FG)
    desk.confirm(fg, reference_of(made), Kind.ACCESS)
    return made


def reference_of(house: TestHouse) -> str:
    """Name the only case."""
    with house.house.engine.begin() as connection:
        return str(connection.exec_driver_sql("SELECT reference FROM cases").scalar())


def last_letter(house: TestHouse) -> int:
    """Number the letter that was written last."""
    with house.house.engine.begin() as connection:
        return int(connection.exec_driver_sql("SELECT max(id) FROM letter").scalar() or 0)


def test_an_extension_that_was_taken_back_counts_nowhere(house: TestHouse) -> None:
    """Not in the dates, not in their explanation, not in the notices that are watched over."""
    desk, fg = house.officer(Role.FG)
    reference = reference_of(house)
    desk.extend(fg, reference, date(2026, 12, 14), REASON)
    take_back(desk, fg, reference, last_letter(house))

    story = desk.show(fg, reference)
    assert date(2026, 11, 30) == story.case.dates.due
    assert 0 == story.case.extensions
    assert not [line for line in desk.explain(story) if line.startswith("Verlengd")]
    assert () == tuple(page_of(desk, fg, reference).extensions)
    with desk.books.opened() as books:
        assert [] == list(books.cases.unannounced(MONDAY))
    assert 1 == house.count("extension")
    again = desk.extend(fg, reference, date(2026, 12, 21), REASON)[0]
    assert date(2026, 12, 21) == again.dates.due


def test_a_question_that_was_taken_back_was_never_asked(house: TestHouse) -> None:
    """The advisory date does not move for a letter that nobody received."""
    desk, fg = house.officer(Role.FG)
    reference = reference_of(house)
    identity.ask_identity(desk, fg, reference)
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=3)
    assert page_of(desk, fg, reference).advisory is not None
    take_back(desk, fg, reference, last_letter(house))
    assert page_of(desk, fg, reference).advisory is None


def test_what_was_taken_back_never_leaves(house: TestHouse) -> None:
    """No robot claims it, nobody lets it go, and it stands in no list of what waits."""
    desk, fg = house.officer(Role.FG)
    reference = reference_of(house)
    identity.ask_identity(desk, fg, reference)
    letter = last_letter(house)
    take_back(desk, fg, reference, letter)
    assert not desk.let_go(fg, letter)
    assert letter not in [row[0] for row in desk.outbox(fg)]
    with desk.books.opened() as books:
        claimed = books.letters.claim("robot", desk.clock(), desk.clock(), 9)
    assert letter not in [row.id for row in claimed]
    with pytest.raises(ActRefused):
        take_back(desk, fg, reference, letter)


def test_a_decision_that_was_taken_back_stays_and_the_case_goes_on(house: TestHouse) -> None:
    """Decisions are only ever added to; only who decided takes the letter back."""
    desk, board = house.officer(Role.BOARD)
    reference = reference_of(house)
    words = {"parts": [RefusedPart("Alles.", "Artikel 15 lid 4 AVG.", "De rechten van anderen.")]}
    desk.decide(board, reference, Outcome.REFUSED, "Gewogen en afgewezen.", words)
    letter = last_letter(house)
    with pytest.raises(NotAllowed):
        take_back(desk, house.officer(Role.FG)[1], reference, letter)
    take_back(desk, board, reference, letter)
    assert "in_handling" == desk.show(board, reference).case.state
    assert 1 == house.count("decision")
    assert 1 == house.count("event", "kind = 'letter_taken_back'")


def test_a_draft_is_one_officers_and_sealed(house: TestHouse) -> None:
    """Kept in place of what was kept before, shown to nobody else, gone when it is dropped."""
    desk, fg = house.officer(Role.FG)
    _, board = house.officer(Role.BOARD)
    reference = reference_of(house)
    keep_draft(desk, fg, reference, "ask", {"question": "Eerst zo."})
    keep_draft(desk, fg, reference, "ask", {"question": "Toen zo.", "why": " "})
    kept = draft_of(desk, fg, reference, "ask")
    assert kept is not None
    assert {"question": "Toen zo."} == kept.fields
    assert draft_of(desk, board, reference, "ask") is None
    drop_draft(desk, fg, reference, "ask")
    assert 0 == house.count("draft")
