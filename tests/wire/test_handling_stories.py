"""Identity documents and broken promises, on a real mail host from end to end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message

import pytest
from sqlalchemy.exc import DatabaseError

from mailbot import app
from mailbot.adapters.database import connect
from mailbot.adapters.roles import grant_robot
from mailbot.adapters.vault import Vault
from mailbot.domain.kinds import Kind
from mailbot.domain.noticed import Announced
from mailbot.domain.roles import Role
from mailbot.work.handling import terms
from mailbot.work.handling.page import page_of
from tests.houses import ADDRESS, TestHouse, TurnedClock, plain_mail
from tests.servers.fixtures import MailHost
from tests.servers.postgres import Postgres

PARENT = "ouder@gezin.test"
STRANGER = "vreemde@elders.test"
ACCESS = "Ik wil graag weten welke gegevens jullie over mijn dochter Noor Visser hebben."
CANARY = b"P<NLDVISSER<<NOOR<CANARY" * 40


def with_passport(subject: str, body: str, sender: str = PARENT, **headers: str) -> bytes:
    """Write a mail with a copy of a passport attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ADDRESS, subject
    mail["Message-ID"] = f"<{abs(hash((subject, body))):x}@gezin.test>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    mail.add_attachment(CANARY, maintype="image", subtype="jpeg", filename="paspoort.jpg")
    return mail.as_bytes()


def letters_to(mail_host: MailHost, address: str, count: int) -> list[Message]:
    """Wait for letters and read them."""
    return [message_from_bytes(raw) for raw in mail_host.wait_for(address, count)]


def stored(house: TestHouse, number: int) -> bytes:
    """Open a stored mail as the house itself reads it."""
    with house.desk.books.opened() as books:
        return books.ledger.open(number).raw


def test_a_copy_of_a_passport_is_hidden_destroyed_and_its_sender_told_once(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """R8.2.2, section 2 and section 7 (0 days): hidden, destroyed, told; the request is kept."""
    mail_host.user(PARENT)
    # Our own MX vouches for the sender, so the letter needs no person to let it go.
    house = new_house(done_folder='mailbot"\nown_mx = ["mx.sipor.test"]\n#')
    fg = house.enter(Role.FG)
    raw = with_passport(
        "Inzage",
        f"{ACCESS} Mijn paspoort is bijgevoegd.",
        Authentication_Results="mx.sipor.test; dmarc=pass header.from=gezin.test",
    )
    mail_host.send(PARENT, ADDRESS, raw)
    mail_host.wait_for(ADDRESS, 1)
    house.house.collect()
    house.house.work_off()
    (case,) = house.desk.queue(fg)
    (copy,) = page_of(house.desk, fg, case.reference).copies
    assert copy.destroyed_at is None
    with house.house.engine.begin() as connection:
        old_key = connection.exec_driver_sql("SELECT key_id FROM raw_mail").scalar_one()
        wrapped, sealed = connection.exec_driver_sql(
            "SELECT data_key.wrapped, raw_mail.sealed FROM raw_mail"
            " JOIN data_key ON data_key.id = raw_mail.key_id"
        ).one()
    vault = Vault(house.settings.keys.master.reveal())
    assert encoded_canary() in b"".join(vault.open(wrapped, sealed, "raw mail").split())

    assert len(mail_host.dovecot.messages(ADDRESS, "mailbot")) == 1
    assert house.house.destroy_copies() == 1
    assert house.house.destroy_copies() == 0
    assert [] == mail_host.dovecot.messages(ADDRESS, "mailbot")
    assert [] == mail_host.dovecot.messages(ADDRESS)
    assert house.count("identity_copy", "server_gone_at IS NOT NULL") == 1
    house.round()

    left = stored(house, 1)
    assert b"bijgevoegd" in left
    assert encoded_canary() not in b"".join(left.split())
    assert house.count("data_key", f"id = {old_key}") == 0
    assert house.desk.show(fg, case.reference).mails[0].subject == "Inzage"
    letters = letters_to(mail_host, PARENT, 2)
    codes = [letter["X-Mailbot-Letter"] for letter in letters]
    assert sorted(["ack_request", "identity_copy_destroyed"]) == sorted(codes)
    told = next(one for one in letters if one["X-Mailbot-Letter"] == "identity_copy_destroyed")
    assert told["Auto-Submitted"] == "auto-replied"
    events = house.desk.show(fg, case.reference).events
    (destroyed,) = (one for one in events if one.kind == "identity_copy_destroyed")
    assert (("told", "yes"),) == destroyed.detail


def test_a_sender_nobody_vouches_for_is_told_the_next_day_and_of_a_flood_once(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """R8.2.2 and faults 26: one letter a day to such an address, and nobody need let it go."""
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    house = bare_house(TurnedClock(now), database=any_database)
    house.receive(with_passport("Inzage", f"{ACCESS} Mijn paspoort is bijgevoegd."))
    house.house.work_off()
    fg = house.enter(Role.FG)
    (case,) = house.desk.queue(fg)
    for number in (1, 2):
        house.receive(with_passport(f"Zaak {case.reference}", f"Nog eens mijn paspoort, {number}."))
    house.house.work_off()

    assert 3 == house.house.destroy_copies()

    with house.house.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT state, hold_reason, next_try_at FROM letter"
            " WHERE code = 'identity_copy_destroyed' ORDER BY id"
        ).all()
    assert ["waiting", "held", "held"] == [row.state for row in rows]
    assert "2026-11-24" in str(rows[0].next_try_at)
    assert "address_had_its_letter_today" == rows[1].hold_reason


def encoded_canary() -> bytes:
    """The copy as it travels, without line ends."""
    mail = EmailMessage()
    mail.set_content(CANARY, maintype="image", subtype="jpeg")
    return b"".join(mail.get_payload().encode().split())[:200]  # type: ignore[union-attr]


@pytest.fixture
def robots_url(postgres: Postgres) -> Iterator[str]:
    """A migrated database and the URL with which a robot of its own role signs in."""
    url = postgres.database()
    name = url.rpartition("/")[2]
    owner = connect(url)
    app.upgrade(owner)
    postgres.execute("DROP ROLE IF EXISTS robot_of_copies")
    postgres.execute("CREATE ROLE robot_of_copies LOGIN")
    with owner.begin() as connection:
        connection.exec_driver_sql("INSERT INTO board (code) VALUES ('sipor')")
    grant_robot(owner, "robot_of_copies")
    owner.dispose()
    yield postgres.url(name, "robot_of_copies")
    postgres.execute("DROP OWNED BY robot_of_copies", name)
    postgres.execute("DROP ROLE robot_of_copies")


def test_the_robots_own_role_destroys_copies_and_writes_no_act_of_people(
    robots_url: str, bare_house: Callable[..., TestHouse]
) -> None:
    """R8.2.2 by a timed job, section 5 by the database: rights enough for one, none for the other."""
    house = bare_house(TurnedClock(datetime(2026, 11, 23, 9, tzinfo=UTC)), database=robots_url)
    house.receive(with_passport("Inzage", f"{ACCESS} Mijn paspoort is bijgevoegd."))
    assert house.house.work_off() == 1
    assert house.house.destroy_copies() == 1
    assert house.count("identity_copy", "destroyed_at IS NOT NULL") == 1
    assert house.count("case_task") == 3
    for statement in (
        "INSERT INTO case_act DEFAULT VALUES",
        "INSERT INTO identity_record DEFAULT VALUES",
        "DELETE FROM case_task",
        "DELETE FROM identity_copy",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            house.house.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_nobody_but_the_requester_is_told_that_a_copy_was_destroyed(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """Faults 19: a stranger's mail in a case is cleaned as well, and answered with nothing."""
    mail_host.user(PARENT)
    mail_host.user(STRANGER)
    house = new_house()
    fg = house.enter(Role.FG)
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    (case,) = house.desk.queue(fg)
    raw = with_passport(f"Zaak {case.reference}", "Hierbij een kopie van mijn paspoort.", STRANGER)
    mail_host.send(STRANGER, ADDRESS, raw)
    mail_host.wait_for(ADDRESS, 1)
    house.house.collect()
    house.house.work_off()
    assert house.house.destroy_copies() == 1
    house.round()
    # The stranger's own mail became a matter of its own; of the other case nobody else hears.
    told = f"code = 'identity_copy_destroyed' AND case_id = {case.id}"
    assert house.count("letter", told) == 0
    for letter in mail_host.dovecot.messages(STRANGER):
        assert case.reference not in letter.decode()


def test_a_notice_that_bounces_is_shown_as_not_announced_and_a_late_notice_follows(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """
    R8.9.2b: a bounced notice counts as not sent; after the due date only a late notice remains.

    The mail server refuses the parent's address while the notice goes out; later it is there
    again, and the late notice arrives with its cause and its new date.
    """
    mail_host.user(PARENT)
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock)
    fg = house.enter(Role.FG)
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    letters_to(mail_host, PARENT, 1)
    (case,) = house.desk.queue(fg)
    house.desk.confirm(fg, case.reference, Kind.ACCESS)
    received = case.dates.received_on
    house.desk.extend(fg, case.reference, received + timedelta(days=56), "Er zijn veel stukken.")
    house.house.deliver()
    bounce(house, mail_host)
    house.round()

    (extension,) = page_of(house.desk, fg, case.reference).extensions
    assert Announced.NOT_ANNOUNCED is extension.announced
    assert (received + timedelta(days=28), received + timedelta(days=56)) == (
        extension.old_due,
        extension.new_due,
    )
    alarms = (house.settings.path.parent / "alarms.jsonl").read_text()
    assert "extension_not_announced" in alarms
    assert "ouder@" not in alarms

    clock.turn(days=57)
    cause = "Een collega was ziek en wij hebben dat te laat gezien."
    terms.late_notice(house.desk, fg, case.reference, received + timedelta(days=70), cause)
    house.round()
    late = letters_to(mail_host, PARENT, 3)[-1]
    assert "late_notice" == late["X-Mailbot-Letter"]
    assert cause in text_of(late)
    assert house.count("cases", "state <> 'closed'") == 1


def bounce(house: TestHouse, mail_host: MailHost) -> None:
    """Let the mail server of the parent give the notice back to its signed return path."""
    with house.house.engine.begin() as connection:
        mark = connection.exec_driver_sql(
            "SELECT mark FROM letter WHERE code = 'extension_notice'"
        ).scalar_one()
    board = next(iter(house.house.boards.values()))
    back = board.correspondence._return_path(mark)
    report = (
        f"From: MAILER-DAEMON@gezin.test\r\nTo: {back}\r\nSubject: Undelivered\r\n"
        "Message-ID: <dsn@gezin.test>\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nUndelivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; gezin.test\r\n\r\n"
        f"Final-Recipient: rfc822; {PARENT}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    mail_host.send("", back, report.encode())
    mail_host.wait_for(ADDRESS, 1)


def text_of(letter: Message) -> str:
    """Read the plain text of a letter."""
    part = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()
