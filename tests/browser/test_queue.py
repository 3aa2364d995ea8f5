"""The queue: in the order of the dates, searched without a trace, triaged by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mailbot.domain.roles import Role
from mailbot.work.handling.standing import keep_away
from tests.desks import DeskServer, axe, fits
from tests.houses import plain_mail

ACCESS = "Ik wil graag een kopie van alle gegevens van mijn dochter."
ERASE = "Wilt u de foto van mijn zoon van de website verwijderen?"
BREACH = "Ik kreeg de rapporten van een hele klas in mijn mail. Dat was niet voor mij."


def fill(desk: DeskServer, count: int) -> None:
    """Receive so many requests, an hour between each."""
    for number in range(count):
        body = f"{ACCESS} Zij heet Roos{'abcdefghijklmnopqrstuvwxyz'[number % 26]}."
        desk.receive(plain_mail(f"Inzage {number}", body, sender=f"ouder{number}@gezin.test"))
        desk.clock.turn(hours=1)


def shown(page: Page) -> list[str]:
    return page.locator("#list tbody th a").all_inner_texts()


def test_what_is_due_first_stands_on_top_whatever_the_machine_believes(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """A breach of today goes before requests of last week: the date decides, not the label."""
    fill(desk_server, 3)
    desk_server.receive(plain_mail("Datalek", BREACH))
    page = signed_in(Role.FG, "/queue")
    references = desk_server.references()
    assert shown(page) == [references[3], *references[:3]]
    axe(page)
    fits(page, 320)


def test_a_long_queue_comes_in_pages_and_every_case_once(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Nothing falls between two pages."""
    fill(desk_server, 53)
    page = signed_in(Role.FG, "/queue")
    first = shown(page)
    page.get_by_role("link", name="Volgende bladzijde").click()
    assert [*first, *shown(page)] == desk_server.references()
    assert len(first) == 50


@pytest.mark.parametrize("words", ["Roosb", "roosb", "ouder1@gezin.test", "SIPOR-2026-000002"])
def test_a_case_is_found_by_number_name_address_and_words(
    desk_server: DeskServer, signed_in: Callable[..., Page], words: str
) -> None:
    """Over the sealed mails, by keyed hashes; what was searched for stands in no address or log."""
    fill(desk_server, 3)
    page = signed_in(Role.FG, "/queue")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Zoek", exact=True).click()
    assert shown(page) == [desk_server.references()[1]]
    assert words not in page.url
    page.get_by_role("searchbox").fill("Roosx")
    page.get_by_role("button", name="Zoek", exact=True).click()
    assert shown(page) == []
    axe(page)


def test_a_case_one_is_kept_from_is_neither_listed_nor_found_nor_counted(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """A complaint about the FG is routed around the FG, in the queue and in the search as well."""
    fill(desk_server, 2)
    house = desk_server.house
    house.officer(Role.FG)
    desk, board = house.officer(Role.BOARD)
    away = desk_server.references()[0]
    keep_away(desk, board, away, "fg@officers.test", "De klacht gaat over de FG zelf.")  # type: ignore[arg-type]
    page = signed_in(Role.FG, "/queue")
    assert shown(page) == [desk_server.references()[1]]
    assert page.get_by_role("link", name="Alles wat open staat").inner_text().endswith("1")
    page.get_by_role("searchbox").fill("Roosa")
    page.keyboard.press("Enter")
    expect(page.locator(".empty")).to_contain_text("Niets gevonden")
    assert shown(page) == []


def test_the_morning_is_triaged_by_keyboard(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Twenty new mails: look down the list, tick, confirm and hand on without touching a mouse."""
    fill(desk_server, 20)
    page = signed_in(Role.FG, "/queue")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")
    page.keyboard.press("?")
    for _ in range(20):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.keyboard.press("c")
    expect(page.get_by_role("status").first).to_contain_text("Bevestigd: 20")
    with desk_server.house.house.engine.begin() as connection:
        counted = "SELECT count(*) FROM cases WHERE confirmed_by IS NOT NULL"
        assert connection.exec_driver_sql(counted).scalar() == 20
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.type("Officer fg")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Gegeven: 1")
    page.get_by_role("link", name="Van mij").click()
    assert shown(page) == [desk_server.references()[0]]
    page.keyboard.press("/")
    page.keyboard.type("Roosc")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk_server.url}/queue")
    page.keyboard.press("j")
    page.keyboard.press("Escape")


def test_the_list_renews_itself_when_something_happens(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """A mail that comes while the page is open appears; ticked cases are left in peace."""
    fill(desk_server, 1)
    page = signed_in(Role.FG, "/queue")
    desk_server.receive(plain_mail("Foto", ERASE, sender="b@gezin.test"))
    page.evaluate("document.dispatchEvent(new Event('renew'))")
    expect(page.locator("#list tbody tr")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("x")
    desk_server.receive(plain_mail("Datalek", BREACH, sender="c@gezin.test"))
    page.evaluate("document.dispatchEvent(new Event('renew'))")
    page.wait_for_timeout(300)
    expect(page.locator("#list tbody tr")).to_have_count(2)


def test_a_view_keeps_filters_and_never_what_was_searched(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """A saved view is an officer's own; names of people stand in none."""
    fill(desk_server, 1)
    desk_server.receive(plain_mail("Foto", ERASE, sender="b@gezin.test"))
    page = signed_in(Role.FG, "/queue?kind=erasure")
    assert shown(page) == [desk_server.references()[1]]
    page.get_by_label("Bewaar deze weergave als").fill("Wissen")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.goto(f"{desk_server.url}/queue")
    page.get_by_role("link", name="Wissen").click()
    assert shown(page) == [desk_server.references()[1]]
    axe(page)
    other = signed_in(Role.HANDLER, "/queue")
    assert other.get_by_role("link", name="Wissen").count() == 0


def test_a_handler_confirms_nothing(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The button is not there, and the form without it is refused case by case."""
    fill(desk_server, 1)
    page = signed_in(Role.HANDLER, "/queue")
    assert page.get_by_role("button", name="Bevestig de voorgestelde soort").count() == 0
    page.locator("[name=case]").check()
    page.evaluate(
        "() => { const b = document.createElement('button'); b.name = 'act'; b.value = 'confirm';"
        " document.getElementById('many').append(b); b.click(); }"
    )
    expect(page.get_by_role("status").first).to_contain_text("Bevestigd: 0")
    with desk_server.house.house.engine.begin() as connection:
        counted = "SELECT count(*) FROM cases WHERE confirmed_by IS NOT NULL"
        assert connection.exec_driver_sql(counted).scalar() == 0
