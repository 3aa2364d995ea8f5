"""The page of a case: what came in and why the machine believes what it does, safely shown."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from mailbot.domain.roles import Role
from tests.desks import DeskServer, axe, fits
from tests.houses import plain_mail
from tests.visitors import Visitor

ACCESS = """Goedemiddag,

Graag een kopie van alle gegevens van mijn kind Sara Bakker. Mijn BSN is 123456782.

Op 1 november schreef de school:
> Beste ouder,
> Wij horen graag van u."""

TWO_WISHES = """Goedemiddag,

Ten eerste: graag een kopie van alle gegevens die u over mijn zoon bewaart.
Ten tweede: wilt u zijn foto's van de website en uit het archief verwijderen?"""


def case_of(desk: DeskServer, *raws: bytes) -> str:
    """Take mails in and give the reference of the first case."""
    desk.receive(*(raws or (plain_mail("Inzage", ACCESS),)))
    return desk.references()[0]


def test_the_case_shows_what_came_and_why_the_machine_believes_it(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The mail as text, the phrases marked, numbers hidden, quotes folded, every date explained."""
    reference = case_of(desk_server)
    page = signed_in(Role.FG, f"/cases/{reference}")
    assert reference == page.inner_text("h1")
    assert "inzage? voorstel" in page.inner_text(".case-line")
    words = page.locator("#mails .words").first
    assert "kopie van alle gegevens" in words.locator("mark").all_inner_texts()[0]
    assert "•••••••••" in words.inner_text()
    assert "123456782" not in page.content()
    assert page.locator(".quoted summary").is_visible()
    assert not page.get_by_text("Wij horen graag van u.").first.is_visible()
    page.locator(".quoted summary").click()
    assert page.get_by_text("Wij horen graag van u.").first.is_visible()
    assert "ouder@gezin.test" == page.locator("#mails .address").first.inner_text()
    page.get_by_text("Waarom deze datums").click()
    assert "reglement artikel 8.9.2b" in page.locator(".why").inner_text()
    axe(page)
    fits(page, 320)


def test_a_case_that_shares_its_mail_says_where_it_stands(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """One mail may ask several things, each a case; the machine's belief is with each of them."""
    first = case_of(desk_server, plain_mail("Verzoeken", TWO_WISHES))
    second = desk_server.references()[1]
    page = signed_in(Role.FG, f"/cases/{second}")
    mails = page.locator("#mails")
    assert "vroeg ook iets anders" in mails.inner_text()
    assert "% zeker" in page.inner_text(".suggestion")
    assert "ontvangstbevestiging van die mail" in page.inner_text("#letters")
    axe(page)
    mails.get_by_role("link", name=first).click()
    assert "Ten eerste" in page.inner_text("#mails")


def test_a_kind_is_confirmed_by_keyboard_alone(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """One key goes to the button, Enter confirms; nothing happens by the key itself."""
    reference = case_of(desk_server)
    page = signed_in(Role.FG, f"/cases/{reference}")
    page.keyboard.press("c")
    assert "Bevestig: inzage" == page.evaluate("document.activeElement.innerText")
    assert 0 == desk_server.house.count("cases", "confirmed_by IS NOT NULL")
    page.keyboard.press("Enter")
    page.wait_for_selector(".said.done")
    assert "Het soort is bevestigd: inzage." in page.inner_text(".said")
    assert 1 == desk_server.house.count("cases", "confirmed_by IS NOT NULL AND kind = 'access'")
    assert 1 == desk_server.house.count("letter"), "only the acknowledgement; nothing was sent"


def test_a_kind_is_corrected_and_its_dates_follow(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The machine's label stays beside the human one in the history."""
    reference = case_of(desk_server)
    page = signed_in(Role.FG, f"/cases/{reference}")
    page.get_by_text("Het is iets anders").click()
    page.select_option("select[name=kind]", "erasure")
    page.get_by_role("button", name="Soort verbeteren").click()
    assert "wissing" in page.inner_text(".case-line")
    assert "Soort bevestigd: wissing." in page.inner_text("#history")


def test_a_note_stays_in_the_house(desk_server: DeskServer, signed_in: Callable[..., Page]) -> None:
    """It stands on the page and in no letter; a number in it is hidden."""
    reference = case_of(desk_server)
    page = signed_in(Role.HANDLER, f"/cases/{reference}")
    page.fill("#notes [name=text]", "Gebeld over BSN 123456782.")
    page.get_by_role("button", name="Notitie bewaren").click()
    assert "Gebeld over BSN •••••••••." in page.inner_text("#notes")
    assert 1 == desk_server.house.count("letter")


def test_a_handler_sees_no_button_to_confirm(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """What a role may not do is not offered; the table of routes refuses it besides."""
    reference = case_of(desk_server)
    page = signed_in(Role.HANDLER, f"/cases/{reference}")
    assert 0 == page.locator("form[action$='/kind']").count()
    offered = page.locator(".acts a").all_inner_texts()
    assert "Verlengen" not in offered
    assert "Besluiten" not in offered


def test_an_address_in_disguise_is_shown_as_it_is(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Faults row 20: the real address, punycode, nothing that turns the reading order."""
    raw = plain_mail("Inzage \u202efdp.exe", ACCESS, sender="ouder@xn--gzin-zra.test")
    raw = raw.replace(b"From: Jan Ouder ", 'From: "directeur@sipor.nl \u202elpp" '.encode(), 1)
    reference = case_of(desk_server, raw)
    page = signed_in(Role.FG, f"/cases/{reference}")
    assert "ouder@xn--gzin-zra.test" == page.locator("#mails .address").first.inner_text()
    assert "\u202e" not in page.inner_text("main")
    assert "het echte adres" in page.inner_text("#mails")


def test_an_arabic_mail_reads_right_to_left_inside_a_dutch_page(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Each text has its own direction; the page around it keeps its own."""
    text = "السلام عليكم، أريد نسخة من جميع البيانات الشخصية لابنتي ليلى في المدرسة. شكرا لكم."
    reference = case_of(desk_server, plain_mail("طلب", text))
    page = signed_in(Role.FG, f"/cases/{reference}")
    direction = "node => getComputedStyle(node).direction"
    assert "rtl" == page.locator("#mails .words").first.evaluate(direction)
    assert "ltr" == page.locator("main").evaluate(direction)
    box = page.locator("#mails .words").first.evaluate(
        """node => { const range = document.createRange(); range.selectNodeContents(node);
        const text = range.getBoundingClientRect(), own = node.getBoundingClientRect();
        return [text.left - own.left, own.right - text.right]; }"""
    )
    assert box[1] < 40, "the text begins at the right edge"
    axe(page)


def test_a_copy_of_an_identity_document_is_shown_to_nobody(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Reglement 8.2.2: hidden from the moment it is filed, also by its address."""
    extra = "Content-Disposition: inline\n"
    body = "Hierbij een kopie van mijn paspoort voor mijn verzoek om inzage in alle gegevens."
    raw = with_file(plain_mail("Inzage", body, extra=extra), "paspoort.jpg", b"\xff\xd8\xff" * 9)
    reference = case_of(desk_server, raw)
    page = signed_in(Role.FG, f"/cases/{reference}")
    assert "De bijlagen zijn verborgen" in page.inner_text("#mails")
    assert 0 == page.locator(".files").count()
    with Visitor(desk_server, Role.FG) as visitor:
        assert 404 == visitor.get(f"/cases/{reference}/mails/1/files/0").status_code


@pytest.mark.parametrize("role", [Role.FG, Role.BOARD, Role.HANDLER])
def test_a_request_by_telephone_is_entered_and_counts_from_its_day(
    desk_server: DeskServer, signed_in: Callable[..., Page], role: Role
) -> None:
    """It has a case, a clock from the day it came, and no mail (reglement 8.9)."""
    page = signed_in(role, "/cases/new")
    axe(page)
    fits(page, 320)
    page.get_by_label("telefonisch").check()
    page.fill("[name=received]", "2026-10-30")
    page.fill("[name=reason]", "De moeder belde de administratie.")
    page.select_option("[name=kind]", "access")
    page.fill("[name=about]", "Moeder wil het hele dossier van haar zoon zien.")
    page.click("main button.main")
    assert "27 nov 2026" in page.inner_text("section:has(#dates-h)")
    assert "Geen mail" in page.inner_text("#mails")


def with_file(raw: bytes, name: str, content: bytes, kind: str = "image/jpeg") -> bytes:
    """Attach a file to a plain mail."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"content-")]
    lines.append(b'Content-Type: multipart/mixed; boundary="b"')
    text = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body
    file = (
        f'--b\r\nContent-Type: {kind}; name="{name}"\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    ).encode()
    return b"\r\n".join(lines) + b"\r\n\r\n" + text + file + content + b"\r\n--b--\r\n"
