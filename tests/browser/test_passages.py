"""What the assistant answers with: one click takes a passage out of use, or corrects it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from mailbot.domain.roles import Role
from tests.desks import DeskServer, axe, fits


def test_one_click_and_a_reason_take_a_passage_out_of_use_and_put_it_back(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The robot reads it for every mail; the reason stays with the officer's name."""
    page = signed_in(Role.FG, "/passages")
    axe(page)
    fits(page, 320)
    first = page.locator("tbody th a").first
    first.click()
    axe(page)
    fits(page, 320)
    page.get_by_role("button", name="Haal het uit gebruik").click()
    page.get_by_label("Waarom").fill("kort")
    page.get_by_role("button", name="Haal het uit gebruik").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Waarom").fill("De termijn in deze tekst klopt niet meer.")
    page.get_by_role("button", name="Haal het uit gebruik").click()
    expect(page.get_by_role("status").first).to_contain_text("buiten gebruik")
    assert desk_server.house.count("passage_act", "act = 'take_out'") == 1
    page.get_by_label("Waarom").fill("De tekst is nagekeken en klopt toch.")
    page.get_by_role("button", name="Zet het terug").click()
    expect(page.get_by_role("status").first).to_contain_text("weer in gebruik")
    axe(page)


def test_corrected_words_go_out_from_then_on_and_can_be_taken_back(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The other languages fall back to the Dutch until they are corrected too."""
    page = signed_in(Role.BOARD, "/passages")
    page.locator("tbody th a").first.click()
    page.get_by_label("Waarom").fill("Zo is het duidelijker voor ouders.")
    page.get_by_text("Verbeter de woorden").click()
    for language in ("en", "tr", "ar"):
        page.locator(f"[name=words-{language}]").fill("")
    page.locator("[name=words-nl]").fill("Dit is de nieuwe uitleg voor ouders.")
    page.get_by_role("button", name="Bewaar de woorden").click()
    expect(page.locator(".words")).to_have_text(["Dit is de nieuwe uitleg voor ouders."])
    page.get_by_label("Waarom").fill("De oude woorden waren toch beter.")
    page.get_by_role("button", name="Terug naar de meegeleverde woorden").click()
    expect(page.locator(".words")).to_have_count(4)


def test_a_handler_reads_and_changes_nothing(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """There is no form for a handler; a passage that is not there is not there."""
    page = signed_in(Role.HANDLER, "/passages")
    page.locator("tbody th a").first.click()
    assert page.get_by_label("Waarom").count() == 0
    answer = page.goto(f"{desk_server.url}/passages/no-such-passage")
    assert answer is not None
    assert answer.status == 404
