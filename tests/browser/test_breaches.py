"""The breach board in a real browser: the clock of 72 hours, the register, and who decides."""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page, expect

from mailbot.domain.roles import Role
from tests.desks import DeskServer, axe, fits
from tests.houses import TurnedClock, plain_mail
from tests.visitors import Visitor

FRIDAY_EVENING = datetime(2026, 11, 6, 19, 0, tzinfo=UTC)
"""Eight in the evening at school."""
LEAK = (
    "Beste directie, ik heb net per ongeluk een mail met de gegevens van alle leerlingen van "
    "groep 7 naar een verkeerde ouder gestuurd. Dit is een datalek."
)


def test_a_breach_weekend(new_desk: Callable[..., DeskServer], context: BrowserContext) -> None:
    """GDPR 33(1): told on Friday evening, the clock runs through the weekend, the board decides on Monday."""
    clock = TurnedClock(FRIDAY_EVENING)
    desk = new_desk(clock=clock)
    desk.receive(plain_mail("Datalek", LEAK, sender="leerkracht@school.test"))
    reference = desk.references()[0]
    clock.turn(hours=13)
    page = as_officer(desk, context, Role.FG, "/breaches")
    expect(page.get_by_role("table", name="Datalekzaken zonder dossier")).to_contain_text(reference)
    expect(page.locator(".clock").first).to_contain_text("nog 59 uur")
    page.get_by_role("button", name="Open het dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reference)
    page.get_by_label("School bekend met het datalek").fill("2026-11-06T19:30")
    page.get_by_label("Waarom dit moment").fill("De leerkracht belde de directeur om half acht")
    page.get_by_role("button", name="Leg dit moment vast").click()
    expect(page.get_by_role("status").first).to_contain_text("De 72 uur lopen")
    assert page.get_by_role("button", name="Besluit over de melding").count() == 0
    axe(page)
    fits(page, 320)

    clock.turn(hours=48)
    page = as_officer(desk, context, Role.BOARD, "/breaches")
    expect(page.locator(".clock.now")).to_contain_text("nog 10 uur")
    expect(page.get_by_role("table")).to_contain_text("9 nov 2026 19:30")
    axe(page)
    fits(page, 320)
    page.get_by_role("link", name=reference).click()
    assert page.locator("input[type=radio]:checked").count() == 0
    page.get_by_label("Melden bij de AP", exact=True).check()
    page.get_by_label("Reden om wel of niet te melden").fill("kort")
    page.get_by_role("button", name="Besluit over de melding").click()
    expect(page.get_by_role("alert")).to_contain_text("zeg waarom u wel of niet meldt")
    axe(page)
    page.get_by_label("Melden bij de AP", exact=True).check()
    page.get_by_label("Reden om wel of niet te melden").fill("Gegevens van 24 kinderen, deels zorg")
    page.get_by_role("button", name="Besluit over de melding").click()
    expect(page.get_by_role("status").first).to_contain_text("Het besluit staat in het register")
    page.get_by_label("Wanneer").fill("2026-11-09T09:00")
    page.get_by_label("Meldnummer van de AP").fill("AP-123456")
    page.get_by_role("button", name="Leg de melding vast").click()
    expect(page.locator(".clock")).to_have_text("afgerond")
    expect(page.locator("#history-h ~ table")).to_contain_text("melding bij de AP vastgelegd")


def test_fields_are_filled_by_whom_they_belong_to(
    desk_server: DeskServer, context: BrowserContext
) -> None:
    """Reglement 6.4.2: a handler prepares facts, the FG advises, and nobody writes in another's field."""
    reference = opened(desk_server)
    page = as_officer(desk_server, context, Role.HANDLER, f"/breaches/{reference}")
    assert page.locator("[name=risk], [name=fg_advice]").count() == 0
    page.get_by_text("Vul in: Gegevens over het datalek").click()
    page.get_by_label("Wat er is gebeurd").fill("Een lijst ging naar één verkeerde ouder.")
    page.get_by_label("inbreuk op de vertrouwelijkheid").check()
    page.locator("[name=facts]").locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.get_by_role("status").first).to_contain_text("Opgeslagen in het register")
    expect(page.locator("#s-breach ~ dl")).to_contain_text("naar één verkeerde ouder")
    page.get_by_text("Vul in: De groep mensen").click()
    page.get_by_label("Aantal mensen, minimaal").fill("30")
    page.get_by_label("Aantal mensen, maximaal").fill("20")
    page.locator("[name=people_least]").locator("xpath=ancestor::form").get_by_role(
        "button"
    ).click()
    expect(page.get_by_role("alert")).to_contain_text("vergelijk de twee velden")
    expect(page.locator("#e-people_least")).to_be_visible()
    with Visitor(desk_server, Role.HANDLER) as handler:
        handler.post(f"/breaches/{reference}/fill", version="2", risk="unlikely", fg_advice="nee")
    page = as_officer(desk_server, context, Role.FG, f"/breaches/{reference}")
    expect(page.locator("#s-effects ~ dl")).not_to_contain_text("onwaarschijnlijk")
    expect(page.locator("#s-advice ~ dl")).not_to_contain_text("nee")


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(desk_server: DeskServer) -> None:
    """Two people fill the same field: the second sees the first before saving."""
    reference = opened(desk_server)
    with (
        Visitor(desk_server, Role.FG) as fg,
        Visitor(desk_server, Role.HANDLER) as handler,
    ):
        there = f"/breaches/{reference}/fill"
        assert 303 == handler.post(there, version="1", cause="Verkeerd adres").status_code
        answer = fg.post(there, version="1", cause="Onbekend")
        assert 422 == answer.status_code
        assert "Een collega heeft deze velden intussen gewijzigd" in answer.text
        assert 303 == fg.post(there, version="1", lessons="Adres eerst nalezen.").status_code


def test_the_register_is_taken_along_and_that_is_noted(desk_server: DeskServer) -> None:
    """GDPR 33(5): the register shows the authority what happened; who took it out is in the history."""
    reference = opened(desk_server)
    with Visitor(desk_server, Role.FG) as fg:
        paper = fg.get(f"/register.pdf?entry={reference}")
        assert paper.content.startswith(b"%PDF-")
        assert 'attachment; filename="datalekken.pdf"' == paper.headers["content-disposition"]
        sheet = fg.get("/register.csv")
        assert reference in sheet.text
    with desk_server.house.house.engine.begin() as connection:
        query = "SELECT count(*) FROM event WHERE kind = 'register_exported'"
        assert 2 == connection.exec_driver_sql(query).scalar()


def test_parents_are_written_to_after_a_second_look(desk_server: DeskServer) -> None:
    """GDPR 34: the board decides first, sees the letters once more, and each parent gets their own."""
    reference = opened(desk_server)
    there = f"/breaches/{reference}"
    words = {
        "nature": "Een lijst ging naar een verkeerde ouder.",
        "consequences": "Iemand anders zag de naam van uw kind.",
        "measures": "De ontvanger heeft de lijst gewist.",
        "advice": "U hoeft niets te doen.",
        "addresses": "ouder1@example.test\nouder2@example.test tr",
    }
    with Visitor(desk_server, Role.BOARD) as board:
        decided = board.post(
            f"{there}/parents", parents="tell", parents_reason="Er is een hoog risico"
        )
        assert 303 == decided.status_code
        looked = board.post(f"{there}/write", **words)
        assert "2 ouders krijgen elk een eigen mail" in looked.text
        assert 0 == letters(desk_server)
        assert 303 == board.post(f"{there}/write", sure="yes", **words).status_code
    assert 2 == letters(desk_server)


def letters(desk: DeskServer) -> int:
    """Count the letters to parents."""
    with desk.house.house.engine.begin() as connection:
        query = "SELECT count(*) FROM letter WHERE code = 'breach_parents'"
        return int(connection.exec_driver_sql(query).scalar_one())


def opened(desk: DeskServer) -> str:
    """Open the entry of one breach."""
    desk.receive(plain_mail("Datalek", LEAK, sender="leerkracht@school.test"))
    reference = desk.references()[0]
    with Visitor(desk, Role.FG) as fg:
        assert 303 == fg.post("/breaches", reference=reference).status_code
    return reference


def as_officer(desk: DeskServer, context: BrowserContext, role: Role, path: str) -> Page:
    """Open a page of a desk as an officer."""
    desk.sign_in(context, role)
    page = context.new_page()
    page.goto(desk.url + path)
    return page
