"""Coming in at the desk: two factors, in a real browser."""

from collections.abc import Callable

import pyotp
from playwright.sync_api import Page

from mailbot.domain.roles import Role
from tests.browser.steps import fill_first_step
from tests.desks import DeskServer, axe, fits


def test_the_first_time_an_officer_sets_up_an_app_and_is_then_in(
    page: Page, desk_server: DeskServer
) -> None:
    """A password alone shows nothing: the app comes before the first page."""
    desk_server.house.officer(Role.FG)
    fill_first_step(page, desk_server)
    assert f"{desk_server.url}/sign-in/app?next=/queue" == page.url
    assert page.locator("img.qr").evaluate("picture => picture.naturalWidth") > 0
    axe(page)
    seed = page.inner_text("code.seed").replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(seed).at(desk_server.clock()))
    page.click("main button")
    assert 10 == page.locator(".codes li").count()
    axe(page)
    page.click("main a.button")
    assert "Wachtrij – Privacybalie" == page.title()


def test_an_officer_comes_in_with_a_code_of_the_app(page: Page, desk_server: DeskServer) -> None:
    """Both factors, and then the page that was asked for."""
    seed = desk_server.new_officer(Role.FG)
    fill_first_step(page, desk_server)
    axe(page)
    page.fill("[name=code]", pyotp.TOTP(seed).at(desk_server.clock()))
    page.click("main button")
    assert f"{desk_server.url}/queue" == page.url


def test_pages_are_accessible_and_fit_a_telephone(
    signed_in: Callable[..., Page], desk_server: DeskServer
) -> None:
    """WCAG 2.2 AA, in both schemes, at 320 pixels too."""
    for path in ("/queue", "/account", "/nowhere"):
        page = signed_in(Role.FG, path)
        axe(page)
        fits(page, 320)
