"""The desk of the demo: its throw-away officers come in by the real sign-in, on this machine only."""

from collections.abc import Callable

import pyotp

from mailbot.cli.demo_desk import give_apps, served
from mailbot.demo.officers import ADMIN, EVERYBODY, FG, People
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
