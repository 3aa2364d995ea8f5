"""The administrator's page: people come and go, and no case is seen."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from mailbot.domain.roles import Role
from tests.desks import DeskServer, axe, fits
from tests.houses import PASSWORD
from tests.visitors import Visitor


def number_of(desk: DeskServer, role: Role) -> int:
    """Read the number of an officer."""
    with desk.door().opened() as door:
        return door.accounts.of_address(f"{role}@officers.test")[0].id


def test_a_new_colleague_is_added_and_comes_in(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The first password is shown once; it is enough for the first step, and for that alone."""
    page = signed_in(Role.ADMIN, "/admin")
    page.fill("[name=name]", "Noor Visser")
    page.fill("[name=address]", "noor@officers.test")
    page.select_option("[name=role]", "handler")
    page.click("main form[action='/admin/officers'] button")
    password = page.inner_text("code.seed")
    axe(page)
    fits(page, 320)
    page.click("main a.button")
    assert "Noor Visser" in page.inner_text("table")
    axe(page)
    fits(page, 320)
    with Visitor(desk_server) as noor:
        answer = noor.post("/sign-in", address="Noor@officers.test", password=password)
        assert "/sign-in/second" == answer.headers["location"]
        assert "/sign-in/app" == noor.get("/sign-in/second").headers["location"]


def test_who_leaves_is_out_at_once_and_may_come_back(desk_server: DeskServer) -> None:
    """What they did keeps their name; only the way in is closed."""
    with Visitor(desk_server, Role.FG) as leaver, Visitor(desk_server, Role.ADMIN) as admin:
        path = f"/admin/officers/{number_of(desk_server, Role.FG)}"
        assert 303 == admin.post(path, act="stopped").status_code
        assert 303 == leaver.get("/queue").status_code
        refused = leaver.post("/sign-in", address="fg@officers.test", password=PASSWORD)
        assert 422 == refused.status_code
        admin.post(path, act="started")
        again = leaver.post("/sign-in", address="fg@officers.test", password=PASSWORD)
        assert 303 == again.status_code
    assert 1 == desk_server.house.count("event", "kind = 'officer_stopped'")


def test_a_lost_telephone_leads_to_a_new_second_step(desk_server: DeskServer) -> None:
    """The old seed and the old codes are worth nothing afterwards."""
    desk_server.new_officer(Role.FG)
    with Visitor(desk_server) as owner, Visitor(desk_server, Role.ADMIN) as admin:
        admin.post(f"/admin/officers/{number_of(desk_server, Role.FG)}", act="reset")
        owner.post("/sign-in", address="fg@officers.test", password=PASSWORD)
        assert "/sign-in/app" == owner.get("/sign-in/second").headers["location"]
    # The administrator keeps their own.
    assert 1 == desk_server.house.count("one_time_seed")


def test_a_lost_password_is_replaced(desk_server: DeskServer) -> None:
    """The new one is shown to the administrator once; the old one and its sessions end."""
    with Visitor(desk_server, Role.FG) as owner, Visitor(desk_server, Role.ADMIN) as admin:
        path = f"/admin/officers/{number_of(desk_server, Role.FG)}"
        shown = admin.post(path, act="password").text
        (password,) = re.findall(r'class="seed">([a-z2-7-]+)<', shown)
        assert 303 == owner.get("/queue").status_code
        for typed, status in ((PASSWORD, 422), (password, 303)):
            answer = owner.post("/sign-in", address="fg@officers.test", password=typed)
            assert status == answer.status_code


def test_an_administrator_cannot_shut_themselves_out_or_reach_another_board(
    desk_server: DeskServer,
) -> None:
    """A colleague does the first; the second does not exist."""
    with Visitor(desk_server, Role.ADMIN) as admin:
        admin.post(f"/admin/officers/{number_of(desk_server, Role.ADMIN)}", act="stopped")
        assert 200 == admin.get("/admin").status_code
        with desk_server.house.house.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO board (code) VALUES ('another')")
            connection.exec_driver_sql(
                "INSERT INTO officer (board_id, address, name, role, password_hash, active,"
                " created_at) SELECT max(id), 'stranger@officers.test', 'Stranger', 'fg', '',"
                " true, '2026-11-01' FROM board"
            )
        number = desk_server.house.count("officer")
        assert 404 == admin.post(f"/admin/officers/{number}", act="stopped").status_code
        assert "stranger@officers.test" not in admin.get("/admin").text


def test_what_is_missing_is_said_beside_the_field(desk_server: DeskServer) -> None:
    """Nothing is added half."""
    with Visitor(desk_server, Role.ADMIN) as admin:
        answer = admin.post("/admin/officers", name="", address="nowhere", role="king")
        assert 422 == answer.status_code
        assert 3 == answer.text.count('class="error"')
        twice = admin.post("/admin/officers", name="A", address="admin@officers.test", role="fg")
        assert 422 == twice.status_code
    assert 1 == desk_server.house.count("officer")


def test_an_officer_changes_their_own_password(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """With the present one; other browsers are signed out."""
    page = signed_in(Role.FG, "/account/password")
    elsewhere = desk_server.session(Role.FG)
    page.fill("[name=present]", "not the present one")
    page.fill("[name=new]", "vier korte woorden hier")
    page.fill("[name=again]", "vier korte woorden daar")
    page.click("main form button")
    assert 2 == page.locator(".error").count()
    axe(page)
    page.fill("[name=present]", PASSWORD)
    page.fill("[name=new]", "vier korte woorden hier")
    page.fill("[name=again]", "vier korte woorden hier")
    page.click("main form button")
    assert f"{desk_server.url}/account" == page.url
    with desk_server.door().opened() as door:
        assert door.sessions.find(elsewhere) is None
    with Visitor(desk_server) as visitor:
        answer = visitor.post(
            "/sign-in", address="fg@officers.test", password="vier korte woorden hier"
        )
        assert 303 == answer.status_code
