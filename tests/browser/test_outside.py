"""Signing in with a provider: a real one on loopback, with everything that can be wrong with it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page

from mailbot.domain.roles import Role
from mailbot.settings.secrets import Secret
from mailbot.settings.values import OidcSettings
from tests.desks import MONDAY, DeskServer, apart
from tests.houses import TurnedClock, build_bare_house
from tests.servers.provider import CLIENT, SECRET, Provider
from tests.visitors import Visitor

FG = "fg@officers.test"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider whose clock is the desk's and whose person is the FG."""
    made = Provider()
    made.person = {"sub": "person-1", "email": "FG@officers.test", "email_verified": True}
    made.start()
    yield made
    made.remove()


@pytest.fixture
def desk(
    provider: Provider, new_desk: Callable[..., DeskServer], tmp_path: Any
) -> Iterator[Callable[..., DeskServer]]:
    """A function that serves a desk which knows the provider; its words are settings of `[[oidc]]`."""
    houses = []

    def build(**words: Any) -> DeskServer:
        clock = TurnedClock(MONDAY)
        provider.now = lambda: clock().timestamp()
        known = OidcSettings(
            name="entra",
            label="Microsoft",
            issuer=provider.issuer,
            client_id=CLIENT,
            secret=Secret(SECRET),
            vouches_for_address=False,
            asks_second_factor=False,
        )
        house = build_bare_house(tmp_path, clock)
        house.settings = replace(house.settings, oidc=(replace(known, **words),))
        houses.append(house)
        made = new_desk(house=house, clock=clock)
        made.new_officer(Role.FG)
        return made

    yield build
    for house in houses:
        apart(house.close)


def come_in(visitor: Visitor, provider: Provider, path: str = "/sign-in/with/entra") -> Any:
    """Go to the provider and come back, as a browser does."""
    out = visitor.get(path)
    assert out.headers["location"].startswith(provider.issuer), out.text
    back = visitor.send("GET", out.headers["location"]).headers["location"]
    return visitor.get(back.removeprefix(visitor.desk.url))


def test_an_officer_comes_in_by_the_provider_and_the_second_step(
    desk: Callable[..., DeskServer], page: Page
) -> None:
    """The provider stands for the password; the app is asked for all the same."""
    here = desk()
    page.goto(f"{here.url}/queue")
    page.click("text=Inloggen met Microsoft")
    assert f"{here.url}/sign-in/second?next=/queue" == page.url
    page.fill("[name=code]", pyotp.TOTP(here.new_officer(Role.FG)).at(here.clock()))
    page.click("main form:not([data-passkey]) button")
    assert f"{here.url}/queue" == page.url
    assert here.house.count("sign_in", "door = 'entra'") == 1


def test_a_provider_that_asks_a_second_factor_itself_is_enough(
    desk: Callable[..., DeskServer], provider: Provider
) -> None:
    """Only where the settings say so."""
    with Visitor(desk(asks_second_factor=True)) as visitor:
        assert (
            "/queue"
            == come_in(visitor, provider, "/sign-in/with/entra?next=/queue").headers["location"]
        )
        assert 200 == visitor.get("/queue").status_code


SPOILT: dict[str, dict[str, Any]] = {
    "a stranger's address": {"email": "stranger@officers.test"},
    "an address nobody verified": {"email_verified": False},
    "no word about the address": {"email_verified": None},
    "no address": {"email": None},
    "a token for somebody else": {"aud": "another-client"},
    "a token of another provider": {"iss": "https://elsewhere.test"},
    "an answer to another question": {"nonce": "another"},
    "a token of yesterday": {"exp": int(MONDAY.timestamp()) - 86_400},
    "no person": {"sub": None},
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_token_that_does_not_hold_lets_nobody_in(
    desk: Callable[..., DeskServer], provider: Provider, how: str
) -> None:
    """Each is refused in the same words, which tell nobody why."""
    provider.claims = SPOILT[how]
    here = desk()
    with Visitor(here) as visitor:
        assert 422 == come_in(visitor, provider).status_code
    assert 0 == here.house.count("web_session")


def test_a_token_signed_by_another_key_lets_nobody_in(
    desk: Callable[..., DeskServer], provider: Provider
) -> None:
    """The keys are the provider's own, read from it."""
    provider.signs_with_another_key = True
    with Visitor(desk()) as visitor:
        assert 422 == come_in(visitor, provider).status_code


def test_an_answer_belongs_to_the_browser_that_asked_and_counts_once(
    desk: Callable[..., DeskServer], provider: Provider
) -> None:
    """A link with somebody's code signs in nobody else; nor does it a second time."""
    here = desk(asks_second_factor=True)
    with Visitor(here) as asking, Visitor(here) as another:
        out = asking.get("/sign-in/with/entra").headers["location"]
        back = asking.send("GET", out).headers["location"].removeprefix(here.url)
        another.get("/sign-in/with/entra")
        assert 422 == another.get(back).status_code
        assert 303 == asking.get(back).status_code
        assert 422 == asking.get(back).status_code
        late = asking.get("/sign-in/with/entra").headers["location"]
        back = asking.send("GET", late).headers["location"].removeprefix(here.url)
        here.clock.turn(minutes=11)
        assert 422 == asking.get(back).status_code


def test_an_address_that_passed_to_another_person_lets_nobody_in(
    desk: Callable[..., DeskServer], provider: Provider
) -> None:
    """The first sign-in binds the officer to the person, not to the address (OIDC Core 5.7)."""
    here = desk()
    with Visitor(here) as officer:
        assert 303 == come_in(officer, provider).status_code
    provider.person["sub"] = "person-2"
    with Visitor(here) as another:
        assert 422 == come_in(another, provider).status_code


def test_an_own_tenant_may_vouch_for_its_addresses(
    desk: Callable[..., DeskServer], provider: Provider
) -> None:
    """Entra ID says nothing of verification; its own tenant gives the addresses itself."""
    provider.person = {"sub": "person-1", "preferred_username": FG}
    with Visitor(desk(vouches_for_address=True)) as visitor:
        assert 303 == come_in(visitor, provider).status_code


def test_a_provider_that_is_away_is_said_calmly(
    desk: Callable[..., DeskServer], provider: Provider
) -> None:
    """The password stays a way in."""
    here = desk(issuer="http://localhost:9/tenant")
    with Visitor(here) as visitor:
        assert 422 == visitor.get("/sign-in/with/entra").status_code
        assert 404 == visitor.get("/sign-in/with/unknown").status_code
        assert 200 == visitor.get("/sign-in").status_code
