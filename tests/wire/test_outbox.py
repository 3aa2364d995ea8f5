"""Letters on their way: each arrives once, whatever the receiving server does meanwhile."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.outbox import AT_ONCE, CLAIM, LONGEST_OUTAGE_WAIT, NEXT_IN_LINE, WAITS
from tests.houses import TestHouse, TurnedClock, plain_mail
from tests.servers.fixtures import MailHost
from tests.servers.sink import Script, Sink

START = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def requests(count: int) -> list[bytes]:
    """Requests of as many parents."""
    body = "Ik wil graag weten welke gegevens jullie over mijn dochter hebben."
    return [
        plain_mail("Inzage", f"{body} {number}", sender=f"ouder{number}@gezin.test")
        for number in range(count)
    ]


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(START)


@pytest.fixture
def office(
    any_database: str, bare_house: Callable[..., TestHouse], clock: TurnedClock, sink: Sink
) -> Callable[..., TestHouse]:
    """A function that builds a house in whose outbox so many acknowledgements lie."""

    def build(letters: int = 1, **words: str) -> TestHouse:
        words.setdefault("extra_robot", "letters_an_hour = 5000")
        house = bare_house(clock, smtp_port=sink.port, database=any_database, **words)
        house.receive(*requests(letters))
        house.house.work_off()
        assert house.count("letter", "state = 'waiting'") == letters
        return house

    return build


def frozen(house: TestHouse) -> dict[str, bytes]:
    """The bytes of each letter as they lie in the outbox, by recipient."""
    books = house.house.boards["sipor"].books
    now = house.clock()
    with books.opened() as opened:
        read = opened.letters.claim("reader", now, now, 1000)
        opened.letters.give_back([letter.id for letter in read], "reader", now)
    return {letter.envelope.recipient: letter.content for letter in read}


def alarms(house: TestHouse) -> list[str]:
    """The alarms that reached the second channel, by their codes."""
    file = house.settings.path.parent / "alarms.jsonl"
    if not file.exists():
        return []
    return [json.loads(line)["code"] for line in file.read_text().splitlines()]


def arrived(sink: Sink) -> dict[str, list[bytes]]:
    """What each recipient got."""
    got: dict[str, list[bytes]] = {}
    for letter in sink.letters:
        got.setdefault(letter.recipients[0], []).append(letter.content)
    return got


def minutes(house: TestHouse, clock: TurnedClock, count: int) -> None:
    """Let the robot's post round run once a minute."""
    for _ in range(count):
        clock.turn(minutes=1)
        house.house.deliver()


# --- the server is away -----------------------------------------------------------------------


def test_letters_wait_while_the_server_is_down_and_arrive_once(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """An outage of an hour loses nothing, doubles nothing, and a person hears of it."""
    house = office(45)
    written = frozen(house)
    sink.close()
    assert house.house.deliver() == 0
    minutes(house, clock, 60)
    assert house.count("letter", "state = 'waiting'") == 45
    assert "post_office_unavailable" in alarms(house)

    sink.open()
    clock.turn(seconds=LONGEST_OUTAGE_WAIT.total_seconds())
    assert house.house.deliver() == 45
    assert arrived(sink) == {recipient: [content] for recipient, content in written.items()}
    assert house.count("letter", "state = 'sent'") == 45


def test_an_outage_does_not_keep_a_letter_waiting_after_its_end(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """The patience for a letter that was refused is no patience for a server that was away."""
    house = office(1)
    sink.close()
    for _ in range(48):
        clock.turn(minutes=30)
        house.house.deliver()
    sink.open()
    clock.turn(seconds=LONGEST_OUTAGE_WAIT.total_seconds())
    assert house.house.deliver() == 1
    assert "letter_waits" in alarms(house)


def test_a_letter_that_breaks_the_connection_keeps_back_no_other(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """A filter that hangs up on one letter each time must not stop the whole outbox."""
    house = office(5)
    sink.scripts.append(Script("RCPT", "drop", -1, "ouder0@gezin.test"))
    house.house.deliver()
    assert sink.letters == []
    clock.turn(seconds=NEXT_IN_LINE.total_seconds())
    assert house.house.deliver() == 4
    assert sorted(arrived(sink)) == [f"ouder{number}@gezin.test" for number in range(1, 5)]
    sink.behave()
    clock.turn(seconds=LONGEST_OUTAGE_WAIT.total_seconds())
    assert house.house.deliver() == 1


def test_a_letter_whose_answer_was_lost_goes_again_byte_for_byte(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """If the last moment is lost, the only repeat has the same bytes and the same Message-ID."""
    house = office(1)
    (written,) = frozen(house).values()
    sink.take_and_drop()
    assert house.house.deliver() == 0
    clock.turn(minutes=1)
    assert house.house.deliver() == 1
    assert arrived(sink) == {"ouder0@gezin.test": [written, written]}
    minutes(house, clock, 30)
    assert len(sink.letters) == 2


# --- the server answers -----------------------------------------------------------------------


def test_a_greylisted_letter_comes_again_with_patience_and_the_same_bytes(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """4xx: the same bytes and Message-ID later, waiting longer each time (RFC 5321, 4.5.4.1)."""
    house = office(1)
    (written,) = frozen(house).values()
    sink.answer("451 4.7.1 Greylisted", at="DATA", times=3)
    for wait in WAITS[:3]:
        asked = sink.commands.count("DATA")
        house.house.deliver()
        assert sink.commands.count("DATA") == asked + 1
        clock.now += wait - SECOND
        house.house.deliver()
        assert sink.commands.count("DATA") == asked + 1
        clock.now += SECOND
    assert sink.letters == []
    assert house.house.deliver() == 1
    assert arrived(sink) == {"ouder0@gezin.test": [written]}
    assert "letter_refused" not in alarms(house)


def test_more_greylisted_letters_than_one_claim_holds_stop_nothing_behind_them(
    office: Callable[..., TestHouse], sink: Sink
) -> None:
    """One round of the post takes up everything that is due."""
    house = office(AT_ONCE + 5)
    sink.greylist(times=AT_ONCE)
    assert house.house.deliver() == 5
    assert house.count("letter", "state = 'waiting'") == AT_ONCE


def test_a_refused_letter_alarms_and_is_not_sent_again(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """5xx: a person hears of it, the letter counts as not delivered, the others go."""
    house = office(3)
    sink.refuse("ouder1@gezin.test")
    assert house.house.deliver() == 2
    assert "letter_refused" in alarms(house)
    assert house.count("letter", "state = 'refused' AND accepted_at IS NULL") == 1
    assert house.count("event", "kind = 'letter_refused'") == 1
    sink.behave()
    minutes(house, clock, 300)
    assert sorted(arrived(sink)) == ["ouder0@gezin.test", "ouder2@gezin.test"]


def decide_with_letter(house: TestHouse) -> str:
    """Let a board member decide the first case; its letter waits, the case is closed."""
    desk, fg = house.officer(Role.FG)
    _, board = house.officer(Role.BOARD)
    reference = desk.queue(fg)[0].reference
    desk.confirm(fg, reference, Kind.ERASURE)
    now = house.clock()
    with desk.books.opened() as books:
        case = books.decisions.lock(reference)
        decision = Decision(board, case.id, Outcome.GRANTED, "Het verzoek is terecht.", now)
        number = books.decisions.decide(decision, closes=True)
        words = {
            "reference": reference,
            "kind": Kind.ERASURE,
            "received_on": case.dates.received_on,
            "decided_on": case.dates.received_on,
            "decided_by": "Bas Vermeer",
            "done": "Wij hebben de foto verwijderd.",
            "done_on": case.dates.received_on,
            "where": "U ziet op de website dat de foto weg is.",
        }
        draft = desk.correspondence.to_requester(
            "decision_granted", case, words, now=now, decision_id=number, officer_id=board.id
        )
        books.letters.write(draft)
    assert house.count("cases", "state = 'closed'") == 1
    return reference


def test_a_case_whose_decision_was_refused_by_the_mail_server_opens_again(
    office: Callable[..., TestHouse], sink: Sink
) -> None:
    """A decision nobody received is no answer: the duty is back on the table (GDPR 12(3))."""
    house = office(1)
    house.house.deliver()
    reference = decide_with_letter(house)
    sink.refuse("ouder0@gezin.test")
    house.house.deliver()
    assert house.count("cases", f"state = 'in_handling' AND reference = '{reference}'") == 1
    assert house.count("event", "kind = 'case_reopened'") == 1
    assert house.count("decision") == house.count("closure") == 1
    assert "letter_refused" in alarms(house)


# --- it comes back ----------------------------------------------------------------------------


def report(return_path: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery report as a mail server writes it (RFC 3464)."""
    return (
        f"Return-Path: <>\r\nDelivered-To: {return_path}\r\n"
        f"From: MAILER-DAEMON@mx.test\r\nTo: {return_path}\r\nSubject: Undelivered Mail\r\n"
        f"Message-ID: <{hash((return_path, action))}@mx.test>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"Final-Recipient: rfc822; ouder0@gezin.test\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"\r\n--b--\r\n"
    ).encode()


def test_a_bounced_decision_counts_as_not_delivered(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """A report to our signed return path finds its letter; a second one changes nothing."""
    house = office(1)
    house.house.deliver()
    decide_with_letter(house)
    house.house.deliver()
    (letter,) = (one for one in sink.letters if b"decision_granted" in one.content)
    for text_ in ("one", "two"):
        house.receive(report(letter.sender) + text_.encode())
        house.house.work_off()
    assert house.count("letter", "state = 'bounced'") == 1
    assert house.count("event", "kind = 'letter_bounced'") == 1
    assert house.count("cases", "state = 'in_handling'") == house.count("cases") == 1
    assert alarms(house).count("letter_bounced") == 1
    assert house.count("mail", "outcome = 'automatic'") == 2
    minutes(house, clock, 30)
    assert len(sink.letters) == 2


def forgeries(return_paths: Sequence[str]) -> list[str]:
    """Return paths that are not one of ours, made from two that are."""
    first, second = return_paths
    local, _, domain = first.partition("@")
    stem, mark, signature = local.rsplit("-", 2)
    other = second.partition("@")[0].rsplit("-", 2)[1]
    wrong = ("a" if signature[0] != "a" else "b") + signature[1:]
    return [
        f"privacy@{domain}",
        f"{stem}-{mark}@{domain}",
        f"{stem}-{mark}-{wrong}@{domain}",
        f"{stem}-{other}-{signature}@{domain}",
        f"{stem}-{mark}-{signature}x@{domain}",
        f"{stem}-{mark}-{signature}@elsewhere.test",
        f"{stem}-{mark}-{'a' * 16}@{domain}",
    ]


def test_a_forged_report_has_no_effect(office: Callable[..., TestHouse], sink: Sink) -> None:
    """Without our own signature nobody makes a letter count as not delivered."""
    house = office(2)
    house.house.deliver()
    for place in forgeries([letter.sender for letter in sink.letters]):
        house.receive(report(place))
    house.house.work_off()
    assert house.count("letter", "state = 'sent'") == 2
    assert house.count("event", "kind = 'letter_bounced'") == 0
    assert "letter_bounced" not in alarms(house)
    assert house.count("mail", "outcome = 'automatic'") == 7
    assert house.count("cases") == 2


def test_a_report_of_delay_or_delivery_has_no_effect(
    office: Callable[..., TestHouse], sink: Sink
) -> None:
    """Only a failure for good counts (RFC 3464, 2.3.3)."""
    house = office(1)
    house.house.deliver()
    sender = sink.letters[0].sender
    house.receive(report(sender, action="delayed", status="4.4.1"))
    house.receive(report(sender, action="delivered", status="2.0.0"))
    house.house.work_off()
    assert house.count("letter", "state = 'sent'") == 1
    assert house.count("cases") == 1


def test_a_bounce_made_by_postfix_finds_its_letter(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """The same on the wire: the parent's address is gone, Postfix says so, the letter counts."""
    house = new_house()
    # Nobody on this host has this address, whichever tests ran before.
    gone = "weg@verhuisd.test"
    raw = plain_mail("Inzage", "Graag inzage.", sender=gone)
    mail_host.send(gone, "privacy@sipor.nl", raw)
    mail_host.wait_for("privacy@sipor.nl", 1)
    house.round()
    assert house.count("letter", "state = 'sent'") == 1
    mail_host.wait_for("privacy@sipor.nl", 1)
    house.round()
    assert house.count("letter", "state = 'bounced'") == 1
    assert "letter_bounced" in alarms(house)
    assert house.count("cases") == 1
    assert house.count("letter") == 1


# --- claims and damage ------------------------------------------------------------------------


def test_a_slow_server_never_lets_a_second_robot_take_the_same_letters(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """A claim is renewed for as long as the conversation takes, letter after letter."""
    house = office(8)
    outbox = house.house.boards["sipor"].outbox
    asked: list[int] = []

    def slow_clock() -> datetime:
        """Each look at the clock is half a minute later, and a rival asks for work each time."""
        clock.turn(seconds=30)
        if house.count("letter", "state = 'sending'"):
            with outbox.books.opened() as books:
                rows = books.letters.claim("rival", clock.now, clock.now + CLAIM, AT_ONCE)
            asked.append(len(rows))
        return clock.now

    assert house.house.post.run(outbox.deliver(slow_clock)) == 8
    assert len(asked) >= 8
    assert set(asked) == {0}
    assert {len(contents) for contents in arrived(sink).values()} == {1}


def test_a_robot_that_was_held_up_does_not_send_what_another_took_over(
    office: Callable[..., TestHouse], sink: Sink, clock: TurnedClock
) -> None:
    """Before each letter a robot makes sure that it still has the claim."""
    house = office(3)
    outbox = house.house.boards["sipor"].outbox
    taken: list[int] = []

    def stopped_clock() -> datetime:
        """After the first letter the robot sleeps for ten minutes, and another goes on."""
        if sink.letters and not taken:
            clock.turn(minutes=10)
            with outbox.books.opened() as books:
                rows = books.letters.claim("rival", clock.now, clock.now + CLAIM, AT_ONCE)
            taken.extend(row.id for row in rows)
        return clock.now

    house.house.post.run(outbox.deliver(stopped_clock))
    assert len(taken) >= 2
    assert len(sink.letters) == 1


def test_a_damaged_letter_is_set_aside_and_the_rest_goes(
    office: Callable[..., TestHouse], sink: Sink
) -> None:
    """One row that cannot be opened must not stop the outbox."""
    house = office(3)
    with house.house.engine.begin() as connection:
        sealed = connection.execute(text("SELECT sealed FROM letter WHERE id = 2")).scalar_one()
        changed = bytes(sealed)[:-1] + bytes([bytes(sealed)[-1] ^ 1])
        connection.execute(text("UPDATE letter SET sealed = :s WHERE id = 2"), {"s": changed})
    assert house.house.deliver() == 2
    assert house.count("letter", "state = 'refused'") == 1
    assert "letter_damaged" in alarms(house)


def test_letters_are_not_touched_when_the_robot_starts_with_another_master_key(
    office: Callable[..., TestHouse], sink: Sink
) -> None:
    """A wrong key is our mistake: nothing is refused, set aside or sent for it."""
    house = office(1)
    with house.house.engine.begin() as connection:
        connection.execute(text("UPDATE data_key SET master_id = 'another', wrapped = wrapped"))
        rows = connection.execute(text("SELECT id, wrapped FROM data_key")).all()
        for row in rows:
            changed = bytes(row.wrapped)[:-1] + bytes([bytes(row.wrapped)[-1] ^ 1])
            connection.execute(
                text("UPDATE data_key SET wrapped = :w WHERE id = :i"), {"w": changed, "i": row.id}
            )
    with pytest.raises(Exception, match="cannot be opened"):
        house.house.deliver()
    assert house.count("letter", "state = 'waiting' AND tries = 0") == 1
    assert sink.letters == []
