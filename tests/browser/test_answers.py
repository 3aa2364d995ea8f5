"""What every answer carries: headers, languages, calm errors, and nothing from outside."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, event

from mailbot import app, profiles
from mailbot.domain.errors import BooksUnavailable
from mailbot.domain.roles import Role
from mailbot.web.routes import ROUTES
from tests.desks import MONDAY, DeskServer, apart, axe
from tests.houses import PASSWORD, TurnedClock, build_bare_house
from tests.visitors import Visitor

EVERYWHERE = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def test_every_answer_carries_the_headers(desk_server: DeskServer) -> None:
    """Pages, redirects, refusals and what is not there: nobody writes an answer without them."""
    with Visitor(desk_server) as nobody, Visitor(desk_server, Role.ADMIN) as admin:
        answers = [
            nobody.get("/sign-in"),
            nobody.get("/queue"),
            admin.get("/queue"),
            admin.get("/nowhere"),
            admin.send("PUT", "/queue"),
            admin.send("POST", "/sign-out"),
            admin.send("GET", "/queue", headers={"Host": "elsewhere.test"}),
        ]
    assert [200, 303, 403, 404, 405, 403, 421] == [one.status_code for one in answers]
    for answer in answers:
        told = {name: answer.headers.get(name) for name in EVERYWHERE}
        assert EVERYWHERE == told
        assert "camera=()" in answer.headers["permissions-policy"]


def test_behind_tls_browsers_are_told_to_stay_there_and_other_names_are_refused(
    new_desk: Callable[..., DeskServer],
) -> None:
    """With a public address the desk answers under it alone, and forms count only from there."""
    desk = new_desk(public_url="https://privacy.example.nl/")
    here = {"Host": "privacy.example.nl"}
    with httpx.Client(base_url=desk.url) as client:
        answer = client.get("/sign-in", headers=here)
        assert (200, "max-age=31536000") == (
            answer.status_code,
            answer.headers["strict-transport-security"],
        )
        assert 421 == client.get("/sign-in").status_code
        token = desk.session(Role.FG)
        cookie = {**here, "Cookie": f"__Host-mailbot={token}"}
        form = {"csrf": desk.csrf(token), "language": "en", "back": "/queue"}
        for origin, status in ((desk.url, 403), ("https://privacy.example.nl", 303)):
            sent = client.post("/language", headers={**cookie, "Origin": origin}, data=form)
            assert status == sent.status_code


def test_static_files_are_kept_for_ever_under_a_name_of_their_content(
    desk_server: DeskServer,
) -> None:
    """A new version has a new name, so nobody works with yesterday's script."""
    with Visitor(desk_server) as visitor:
        page = visitor.get("/sign-in").text
        paths = re.findall(r'"(/static/[^"]+)"', page)
        assert 3 == len(paths)
        for path in paths:
            answer = visitor.get(path)
            assert (200, "public, max-age=31536000, immutable") == (
                answer.status_code,
                answer.headers["cache-control"],
            )
        assert 404 == visitor.get("/static/../base.html").status_code
        assert 404 == visitor.get("/static/desk.css").status_code


def test_no_page_has_a_script_or_style_of_its_own(desk_server: DeskServer) -> None:
    """The policy would stop it, and a page that needs it would be broken."""
    for role in (Role.FG, Role.ADMIN):
        with Visitor(desk_server, role) as visitor:
            for row in ROUTES:
                if "GET" in row.methods and "{" not in row.path:
                    text = visitor.get(row.path).text
                    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", text)


def test_the_language_is_chosen_once_and_kept(page: Page, desk_server: DeskServer) -> None:
    """Dutch unless one says otherwise, whatever the browser says."""
    page.goto(f"{desk_server.url}/sign-in")
    assert ("nl", "Inloggen") == (page.get_attribute("html", "lang"), page.inner_text("h1"))
    page.click("text=English")
    assert f"{desk_server.url}/sign-in" == page.url
    assert ("en", "Sign in") == (page.get_attribute("html", "lang"), page.inner_text("h1"))
    page.goto(f"{desk_server.url}/nowhere")
    assert "en" == page.get_attribute("html", "lang")
    axe(page)


def test_everything_works_without_javascript(browser: Browser, desk_server: DeskServer) -> None:
    """The whole sign-in, the queue and the account are made on the server."""
    plain = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = plain.new_page()
    desk_server.house.officer(Role.FG)
    page.goto(f"{desk_server.url}/queue")
    page.fill("[name=address]", "fg@officers.test")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    assert page.locator("form[data-passkey]").is_hidden()
    seed = page.inner_text("code.seed").replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(seed).at(desk_server.clock()))
    page.click("main form:not([data-passkey]) button")
    page.click("main a.button")
    assert "Wachtrij – Privacybalie" == page.title()
    page.click("text=Officer fg")
    page.click("text=Overal elders uitloggen")
    assert "overal elders uitgelogd" in page.inner_text("[role=status]")
    page.reload()
    assert 0 == page.locator("[role=status]").count()
    plain.close()


def test_the_keyboard_reaches_the_content_first(
    signed_in: Callable[..., Page], desk_server: DeskServer
) -> None:
    """The first stop skips the navigation, and it can be seen."""
    page = signed_in(Role.FG, "/queue")
    page.keyboard.press("Tab")
    assert "Naar de inhoud" == page.evaluate("document.activeElement.innerText")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")


def test_a_fault_is_said_without_its_details(
    desk_server: DeskServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the page nor the log quotes what was at hand when it broke."""
    with Visitor(desk_server, Role.FG) as visitor:
        with desk_server.house.house.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE recovery_code RENAME TO elsewhere")
        answer = visitor.get("/account")
        assert 500 == answer.status_code
        assert "Hier ging iets mis" in answer.text
        for word in ("recovery_code", "Traceback", "sqlite"):
            assert word not in answer.text
    assert ["OperationalError on /account"] == [one.getMessage() for one in caplog.records]


def test_a_database_that_is_away_is_held_against_nobody_who_asks(desk_server: DeskServer) -> None:
    """A full disk is our trouble: the page says that something broke, not that it may not be (fault 9)."""

    def away(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "recovery_code" in statement:
            raise BooksUnavailable("the database cannot work now: SQLITE_FULL")

    with Visitor(desk_server, Role.FG) as visitor:
        event.listen(Engine, "before_cursor_execute", away)
        try:
            answer = visitor.get("/account")
        finally:
            event.remove(Engine, "before_cursor_execute", away)
    assert 500 == answer.status_code
    assert "Hier ging iets mis" in answer.text
    assert "SQLITE_FULL" not in answer.text


def test_a_message_of_somebody_else_is_not_said(desk_server: DeskServer) -> None:
    """What a page says first is signed; nobody puts words in our mouth."""
    with Visitor(desk_server, Role.FG) as visitor:
        visitor.post("/account/others")
        said = visitor.cookies["__Host-said"]
        body, _, signature = said.partition(".")
        for spoilt in (f"{body[:-4]}AAAA.{signature}", "nonsense", "a.b"):
            visitor.cookies["__Host-said"] = spoilt
            answer = visitor.get("/account")
            assert (200, False) == (answer.status_code, 'role="status"' in answer.text)
        visitor.cookies["__Host-said"] = said
        assert 'role="status"' in visitor.get("/account").text
        assert "__Host-said" not in visitor.cookies


def test_the_whole_sign_in_works_on_either_database(
    new_desk: Callable[..., DeskServer], any_database: str
) -> None:
    """SQLite and PostgreSQL, password, app, recovery codes, tries, sessions."""
    desk = new_desk(database=any_database)
    with Visitor(desk, Role.FG) as officer, Visitor(desk) as stranger:
        assert 200 == officer.get("/account").status_code
        assert 200 == officer.post("/account/codes").status_code
        assert [422] * 5 + [429] == [
            stranger.post("/sign-in", address="fg@officers.test", password="no").status_code
            for _ in range(6)
        ]
        desk.clock.turn(minutes=1)
        stranger.post("/sign-in", address="fg@officers.test", password=PASSWORD)
        assert 422 == stranger.post("/sign-in/second", code="000000").status_code
        assert 303 == officer.post("/sign-out", everywhere="yes").status_code
        assert 303 == officer.get("/queue").status_code


def test_officers_of_two_boards_see_their_own(
    new_desk: Callable[..., DeskServer], tmp_path: Path
) -> None:
    """One desk serves several boards; a session belongs to one of them."""
    clock = TurnedClock(MONDAY)
    house = build_bare_house(tmp_path, clock)
    other = profiles.find("spo-utrecht", tmp_path, {"privacy_address": "privacy@spo.test"}, "board")
    house.settings = replace(house.settings, boards=(*house.settings.boards, other))
    desk = new_desk(house=house, clock=clock)
    people = app.desk(house.settings, other.code, clock).books
    with people.opened() as books:
        books.people.add("fg@officers.test", "Other", Role.FG, PASSWORD, clock())
    people._books._engine.dispose()
    with Visitor(desk, Role.FG) as visitor:
        assert "SIPOR" in visitor.get("/queue").text
        visitor.post("/sign-out")
        form = visitor.get("/sign-in").text
        assert 'value="sipor"' in form
        visitor.post("/sign-in", address="fg@officers.test", password=PASSWORD, board="spo-utrecht")
        assert "/sign-in/app" == visitor.get("/sign-in/second").headers["location"]
    apart(house.close)
