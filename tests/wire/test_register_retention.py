"""After its term an entry of the breach register can be read by nobody, and is still counted."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailbot import app
from mailbot.domain.decision import Outcome
from mailbot.domain.errors import UnknownEntry
from mailbot.domain.figures import BreachCounts, YearFigures
from mailbot.domain.kinds import Kind
from mailbot.domain.register_words import Risk, TellingParents
from mailbot.domain.retention import Category
from mailbot.domain.roles import Role
from mailbot.work.register import BreachRegister
from mailbot.work.register_acts import BreachDecisions
from tests.houses import TestHouse, TurnedClock, plain_mail

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CANARY = "Zwaluwstaart"
LEAK = (
    "Ik wil een datalek melden: ik kreeg per mail een lijst met gegevens van andere kinderen."
    f" Groet, mevrouw {CANARY}"
)
WHY = f"Beoordeeld met de leerkracht van {CANARY}"


pytestmark = pytest.mark.usefixtures("connections_closed")


def figures(house: TestHouse) -> YearFigures:
    """Count the year as an officer does."""
    counting = app.figures(house.settings, house.settings.boards[0].code, house.clock)
    return counting.year(house.enter(Role.FG), 2026)


def live_three_incidents(house: TestHouse) -> list[str]:
    """One reported by mail and closed, one without a case not reported, one not decided yet."""
    desk, fg, board = house.desk, house.enter(Role.FG), house.enter(Role.BOARD)
    register = BreachRegister(desk)
    acts = BreachDecisions(register)
    house.receive(plain_mail(f"Datalek {CANARY}", LEAK))
    house.house.work_off()
    (case,) = desk.queue(fg)
    reported = case.reference
    desk.confirm(fg, reported, Kind.BREACH)
    register.aware(fg, reported, START, WHY)
    register.fill(fg, reported, {"facts": f"De lijst van {CANARY}", "risk": Risk.RISK})
    acts.decide_ap(board, reported, report=True, reason=WHY)
    acts.notify_ap(fg, reported, house.clock(), number="AP-1")
    acts.decide_parents(board, reported, TellingParents.NO_HIGH_RISK, WHY)
    silent = register.open(fg, None, START, f"Stick van {CANARY} kwijt").reference
    acts.decide_ap(board, silent, report=False, reason=WHY)
    undecided = register.open(fg, None, START, f"Scherm van {CANARY} stond open").reference
    desk.decide(board, reported, Outcome.HANDLED, WHY, unfinished=f"Besproken over {CANARY}")
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE letter SET state = 'sent', accepted_at = written_at")
        connection.exec_driver_sql("DELETE FROM sighting")
    return [reported, silent, undecided]


def all_bytes(folder: Path) -> bytes:
    """Every byte of every file below a folder."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def keys(house: TestHouse) -> list[bytes]:
    """The wrapped keys under which the register is sealed."""
    with house.house.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT wrapped FROM data_key WHERE id IN (SELECT key_id FROM register_key)"
        )
        return [bytes(row[0]) for row in rows]


def test_an_entry_past_its_term_is_unreadable_and_still_counted_as_reported_or_not(
    bare_house: Callable[..., TestHouse],
    any_database: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """
    Reglement section 7 (five years) and 6.4.2: the texts go with their key, the fact stays.

    Versions are never changed, so their sealed bytes lie there for ever; what makes them
    unreadable is that the key is gone, from the database, its free pages and its log.
    """
    caplog.set_level("DEBUG")
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    references = live_three_incidents(house)
    fg, admin = house.enter(Role.FG), house.enter(Role.ADMIN)
    register = BreachRegister(house.desk)
    acts = app.retention(house.settings, house.settings.boards[0].code, clock)
    before = figures(house)
    assert (
        BreachCounts(reported=1, not_reported=1, undecided=1, not_in_register=0) == before.breaches
    )
    wrapped = keys(house)
    assert 3 == len(wrapped)

    clock.now = datetime(2031, 3, 2, 12, tzinfo=UTC)
    assert [] == [one for one in acts.plan(admin).due if one.category is Category.REGISTER]
    assert CANARY in register.history(fg, references[0])[-1].entry.facts
    clock.now = datetime(2031, 3, 3, 12, tzinfo=UTC)
    due = {one.subject: one.kept_until for one in acts.plan(admin).due}
    acts.run(admin, acts.plan(admin).code)

    assert all(date(2031, 3, 2) == due[reference] for reference in references)
    assert 0 == house.count("data_key")
    assert 3 == house.count("register_entry")
    assert 0 < house.count("register_version", "sealed IS NOT NULL")
    for reference in references:
        with pytest.raises(UnknownEntry):
            register.history(fg, reference)
    assert [] == list(register.entries(fg))
    assert before.breaches == figures(house).breaches
    left = all_bytes(tmp_path)
    for form in (CANARY.encode(), CANARY.lower().encode(), CANARY.encode("utf-16-le"), *wrapped):
        assert form not in left
    assert CANARY not in caplog.text
