"""Due dates and figures in a real browser, and the calendar that a program reads."""

from collections.abc import Callable
from datetime import date

from icalendar import Calendar
from playwright.sync_api import Page, expect

from mailbot.domain.roles import Role
from tests.desks import DeskServer, axe, fits
from tests.houses import plain_mail
from tests.visitors import Visitor

ACCESS = "Graag ontvang ik een kopie van alle gegevens die u van mijn kind heeft."
BREACH = "Ik kreeg per ongeluk de gegevens van een andere leerling. Dit is een datalek."


def test_due_dates_stand_week_by_week_and_fit_every_screen(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Four weeks after 2 November is 30 November; a breach of Monday ends on Thursday."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    desk_server.receive(plain_mail("Datalek", BREACH, sender="ouder2@example.test"))
    page = signed_in(Role.HANDLER, "/calendar")
    expect(page.locator("section h2").first).to_contain_text("Week 45")
    expect(page.locator(".due").last).to_contain_text("maandag 30 november 2026")
    assert page.get_by_role("link", name="Cijfers van het jaar").count() == 0
    axe(page)
    fits(page, 320)


def test_a_month_shows_each_case_on_its_last_day(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """A row for each week with its number; by keyboard to a case and to the months beside it."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    desk_server.receive(plain_mail("Datalek", BREACH, sender="ouder2@example.test"))
    page = signed_in(Role.HANDLER, "/calendar")
    page.get_by_role("link", name="Per maand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("November 2026")
    weeks = page.locator("tbody th").all_inner_texts()
    assert ["44", "45", "46", "47", "48", "49"] == weeks
    access, breach = desk_server.references()
    assert "30" == page.locator("td", has_text=access).locator(".short").inner_text()
    assert "5" == page.locator("td", has_text=breach).locator(".short").inner_text()
    expect(page.locator("td", has_text=access)).to_contain_text("nog 28 dagen")
    expect(page.locator("[aria-current=date]")).to_contain_text("vandaag")
    axe(page)
    fits(page, 320)
    page.get_by_role("link", name="december 2026").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("December 2026")
    assert 1 == page.locator("td", has_text=access).count(), "its first week begins on 30 November"
    page.get_by_role("link", name=access).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk_server.url}/cases/{access}")


def test_a_month_on_a_telephone_is_a_list_of_days(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Days on which nothing is due are left out; the others are written in full."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    page = signed_in(Role.HANDLER, "/calendar/month?month=2026-11")
    page.set_viewport_size({"width": 320, "height": 800})
    days = [one for one in page.locator("td .date").all() if one.is_visible()]
    assert ["maandag 30 november 2026"] == [one.inner_text() for one in days]
    axe(page)
    page.emulate_media(media="print")
    assert page.locator("thead").is_visible()
    assert not page.locator("nav.ways").is_visible()
    for odd in ("2026-13", "1999-01", "x", "2026-11-02"):
        page.goto(f"{desk_server.url}/calendar/month?month={odd}")
        expect(page.get_by_role("heading", level=1)).to_have_text("November 2026")


def test_a_calendar_program_reads_number_and_kind_until_the_address_is_taken_back(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The token is all it needs; a new one closes the old, and an excluded case is not in it."""
    desk_server.receive(plain_mail("Inzage", ACCESS, sender="Ayse Yilmaz <ayse@example.test>"))
    desk_server.receive(plain_mail("Inzage", f"{ACCESS} Dank u.", sender="jan@example.test"))
    page = signed_in(Role.HANDLER, "/calendar")
    page.get_by_role("button", name="Maak een adres").click()
    address = page.locator(".feed").inner_text()
    axe(page)
    path = address.removeprefix(desk_server.url)
    with Visitor(desk_server) as program:
        answer = program.get(path)
        assert "text/calendar; charset=utf-8" == answer.headers["content-type"]
        assert "ayse" not in answer.text.lower()
        assert {date(2026, 11, 30)} == due_days(answer.content)
        assert 2 == len(references(answer.content))
        exclude(desk_server, desk_server.references()[0])
        assert {desk_server.references()[1]} == references(program.get(path).content)
        assert 404 == program.get(f"{path[:-5]}x.ics").status_code
        page.get_by_role("button", name="Maak een nieuw adres").click()
        assert 404 == program.get(path).status_code
        newer = page.locator(".feed").inner_text().removeprefix(desk_server.url)
        assert 200 == program.get(newer).status_code
        page.get_by_role("button", name="Trek het adres in").click()
        expect(page.get_by_role("status").first).to_contain_text("Het adres werkt niet meer")
        assert 404 == program.get(newer).status_code


def test_an_officer_who_left_has_no_calendar_any_more(desk_server: DeskServer) -> None:
    """An account that is stopped opens nothing, however many programs know its address."""
    with Visitor(desk_server, Role.FG) as fg, Visitor(desk_server) as program:
        made = fg.post("/calendar/feed").text
        path = "/calendar/" + made.split("/calendar/")[1].split(".ics")[0] + ".ics"
        if "feed" in path:
            path = "/calendar/" + made.split('class="feed">')[1].split("/calendar/")[1]
            path = path.split("<")[0]
        assert 200 == program.get(path).status_code
        with desk_server.house.house.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE officer SET active = false WHERE role = 'fg'")
        assert 404 == program.get(path).status_code


def test_the_figures_show_their_plots_without_asking_outside(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The year as a page, as pictures of our own and as files; printed it has no buttons."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    page = signed_in(Role.BOARD, "/figures")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2026")
    loaded = "Array.from(document.images).every(one => one.complete && one.naturalWidth > 0)"
    page.wait_for_function(loaded)
    assert page.locator("figure img").count() >= 2
    axe(page)
    fits(page, 320)
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="PDF").is_visible()
    with Visitor(desk_server, Role.FG) as fg:
        assert fg.get("/figures.pdf?year=2026").content.startswith(b"%PDF-")
        assert "2026" in fg.get("/figures.csv?year=2026").headers["content-disposition"]
        assert 404 == fg.get("/figures/plots/none").status_code


def due_days(feed: bytes) -> set[date]:
    """Read the last days in a feed."""
    events = Calendar.from_ical(feed).walk("VEVENT")
    return {one.decoded("dtstart") for one in events if str(one["uid"]).endswith("-due@mailbot")}


def references(feed: bytes) -> set[str]:
    """Read which cases stand in a feed."""
    return {str(one["uid"]).rpartition("-")[0] for one in Calendar.from_ical(feed).walk("VEVENT")}


def exclude(desk: DeskServer, reference: str) -> None:
    """Let the FG keep the handler away from a case."""
    with Visitor(desk, Role.FG) as fg:
        answer = fg.post(
            f"/cases/{reference}/exclude",
            address="handler@officers.test",
            what="away",
            reason="Dit gaat over de collega zelf",
        )
        assert 303 == answer.status_code, answer.text
