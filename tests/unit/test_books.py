"""Ledger, casebook and letterbook behave the same on SQLite and PostgreSQL."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.vault import Vault
from mailbot.domain.books import Draft, Event, NewCase, Worked
from mailbot.domain.case import CaseFile, CaseState, Dates
from mailbot.domain.errors import Damaged, UnknownCase
from mailbot.domain.kinds import Kind
from mailbot.domain.ports import Envelope, Fetched, FolderState
from mailbot.domain.suggestion import Route, Suggestion
from tests.houses import TestHouse, TurnedClock, plain_mail

NOW = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
MASTER = bytes(range(32))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class Room:
    """The books of two boards in one database."""

    books: SqlBooks
    others: SqlBooks
    mailbox: int

    def fetched(self, uid: int, raw: bytes = b"", uidvalidity: int = 1) -> Fetched:
        """A mail as the server gives it."""
        return Fetched("INBOX", uidvalidity, uid, NOW, raw or b"mail %d" % uid)

    def store(self, *mails: Fetched, cutoff: datetime = LONG_AGO) -> int:
        """Store mails of the first board."""
        with self.books.opened() as books:
            return books.ledger.store(self.mailbox, mails, cutoff, NOW)

    def state(self, *uids: int, uidvalidity: int = 1) -> FolderState:
        """A folder as the server shows it."""
        return FolderState("INBOX", uidvalidity, uids)

    def case(self, books: SqlBooks | None = None, **changes: object) -> CaseFile:
        """Open a case."""
        with (books or self.books).opened() as opened:
            return opened.cases.open_case(replace(NEW, **changes))  # type: ignore[arg-type]


NEW = NewCase(
    kind=Kind.ACCESS,
    confidence=0.9,
    confirmed=False,
    dates=Dates(
        NOW, date(2026, 9, 1), date(2026, 9, 29), date(2026, 9, 29), date(2026, 11, 24), NOW
    ),
    language="nl",
    requester_name="Anna",
    requester_address="Anna@Gezin.test",
    urgent=False,
    mail_id=None,
)


def draft(mark: str, case_id: int | None = None, **changes: object) -> Draft:
    """A letter to Anna."""
    made = Draft(
        code="ack_request",
        language="nl",
        envelope=Envelope(f"privacy+b-{mark}@sipor.nl", "anna@gezin.test"),
        content=b"Subject: Ontvangen\r\n\r\nBeste ouder,\r\n" + mark.encode(),
        mark=mark,
        message_id=f"<{mark}@sipor.nl>",
        case_id=case_id,
        written_at=NOW,
        not_before=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def room(any_database: str) -> Iterator[Room]:
    engine = connect(any_database)
    upgrade(engine)
    vault = Vault(MASTER)
    books = SqlBooks(engine, vault, "sipor", "SIPOR")
    others = SqlBooks(engine, vault, "spo-utrecht", "SPO")
    yield Room(books, others, books.mailbox("privacy"))
    engine.dispose()


# --- the ledger -------------------------------------------------------------------------------


def test_only_uids_above_the_highest_stored_are_new(room: Room) -> None:
    """Nothing grows with the mails kept: one number a folder says what is new."""
    with room.books.opened() as books:
        assert books.ledger.unseen(room.mailbox, room.state(1, 2, 3)) == [1, 2, 3]
    room.store(room.fetched(1), room.fetched(3))
    with room.books.opened() as books:
        assert books.ledger.unseen(room.mailbox, room.state(1, 2, 3, 4)) == [4]
        assert books.ledger.passed_over(room.mailbox, room.state(1, 2, 3, 4)) == [2]
        assert books.ledger.unseen(room.mailbox, room.state(1, 2, uidvalidity=9)) == [1, 2]


def test_the_mark_of_a_folder_never_moves_back(room: Room) -> None:
    """A mail fetched late must not make everything after it new again."""
    room.store(room.fetched(5))
    room.store(room.fetched(2))
    with room.books.opened() as books:
        assert books.ledger.unseen(room.mailbox, room.state(1, 2, 5, 6)) == [6]
        assert books.ledger.passed_over(room.mailbox, room.state(1, 2, 5, 6)) == [1]


def test_the_same_bytes_are_kept_once_for_each_board(room: Room) -> None:
    """Two boards never share a mail, and one board never has it twice."""
    assert room.store(room.fetched(1, b"same"), room.fetched(2, b"same")) == 1
    number = room.others.mailbox("elsewhere")
    with room.others.opened() as books:
        assert books.ledger.store(number, [room.fetched(1, b"same")], LONG_AGO, NOW) == 1


def test_what_is_stored_is_read_back_byte_for_byte(room: Room) -> None:
    """Any bytes at all, NUL and broken UTF-8 included."""
    draw = random.Random(3)
    raws = [draw.randbytes(draw.randrange(1, 5000)) for _ in range(20)]
    room.store(*[room.fetched(number + 1, raw) for number, raw in enumerate(raws)])
    with room.books.opened() as books:
        assert [mail.raw for mail in books.ledger.claim("robot", NOW, 50)] == raws


def test_a_claim_is_exclusive_until_it_runs_out(room: Room) -> None:
    """Two robots never work on one mail, and a dead one's mail is free again."""
    room.store(*[room.fetched(uid) for uid in (1, 2, 3)])
    claimed: list[list[int]] = []
    for owner, later in (("a", 0), ("b", 0), ("b", 1), ("b", 121)):
        with room.books.opened() as books:
            now = NOW + timedelta(seconds=later)
            claimed.append([mail.id for mail in books.ledger.claim(owner, now, 2)])
    assert claimed == [[1, 2], [3], [], [1]]


def test_a_mail_that_was_tried_before_is_claimed_alone(room: Room) -> None:
    """The neighbours of a mail that kills the robot are not counted as tried with it."""
    room.store(*[room.fetched(uid) for uid in (1, 2, 3, 4)])
    tries: dict[int, int] = {}
    now = NOW
    for _ in range(8):
        now += 3 * MINUTE
        with room.books.opened() as books:
            for mail in books.ledger.claim("robot", now, 20):
                tries[mail.id] = mail.tries
                if mail.id != 2 or mail.tries > 3:
                    books.ledger.quarantine(mail.id, "robot", "done")
                else:
                    break  # The robot dies of the second mail, each time.
    assert tries[2] == 4
    assert max(tries[number] for number in (1, 3, 4)) <= 2


def test_only_the_owner_of_a_claim_ends_it(room: Room) -> None:
    """A robot that was too slow writes nothing over another's work."""
    room.store(room.fetched(1))
    with room.books.opened() as books:
        books.ledger.claim("slow", NOW, 1)
    with room.books.opened() as books:
        books.ledger.claim("quick", NOW + 3 * MINUTE, 1)
        assert not books.ledger.finish(1, "slow")
        assert books.ledger.finish(1, "quick")
        assert not books.ledger.finish(1, "quick")


def test_mail_before_the_cutoff_is_silent(room: Room) -> None:
    """The cut-off is compared with the server's receipt."""
    room.store(room.fetched(1), cutoff=NOW + MINUTE)
    room.store(room.fetched(2), cutoff=NOW)
    with room.books.opened() as books:
        assert [mail.silent for mail in books.ledger.claim("robot", NOW, 9)] == [True, False]


def test_a_damaged_mail_is_told_apart_from_a_wrong_key(room: Room) -> None:
    """Damage is the mail's fate; a wrong master key is our mistake and touches nothing."""
    room.store(room.fetched(1), room.fetched(2))
    engine = room.books._engine
    with engine.begin() as connection:
        connection.execute(text("UPDATE raw_mail SET sealed = :s WHERE id = 1"), {"s": b"x" * 50})
    with room.books.opened() as books:
        assert [mail.damaged for mail in books.ledger.claim("a", NOW, 9)] == [True, False]
    stranger = SqlBooks(engine, Vault(bytes(32)), "sipor", "SIPOR")
    with pytest.raises(Damaged), stranger.opened() as books:
        books.ledger.claim("b", NOW + 3 * MINUTE, 9)
    with room.books.opened() as books:
        assert [mail.tries for mail in books.ledger.claim("a", NOW + 3 * MINUTE, 1)] == [2]


# --- the casebook -----------------------------------------------------------------------------


def test_references_count_up_by_board_and_year_without_gaps(room: Room) -> None:
    """A number that is missing would look like a case that was removed."""
    first, second = room.case(), room.case()
    with pytest.raises(RuntimeError), room.books.opened() as books:
        books.cases.open_case(NEW)
        raise RuntimeError
    third = room.case()
    elsewhere = room.case(room.others)
    numbers = [one.reference[:17] for one in (first, second, third, elsewhere)]
    assert numbers[:3] == [f"SIPOR-2026-00000{number}" for number in (1, 2, 3)]
    assert elsewhere.reference.startswith("SPO-2026-000001")


def test_a_case_is_found_by_reference_token_and_number_on_its_own_board_only(room: Room) -> None:
    """An officer of one board can never see another's case."""
    case = room.case()
    with room.books.opened() as books:
        for found in (books.cases.by_reference(case.reference), books.cases.by_token(case.token)):
            assert found == case == books.cases.case(case.id)
        assert books.cases.is_own_address(case.id, "anna@gezin.TEST")
        assert not books.cases.is_own_address(case.id, "bea@gezin.test")
    with room.others.opened() as books:
        assert books.cases.by_reference(case.reference) is None
        assert books.cases.by_token(case.token) is None
        assert books.cases.open_cases() == []
        with pytest.raises(UnknownCase):
            books.cases.case(case.id)


def test_a_message_id_that_two_cases_carry_points_at_neither(room: Room) -> None:
    """Whoever repeats a stranger's Message-ID does not get into the stranger's case."""
    first, second = room.case(), room.case()
    room.store(room.fetched(1), room.fetched(2))
    suggestion = Suggestion(Route.CASE, "nl")
    with room.books.opened() as books:
        for number, case in ((1, first), (2, second)):
            assert books.ledger.same_message_id("<x@y>") == number - 1
            worked = Worked(
                number, "opened", None, case.id, False, False, "a@b", "<x@y>", "", suggestion, NOW
            )
            books.ledger.worked(worked)
            assert (books.cases.by_mail("<x@y>") == first) == (number == 1)


def test_open_cases_come_first_due_first(room: Room) -> None:
    """The queue is sorted by what ends first; a case without a date comes last."""
    ends = [NOW + timedelta(days=9), None, NOW + timedelta(days=2)]
    made = [room.case(dates=replace(NEW.dates, ends_at=end)) for end in ends]
    with room.books.opened() as books:
        assert [case.id for case in books.cases.open_cases()] == [
            made[2].id,
            made[0].id,
            made[1].id,
        ]
        near = books.cases.open_cases(NOW + timedelta(days=3))
    assert [case.id for case in near] == [made[2].id]


def test_nothing_personal_lies_in_a_row_in_the_clear(room: Room) -> None:
    """Names, addresses and words of mails are sealed; only hashes find them."""
    room.store(room.fetched(1, b"De leerling heet Noor Visser"))
    case = room.case()
    with room.books.opened() as books:
        books.letters.write(draft("m1", case.id))
        books.cases.record(Event("case_opened", NOW, case.id))
    stored = b""
    with room.books._engine.begin() as connection:
        for table in ("raw_mail", "cases", "letter", "event", "case_address", "sighting"):
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                stored += repr(tuple(map(_shown, row))).encode()
    for secret in (b"Noor", b"Anna", b"anna@gezin.test", b"Beste ouder", case.token.encode()):
        assert secret.lower() not in stored.lower()


def _shown(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


# --- the letterbook ---------------------------------------------------------------------------


def test_a_letter_comes_out_as_it_was_frozen(room: Room) -> None:
    """Bytes, return path and recipient are those of the day it was written."""
    with room.books.opened() as books:
        books.letters.write(draft("m1"))
        (row,) = books.letters.claim("robot", NOW, NOW + MINUTE, 9)
    assert (row.content, row.envelope) == (draft("m1").content, draft("m1").envelope)


def test_a_second_acknowledgement_of_a_case_or_a_mail_is_none(room: Room) -> None:
    """One acknowledgement, whoever writes it and however often."""
    first, second = room.case(), room.case()
    room.store(room.fetched(1))
    with room.books.opened() as books:
        assert books.letters.write(draft("m1", first.id, mail_id=1)) is not None
        assert books.letters.write(draft("m2", first.id)) is None
        assert books.letters.write(draft("m3", second.id, mail_id=1)) is None
        assert books.letters.write(draft("m4", first.id, code="status")) is not None


def test_letters_become_due_and_are_claimed_once(room: Room) -> None:
    """Nobody gets a letter that waits, that is held or that another robot has."""
    with room.books.opened() as books:
        books.letters.write(draft("m1"))
        books.letters.write(draft("m2", not_before=NOW + MINUTE))
        books.letters.write(draft("m3", hold_reason="hourly_cap_reached"))
        claimed = [
            [row.id for row in books.letters.claim(owner, now, now + 2 * MINUTE, 9)]
            for owner, now in (("a", NOW), ("b", NOW), ("b", NOW + MINUTE), ("c", NOW + 2 * MINUTE))
        ]
    assert claimed == [[1], [], [2], [1]]


def test_keeping_and_giving_back_touch_own_claims_only(room: Room) -> None:
    """A robot that lost a claim neither renews nor frees it; giving back counts no try."""
    with room.books.opened() as books:
        for number in range(3):
            books.letters.write(draft(f"m{number}"))
        books.letters.claim("a", NOW, NOW + MINUTE, 2)
        books.letters.claim("b", NOW, NOW + MINUTE, 1)
        assert list(books.letters.keep((1, 2, 3), "a", NOW + 9 * MINUTE)) == [1, 2]
        books.letters.give_back((1, 3), "a", NOW)
        (again,) = books.letters.claim("c", NOW, NOW + MINUTE, 9)
        late = books.letters.claim("c", NOW + 2 * MINUTE, NOW + 9 * MINUTE, 9)
    assert (again.id, again.tries) == (1, 1)
    assert [row.id for row in late] == [1, 3]


def test_what_the_server_said_is_written_by_the_owner_of_the_claim_only(room: Room) -> None:
    """A late answer to a robot that lost its claim changes nothing."""
    with room.books.opened() as books:
        books.letters.write(draft("m1"))
        books.letters.claim("a", NOW, NOW + MINUTE, 1)
        books.letters.claim("b", NOW + 2 * MINUTE, NOW + 9 * MINUTE, 1)
        books.letters.refused(1, "a", NOW, 550)
        books.letters.later(1, "a", NOW, 451)
        assert [row[2] for row in books.letters.waiting()] == ["sending"]
        books.letters.sent(1, "b", NOW, 250)
        assert books.letters.waiting() == []


def test_a_letter_bounces_once_and_on_its_own_board_only(room: Room) -> None:
    """The mark in the return path finds the letter of this board."""
    case = room.case()
    with room.books.opened() as books:
        books.letters.write(draft("m1", case.id))
    with room.others.opened() as books:
        assert books.letters.bounced("m1", NOW) is None
    with room.books.opened() as books:
        found = books.letters.bounced("m1", NOW)
        assert found is not None
        assert found.case_id == case.id
        assert books.letters.bounced("m1", NOW) is None


def test_held_letters_count_for_no_cap_and_go_when_a_person_lets_them(room: Room) -> None:
    """A letter that did not go out uses up nobody's ration."""
    with room.books.opened() as books:
        books.letters.write(draft("m1", hold_reason="hourly_cap_reached"))
        assert books.letters.count_since(NOW - MINUTE, ["ack_request"], None) == 0
        assert books.letters.let_go(1, NOW)
        assert books.letters.count_since(NOW - MINUTE, ["ack_request"], "ANNA@gezin.test") == 1
        assert books.letters.count_since(NOW + MINUTE, ["ack_request"], None) == 0
        assert not books.letters.let_go(1, NOW)
        assert not books.letters.let_go(99, NOW)


def test_a_reminder_step_is_taken_once(room: Room) -> None:
    """Once per case, deadline and step, whichever robot comes first."""
    case = room.case()
    with room.books.opened() as books:
        taken = [books.reminders.take(case.id, deadline, "7", NOW) for deadline in ("a", "a", "b")]
    assert taken == [True, False, True]


# --- transactions -----------------------------------------------------------------------------


def test_an_exception_leaves_the_books_as_they_were(room: Room) -> None:
    """A mail's case, events and letter come together or not at all."""
    with pytest.raises(RuntimeError), room.books.opened() as books:
        case = books.cases.open_case(NEW)
        books.cases.record(Event("case_opened", NOW, case.id))
        books.letters.write(draft("m1", case.id))
        raise RuntimeError
    with room.books._engine.begin() as connection:
        for table in ("cases", "event", "letter", "data_key", "reference_counter"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0, table


def test_an_instant_without_its_zone_never_reaches_the_database(room: Room) -> None:
    """Local time without its zone would be an hour wrong half of the year."""
    with pytest.raises(StatementError, match="zone"), room.books.opened() as books:
        books.letters.write(draft("m1", not_before=datetime(2026, 9, 1)))  # noqa: DTZ001


def test_a_case_is_closed_in_the_casebook_only_by_its_closure(room: Room) -> None:
    """Reopening an open case does nothing; there is no word for closing it here."""
    case = room.case()
    with room.books.opened() as books:
        books.cases.reopen(case.id, "test", NOW)
        assert books.cases.case(case.id).state is CaseState.RECEIVED
    assert not [word for word in dir(books.cases) if "close" in word]


def test_a_mail_that_kills_the_robot_is_set_aside_and_its_neighbours_are_worked(
    any_database: str, bare_house: Callable[..., TestHouse]
) -> None:
    """Three deaths put one mail into quarantine, and nobody else's (faults, row 7)."""
    clock = TurnedClock(NOW)
    house = bare_house(clock, database=any_database)
    bodies = [f"Ik wil weten welke gegevens u over mijn dochter heeft. {n}" for n in range(5)]
    house.receive(
        *[plain_mail("Inzage", body, sender=f"o{n}@g.test") for n, body in enumerate(bodies)]
    )
    triage = house.house.boards["sipor"].triage
    triage.rehearse(clock())
    for _ in range(8):
        clock.turn(minutes=3)
        with triage.books.opened() as books:
            claimed = books.ledger.claim(triage.outbox.owner, clock(), 20)
        for mail in claimed:
            if mail.id == 3 and mail.tries <= 3:
                break  # The process dies here.
            triage._one(mail, triage.outbox.owner, clock())
    assert house.count("raw_mail", "state = 'quarantined' AND id = 3") == 1
    assert house.count("raw_mail", "reason = 'stopped_the_robot'") == 1
    assert house.count("cases") == house.count("mail") == 4


def test_an_error_of_the_database_shows_no_values_of_the_statement(room: Room) -> None:
    """Sealed words and addresses of a failing statement must not end in a log."""
    statement = text("INSERT INTO officer (address, name) VALUES (:a, :n)")
    with pytest.raises(StatementError) as failed, room.books._engine.begin() as connection:
        connection.execute(statement, {"a": "geheim@gezin.test", "n": "Noor"})
    assert "[parameters:" not in str(failed.value)
    assert "geheim" not in str(failed.value).partition("[SQL")[2]
