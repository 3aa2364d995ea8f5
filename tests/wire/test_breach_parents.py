"""Parents are told of a breach when their letters arrived, not when somebody wrote them."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message

import pytest

from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import Kind
from mailbot.domain.register import RegisterVersion
from mailbot.domain.register_checks import lacking
from mailbot.domain.register_words import Risk, TellingParents
from mailbot.domain.roles import Role
from mailbot.work.register import BreachRegister
from mailbot.work.register_acts import BreachDecisions
from tests.houses import ADDRESS, TestHouse, TurnedClock, plain_mail
from tests.servers.fixtures import MailHost

AYSE, PIET, NOOR = "ayse@gezin.test", "piet@gezin.test", "noor@gezin.test"
WORDS = {
    "nature": "Een lijst met namen ging naar een verkeerde ouder.",
    "consequences": "Anderen kunnen weten in welke groep uw kind zit.",
    "measures": "De ontvanger heeft de lijst gewist.",
    "advice": "U hoeft niets te doen.",
}
TURKISH = (
    "Merhaba, kızımın okuldaki dosyasını görmek istiyorum. Hangi bilgileri sakladığınızı"
    " öğrenmek istiyorum. Teşekkür ederim."
)
LEAK = "Ik wil een datalek melden: ik kreeg per mail een lijst met gegevens van andere kinderen."
BEFORE = {AYSE: 1, PIET: 0, NOOR: 0}


@pytest.fixture
def house(mail_host: MailHost, new_house: Callable[..., TestHouse]) -> TestHouse:
    """A house with a Turkish mother who asked for access, and a breach its board will tell of."""
    for address in BEFORE:
        mail_host.user(address)
    clock = TurnedClock(datetime.now(UTC))
    built = new_house(clock)
    for subject, body, sender in (("Dosya", TURKISH, AYSE), ("Datalek", LEAK, "x@gezin.test")):
        mail_host.send(sender, ADDRESS, plain_mail(subject, body, sender=sender))
    mail_host.wait_for(ADDRESS, 2)
    # The server dates a mail by its own clock, and nothing is received in the future.
    clock.turn(minutes=5)
    built.round()
    return built


def told(house: TestHouse, fg: Officer, reference: str) -> RegisterVersion:
    """Read the entry as it stands."""
    return BreachRegister(house.desk).history(fg, reference)[-1]


def letter_to(mail_host: MailHost, address: str) -> Message:
    """Wait for the letter about the breach."""
    found = [message_from_bytes(raw) for raw in mail_host.wait_for(address, BEFORE[address] + 1)]
    return next(one for one in found if one["X-Mailbot-Letter"] == "breach_parents")


def languages(letter: Message) -> list[str | None]:
    """The languages in which a letter stands, by the words every language has of its own."""
    part = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    text = part.get_payload(decode=True)
    assert isinstance(text, bytes)
    greetings = {"nl": "Goedendag", "en": "Hello", "tr": "Merhaba", "ar": "تحية طيبة"}
    places = {text.decode().find(word): code for code, word in greetings.items()}
    return [places[place] for place in sorted(places) if place >= 0]


def come_back(house: TestHouse, mail_host: MailHost, letter: Message, address: str) -> None:
    """Let the mail server of a parent give the letter back to its signed return path."""
    back = letter["Return-Path"].strip("<>")
    report = (
        f"From: MAILER-DAEMON@gezin.test\r\nTo: {back}\r\nSubject: Undelivered\r\n"
        "Message-ID: <dsn@gezin.test>\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nUndelivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; gezin.test\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    mail_host.send("", back, report.encode())
    mail_host.wait_for(ADDRESS, 1)
    house.round()


def test_parents_are_told_when_every_letter_was_taken_and_none_came_back(
    house: TestHouse, mail_host: MailHost
) -> None:
    """
    Reglement 6.4.3 and GDPR 34(2), from the board's decision to the parents' mailboxes.

    Each parent reads a language of their own where one is known. The register says that they
    were told from the moment the server took the last letter; when one comes back it says so
    no more, and the case is closed over it only by somebody who says why.
    """
    fg, board = house.enter(Role.FG), house.enter(Role.BOARD)
    clock = house.clock
    assert isinstance(clock, TurnedClock)
    (breach,) = (one for one in house.desk.queue(fg) if one.kind is Kind.BREACH)
    reference = breach.reference
    house.desk.confirm(fg, reference, Kind.BREACH)
    register = BreachRegister(house.desk)
    register.open(fg, reference)
    register.fill(fg, reference, {"risk": Risk.HIGH})
    acts = BreachDecisions(register)
    acts.decide_parents(board, reference, TellingParents.TELL, "Hoog risico voor deze kinderen")

    acts.write_parents(board, reference, [AYSE, f"{PIET} en", NOOR, AYSE.upper()], WORDS)
    waiting = told(house, fg, reference)
    clock.turn(minutes=2)
    house.house.deliver()
    taken = told(house, fg, reference)

    assert waiting.letters is not None
    assert (3, None) == (waiting.letters.waiting, waiting.letters.told_at)
    assert "parents_told_at" in lacking(waiting.as_it_stands)
    assert clock.now == taken.as_it_stands.parents_told_at
    assert "parents_told_at" not in lacking(taken.as_it_stands)
    letters = {address: letter_to(mail_host, address) for address in BEFORE}
    assert {AYSE: ["tr", "nl"], PIET: ["en", "nl"], NOOR: ["nl", "en", "tr", "ar"]} == {
        address: languages(letter) for address, letter in letters.items()
    }

    come_back(house, mail_host, letters[NOOR], NOOR)
    lost = told(house, fg, reference)

    assert lost.letters is not None
    assert (2, 1) == (lost.letters.taken, len(lost.letters.lost))
    assert "parents_told_at" in lacking(lost.as_it_stands)
    alarms = (house.settings.path.parent / "alarms.jsonl").read_text()
    assert "letter_bounced" in alarms
    assert "noor" not in alarms
    with pytest.raises(ActRefused, match="parents_told_at"):
        house.desk.decide(board, reference, Outcome.HANDLED, "Het lek is gedicht.")

    acts.write_parents(board, reference, [f"{NOOR} nl"], WORDS)
    clock.turn(minutes=2)
    house.house.deliver()
    assert clock.now == told(house, fg, reference).as_it_stands.parents_told_at
