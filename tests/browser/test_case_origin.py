"""Whose a mail is: moved, unlinked, traced, split for a second parent; and who looks at it now."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from mailbot.domain.roles import Role
from tests.browser.test_case_acts import confirmed, letters
from tests.desks import DeskServer, axe, fits
from tests.houses import plain_mail
from tests.visitors import Visitor

REASON = "De moeder zei het aan de telefoon."
FORWARDED = """---------- Forwarded message ---------
Van: Marieke Visser <marieke@visser.test>
Date: vr 30 okt 2026 om 08:15
Subject: Dossier
To: <directie@sipor.nl>

Ik wil graag het dossier van mijn dochter Noor Visser inzien. Ik ben haar moeder.
"""


def with_second_mail(desk: DeskServer) -> str:
    """Open a confirmed case in which another parent joined; return its reference."""
    first = plain_mail(
        "Inzage",
        "Graag ontvang ik een kopie van alle gegevens van mijn kind.",
        message_id="<een@gezin.test>",
    )
    reference = confirmed(desk, first)
    answer = plain_mail(
        f"Re: Inzage {reference}",
        "Ik ben de vader en ik wil ook een kopie van alle gegevens.",
        sender="vader@elders.test",
        extra="In-Reply-To: <een@gezin.test>\nReferences: <een@gezin.test>\n",
    )
    desk.receive(answer)
    with desk.house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE mail SET case_id = 1, waits = 1 WHERE id = 2")
    return reference


def test_a_mail_is_moved_out_of_its_case_and_the_one_that_opened_it_stays(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """No clock moves by it, and a wrong number is explained beside its field."""
    reference = with_second_mail(desk_server)
    page = signed_in(Role.FG, f"/cases/{reference}")
    page.get_by_role("link", name="Verplaats deze mail").click()
    axe(page)
    fits(page, 320)
    page.get_by_label("in een andere zaak").check()
    page.fill("[name=other]", "SIPOR-2026-000099-X")
    page.fill("[name=reason]", REASON)
    page.click("#act button.main")
    assert "Deze zaak is er niet" in page.inner_text("#e-other")
    page.get_by_label("niet in deze zaak").check()
    page.click("#act button.main")
    expect(page.get_by_role("status").first).to_contain_text("De mail is verplaatst")
    assert 1 == desk_server.house.count("mail", "id = 2 AND case_id IS NULL AND waits")
    page.goto(f"{desk_server.url}/parked")
    expect(page.locator("tbody")).to_contain_text("een medewerker haalde de mail uit zijn zaak")
    page.goto(f"{desk_server.url}/cases/{reference}/mails/1/move")
    assert "Deze mail opende de zaak" in page.inner_text("main")
    assert 0 == page.locator("#act").count()


def test_a_second_parent_gets_a_case_of_their_own(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Linked, with an own clock and an acknowledgement only where an officer ticks it."""
    reference = with_second_mail(desk_server)
    page = signed_in(Role.BOARD, f"/cases/{reference}/split")
    axe(page)
    fits(page, 320)
    assert "neither" not in page.inner_text(".will")
    page.locator("[name=mails][value='2']").check()
    page.select_option("[name=kind]", "access")
    page.fill("[name=reason]", REASON)
    page.locator("[name=tell]").check()
    page.click("#act button.main")
    other = next(one for one in desk_server.references() if one != reference)
    page.goto(f"{desk_server.url}/cases/{other}")
    assert "vader@elders.test" in page.inner_text("section:has(#who-h)")
    assert "ouder@gezin.test" not in page.inner_text("main")
    assert "vader@elders.test" == page.locator(".letter .address").first.text_content()
    page.goto(f"{desk_server.url}/cases/{other}/unlink")
    axe(page)
    fits(page, 320)
    page.click("#act button.main")
    expect(page.get_by_role("status").first).to_contain_text("aan geen andere gekoppeld")
    assert 0 == page.locator("#linked-h").count()


def test_a_mail_that_waits_says_why_until_somebody_looked(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """The reasons stand in words on the case; looking is written down and takes it off the list."""
    reference = with_second_mail(desk_server)
    page = signed_in(Role.HANDLER, f"/cases/{reference}")
    waiting = page.locator(".said.warning", has_text="Wacht op een mens")
    assert 1 == waiting.count()
    axe(page)
    fits(page, 320)
    waiting.get_by_role("button", name="Bekeken").click()
    expect(page.get_by_role("status").first).to_contain_text("De mail wacht niet meer")
    assert 0 == page.locator(".said.warning", has_text="Wacht op een mens").count()
    assert 0 == desk_server.house.count("mail", "waits")
    assert 1 == desk_server.house.count("event", "kind = 'mail_looked_at' AND mail_id = 2")


def test_an_officer_says_whose_mail_a_colleague_sent_on(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """What the mail claims is filled in and only a person records it; the dates go back with it."""
    desk_server.receive(plain_mail("Fwd: Dossier", FORWARDED, sender="directie@sipor.nl"))
    (reference,) = desk_server.references()
    assert 0 == desk_server.house.count("letter")
    page = signed_in(Role.FG, f"/cases/{reference}")
    assert "een collega stuurde dit door" in page.inner_text("main")
    page.get_by_role("link", name="Zeg wie het vroeg").click()
    assert ("marieke@visser.test", "2026-10-30") == (
        page.input_value("[name=address]"),
        page.input_value("[name=received]"),
    )
    axe(page)
    fits(page, 320)
    page.fill("[name=reason]", "kort")
    page.evaluate("document.getElementById('act').noValidate = true")
    page.click("#act button.main")
    assert "minstens 10 tekens" in page.inner_text("#e-reason")
    page.fill("[name=reason]", "De directie kreeg de mail op 30 oktober.")
    page.locator("[name=tell]").check()
    page.click("#act button.main")
    assert "marieke@visser.test" in page.inner_text("section:has(#who-h)")
    assert "30 okt 2026" in page.inner_text("section:has(#dates-h)")
    assert 1 == letters(desk_server, "ack_request", "waiting")
    page.goto(f"{desk_server.url}/cases/{reference}/sender")
    assert 0 == page.locator("#act").count()


def test_an_open_page_sees_who_comes_and_keeps_nobody_signed_in(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Two officers do not answer the same parent; the page asks by itself, without reading mails."""
    reference = confirmed(desk_server)
    page = signed_in(Role.HANDLER, f"/cases/{reference}")
    assert "heeft hem open" not in page.inner_text(".case-line")
    with Visitor(desk_server, Role.FG) as visitor:
        visitor.get(f"/cases/{reference}")
        read = desk_server.house.count("event")
        page.evaluate("document.dispatchEvent(new Event('look'))")
        expect(page.locator("#others")).to_contain_text("Officer fg heeft hem open")
        assert read == desk_server.house.count("event")
        desk_server.clock.turn(minutes=1)
        assert {"others": []} == visitor.get(f"/cases/{reference}/here").json()
        desk_server.clock.turn(minutes=29, seconds=30)
        assert 303 == visitor.get(f"/cases/{reference}/here").status_code
