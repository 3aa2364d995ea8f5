"""Who looked at what, and a case that is handed over, in a real browser."""

import io
import zipfile
from collections.abc import Callable

from playwright.sync_api import Page, expect

from mailbot.domain.roles import Role
from tests.desks import DeskServer, axe, fits
from tests.houses import plain_mail
from tests.visitors import Visitor

ACCESS = "Graag ontvang ik een kopie van alle gegevens die u van mijn kind heeft."


def test_a_look_at_a_case_is_written_down_once_in_a_quarter_of_an_hour(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """GDPR 5(2): the FG reads who looked at which case, also where they did nothing."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    reference = desk_server.references()[0]
    with Visitor(desk_server, Role.HANDLER) as handler:
        for _ in range(3):
            assert 200 == handler.get(f"/cases/{reference}").status_code
        assert 1 == looks(desk_server)
        desk_server.clock.turn(minutes=16)
        handler.get(f"/cases/{reference}")
        assert 2 == looks(desk_server)
    page = signed_in(Role.FG, "/audit?kind=case_read")
    assert 2 == page.locator("tbody tr").count()
    expect(page.locator("tbody tr").first).to_contain_text("Officer handler")
    axe(page)
    fits(page, 320)
    page.get_by_label("Zaak").fill("SIPOR-2026-009999-X")
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.locator(".empty")).to_be_visible()


def test_the_audit_is_read_page_by_page_and_by_day(desk_server: DeskServer) -> None:
    """Older events stand behind a link; a day ends at midnight at school."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    reference = desk_server.references()[0]
    with Visitor(desk_server, Role.HANDLER) as handler, Visitor(desk_server, Role.FG) as fg:
        for number in range(110):
            handler.post(f"/cases/{reference}/note", text=f"Notitie {number}")
        first = fg.get("/audit").text
        assert 100 == first.count('data-label="Wie"')
        older = first.split('href="/audit?')[1].split('"')[0].replace("&amp;", "&")
        assert 0 < fg.get(f"/audit?{older}").text.count('data-label="Wie"') < 100
        assert 0 == fg.get("/audit?day=2026-11-01").text.count('data-label="Wie"')
        assert 100 == fg.get("/audit?day=2026-11-02").text.count('data-label="Wie"')


def test_a_case_is_handed_over_with_a_reason_and_that_is_an_event(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """GDPR 15(3): the whole file in one ZIP; who took it out, and why, stays with the case."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    reference = desk_server.references()[0]
    page = signed_in(Role.FG, f"/cases/{reference}/export")
    axe(page)
    fits(page, 320)
    page.get_by_label("Voor wie en waarom").fill("kort")
    page.get_by_role("button", name="Maak de ZIP").click()
    expect(page.get_by_role("alert")).to_contain_text("minstens 10 tekens")
    page.get_by_label("Voor wie en waarom").fill("Verzoek van de ouder zelf")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Maak de ZIP").click()
    assert f"{reference}.zip" == coming.value.suggested_filename
    with zipfile.ZipFile(io.BytesIO(coming.value.path().read_bytes())) as archive:
        assert "samenvatting.pdf" in archive.namelist()
    with desk_server.house.house.engine.begin() as connection:
        query = "SELECT count(*) FROM event WHERE kind = 'case_exported'"
        assert 1 == connection.exec_driver_sql(query).scalar()


def looks(desk: DeskServer) -> int:
    """Count the looks at cases that are written down."""
    with desk.house.house.engine.begin() as connection:
        query = "SELECT count(*) FROM event WHERE kind = 'case_read'"
        return int(connection.exec_driver_sql(query).scalar_one())
