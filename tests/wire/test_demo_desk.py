"""The desk of the demo: its throw-away officers come in by the real sign-in, on this machine only."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp

from mailbot.cli.demo import stage_of
from mailbot.cli.demo_desk import begin_today, give_apps, served
from mailbot.demo.day import planned
from mailbot.demo.folder import prepare
from mailbot.demo.officers import ADMIN, EVERYBODY, FG, People
from mailbot.profiles import find
from tests.desks import DeskServer
from tests.houses import TestHouse
from tests.visitors import Visitor


def test_the_officers_of_the_demo_sign_in_with_password_and_code(
    bare_house: Callable[..., TestHouse],
) -> None:
    """What the demo prints is all that is needed, and no step of the sign-in is left out."""
    house = bare_house()
    People(house.desk).enter()
    seeds = give_apps(house.settings)
    assert {one.address for one in EVERYBODY} == set(seeds)
    with served(house.settings) as address:
        assert address.startswith("http://localhost:")
        there = DeskServer(house, house.clock, address, None, None)  # type: ignore[arg-type]
        for person, path in ((FG, "/queue"), (ADMIN, "/admin")):
            with Visitor(there) as visitor:
                first = visitor.post("/sign-in", address=person.address, password=person.password)
                assert "/sign-in/second" == first.headers["location"]
                assert 303 == visitor.get(path).status_code, "a password alone opens nothing"
                code = pyotp.TOTP(seeds[person.address]).now()
                visitor.post("/sign-in/second", code=code)
                assert 200 == visitor.get(path).status_code


def test_a_desk_over_the_day_of_the_demo_calls_nobody(tmp_path: Path) -> None:
    """The day was played for Friday; on Monday at ten its robot has proved that nothing was lost."""
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    folder = prepare(tmp_path / "demo", keep=False)
    with stage_of(folder, find("sipor", tmp_path), date(2026, 11, 20), os.urandom) as stage:
        list(stage.play.mails(planned()[:1]))
        stage.play.clock.running = lambda: monday
        (board,) = stage.house.boards.values()
        assert "proof_missing" == board.proof.watch(monday)
        begin_today(stage.house, stage.play)
        assert board.proof.watch(monday) is None
