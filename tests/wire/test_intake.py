"""Mail on its way in, on a real Dovecot: nothing is lost, taken twice or answered twice."""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, text

from mailbot.adapters import database
from mailbot.domain.errors import MailboxUnavailable
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.intake import collect
from tests.houses import ADDRESS, TestHouse, TurnedClock, plain_mail
from tests.memory import Peak
from tests.servers.cutting_proxy import CuttingProxy
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.loopback import eventually
from tests.servers.postgres import Postgres
from tests.servers.sink import Sink

START = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
ACCESS = "Ik wil graag weten welke gegevens jullie over mijn dochter hebben."
KEYWORD = "$MailbotSeen"


def request(number: int, *, body: str = ACCESS, message_id: str = "") -> bytes:
    """A request of one parent."""
    sender = f"ouder{number}@gezin.test"
    return plain_mail("Inzage", f"{body} {number}", sender=sender, message_id=message_id)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(datetime.now(UTC))


@pytest.fixture
def house(
    new_house: Callable[..., TestHouse], any_database: str, sink: Sink, clock: TurnedClock
) -> Callable[..., TestHouse]:
    """A function that builds a house on Dovecot, its letters going to the sink."""

    def build(**words: str) -> TestHouse:
        return new_house(clock, smtp_port=sink.port, database=any_database, **words)

    return build


def alarms(house: TestHouse) -> list[str]:
    """The alarms that reached the second channel, by their codes."""
    file = house.settings.path.parent / "alarms.jsonl"
    if not file.exists():
        return []
    return [json.loads(line)["code"] for line in file.read_text().splitlines()]


# --- the same mail again ----------------------------------------------------------------------


@pytest.mark.parametrize("done_folder", ["mailbot", ""])
def test_a_folder_with_new_uids_brings_no_new_cases_and_loses_nothing(
    house: Callable[..., TestHouse],
    dovecot: Dovecot,
    sink: Sink,
    clock: TurnedClock,
    done_folder: str,
) -> None:
    """UIDVALIDITY changes when a server is restored; every mail is known by its content."""
    here = house(done_folder=done_folder)
    for number in range(3):
        dovecot.append(ADDRESS, request(number))
    here.round()
    dovecot.append(ADDRESS, request(3))
    dovecot.recreate(ADDRESS)
    dovecot.append(ADDRESS, request(4))
    for _ in range(3):
        clock.turn(seconds=10)
        here.round()
    assert here.count("raw_mail") == here.count("cases") == here.count("letter") == 5
    assert len({letter.recipients for letter in sink.letters}) == len(sink.letters) == 5
    assert here.count("folder_mark") == 2
    seen_twice = 3 if done_folder == "" else 0
    assert here.count("sighting") == 5 + seen_twice


def test_mail_that_a_person_moves_back_is_known_again(
    house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink
) -> None:
    """A mail moved back into the inbox has a new UID and is the same mail all the same."""
    here = house()
    dovecot.append(ADDRESS, request(0))
    here.round()
    with dovecot.session(ADDRESS) as imap:
        imap.select_folder("mailbot")
        imap.move(imap.search(), "INBOX")
    here.round()
    assert here.count("cases") == here.count("raw_mail") == len(sink.letters) == 1
    assert here.count("sighting") == 2
    assert dovecot.messages(ADDRESS) == []


def test_identical_bytes_twice_are_one_case_and_two_sightings(
    house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink
) -> None:
    """A mail delivered twice is one mail."""
    here = house()
    for _ in range(2):
        dovecot.append(ADDRESS, request(0))
    here.round()
    assert (here.count("raw_mail"), here.count("sighting")) == (1, 2)
    assert here.count("cases") == len(sink.letters) == 1


def test_the_same_message_id_with_another_body_is_kept_and_flagged(
    house: Callable[..., TestHouse], dovecot: Dovecot
) -> None:
    """A Message-ID is never trusted to be unique, and a collision is shown."""
    here = house()
    for number in range(2):
        dovecot.append(ADDRESS, request(number, message_id="<same@gezin.test>"))
    here.round()
    assert here.count("raw_mail") == here.count("cases") == 2
    assert here.count("event", "kind = 'message_id_collision' AND case_id IS NOT NULL") == 1


def test_mails_without_a_message_id_are_told_apart_by_content(
    house: Callable[..., TestHouse], dovecot: Dovecot
) -> None:
    """No Message-ID, an endless one, or two of them: identity is by content."""
    here = house()
    for number, line in enumerate(["", f"Message-ID: <{'x' * 5000}@y>\r\n", "Message-ID:\r\n"]):
        raw = request(number).replace(b"Message-ID: ", b"X-Was: ", 1)
        for _ in range(2):
            dovecot.append(ADDRESS, line.encode() + raw)
    here.round()
    assert (here.count("raw_mail"), here.count("cases"), here.count("sighting")) == (3, 3, 6)


# --- the first start --------------------------------------------------------------------------


def test_mail_older_than_the_cutoff_is_imported_and_nothing_is_sent(
    house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink, clock: TurnedClock
) -> None:
    """Connecting an old mailbox must not write to a single parent (frappe/helpdesk #2433)."""
    here = house(cutoff="2026-06-01T00:00:00Z")
    desk, fg = here.officer(Role.FG)
    for number in range(20):
        dovecot.append(ADDRESS, request(number), received=datetime(2026, 5, 20, 9, tzinfo=UTC))
    here.round()
    assert here.count("cases") == 20
    assert here.count("letter") == 0
    assert here.count("event", "kind = 'acknowledgement_withheld'") == 20
    for _ in range(4):
        # Nor are the officers flooded: all twenty terms are long over.
        clock.turn(days=1)
        here.round()
    assert sink.letters == []
    assert "deadline_missed" not in alarms(here)
    assert len(desk.queue(fg)) == 20
    dovecot.append(ADDRESS, request(99))
    here.round()
    assert [letter.recipients for letter in sink.letters] == [("ouder99@gezin.test",)]
    desk.confirm(fg, desk.queue(fg)[0].reference, Kind.ACCESS)
    here.house.remind()
    assert alarms(here).count("deadline_missed") == 1


def test_the_clock_starts_at_the_servers_receipt_not_at_the_date_header(
    house: Callable[..., TestHouse], dovecot: Dovecot
) -> None:
    """A forged or late Date: moves no legal date; INTERNALDATE does."""
    here = house()
    dovecot.append(ADDRESS, request(0), received=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    here.round()
    assert here.count("cases", "received_on = '2026-11-01' AND due_on = '2026-11-29'") == 1


# --- marks ------------------------------------------------------------------------------------


def test_a_mailbox_marked_by_keyword_keeps_its_mail_where_it_is(
    house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink
) -> None:
    """Without a done folder a keyword shows what was read; the people keep their own marks."""
    here = house(done_folder="")
    for number in range(2):
        dovecot.append(ADDRESS, request(number))
    here.round()
    flags = dovecot.flags(ADDRESS)
    assert len(flags) == 2
    assert all(KEYWORD in one and "\\Seen" not in one for one in flags.values())
    here.round()
    assert here.count("sighting") == here.count("cases") == len(sink.letters) == 2


def test_mail_that_was_stored_but_not_marked_is_marked_at_the_next_visit(
    house: Callable[..., TestHouse], dovecot: Dovecot
) -> None:
    """A crash between the commit and the mark leaves a debt that the next visit pays."""
    here = house()
    dovecot.append(ADDRESS, request(0))
    visits = here.house.visits["privacy"]
    state = visits.mailbox.look("INBOX")
    with visits.books.opened() as books:
        mails = list(visits.mailbox.fetch(state, state.uids))
        books.ledger.store(visits.source.number, mails, visits.source.cutoff, here.clock())
    assert len(dovecot.messages(ADDRESS)) == 1
    here.round()
    assert dovecot.messages(ADDRESS) == []
    assert here.count("sighting", "marked") == here.count("cases") == 1


def test_mail_in_junk_is_found(house: Callable[..., TestHouse], dovecot: Dovecot) -> None:
    """A filter's opinion loses no request."""
    here = house()
    dovecot.append(ADDRESS, request(0), folder="Junk")
    here.round()
    assert here.count("cases") == 1
    assert dovecot.messages(ADDRESS, "Junk") == []


# --- bad mail ---------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    """A multipart in a multipart in a multipart."""
    head = b"From: bom@x.test\r\nTo: privacy@sipor.nl\r\nMIME-Version: 1.0\r\n"
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return head + parts + b"\r\nhoi\r\n"


def parts(count: int) -> bytes:
    """As many empty parts."""
    head = b"From: bom@x.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + b"--b\r\n\r\n" * count + b"--b--\r\n"


def parentheses(count: int) -> bytes:
    """A sender inside as many comments."""
    head = b"From: " + b"(" * count + b"bom@x.test" + b")" * count + b"\r\n"
    return head + b"To: privacy@sipor.nl\r\nSubject: Inzage\r\n\r\n" + ACCESS.encode() + b"\r\n"


BOMBS = {"nested": nested(1000), "parts": parts(500_000)}


def work_off_timed(here: TestHouse) -> None:
    """Work through three mails, of which the second is a bomb: 2 s of work, 256 MiB at most."""
    triage = here.house.boards["sipor"].triage
    here.house.collect()
    triage.rehearse(here.clock())
    assert triage.work_off(here.clock(), most=1) == 1
    began, peak = time.process_time(), Peak()
    assert triage.work_off(here.clock(), most=1) == 1
    took, grown = time.process_time() - began, peak.grown()
    assert took < 2
    assert grown < 256 * 2**20
    assert triage.work_off(here.clock(), most=1) == 1


@pytest.mark.parametrize("name", BOMBS)
def test_one_bad_mail_goes_to_quarantine_and_the_next_is_unaffected(
    house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink, name: str
) -> None:
    """A bomb is set aside, visible, within two seconds and 256 MiB; nothing waits (fault 12)."""
    here = house()
    dovecot.append(ADDRESS, request(0))
    dovecot.append(ADDRESS, BOMBS[name])
    dovecot.append(ADDRESS, request(1))
    work_off_timed(here)
    here.round()
    assert here.count("raw_mail", "state = 'quarantined' AND reason IS NOT NULL") == 1
    assert sorted(letter.recipients[0] for letter in sink.letters) == [
        "ouder0@gezin.test",
        "ouder1@gezin.test",
    ]
    assert "mail_quarantined" in alarms(here)
    desk, fg = here.officer(Role.FG)
    assert len(desk.quarantine(fg)) == 1


def test_a_sender_inside_three_hundred_parentheses_is_read_and_answered_by_nobody(
    house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink
) -> None:
    """The words can be read, so they come before a person as a case, not as a wreck (fault 12)."""
    here = house()
    dovecot.append(ADDRESS, request(0))
    dovecot.append(ADDRESS, parentheses(300))
    dovecot.append(ADDRESS, request(1))
    work_off_timed(here)
    here.round()
    assert sorted(letter.recipients[0] for letter in sink.letters) == [
        "ouder0@gezin.test",
        "ouder1@gezin.test",
    ]
    desk, fg = here.officer(Role.FG)
    assert len(desk.queue(fg)) == 3
    assert desk.quarantine(fg) == []


def test_an_oversized_mail_is_cut_and_its_case_still_opens(
    house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink
) -> None:
    """A huge attachment neither fills the memory nor costs the parent the request."""
    here = house(extra_mailbox="size_limit = 100000")
    body = (
        b"From: ouder0@gezin.test\r\nTo: privacy@sipor.nl\r\nSubject: Inzage\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\n" + ACCESS.encode() + b"\r\n"
        b"--b\r\nContent-Type: application/zip\r\nContent-Disposition: attachment;"
        b" filename=alles.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"QUJD" * 19
        + (b"\r\n" + b"QUJD" * 19) * 13_000
        + b"\r\n--b--\r\n"
    )
    dovecot.append(ADDRESS, body)
    here.round()
    assert here.count("raw_mail", "truncated AND size = 100000") == 1
    assert here.count("cases") == len(sink.letters) == 1


# --- the mail server fails --------------------------------------------------------------------


def test_a_connection_cut_anywhere_leaves_no_half_mail(
    house: Callable[..., TestHouse],
    dovecot: Dovecot,
    cutting_proxy: Callable[[int], CuttingProxy],
) -> None:
    """Wherever the line breaks, a mail is stored whole or not at all, and comes later."""
    here = house()
    raws = [request(number, body=ACCESS + " lang" * 1500) for number in range(4)]
    for raw in raws:
        dovecot.append(ADDRESS, raw)
    visits = here.house.visits["privacy"]
    proxy = cutting_proxy(dovecot.imap_port)
    object.__setattr__(visits.mailbox._line._address, "port", proxy.port)
    cuts = 0
    for kib in range(36):
        proxy.cut_after = 1024 * kib + 100
        try:
            found = collect(
                visits.mailbox, visits.source, visits.books, here.clock(), thorough=True
            )
            cuts += found.not_given > 0
        except MailboxUnavailable:
            cuts += 1
        assert here.count("raw_mail", f"size < {min(map(len, raws))}") == 0
    proxy.cut_after = None
    collect(visits.mailbox, visits.source, visits.books, here.clock(), thorough=True)
    assert cuts >= 8
    assert here.count("raw_mail") == 4
    assert dovecot.messages(ADDRESS) == []


def test_a_mail_the_server_cannot_give_now_comes_later_and_keeps_back_no_other(
    house: Callable[..., TestHouse], dovecot: Dovecot, clock: TurnedClock
) -> None:
    """The highest UID seen is no proof that every lower one was stored."""
    here = house()
    for number in range(3):
        dovecot.append(ADDRESS, request(number))
    folder = dovecot.maildir(ADDRESS)
    second = sorted([*(folder / "new").iterdir(), *(folder / "cur").iterdir()])[1]
    owner = second.stat()
    os.chown(second, 0, 0)
    second.chmod(0o600)
    here.round()
    stored = here.count("raw_mail")
    clock.turn(seconds=61)
    here.round()
    moved = next(file for file in folder.rglob(f"{second.name.partition(':')[0]}*"))
    os.chown(moved, owner.st_uid, owner.st_gid)
    clock.turn(seconds=61)
    here.round()
    assert stored == 2
    assert "mail_not_given" in alarms(here)
    assert here.count("raw_mail") == here.count("cases") == 3
    assert dovecot.messages(ADDRESS) == []


def test_a_refused_password_alarms_at_once_and_is_tried_again(
    house: Callable[..., TestHouse], dovecot: Dovecot, clock: TurnedClock
) -> None:
    """An expired password must not stay unnoticed for days (osTicket #6455)."""
    here = house()
    dovecot.append(ADDRESS, request(0))
    dovecot.change_password(ADDRESS, "another")
    here.round()
    assert "mailbox_refused" in alarms(here)
    dovecot.change_password(ADDRESS, PASSWORD)
    clock.turn(minutes=5)
    here.round()
    assert here.count("cases") == 1


def test_a_silent_mail_server_alarms_within_a_quarter_of_an_hour(
    house: Callable[..., TestHouse], dovecot: Dovecot, clock: TurnedClock
) -> None:
    """Short outages pass without a word, long ones do not."""
    here = house()
    dovecot.stop()
    for _ in range(14):
        clock.turn(minutes=1)
        here.house.collect()
    assert "mailbox_unavailable" in alarms(here)
    dovecot.start()
    dovecot.append(ADDRESS, request(0))
    clock.turn(minutes=5)
    here.round()
    assert here.count("cases") == 1


# --- our own database fails -------------------------------------------------------------------


def test_a_full_disk_marks_nothing_and_sends_nothing(
    new_house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink
) -> None:
    """What cannot be stored stays untouched on the server; with room again all goes on (fault 9)."""
    here = new_house(smtp_port=sink.port)
    pages = 0

    def limit(connection: object, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages or 1_000_000}")  # type: ignore[attr-defined]

    event.listen(here.house.engine, "connect", limit)
    with here.house.engine.begin() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) + 2
    here.house.engine.dispose()
    dovecot.append(ADDRESS, request(0, body="lang " * 20_000))
    robot = here.house.robot()
    robot.start()
    try:
        assert eventually(20, lambda: "job_failed" in alarms(here))
        assert here.count("raw_mail") == 0
        assert len(dovecot.messages(ADDRESS)) == 1
        assert sink.letters == []
        pages = 0
        here.house.engine.dispose()
        sink.wait_for(1, seconds=40)
    finally:
        here.house.visits["privacy"].mailbox.close()
        robot.stop()
    assert here.count("cases") == len(sink.letters) == 1
    assert dovecot.messages(ADDRESS) == []


def test_a_database_that_restarts_costs_an_alarm_and_nothing_else(
    new_house: Callable[..., TestHouse], postgres: Postgres, dovecot: Dovecot, sink: Sink
) -> None:
    """While PostgreSQL is away no mail is marked; the running robot resumes by itself."""
    here = new_house(smtp_port=sink.port, database=postgres.database())
    robot = here.house.robot()
    robot.start()
    try:
        dovecot.append(ADDRESS, request(0))
        sink.wait_for(1)
        postgres.stop()
        dovecot.append(ADDRESS, request(1))
        assert eventually(20, lambda: "job_failed" in alarms(here))
        assert len(dovecot.messages(ADDRESS)) == 1
        postgres.start()
        sink.wait_for(2, seconds=40)
    finally:
        postgres.start()
        here.house.visits["privacy"].mailbox.close()
        robot.stop()
    assert here.count("cases") == here.count("raw_mail") == 2
    assert dovecot.messages(ADDRESS) == []


def test_a_lock_held_by_another_program_is_waited_for(
    new_house: Callable[..., TestHouse], dovecot: Dovecot, sink: Sink
) -> None:
    """A backup that holds SQLite's lock for a moment costs nothing."""
    here = new_house(smtp_port=sink.port)
    dovecot.append(ADDRESS, request(0))
    robot = here.house.robot()
    with here.house.engine.begin() as connection:
        connection.execute(text("SELECT 1"))
        robot.start()
        time.sleep(2)
        assert len(dovecot.messages(ADDRESS)) == 1
    sink.wait_for(1)
    here.house.visits["privacy"].mailbox.close()
    robot.stop()
    assert "job_failed" not in alarms(here)


def test_a_lock_that_nobody_lets_go_is_told_and_nothing_is_lost(
    house: Callable[..., TestHouse],
    dovecot: Dovecot,
    sink: Sink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A forgotten session must not stop the robot silently; it resumes by itself (fault 9)."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    here = house()
    dovecot.append(ADDRESS, request(0))
    robot = here.house.robot()
    try:
        with here.house.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE mailbox, raw_mail, letter"))
            robot.start()
            assert eventually(20, lambda: "job_failed" in alarms(here))
            assert len(dovecot.messages(ADDRESS)) == 1
            assert sink.letters == []
        sink.wait_for(1, seconds=40)
    finally:
        here.house.visits["privacy"].mailbox.close()
        robot.stop()
    assert here.count("cases") == here.count("raw_mail") == 1
    assert dovecot.messages(ADDRESS) == []
