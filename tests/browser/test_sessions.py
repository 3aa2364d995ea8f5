"""Sessions and tries: begun anew, ended in time, slowed when they fail (faults row 35)."""

import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pyotp
import pytest

from mailbot.domain.roles import Role
from mailbot.web.cookies import TOKEN
from mailbot.web.door.backoff import OF_ACCOUNT, pause
from tests.desks import DeskServer
from tests.houses import PASSWORD
from tests.visitors import Visitor

ADDRESS = "fg@officers.test"


def first_step(
    visitor: Visitor, password: str = PASSWORD, address: str = ADDRESS
) -> httpx.Response:
    """Send address and password."""
    return visitor.post("/sign-in", address=address, password=password)


def code(desk: DeskServer, **later: int) -> str:
    """Read the FG's app."""
    moment = desk.clock() + timedelta(**later)
    return pyotp.TOTP(desk.new_officer(Role.FG)).at(moment)


def is_in(visitor: Visitor) -> bool:
    """Say whether the queue is shown."""
    return visitor.get("/queue").status_code == 200


def test_both_factors_let_in_and_the_token_changes_at_each(desk_server: DeskServer) -> None:
    """A token that was slipped in beforehand is worth nothing afterwards (CWE-384)."""
    desk_server.new_officer(Role.FG)
    with Visitor(desk_server) as visitor:
        visitor.get("/sign-in")
        before = visitor.token
        assert "/sign-in/second" == first_step(visitor).headers["location"]
        between = visitor.token
        assert not is_in(visitor)
        assert "/" == visitor.post("/sign-in/second", code=code(desk_server)).headers["location"]
        assert is_in(visitor)
        assert 3 == len({before, between, visitor.token})
        for old in (before, between):
            visitor.token = old
            assert not is_in(visitor)


def test_a_password_alone_opens_no_page(desk_server: DeskServer) -> None:
    """Between the factors nothing of the desk is seen, not even the officer's own account."""
    desk_server.new_officer(Role.FG)
    with Visitor(desk_server) as visitor:
        first_step(visitor)
        for path in ("/queue", "/account", "/account/app", "/account/passkey"):
            answer = visitor.get(path)
            assert (303, True) == (
                answer.status_code,
                answer.headers["location"].startswith("/sign-in/second"),
            )
        # Whoever has a factor cannot set up another on the password alone.
        assert 303 == visitor.get("/sign-in/app").status_code
        assert 303 == visitor.post("/sign-in/passkey", credential="{}").status_code


def test_a_code_is_taken_once(desk_server: DeskServer) -> None:
    """A code that somebody saw over a shoulder is used up (RFC 6238, 5.2)."""
    desk_server.new_officer(Role.FG)
    shown = code(desk_server)
    with Visitor(desk_server) as owner, Visitor(desk_server) as thief:
        first_step(owner)
        first_step(thief)
        assert 303 == owner.post("/sign-in/second", code=shown).status_code
        assert 422 == thief.post("/sign-in/second", code=shown).status_code
        older = code(desk_server, seconds=-30)
        assert 422 == thief.post("/sign-in/second", code=older).status_code
        assert not is_in(thief)


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_telephone_may_be_half_a_minute_off(
    desk_server: DeskServer, off: int, taken: bool
) -> None:
    """The neighbouring codes count, no others."""
    with Visitor(desk_server) as visitor:
        shown = code(desk_server, seconds=off)
        first_step(visitor)
        status = visitor.post("/sign-in/second", code=f" {shown[:3]} {shown[3:]} ").status_code
        assert taken == (status == 303)


def test_a_recovery_code_works_once_and_is_kept_as_a_hash(desk_server: DeskServer) -> None:
    """Ten codes on paper; typed with or without dashes, in capitals or not."""
    desk_server.new_officer(Role.FG)
    with Visitor(desk_server, Role.FG) as officer:
        codes = re.findall(r"<li><code>([a-z2-7-]+)</code>", officer.post("/account/codes").text)
    assert 10 == len(codes)
    for typed, status in (
        (codes[0], 303),
        (codes[0], 422),
        (codes[1].upper().replace("-", " "), 303),
    ):
        with Visitor(desk_server) as visitor:
            first_step(visitor)
            assert status == visitor.post("/sign-in/second", code=typed).status_code
    assert 2 == desk_server.house.count("recovery_code", "used_at IS NOT NULL")
    assert 2 == desk_server.house.count("event", "kind = 'recovery_code_used'")


def test_wrong_passwords_are_slowed_for_an_account_and_tell_nobody_who_exists(
    desk_server: DeskServer,
) -> None:
    """Five pass, then each wait is longer; the answers to a stranger's address are the same."""
    desk_server.new_officer(Role.FG)
    told = {}
    for address in (ADDRESS, "nobody@officers.test"):
        with Visitor(desk_server) as visitor:
            answers = [first_step(visitor, "wrong password", address) for _ in range(6)]
            told[address] = [(one.status_code, one.headers.get("retry-after")) for one in answers]
    assert told[ADDRESS] == [(422, None)] * 5 + [(429, "2")]
    assert told[ADDRESS] == told["nobody@officers.test"]
    with Visitor(desk_server) as visitor:
        # Also the right password has to wait its turn.
        assert 429 == first_step(visitor).status_code
        desk_server.clock.turn(seconds=3)
        assert 303 == first_step(visitor).status_code


def test_whoever_fails_on_purpose_does_not_shut_an_officer_out(desk_server: DeskServer) -> None:
    """A browser in which the officer came in before keeps its own count; it opens nothing more."""
    desk_server.new_officer(Role.FG)
    with Visitor(desk_server) as officer, Visitor(desk_server) as stranger:
        first_step(officer)
        officer.post("/sign-in/second", code=code(desk_server))
        officer.post("/sign-out")
        for _ in range(7):
            first_step(stranger, "wrong password")
        assert 429 == first_step(stranger).status_code
        desk_server.clock.turn(minutes=1)
        for _ in range(20):
            first_step(stranger, "wrong password")
            desk_server.clock.turn(seconds=1)
        assert 429 == first_step(stranger).status_code
        assert 303 == first_step(officer).status_code
        # Taken to another browser, the mark is a mark still, and counts like any other.
        stranger.cookies["__Host-known"] = officer.cookies["__Host-known"]
        tried = [first_step(stranger, "wrong password").status_code for _ in range(6)]
        assert tried == [422] * 5 + [429]
        # For another account it says nothing.
        other = first_step(stranger, "wrong password", "other@officers.test").status_code
        assert 422 == other


def test_wrong_codes_are_slowed_too(desk_server: DeskServer) -> None:
    """Whoever has the password cannot try a million codes; codes and passwords count together."""
    desk_server.new_officer(Role.FG)
    with Visitor(desk_server) as visitor:
        first_step(visitor)
        statuses = [
            visitor.post("/sign-in/second", code=f"{number:06}").status_code for number in range(6)
        ]
        assert statuses == [422] * 5 + [429]
        right = visitor.post("/sign-in/second", code=code(desk_server))
        assert 429 == right.status_code


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    """A day of trying is about a hundred tries, whatever the speed."""
    waits = [pause(failures, OF_ACCOUNT) for failures in range(4, 20)]
    assert waits[:4] == [timedelta(0), *(timedelta(seconds=2**step) for step in (1, 2, 3))]
    assert waits == sorted(waits)
    assert timedelta(minutes=15) == waits[-1] == pause(10_000, OF_ACCOUNT)


def test_an_idle_session_ends(desk_server: DeskServer) -> None:
    """Thirty minutes without a page; every page begins them anew."""
    with Visitor(desk_server, Role.FG) as visitor:
        for _ in range(4):
            desk_server.clock.turn(minutes=29)
            assert is_in(visitor)
        desk_server.clock.turn(minutes=31)
        assert not is_in(visitor)
        assert 0 == desk_server.house.count("web_session")


def test_no_session_outlives_a_working_day(desk_server: DeskServer) -> None:
    """Ten hours, however busy."""
    with Visitor(desk_server, Role.FG) as visitor:
        for _ in range(30):
            desk_server.clock.turn(minutes=19)
            assert is_in(visitor)
        desk_server.clock.turn(minutes=31)
        assert not is_in(visitor)


def test_the_terms_are_settings(new_desk: Callable[..., DeskServer]) -> None:
    """A board may be stricter."""
    desk = new_desk(idle_minutes=5)
    with Visitor(desk, Role.FG) as visitor:
        desk.clock.turn(minutes=6)
        assert not is_in(visitor)


def test_a_half_session_ends_after_ten_minutes(desk_server: DeskServer) -> None:
    """A password that was typed and left does not wait for somebody else's telephone."""
    desk_server.new_officer(Role.FG)
    with Visitor(desk_server) as visitor:
        first_step(visitor)
        desk_server.clock.turn(minutes=11)
        answer = visitor.post("/sign-in/second", code=code(desk_server))
        assert "/sign-in" == answer.headers["location"]


def test_who_is_no_longer_active_is_out_at_once(desk_server: DeskServer) -> None:
    """The officer is read anew for each page."""
    with Visitor(desk_server, Role.FG) as visitor:
        assert is_in(visitor)
        with desk_server.house.house.engine.begin() as connection:
            connection.exec_driver_sql(
                f"UPDATE officer SET active = false WHERE address = '{ADDRESS}'"
            )
        assert not is_in(visitor)
        assert 422 == first_step(visitor).status_code


def test_a_changed_role_counts_at_once(desk_server: DeskServer) -> None:
    """No session keeps a role that its officer no longer has."""
    with Visitor(desk_server, Role.FG) as visitor:
        with desk_server.house.house.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE officer SET role = 'admin'")
        assert 403 == visitor.get("/queue").status_code


def test_signing_out_ends_the_session_on_the_server(desk_server: DeskServer) -> None:
    """Also for whoever kept the cookie."""
    with Visitor(desk_server, Role.FG) as visitor:
        kept = visitor.token
        visitor.post("/sign-out")
        visitor.token = kept
        assert not is_in(visitor)


def test_an_officer_can_sign_out_everywhere(desk_server: DeskServer) -> None:
    """A lost laptop is signed out from another one; colleagues stay in."""
    with (
        Visitor(desk_server, Role.FG) as here,
        Visitor(desk_server, Role.FG) as lost,
        Visitor(desk_server, Role.BOARD) as colleague,
    ):
        here.post("/account/others")
        assert [True, False, True] == [is_in(here), is_in(lost), is_in(colleague)]
        again = Visitor(desk_server, Role.FG)
        again.post("/sign-out", everywhere="yes")
        assert [False, False, True] == [is_in(here), is_in(again), is_in(colleague)]
        again.close()


def test_what_lies_in_the_database_lets_nobody_in(desk_server: DeskServer) -> None:
    """Tokens, seeds and codes are hashed or sealed; a stolen copy holds no way in."""
    seed = desk_server.new_officer(Role.FG)
    with Visitor(desk_server, Role.FG) as visitor:
        codes = re.findall(r"<li><code>([a-z2-7-]+)</code>", visitor.post("/account/codes").text)
        secrets = [visitor.token, seed, *codes, *(one.replace("-", "") for one in codes)]
        desk_server.house.house.engine.dispose()
        folder = desk_server.house.settings.path.parent
        stored = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    for secret in secrets:
        assert secret.encode() not in stored


def test_where_to_go_next_is_never_elsewhere(desk_server: DeskServer) -> None:
    """A link to our sign-in cannot send an officer to somebody else's page (CWE-601)."""
    desk_server.new_officer(Role.FG)
    for then in (
        "https://elsewhere.test/",
        "//elsewhere.test",
        "/\\elsewhere.test",
        "queue",
        "/\tx",
    ):
        with Visitor(desk_server) as visitor:
            answer = visitor.post("/sign-in", address=ADDRESS, password=PASSWORD, next=then)
            assert "/sign-in/second" == answer.headers["location"], then


def test_an_unlikely_long_password_costs_no_time(desk_server: DeskServer) -> None:
    """And a body that is too large is not read to its end."""
    with Visitor(desk_server) as visitor:
        assert 422 == first_step(visitor, "x" * 100_000).status_code
        assert 413 == first_step(visitor, "x" * 300_000).status_code


def test_the_cookie_is_for_this_host_and_for_no_script(desk_server: DeskServer) -> None:
    """`__Host-`, Secure, HttpOnly, SameSite, the whole site, no domain."""
    with Visitor(desk_server) as visitor:
        line = visitor.get("/sign-in").headers["set-cookie"]
    assert line.startswith(f"{TOKEN}=")
    attributes = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", "path=/"} == attributes
