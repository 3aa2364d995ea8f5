"""Every page of the desk is tried as every role, and as nobody."""

from typing import cast

import httpx
import pytest

from mailbot.domain.roles import Role
from mailbot.web.access import Bound, Door
from mailbot.web.cookies import TOKEN
from mailbot.web.routes import ROUTES
from tests.desks import DeskServer
from tests.houses import plain_mail
from tests.visitors import Visitor

FG, BOARD, HANDLER, ADMIN = Role.FG, Role.BOARD, Role.HANDLER, Role.ADMIN
ANYBODY, FIRST_FACTOR = "anybody", "whoever has shown a first factor"

EXPECTED: dict[tuple[str, str], set[Role] | str] = {
    # Written by hand, after reglement 3.3 and 8.9.2: an administrator sees no case content.
    ("GET", "/"): ANYBODY,
    ("GET", "/sign-in"): ANYBODY,
    ("POST", "/sign-in"): ANYBODY,
    ("GET", "/sign-in/with/{provider}"): ANYBODY,
    ("GET", "/sign-in/back/{provider}"): ANYBODY,
    ("GET", "/sign-in/second"): FIRST_FACTOR,
    ("POST", "/sign-in/second"): FIRST_FACTOR,
    ("GET", "/sign-in/app"): FIRST_FACTOR,
    ("POST", "/sign-in/app"): FIRST_FACTOR,
    ("GET", "/sign-in/app.svg"): FIRST_FACTOR,
    ("POST", "/sign-in/passkey"): FIRST_FACTOR,
    ("POST", "/sign-out"): ANYBODY,
    ("POST", "/language"): ANYBODY,
    ("GET", "/account"): {FG, BOARD, HANDLER, ADMIN},
    ("GET", "/account/app"): {FG, BOARD, HANDLER, ADMIN},
    ("POST", "/account/app"): {FG, BOARD, HANDLER, ADMIN},
    ("POST", "/account/app/remove"): {FG, BOARD, HANDLER, ADMIN},
    ("GET", "/account/passkey"): {FG, BOARD, HANDLER, ADMIN},
    ("POST", "/account/passkey"): {FG, BOARD, HANDLER, ADMIN},
    ("POST", "/account/passkey/remove"): {FG, BOARD, HANDLER, ADMIN},
    ("POST", "/account/codes"): {FG, BOARD, HANDLER, ADMIN},
    ("POST", "/account/others"): {FG, BOARD, HANDLER, ADMIN},
    ("GET", "/account/password"): {FG, BOARD, HANDLER, ADMIN},
    ("POST", "/account/password"): {FG, BOARD, HANDLER, ADMIN},
    ("GET", "/admin"): {ADMIN},
    ("POST", "/admin/officers"): {ADMIN},
    ("POST", "/admin/officers/{number}"): {ADMIN},
    ("GET", "/queue"): {FG, BOARD, HANDLER},
    ("POST", "/queue"): {FG, BOARD, HANDLER},
    ("GET", "/queue/newest"): {FG, BOARD, HANDLER},
    ("POST", "/queue/many"): {FG, BOARD, HANDLER},
    ("POST", "/queue/views"): {FG, BOARD, HANDLER},
    ("GET", "/parked"): {FG, BOARD, HANDLER},
    ("POST", "/parked/looked"): {FG, BOARD, HANDLER},
    ("GET", "/parked/{number}"): {FG, BOARD, HANDLER},
    ("POST", "/parked/{number}/open"): {FG, BOARD, HANDLER},
    ("POST", "/parked/{number}/file"): {FG, BOARD, HANDLER},
    ("POST", "/parked/{number}/again"): {FG, BOARD, HANDLER},
    ("POST", "/outbox/{number}/go"): {FG, BOARD},
    ("GET", "/passages"): {FG, BOARD, HANDLER},
    ("GET", "/passages/{code}"): {FG, BOARD, HANDLER},
    ("POST", "/passages/{code}"): {FG, BOARD, HANDLER},
    ("GET", "/breaches"): {FG, BOARD, HANDLER},
    ("POST", "/breaches"): {FG, BOARD},
    ("GET", "/register.csv"): {FG, BOARD},
    ("GET", "/register.pdf"): {FG, BOARD},
    ("GET", "/breaches/{entry}"): {FG, BOARD, HANDLER},
    ("POST", "/breaches/{entry}/fill"): {FG, BOARD, HANDLER},
    ("POST", "/breaches/{entry}/aware"): {FG, BOARD},
    ("POST", "/breaches/{entry}/notified"): {FG, BOARD},
    ("POST", "/breaches/{entry}/told"): {FG, BOARD},
    ("POST", "/breaches/{entry}/report"): {BOARD},
    ("POST", "/breaches/{entry}/parents"): {BOARD},
    ("POST", "/breaches/{entry}/write"): {BOARD},
    ("GET", "/calendar"): {FG, BOARD, HANDLER},
    ("GET", "/calendar/month"): {FG, BOARD, HANDLER},
    ("POST", "/calendar/feed"): {FG, BOARD, HANDLER},
    ("POST", "/calendar/feed/remove"): {FG, BOARD, HANDLER},
    ("GET", "/calendar/{token}.ics"): ANYBODY,
    ("GET", "/figures"): {FG, BOARD},
    ("GET", "/figures/plots/{plot}"): {FG, BOARD},
    ("GET", "/figures.csv"): {FG, BOARD},
    ("GET", "/figures.pdf"): {FG, BOARD},
    ("GET", "/audit"): {FG},
    ("GET", "/cases/{reference}/export"): {FG, BOARD},
    ("POST", "/cases/{reference}/export.zip"): {FG, BOARD},
    ("GET", "/cases/{reference}"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/mails/{mail}/html"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/mails/{mail}/files/{file}"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/kind"): {FG, BOARD},
    ("POST", "/cases/{reference}/note"): {FG, BOARD, HANDLER},
    ("GET", "/cases/new"): {FG, BOARD, HANDLER},
    ("POST", "/cases/new"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/assign"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/letters/{letter}/undo"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/ask-identity"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/ask-identity"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/identity"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/identity"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/ask"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/ask"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/answered"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/answered"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/receipt"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/receipt"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/extend"): {FG, BOARD},
    ("POST", "/cases/{reference}/extend"): {FG, BOARD},
    ("GET", "/cases/{reference}/told"): {FG, BOARD},
    ("POST", "/cases/{reference}/told"): {FG, BOARD},
    ("GET", "/cases/{reference}/late"): {FG, BOARD},
    ("POST", "/cases/{reference}/late"): {FG, BOARD},
    ("GET", "/cases/{reference}/received"): {FG, BOARD},
    ("POST", "/cases/{reference}/received"): {FG, BOARD},
    ("GET", "/cases/{reference}/deadline"): {FG, BOARD},
    ("POST", "/cases/{reference}/deadline"): {FG, BOARD},
    ("GET", "/cases/{reference}/advise"): {FG},
    ("POST", "/cases/{reference}/advise"): {FG},
    ("GET", "/cases/{reference}/decide"): {BOARD},
    ("POST", "/cases/{reference}/decide"): {BOARD},
    ("GET", "/cases/{reference}/close"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/close"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/reopen"): {FG, BOARD},
    ("POST", "/cases/{reference}/reopen"): {FG, BOARD},
    ("GET", "/cases/{reference}/facts"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/facts"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/flags"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/flags"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/language"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/language"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/restriction"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/restriction"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/hold"): {FG},
    ("POST", "/cases/{reference}/hold"): {FG},
    ("GET", "/cases/{reference}/exclude"): {FG, BOARD},
    ("POST", "/cases/{reference}/exclude"): {FG, BOARD},
    ("GET", "/cases/{reference}/mails/{mail}/release"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/mails/{mail}/release"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/merge"): {FG, BOARD},
    ("POST", "/cases/{reference}/merge"): {FG, BOARD},
    ("GET", "/cases/{reference}/unmerge"): {FG, BOARD},
    ("POST", "/cases/{reference}/unmerge"): {FG, BOARD},
    ("GET", "/cases/{reference}/split"): {FG, BOARD},
    ("POST", "/cases/{reference}/split"): {FG, BOARD},
    ("GET", "/cases/{reference}/link"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/link"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/address"): {FG, BOARD},
    ("POST", "/cases/{reference}/address"): {FG, BOARD},
    ("GET", "/cases/{reference}/unlink"): {FG, BOARD},
    ("POST", "/cases/{reference}/unlink"): {FG, BOARD},
    ("GET", "/cases/{reference}/mails/{mail}/move"): {FG, BOARD},
    ("POST", "/cases/{reference}/mails/{mail}/move"): {FG, BOARD},
    ("GET", "/cases/{reference}/sender"): {FG, BOARD},
    ("POST", "/cases/{reference}/sender"): {FG, BOARD},
    ("GET", "/cases/{reference}/here"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/mails/{mail}/looked"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/tasks/{task}"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/tasks/{task}"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/recipients"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/recipients"): {FG, BOARD, HANDLER},
    ("GET", "/cases/{reference}/recipients/{number}"): {FG, BOARD, HANDLER},
    ("POST", "/cases/{reference}/recipients/{number}"): {FG, BOARD, HANDLER},
}

NAMES = {"reference": "SIPOR-2026-000001-D"}
"""What stands in the places of a path; a place that is not here gets a number nobody has."""


def rows() -> list[tuple[str, str]]:
    """List method and path of every row of the table."""
    return [(method, row.path) for row in ROUTES for method in row.methods]


def test_every_row_of_the_table_is_expected_and_nothing_else_is() -> None:
    """Whoever adds a page says here, a second time and by hand, who may open it."""
    assert sorted(EXPECTED) == sorted(rows())
    assert len(rows()) == len(set(rows()))


def test_the_table_says_what_is_expected() -> None:
    """The roles of each row are those written here."""
    found: dict[tuple[str, str], set[Role] | str] = {}
    for row in ROUTES:
        who = ANYBODY if row.who is Door.OPEN else FIRST_FACTOR
        for method in row.methods:
            found[method, row.path] = who if isinstance(row.who, Door) else set(row.who)
    assert EXPECTED == found


def test_what_names_a_case_is_bound_to_it_and_closed_to_administrators() -> None:
    """No path names a case without the gate looking whether it is this officer's to see."""
    for row in ROUTES:
        if "{reference}" in row.path or "{entry}" in row.path:
            bound = Bound.CASE if "{reference}" in row.path else Bound.BREACH
            assert row.bound is bound, row.path
            assert not isinstance(row.who, Door), row.path
            assert ADMIN not in row.who, row.path


def filled(path: str) -> str:
    """Put a case of the board in the place of `{reference}`, and numbers elsewhere."""
    parts = [
        NAMES.get(part[1:-1].partition(":")[0], "999999") if part.startswith("{") else part
        for part in path.split("/")
    ]
    return "/".join(parts)


@pytest.fixture
def desk_with_a_case(desk_server: DeskServer) -> DeskServer:
    """A desk with one case, so that paths that name one find it."""
    desk_server.receive(plain_mail("Inzage", "Graag ontvang ik een kopie van alle gegevens."))
    assert [NAMES["reference"]] == desk_server.references()
    return desk_server


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_every_route_is_tried_as_every_role(
    desk_with_a_case: DeskServer, role: Role | None
) -> None:
    """Refused with 403 where the role is not in the row, sent to the sign-in where nobody asks."""
    wrong = []
    visitor = Visitor(desk_with_a_case, role)
    for (method, path), who in EXPECTED.items():
        there = filled(path)
        answer = visitor.get(there) if method == "GET" else visitor.post(there)
        if role and path == "/sign-out":
            visitor.token = desk_with_a_case.session(role)
        if isinstance(who, str):
            refused = False if role or who == ANYBODY else to_sign_in(answer)
            right = answer.status_code < 500 and (role or who == ANYBODY or refused)
        elif role is None:
            right = to_sign_in(answer)
        elif role in who:
            right = answer.status_code not in {403, 405} and answer.status_code < 500
        else:
            right = answer.status_code == 403
        if not right:
            wrong.append((method, path, answer.status_code))
    visitor.close()
    assert wrong == []


def to_sign_in(answer: httpx.Response) -> bool:
    """Say whether somebody is sent to the first step."""
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("spoilt", ["no token", "another's token", "foreign origin", "no origin"])
def test_a_form_from_elsewhere_changes_nothing(desk_server: DeskServer, spoilt: str) -> None:
    """Faults row 34: a POST without our token and our origin is refused before any page runs."""
    token = desk_server.session(Role.FG)
    data = {"csrf": desk_server.csrf(token)}
    headers = {"Cookie": f"{TOKEN}={token}", "Origin": desk_server.url}
    if spoilt == "no token":
        data = {}
    if spoilt == "another's token":
        data = {"csrf": desk_server.csrf(desk_server.session(Role.BOARD))}
    if spoilt == "foreign origin":
        headers["Origin"] = "https://elsewhere.test"
    if spoilt == "no origin":
        del headers["Origin"]
    with httpx.Client(base_url=desk_server.url) as client:
        for row in ROUTES:
            if "POST" in row.methods:
                answer = client.post(filled(row.path), headers=headers, data=data)
                assert 403 == answer.status_code, row.path
        assert 200 == client.get("/queue", headers=headers).status_code


def test_a_case_that_is_not_this_officers_is_not_there(desk_with_a_case: DeskServer) -> None:
    """Faults row 34: kept away, of another board, changed by hand: each answered like no case."""
    with (
        Visitor(desk_with_a_case, Role.FG) as fg,
        Visitor(desk_with_a_case, Role.BOARD) as board,
    ):
        nothing = fg.get("/no/such/page")
        assert 404 == nothing.status_code
        for row in ROUTES:
            if row.bound is Bound.CASE:
                path = row.path.replace("{reference}", "SIPOR-2026-000099-X")
                # Some acts are the board's alone, so each is asked by somebody who may do it.
                visitor = fg if Role.FG in cast("frozenset[Role]", row.who) else board
                ask = visitor.get if "GET" in row.methods else visitor.post
                answer = ask(filled(path))
                assert 404 == answer.status_code, row.path
