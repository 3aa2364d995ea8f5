"""Mail that belongs to no case: looked at, opened as a case, or filed where it belongs."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from mailbot.domain.roles import Role
from tests.desks import DeskServer, axe, fits
from tests.houses import plain_mail

SALES = "Gratis zonnepanelen voor uw school! Klik hier voor 50% korting en win een iPad."
ACCESS = "Ik wil graag een kopie van alle gegevens van mijn dochter."
HOSTILE = "<script>alert(1)</script><img src=http://evil.test/x> mijn BSN is 123456782"


def test_a_parked_mail_is_shown_as_text_and_its_term_begins_when_somebody_looked(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Lists carry no sender and no subject; nothing of the mail is ever markup."""
    desk_server.receive(plain_mail("Actie!", f"{SALES} {HOSTILE}", sender="verkoop@bedrijf.test"))
    page = signed_in(Role.FG, "/parked")
    assert page.locator("tbody tr").count() == 1
    for private in ("verkoop", "Actie"):
        assert private not in page.content()
    axe(page)
    fits(page, 320)
    page.get_by_role("link", name="Mail 1").click()
    expect(page.locator(".words")).to_contain_text("<script>alert(1)</script>")
    assert "123456782" not in page.content()
    axe(page)
    fits(page, 320)
    page.get_by_role("button", name="Bekeken; er is geen zaak nodig").click()
    expect(page.get_by_role("status").first).to_contain_text("Bekeken: 1")
    assert page.locator("tbody tr").count() == 0
    page.get_by_role("link", name="Ook wat al bekeken is").click()
    assert page.locator("tbody tr").count() == 1


def test_a_case_is_opened_for_a_mail_the_machine_took_for_something_else(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """No request is lost by a wrong label: the clock runs from the day of receipt."""
    desk_server.receive(plain_mail("Actie!", SALES))
    page = signed_in(Role.FG, "/parked/1")
    page.get_by_role("button", name="Open de zaak").click()
    page.get_by_label("Open een zaak").select_option("access")
    page.get_by_role("button", name="Open de zaak").click()
    expect(page).to_have_url(f"{desk_server.url}/cases/{desk_server.references()[0]}")


def test_a_mail_is_put_in_the_case_it_belongs_to_and_a_wrong_number_is_explained(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """A number that is not there is said beside the field; the mail stays where it was."""
    desk_server.receive(plain_mail("Inzage", ACCESS), plain_mail("Actie!", SALES))
    page = signed_in(Role.HANDLER, "/parked/2")
    page.get_by_label("Leg de mail in een zaak").fill("SIPOR-2026-009999-X")
    page.get_by_role("button", name="Leg hem daar").click()
    expect(page.get_by_role("alert")).to_contain_text("SIPOR-2026-009999-X")
    axe(page)
    reference = desk_server.references()[0]
    page.get_by_label("Leg de mail in een zaak").fill(reference.lower())
    page.get_by_role("button", name="Leg hem daar").click()
    expect(page).to_have_url(f"{desk_server.url}/cases/{reference}")
    page.goto(f"{desk_server.url}/parked")
    assert page.locator("tbody tr").count() == 0


def test_a_mail_in_quarantine_can_be_tried_again(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """What the robot could not read is listed with its reason and an act."""
    desk_server.house.receive(plain_mail("Inzage", ACCESS))
    with desk_server.house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE raw_mail SET state = 'quarantined', reason = 'damaged'")
    page = signed_in(Role.FG, "/parked")
    expect(page.get_by_role("heading", name="Apart gezet")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.get_by_role("status").first).to_contain_text("De robot probeert het opnieuw")
    with desk_server.house.house.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT state FROM raw_mail").scalar() == "stored"
