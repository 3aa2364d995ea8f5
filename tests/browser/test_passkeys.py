"""Passkeys, with the virtual authenticator of a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from mailbot.domain.roles import Role
from tests.browser.steps import fill_first_step
from tests.desks import DeskServer, axe


@pytest.fixture
def authenticator(context: BrowserContext, page: Page) -> Callable[[], int]:
    """A passkey device inside the browser; the function counts what it was asked to sign."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    def signed() -> int:
        found = devtools.send(
            "WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]}
        )
        return sum(one["signCount"] for one in found["credentials"])

    return signed


def register(page: Page, desk: DeskServer) -> None:
    """Sign in for the first time and make a passkey instead of setting up an app."""
    desk.house.officer(Role.FG)
    fill_first_step(page, desk)
    page.fill("form[data-passkey] [name=name]", "laptop")
    page.click("form[data-passkey] button")
    page.wait_for_selector(".codes")


def test_a_passkey_is_the_second_step_and_lets_in_the_next_time(
    page: Page, desk_server: DeskServer, authenticator: Callable[[], int]
) -> None:
    """Made at the first sign-in, shown at the second; its counter goes up and is kept."""
    register(page, desk_server)
    page.click("main a.button")
    assert f"{desk_server.url}/queue" == page.url
    page.click("header form[action='/sign-out'] button")
    fill_first_step(page, desk_server)
    axe(page)
    before = authenticator()
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{desk_server.url}/queue")
    assert authenticator() > before
    assert desk_server.house.count("passkey", "used_at IS NOT NULL AND name = 'laptop'") == 1


def test_an_answer_to_an_old_question_lets_nobody_in(
    page: Page, desk_server: DeskServer, authenticator: Callable[[], int]
) -> None:
    """A question is answered once and within five minutes; a recorded answer is worth nothing."""
    register(page, desk_server)
    page.click("header form[action='/sign-out'] button")
    fill_first_step(page, desk_server)
    desk_server.clock.turn(minutes=6)
    page.click("form[data-passkey] button")
    page.wait_for_selector("#problems")
    assert desk_server.house.count("web_session", "stage = 'full'") == 0


def test_the_last_second_step_cannot_be_taken_away(
    page: Page, desk_server: DeskServer, authenticator: Callable[[], int]
) -> None:
    """Without a second step an account would hang on its password alone."""
    register(page, desk_server)
    page.goto(f"{desk_server.url}/account")
    axe(page)
    page.click("form[action='/account/passkey/remove'] button")
    assert "Houd minstens één tweede stap over" in page.inner_text("[role=status]")
    assert desk_server.house.count("passkey") == 1


def test_another_passkey_is_added_and_the_first_removed(
    page: Page, desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Who loses a device removes it, and is signed out wherever it was used."""
    page = signed_in(Role.FG, "/account/passkey")
    axe(page)
    elsewhere = desk_server.session(Role.FG)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}},
    )
    page.fill("[name=name]", "sleutelbos")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/account")
    assert "sleutelbos" in page.inner_text("table")
    page.click("form[action='/account/app/remove'] button")
    assert desk_server.house.count("one_time_seed") == 0
    with desk_server.door().opened() as door:
        assert door.sessions.find(elsewhere) is None
    page.reload()
    assert "Mijn account – Privacybalie" == page.title()


def test_a_desk_left_open_does_not_change_how_its_officer_signs_in(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Fifteen minutes after the sign-in both factors are shown again first."""
    page = signed_in(Role.FG, "/account")
    desk_server.clock.turn(minutes=16)
    page.click("a[href='/account/passkey']")
    assert f"{desk_server.url}/account" == page.url
    assert "Log uit en weer in" in page.inner_text("[role=status]")
