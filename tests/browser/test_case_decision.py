"""A board decision, from the sign-in to the parent's mailbox, on real mail servers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page

from mailbot.domain.roles import Role
from tests.browser.steps import fill_first_step
from tests.browser.test_case_acts import confirmed, letters
from tests.desks import DeskServer, apart, axe, fits
from tests.houses import ADDRESS, TestHouse, TurnedClock, build_bare_house, plain_mail
from tests.servers.fixtures import MailHost
from tests.visitors import Visitor

PARENT = "ouder@gezin.test"
VERIFIED = "Authentication-Results: mx.sipor.test; dmarc=pass\n"
ACCESS = "Graag een kopie van alle gegevens van mijn dochter Noor Visser. Ik ben haar moeder."


@pytest.fixture
def posted_house(mail_host: MailHost, tmp_path: Path) -> Iterator[tuple[TestHouse, TurnedClock]]:
    """A house on real mail servers, closed in a thread of its own beside the browser."""
    clock = TurnedClock(datetime.now(UTC))
    account = mail_host.user(ADDRESS)
    house = build_bare_house(
        tmp_path,
        clock,
        smtp_port=mail_host.postfix.port,
        imap_port=mail_host.dovecot.imap_port,
        imap_password=account.password,
    )
    yield house, clock
    apart(house.close)


def text_of(raw: bytes) -> str:
    """Read the plain text of a letter."""
    part = next(p for p in message_from_bytes(raw).walk() if p.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_a_board_decision_goes_from_the_sign_in_to_the_parents_mailbox(
    mail_host: MailHost,
    posted_house: tuple[TestHouse, TurnedClock],
    new_desk: Callable[..., DeskServer],
    page: Page,
) -> None:
    """Reglement 8.9.2a: nothing preselected, grounds typed, a second look, a minute, the letter."""
    house, clock = posted_house
    mail_host.user(PARENT)
    desk = new_desk(house=house, clock=clock)
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    clock.now = datetime.now(UTC)
    desk.round()
    (reference,) = desk.references()
    with Visitor(desk, Role.FG) as fg:
        fg.post(f"/cases/{reference}/kind", kind="access")
        fg.post(f"/cases/{reference}/identity", how="known_address", note="")
        fg.post(f"/cases/{reference}/advise", advice="Geef inzage, zonder namen van anderen.")

    seed = desk.new_officer(Role.BOARD)
    fill_first_step(page, desk, Role.BOARD, f"/cases/{reference}")
    page.fill("[name=code]", pyotp.TOTP(seed).at(clock()))
    page.click("main button")
    page.get_by_role("link", name="Besluiten").click()
    assert 0 == page.locator("input[type=radio]:checked").count(), "nothing is preselected"
    assert "Geef inzage, zonder namen" in page.inner_text("aside")
    assert "Noor Visser" in page.inner_text("aside")
    page.get_by_label("Gedeeltelijk toegewezen").check()
    page.get_by_role("button", name="Verder").click()
    assert "" == page.input_value("[name=grounds]")
    page.fill("[name=granted]", "U krijgt een kopie van het leerlingdossier van uw dochter.")
    page.fill("[name=part_1]", "De aantekeningen over andere kinderen.")
    page.fill("[name=ground_1]", "Artikel 15 lid 4 van de AVG.")
    page.fill("[name=weighed_1]", "De rechten van andere kinderen wegen zwaarder.")
    page.fill("[name=grounds]", "Het dossier noemt andere kinderen met naam.")
    page.get_by_role("button", name="Bekijk de brief").click()
    assert "Artikel 15 lid 4 van de AVG." in page.inner_text(".confirm")
    assert "Het dossier noemt andere" not in page.inner_text(".confirm"), "grounds stay here"
    assert 0 == house.count("decision")
    axe(page)
    fits(page, 320)
    page.get_by_role("button", name="Besluiten en versturen").click()
    assert "Besloten." in page.inner_text(".said")
    assert 1 == house.count("decision", "outcome = 'partly'")

    desk.round()
    assert 1 == len(mail_host.dovecot.messages(PARENT)), "only the acknowledgement has left yet"
    clock.turn(seconds=61)
    desk.round()
    letter = text_of(mail_host.wait_for(PARENT, 2)[-1])
    assert "U krijgt een kopie van het leerlingdossier" in letter
    assert "Artikel 15 lid 4 van de AVG." in letter
    assert "Het dossier noemt andere" not in letter
    page.reload()
    assert "aangenomen door de mailserver" in page.inner_text("#letters")
    assert "gesloten" in page.inner_text(".case-line")


def test_a_decision_is_taken_back_within_its_minute(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """It stays on record as taken back; the letter never leaves, and the case is open again."""
    reference = confirmed(desk_server)
    page = signed_in(Role.BOARD, f"/cases/{reference}/decide?outcome=refused")
    for name in ("part_1", "ground_1", "weighed_1", "grounds"):
        page.fill(f"[name={name}]", "Dit is een zorgvuldig getypte tekst.")
    page.get_by_role("button", name="Bekijk de brief").click()
    page.get_by_role("button", name="Besluiten en versturen").click()
    assert "gesloten" in page.inner_text(".case-line")
    page.get_by_role("button", name="Ongedaan maken").click()
    assert "als teruggenomen" in page.inner_text(".said")
    assert "in behandeling" in page.inner_text(".case-line")
    assert 1 == letters(desk_server, "decision_refused", "held")
    assert 1 == desk_server.house.count("decision"), "a decision is only ever added to"
    assert "teruggenomen voor vertrek" in page.inner_text("#letters")
    with Visitor(desk_server, Role.BOARD) as visitor:
        again = {f"{name}_1": "Opnieuw gewogen tekst." for name in ("part", "ground", "weighed")}
        visitor.post(
            f"/cases/{reference}/decide",
            outcome="refused",
            parts="1",
            sure="yes",
            grounds="Opnieuw gewogen gronden.",
            **again,
        )
    assert 2 == desk_server.house.count("decision")


def test_nothing_is_disclosed_before_somebody_established_who_asks(
    desk_server: DeskServer, signed_in: Callable[..., Page]
) -> None:
    """Reglement 8.2.3, said on the page before a word is typed, and held by the server."""
    reference = confirmed(desk_server)
    page = signed_in(Role.BOARD, f"/cases/{reference}/decide?outcome=granted")
    assert "Niemand heeft vastgesteld wie er vraagt" in page.inner_text("main")
    assert 0 == page.locator("#act").count()
    with Visitor(desk_server, Role.BOARD) as visitor:
        answer = visitor.post(f"/cases/{reference}/decide", outcome="granted", sure="yes")
    assert 409 == answer.status_code
    assert 0 == desk_server.house.count("decision")


def test_a_refusal_for_safety_waits_for_the_advice(desk_server: DeskServer) -> None:
    """Reglement 8.9.3: the FG advises first."""
    reference = confirmed(desk_server)
    fields = {
        "outcome": "refused_for_safety",
        "ground": "Artikel 8.9, lid 3, van ons privacyreglement.",
        "grounds": "Er is een veiligheidsplan.",
        "sure": "yes",
    }
    with Visitor(desk_server, Role.BOARD) as board, Visitor(desk_server, Role.FG) as fg:
        assert 409 == board.post(f"/cases/{reference}/decide", **fields).status_code
        fg.post(f"/cases/{reference}/advise", advice="Afwijzen op grond van artikel 8.9 lid 3.")
        assert 303 == board.post(f"/cases/{reference}/decide", **fields).status_code
    assert 1 == letters(desk_server, "decision_safety", "waiting")


def test_whoever_closes_as_withdrawn_reads_what_the_requester_said(
    new_desk: Callable[..., DeskServer],
) -> None:
    """Only the requester withdraws a request; the form says how far that went."""
    desk = new_desk(mailbox='own_mx = ["mx.sipor.test"]')
    first = plain_mail("Inzage", ACCESS, message_id="<een@gezin.test>", extra=VERIFIED)
    reference, said = confirmed(desk, first), []
    thread = "In-Reply-To: <een@gezin.test>\nReferences: <een@gezin.test>\n"
    with Visitor(desk, Role.BOARD) as visitor:
        for words in ("", "Laat maar, ik trek mijn verzoek in.", "Ja, ik trek het in."):
            desk.clock.turn(minutes=5)
            if words:
                desk.receive(plain_mail("Re: Inzage", words, extra=VERIFIED + thread))
            said.append(visitor.get(f"/cases/{reference}/decide?outcome=withdrawn").text)
    assert "niet gevraagd of het verzoek wordt ingetrokken" in said[0]
    assert "van het eigen adres kwam daarna niets" in said[1]
    assert "daarna kwam een mail van het eigen adres" in said[2]
    assert all("Het woord van een ander telt niet" in page for page in said)
