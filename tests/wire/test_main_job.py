"""The one path on real servers: a parent writes, and has an acknowledgement; people decide."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message

import pytest

from mailbot import app
from mailbot.domain.decision import Outcome
from mailbot.domain.errors import ActRefused, ExtensionRefused, IdentityMissing, NotAllowed
from mailbot.domain.extension_words import Caution
from mailbot.domain.identity import How
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.handling import identity
from mailbot.work.handling.from_mail import open_from_mail
from mailbot.work.reading import CaseMails
from tests.houses import ADDRESS, TestHouse, TurnedClock, plain_mail
from tests.servers.fixtures import MailHost

PARENT = "ouder@gezin.test"
ACCESS = "Ik wil graag weten welke gegevens jullie over mijn dochter Noor Visser hebben."


def test_a_request_ends_as_one_case_and_one_acknowledgement(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """A parent's mail becomes one case with its clock, and one letter back (reglement 8.9)."""
    mail_host.user(PARENT)
    house = new_house()
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)

    house.round()

    (letter,) = mail_host.wait_for(PARENT, 1)
    answer = message_from_bytes(letter)
    cases = house.officer(Role.FG)[0].queue(house.officer(Role.FG)[1])
    assert len(cases) == 1
    assert cases[0].kind is Kind.ACCESS
    assert cases[0].reference in answer["Subject"] or cases[0].reference in str(letter)
    assert answer["Auto-Submitted"] == "auto-replied"
    assert house.count("mail") == 1
    assert house.count("decision") == 0
    assert mail_host.dovecot.messages(ADDRESS) == []
    assert len(mail_host.dovecot.messages(ADDRESS, "mailbot")) == 1


def letters_to(mail_host: MailHost, address: str, count: int) -> list[Message]:
    """Wait for letters and read them."""
    return [message_from_bytes(raw) for raw in mail_host.wait_for(address, count)]


def text_of(letter: Message) -> str:
    """Read the plain text of a letter."""
    part = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_an_answer_is_filed_in_its_case_and_gets_no_second_acknowledgement(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """A reply by Message-ID, by the reply address or by number finds its case; one letter in all."""
    mail_host.user(PARENT)
    house = new_house()
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    (letter,) = letters_to(mail_host, PARENT, 1)

    thread = f"In-Reply-To: {letter['Message-ID']}\nReferences: {letter['Message-ID']}\n"
    mail_host.send(
        PARENT, letter["Reply-To"], plain_mail("Re: dank", "Zij heet Noor Visser.", extra=thread)
    )
    mail_host.send(PARENT, letter["Reply-To"], plain_mail("Nog iets", "Zij zit in groep 5."))
    mail_host.wait_for(ADDRESS, 2)
    house.round()

    assert house.count("cases") == 1
    assert house.count("mail", "outcome = 'filed'") == 2
    assert house.count("letter") == 1


def test_an_officer_reads_the_mails_of_a_case_and_that_is_written_down(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """Every reading is an event; an administrator sees no case content (reglement 3.3)."""
    house = new_house()
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", f"{ACCESS} BSN 111222333"))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    desk, fg = house.officer(Role.FG)
    (case,) = desk.queue(fg)
    mails = CaseMails(desk, app.reader(house.settings, "sipor"))

    (opened,) = mails.of(fg, case.reference)

    assert opened.mail is not None
    assert "Noor Visser" in opened.mail.new_text
    assert house.count("event", f"kind = 'mail_read' AND officer_id = {fg.id}") == 1
    with pytest.raises(NotAllowed):
        mails.of(house.officer(Role.ADMIN)[1], case.reference)


def test_a_parked_mail_becomes_a_case_when_a_person_says_so(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """A wrong label costs no term: the clock runs from the mail server's receipt (8.9.2b)."""
    mail_host.user(PARENT)
    house = new_house()
    mail_host.send(PARENT, ADDRESS, plain_mail("Gymtas", "Mijn zoon is vandaag zijn gymtas kwijt."))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    assert house.count("mail", "outcome = 'other'") == 1
    desk, fg = house.officer(Role.FG)
    read = app.reader(house.settings, "sipor")

    case = open_from_mail(desk, fg, 1, Kind.ACCESS, read=read, tell=True)
    house.round()

    assert case.confirmed
    assert case.dates.received_on + timedelta(days=28) == case.dates.due
    assert house.count("mail", f"outcome = 'opened' AND case_id = {case.id}") == 1
    (letter,) = letters_to(mail_host, PARENT, 1)
    assert letter["X-Mailbot-Letter"] == "ack_request"
    with pytest.raises(ActRefused):
        open_from_mail(desk, fg, 1, Kind.ACCESS, read=read)
    assert house.count("cases") == 1


def test_a_stranger_who_names_a_number_learns_nothing(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """A number counts only with the case's own address; a person looks (faults 19)."""
    mail_host.user(PARENT)
    mail_host.user("vreemde@elders.test")
    house = new_house()
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    desk, officer = house.officer(Role.FG)
    (case,) = desk.queue(officer)

    question = plain_mail(
        f"Zaak {case.reference}", "Hoe staat het ermee?", sender="vreemde@elders.test"
    )
    mail_host.send("vreemde@elders.test", ADDRESS, question)
    mail_host.wait_for(ADDRESS, 1)
    house.round()

    assert house.count("mail", f"case_id = {case.id}") == 1
    assert house.count("mail", "waits") == 1
    for letter in mail_host.dovecot.messages("vreemde@elders.test"):
        assert case.reference not in letter.decode()


def test_a_case_lives_its_twelve_weeks(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """
    Reminders come in time, two extensions send their notices, a third past the cap is refused.

    The date is the receipt's, never moved; the board decides, and only then the answer leaves
    (reglement 8.9.2a and 8.9.2b).
    """
    mail_host.user(PARENT)
    for role in (Role.FG, Role.BOARD):
        mail_host.user(f"{role}@officers.test")
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock)
    desk, fg = house.officer(Role.FG)
    _, board = house.officer(Role.BOARD)
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    (case,) = desk.queue(fg)
    received, reference = case.dates.received_on, case.reference
    assert received + timedelta(days=28) == case.dates.due
    assert received + timedelta(days=84) == case.dates.cap

    with pytest.raises(NotAllowed):
        desk.decide(board, reference, Outcome.GRANTED, "Alles is in orde bevonden.")
    desk.confirm(fg, reference, Kind.ACCESS)
    with pytest.raises(NotAllowed):
        desk.decide(fg, reference, Outcome.GRANTED, "Alles is in orde bevonden.")

    live_until(house, clock, received + timedelta(days=27))
    steps_before = house.count("reminder")
    assert steps_before >= 3

    desk.extend(fg, reference, received + timedelta(days=56), "Er zijn veel stukken na te lopen.")
    live_until(house, clock, received + timedelta(days=50))
    found, cautions = desk.extend(
        board, reference, received + timedelta(days=84), "Een derde moet nog gehoord worden."
    )
    assert Caution.SECOND_EXTENSION in cautions
    assert received + timedelta(days=84) == found.dates.due
    with pytest.raises(ExtensionRefused):
        desk.extend(fg, reference, received + timedelta(days=85), "Nog een dag erbij graag.")

    live_until(house, clock, received + timedelta(days=80))
    words = {
        "done": "U krijgt een kopie van alle gegevens.",
        "done_on": received + timedelta(days=80),
        "where": "U kunt de kopie op school ophalen.",
        "purposes": "Onderwijs geven.",
        "categories": "Naam en toetsen.",
        "recipients": "Het samenwerkingsverband.",
        "retention": "Vijf jaar na vertrek.",
        "source": "Van u bij de inschrijving.",
    }
    with pytest.raises(IdentityMissing):
        desk.decide(board, reference, Outcome.GRANTED, "Het verzoek is terecht.", words)
    identity.establish(desk, fg, reference, How.KNOWN_ADDRESS)
    desk.decide(board, reference, Outcome.GRANTED, "Het verzoek is terecht en volledig.", words)
    house.round()

    letters = letters_to(mail_host, PARENT, 4)
    codes = [letter["X-Mailbot-Letter"] for letter in letters]
    assert ["ack_request", "extension_notice", "extension_notice", "decision_granted"] == codes
    assert "Er zijn veel stukken na te lopen." in text_of(letters[1])
    assert "Auto-Submitted" not in letters[3]
    assert house.count("cases", "state = 'closed'") == 1
    assert house.count("extension") == 2
    before = house.count("reminder")
    live_until(house, clock, received + timedelta(days=90))
    assert before == house.count("reminder")
    reminders = mail_host.dovecot.messages("fg@officers.test")
    assert before == len(reminders)
    assert all(b"Noor" not in raw for raw in reminders)


def live_until(house: TestHouse, clock: TurnedClock, day: date) -> None:
    """Let the house live, six hours at a time."""
    while clock.now.date() < day:
        clock.turn(hours=6)
        house.round()
