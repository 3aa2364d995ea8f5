"""Who looked at what, and a case that is handed over, in a real browser."""

import io
import zipfile
from collections.abc import Callable

import pytest
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
    assert "De zaak bekeken" == page.locator("option[value=case_read]").inner_text()
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


@pytest.mark.parametrize("role", [Role.BOARD, Role.HANDLER, Role.ADMIN])
def test_the_audit_is_the_fgs_alone(desk_server: DeskServer, role: Role) -> None:
    """Neither offered nor opened, and nothing of it in the refusal (GDPR 39(1)(b))."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    reference = desk_server.references()[0]
    with Visitor(desk_server, Role.FG) as fg, Visitor(desk_server, role) as other:
        fg.post(f"/cases/{reference}/note", text="Een notitie.")
        assert 'href="/audit"' in fg.get("/queue").text
        assert 'href="/audit"' not in other.get("/account").text
        for path in ("/audit", f"/audit?case={reference}", "/audit?before=99"):
            refused = other.get(path)
            assert 403 == refused.status_code, path
            assert reference not in refused.text


def test_a_file_is_offered_and_given_to_the_fg_and_the_board_alone(desk_server: DeskServer) -> None:
    """A refused form leaves no event, and no byte of the file leaves."""
    desk_server.receive(plain_mail("Inzage", ACCESS))
    reference = desk_server.references()[0]
    path = f"/cases/{reference}/export"
    for role in Role:
        with Visitor(desk_server, role) as visitor:
            may = role in {Role.FG, Role.BOARD}
            assert may == (f'href="{path}"' in visitor.get(f"/cases/{reference}").text), role
            given = visitor.post(f"{path}.zip", reason="Verzoek van de ouder zelf")
            assert (200 if may else 403) == given.status_code, role
            assert may == given.content.startswith(b"PK"), role
    assert 2 == desk_server.house.count("event", "kind = 'case_exported'")


def test_who_is_kept_away_from_a_case_neither_takes_it_along_nor_reads_of_it(
    desk_server: DeskServer,
) -> None:
    """Reglement 8.9.4: a complaint about the FG is not in the FG's audit, and not theirs to export."""
    desk_server.receive(plain_mail("Klacht", "Ik dien een klacht in over de FG."))
    reference = desk_server.references()[0]
    with Visitor(desk_server, Role.BOARD) as board, Visitor(desk_server, Role.FG) as fg:
        board.get(f"/cases/{reference}")
        assert reference in fg.get("/audit").text
        away = {
            "address": "fg@officers.test",
            "what": "away",
            "reason": "De klacht gaat over de FG.",
        }
        assert 303 == board.post(f"/cases/{reference}/exclude", **away).status_code
        assert reference not in fg.get("/audit").text
        assert 404 == fg.get(f"/cases/{reference}/export").status_code
        given = fg.post(f"/cases/{reference}/export.zip", reason="Verzoek van de ouder zelf")
        assert 404 == given.status_code
    assert 0 == desk_server.house.count("event", "kind = 'case_exported'")


def looks(desk: DeskServer) -> int:
    """Count the looks at cases that are written down."""
    with desk.house.house.engine.begin() as connection:
        query = "SELECT count(*) FROM event WHERE kind = 'case_read'"
        return int(connection.exec_driver_sql(query).scalar_one())
