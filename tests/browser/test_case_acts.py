"""Acts on a case: each says what it sends and to whom, can be undone, and is refused to others."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from mailbot.domain.roles import Role
from tests.browser.test_case_page import case_of
from tests.desks import DeskServer, axe, fits
from tests.houses import plain_mail
from tests.visitors import Visitor

REASON = "Wij zoeken nog in het archief van de oude school."
TURKISH = (
    "Merhaba, kızım Elif Yılmaz hakkında okulda tutulan bütün kişisel verilerin bir kopyasını "
    "istiyorum. Ben annesiyim. Teşekkür ederim."
)


def confirmed(desk: DeskServer, *raws: bytes) -> str:
    """Open a case of access that an officer confirmed."""
    reference = case_of(desk, *raws)
    with Visitor(desk, Role.FG) as visitor:
        visitor.post(f"/cases/{reference}/kind", kind="access")
    return reference


def letters(desk: DeskServer, code: str, state: str) -> int:
    """Count the letters of a kind in a state."""
    return desk.house.count("letter", f"code = '{code}' AND state = '{state}'")


def test_an_extension_shows_its_notice_before_it_leaves(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Up to the cap, with a reason, in the parent's language and in Dutch (reglement 8.9.2b)."""
    reference = confirmed(desk_server, plain_mail("Veri", TURKISH))
    page = signed_in(Role.FG, f"/cases/{reference}/extend")
    assert ("2026-12-01", "2027-01-25") == (
        page.get_attribute("[name=new_due]", "min"),
        page.get_attribute("[name=new_due]", "max"),
    )
    assert "ouder@gezin.test" in page.inner_text(".will")
    assert "de reden" in page.locator(".elements li:not(.there)").all_inner_texts()[1]
    page.fill("[name=new_due]", "2026-12-14")
    page.fill("[name=reason]", REASON)
    page.fill("[name=reason__tr]", "Eski okulun arşivinde hâlâ arıyoruz.")
    assert 0 == page.locator(".elements li:not(.there)").count()
    axe(page)
    page.click("#act button.main")
    seen = page.inner_text(".confirm")
    assert "Eski okulun arşivinde" in seen
    assert REASON in seen
    assert "14 december 2026" in seen
    assert 0 == desk_server.house.count("extension")
    axe(page)
    fits(page, 320)
    page.get_by_role("button", name="Verlengen en bericht versturen").click()
    assert "14 dec 2026" in page.inner_text("section:has(#dates-h)")
    assert 1 == letters(desk_server, "extension_notice", "waiting")


def test_an_extension_is_taken_back_within_its_minute(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The notice never leaves, the former date is in force, and the history tells of both."""
    reference = confirmed(desk_server)
    page = signed_in(Role.FG, f"/cases/{reference}/extend")
    page.fill("[name=new_due]", "2026-12-14")
    page.fill("[name=reason]", REASON)
    page.click("#act button.main")
    page.get_by_role("button", name="Verlengen en bericht versturen").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    assert "de vorige datum geldt weer" in page.inner_text(".said")
    assert "30 nov 2026" in page.inner_text("section:has(#dates-h)")
    assert "Verlengd van" not in page.inner_text("section:has(#dates-h)")
    assert 1 == letters(desk_server, "extension_notice", "held")
    assert 1 == desk_server.house.count("extension"), "what was decided is never removed"
    desk_server.clock.turn(minutes=5)
    desk = desk_server.house.desk
    with desk.books.opened() as books:
        assert [] == [
            row.code
            for row in books.letters.claim("x", desk_server.clock(), desk_server.clock(), 9)
            if row.code == "extension_notice"
        ]


def test_after_its_minute_a_letter_cannot_be_taken_back(desk_server: DeskServer) -> None:
    """Once a robot has taken it up, the button says honestly that it is too late."""
    reference = confirmed(desk_server)
    with Visitor(desk_server, Role.FG) as visitor:
        visitor.post(f"/cases/{reference}/ask-identity", sure="yes")
        number = desk_server.house.count("letter")
        desk_server.clock.turn(seconds=61)
        desk = desk_server.house.desk
        with desk.books.opened() as books:
            now = desk_server.clock()
            assert books.letters.claim("robot", now, now, 9)
        visitor.post(f"/cases/{reference}/letters/{number}/undo")
        assert "Te laat" in visitor.get(f"/cases/{reference}").text
    assert 0 == letters(desk_server, "identity_request", "held")


def test_a_letter_waits_its_minute_and_no_less(desk_server: DeskServer) -> None:
    """Letters of officers leave after sixty seconds; the robot's own at once."""
    reference = confirmed(desk_server)
    with Visitor(desk_server, Role.FG) as visitor:
        visitor.post(f"/cases/{reference}/ask-identity", sure="yes")
    desk = desk_server.house.desk
    due = []
    for seconds in (0, 59, 2):
        desk_server.clock.turn(seconds=seconds)
        with desk.books.opened() as books:
            now = desk_server.clock()
            due.append([row.code for row in books.letters.claim("robot", now, now, 9)])
    assert [True, True, False] == ["identity_request" not in codes for codes in due]


def test_a_colleague_does_not_take_anothers_letter_back(desk_server: DeskServer) -> None:
    """Who asked for a letter answers for it."""
    reference = confirmed(desk_server)
    with Visitor(desk_server, Role.FG) as fg, Visitor(desk_server, Role.BOARD) as board:
        fg.post(f"/cases/{reference}/ask-identity", sure="yes")
        number = desk_server.house.count("letter")
        answer = board.post(f"/cases/{reference}/letters/{number}/undo")
    assert 403 == answer.status_code
    assert 1 == letters(desk_server, "identity_request", "waiting")


ACTS = {
    "extend": ({"new_due": "2026-12-14", "reason": REASON, "sure": "yes"}, {Role.FG, Role.BOARD}),
    "late": ({"new_due": "2026-12-14", "cause": REASON, "sure": "yes"}, {Role.FG, Role.BOARD}),
    "received": ({"received": "2026-11-01", "reason": REASON}, {Role.FG, Role.BOARD}),
    "advise": ({"advice": "Geef inzage, zonder namen van anderen."}, {Role.FG}),
    "decide": ({"outcome": "withdrawn", "grounds": "De moeder trok het in."}, {Role.BOARD}),
    "reopen": ({"reason": REASON}, {Role.FG, Role.BOARD}),
    "hold": ({"reason": REASON}, {Role.FG}),
    "exclude": ({"address": "x@y.nl", "what": "away", "reason": REASON}, {Role.FG, Role.BOARD}),
    "kind": ({"kind": "erasure"}, {Role.FG, Role.BOARD}),
    "export.zip": ({"reason": REASON}, {Role.FG, Role.BOARD}),
}


@pytest.mark.parametrize("act", sorted(ACTS))
def test_the_server_refuses_each_act_to_the_wrong_role(desk_server: DeskServer, act: str) -> None:
    """Not only the buttons: a form sent by hand is refused and leaves no trace in the case."""
    fields, allowed = ACTS[act]
    reference = confirmed(desk_server)
    before = desk_server.house.count("event")
    for role in Role:
        if role in allowed:
            continue
        with Visitor(desk_server, role) as visitor:
            assert 403 == visitor.post(f"/cases/{reference}/{act}", **fields).status_code, role
    assert before == desk_server.house.count("event")


def test_what_is_wrong_is_said_beside_its_field(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """With what to do; what was typed is still there."""
    reference = confirmed(desk_server)
    page = signed_in(Role.FG, f"/cases/{reference}/extend")
    page.evaluate("document.getElementById('act').noValidate = true")
    page.fill("[name=new_due]", "2027-03-01")
    page.fill("[name=reason]", "kort")
    page.click("#act button.main")
    assert "Kies 25 jan 2027 of eerder." == page.inner_text("#e-new_due")
    assert "minstens 10 tekens" in page.inner_text("#e-reason")
    assert "kort" == page.input_value("[name=reason]")
    assert "true" == page.get_attribute("[name=reason]", "aria-invalid")
    assert "problems" == page.evaluate("document.activeElement.id")
    axe(page)


def test_what_an_officer_types_is_kept_for_that_officer_alone(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """By itself every few seconds, and by a button where no script runs; sealed where it lies."""
    reference = confirmed(desk_server)
    page = signed_in(Role.FG, f"/cases/{reference}/ask")
    page.fill("[name=question]", "Welke periode bedoelt u precies?")
    page.locator(".saved", has_text="Bewaard om").wait_for()
    page.goto(f"{desk_server.url}/cases/{reference}/ask")
    assert "Welke periode bedoelt u precies?" == page.input_value("[name=question]")
    page.fill("[name=why]", "Dan zoeken wij gerichter.")
    page.get_by_role("button", name="Bewaar voor later").click()
    assert "Er is niets verstuurd" in page.inner_text(".said")
    assert "Dan zoeken wij gerichter." == page.input_value("[name=why]")
    with Visitor(desk_server, Role.BOARD) as visitor:
        assert "Welke periode" not in visitor.get(f"/cases/{reference}/ask").text
    with desk_server.house.house.engine.begin() as connection:
        (sealed,) = connection.exec_driver_sql("SELECT sealed FROM draft").scalars()
    assert b"periode" not in bytes(sealed)
    page.click("#act button.main")
    page.get_by_role("button", name="Vraag versturen").click()
    assert 0 == desk_server.house.count("draft")
    assert 1 == letters(desk_server, "clarification_request", "waiting")


def test_a_link_puts_no_words_into_a_form(desk_server: DeskServer) -> None:
    """Else a stranger's link could have a board member sign what they never wrote."""
    reference = confirmed(desk_server)
    with Visitor(desk_server, Role.BOARD) as visitor:
        path = f"/cases/{reference}/decide?outcome=refused&grounds=GEPLANT&part_1=GEPLANT"
        assert "GEPLANT" not in visitor.get(path).text


def test_a_task_is_done_as_the_reglement_asks(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """A list must be answered; then it stands on the page with who did it (reglement 8.4.1)."""
    reference = case_of(desk_server)
    with Visitor(desk_server, Role.FG) as visitor:
        visitor.post(f"/cases/{reference}/kind", kind="erasure")
    page = signed_in(Role.HANDLER, f"/cases/{reference}/tasks/pick_ground")
    axe(page)
    page.get_by_label("gedaan", exact=True).check()
    page.click("#act button.main")
    assert "Het reglement vraagt hier een antwoord" in page.inner_text("#problems")
    page.get_by_label("onrechtmatig verwerkt").check()
    page.click("#act button.main")
    assert "onrechtmatig verwerkt" in page.inner_text("#tasks")
    assert "Officer handler" in page.inner_text("#tasks")
    told = page.locator("#history").text_content() or ""
    assert "Taak gedaan: Kies de grond voor het wissen." in told


def test_a_fact_is_confirmed_or_corrected(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """One press where the machine read it right; the checks follow what people know."""
    reference = confirmed(desk_server)
    page = signed_in(Role.HANDLER, f"/cases/{reference}")
    page.locator("form:has([value=child_name]) button").click()
    assert "Het feit is bevestigd." in page.inner_text(".said")
    page.goto(f"{desk_server.url}/cases/{reference}/facts?name=birth_date")
    page.fill("[name=value]", "2016-05-01")
    page.click("#act button.main")
    assert "De leeftijd van de leerling is niet bekend" not in page.inner_text("main")
    assert "1 mei 2016" in page.inner_text("section:has(#facts-h)"), "a day is written as people do"


def test_a_matter_that_came_twice_goes_on_in_one_case(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The duplicate points to the case that goes on, and can be taken apart again."""
    confirmed(desk_server)
    desk_server.receive(plain_mail("Nogmaals", "Graag een kopie van alle gegevens van mijn kind."))
    first, second = desk_server.references()
    page = signed_in(Role.FG, f"/cases/{second}/merge")
    axe(page)
    page.fill("[name=other]", "SIPOR-2026-000099-X")
    page.fill("[name=reason]", "Dezelfde ouder stuurde het twee keer.")
    page.click("#act button.main")
    assert "Deze zaak is er niet" in page.inner_text("#e-other")
    page.fill("[name=other]", first)
    page.click("#act button.main")
    assert "30 nov 2026" in page.inner_text(".confirm")
    assert 0 == desk_server.house.count("merged_case"), "what is foretold is not done"
    axe(page)
    fits(page, 320)
    page.click(".confirm button.main")
    assert first == page.locator(".said.warning a").inner_text()
    page.goto(f"{desk_server.url}/cases/{second}/unmerge")
    page.fill("[name=reason]", "Het ging toch om een ander kind.")
    page.click("#act button.main")
    assert 0 == page.locator(".said.warning a").count()


def test_a_case_is_given_to_a_colleague(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """It says who works on it; whoever else has it open is named, so that two do not answer."""
    reference = confirmed(desk_server)
    with Visitor(desk_server, Role.FG) as visitor:
        visitor.get(f"/cases/{reference}")
    page = signed_in(Role.HANDLER, f"/cases/{reference}")
    assert "Officer fg heeft hem open" in page.inner_text(".case-line")
    page.select_option("[name=to]", label="Officer handler")
    page.locator(".give button").click()
    assert "In handen van: Officer handler" in page.inner_text(".case-line")
    assert 1 == desk_server.house.count("assignment")


PAGES = ("ask-identity", "identity", "ask", "extend", "received", "decide", "facts", "flags")


@pytest.mark.slow
@pytest.mark.parametrize(
    "act",
    [
        *PAGES,
        "language",
        "exclude",
        "decide?outcome=refused",
        "merge",
        "link",
        "address",
        "tasks/collect",
    ],
)
def test_every_act_is_accessible_and_fits_a_telephone(
    desk_server: DeskServer, signed_in: Callable[..., Page], act: str
) -> None:
    """WCAG 2.2 AA, in both schemes, at 320 pixels too."""
    reference = confirmed(desk_server)
    page = signed_in(Role.BOARD, f"/cases/{reference}/{act}")
    axe(page)
    fits(page, 320)
