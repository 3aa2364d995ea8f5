"""What is past its term is gone everywhere; what is held, or unseen, or not ours to judge, stays."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from mailbot import app
from mailbot.adapters.roles import grant_robot
from mailbot.domain.decision import Outcome
from mailbot.domain.errors import GroundsMissing, NotAllowed, NotHeld, PlanNotSeen, UnknownCase
from mailbot.domain.kinds import Kind
from mailbot.domain.retention import Category
from mailbot.domain.retention_book import AtServer
from mailbot.domain.roles import Role
from mailbot.work.parked import Parked
from mailbot.work.retention import Outcome as Erased
from mailbot.work.retention_acts import RetentionActs
from tests.houses import ADDRESS, TestHouse, TurnedClock, plain_mail
from tests.servers.fixtures import MailHost
from tests.servers.postgres import Postgres

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CANARY = "Zwaluwstaart"
ACCESS = f"Ik wil graag weten welke gegevens jullie over mijn dochter Noor {CANARY} hebben."
REASON = "Er loopt een procedure bij de rechtbank."
TWO_YEARS = {"days": 732}


pytestmark = pytest.mark.usefixtures("connections_closed")


def acts(house: TestHouse) -> RetentionActs:
    """The acts of officers about retention."""
    if "acts" not in house.__dict__:
        board = house.settings.boards[0].code
        house.__dict__["acts"] = app.retention(house.settings, board, house.clock)
    kept = house.__dict__["acts"]
    assert isinstance(kept, RetentionActs)
    return kept


def receive(house: TestHouse, *raws: bytes) -> int:
    """Lay mails in as if no server had shown them, for these houses have none to be erased from."""
    new = house.receive(*raws)
    execute(house, "DELETE FROM sighting")
    return new


def parked(house: TestHouse) -> Parked:
    """The acts of officers about mails without a case."""
    return app.parked(house.settings, house.settings.boards[0].code, house.clock)


def run(house: TestHouse) -> Erased:
    """See the plan and run it, as an administrator does."""
    plan = acts(house).plan(house.enter(Role.ADMIN))
    return acts(house).run(house.enter(Role.ADMIN), plan.code)


def due(house: TestHouse) -> list[str]:
    """The subjects of today's plan."""
    return [item.subject for item in acts(house).plan(house.enter(Role.FG)).due]


def execute(house: TestHouse, statement: str) -> None:
    """Do something straight in the database."""
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def close(house: TestHouse, kind: Kind | None = None) -> list[str]:
    """Let a person close every open case; letters count as delivered."""
    desk = house.desk
    board = house.enter(Role.BOARD)
    closed = []
    for case in desk.queue(board):
        desk.confirm(board, case.reference, kind or case.kind or Kind.ACCESS)
        desk.note(board, case.reference, f"Gebeld met mevrouw {CANARY}.")
        desk.decide(board, case.reference, Outcome.WITHDRAWN, f"Ingetrokken door {CANARY}.")
        closed.append(case.reference)
    execute(house, "UPDATE letter SET state = 'sent', accepted_at = written_at")
    return closed


def closed_case(house: TestHouse, body: str = ACCESS, kind: Kind | None = None) -> str:
    """A request that came and was closed."""
    receive(house, plain_mail(f"Inzage {CANARY}", body))
    house.house.work_off()
    (reference,) = close(house, kind)
    return reference


# --- what is erased, and what stays -------------------------------------------------------------


def test_a_file_past_its_term_is_gone_and_only_bare_figures_stay(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Keys, sealed bytes, facts, flags, notes and address hashes go; number, kind, dates stay."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    reference = closed_case(house)
    assert house.count("fact") > 0
    clock.turn(**TWO_YEARS)

    assert Erased(erased=1, mails=1) == run(house)

    for table in ("data_key", "fact", "case_flag", "note", "case_address"):
        assert 0 == house.count(table), table
    for where in ("sealed IS NOT NULL", "key_id IS NOT NULL"):
        for table in ("cases", "raw_mail", "letter"):
            assert 0 == house.count(table, where), (table, where)
    hashes = "sealed IS NOT NULL OR sender_hash IS NOT NULL OR message_id_hash IS NOT NULL"
    assert 0 == house.count("mail", hashes)
    assert 1 == house.count(
        "cases",
        f"reference = '{reference}' AND kind = 'access' AND received_on = '2026-03-02'"
        " AND due_on = '2026-03-30' AND state = 'closed'",
    )
    assert 1 == house.count("decision", "outcome = 'withdrawn'")
    assert house.count("event", "case_id IS NOT NULL") >= 4
    with pytest.raises(UnknownCase):
        house.desk.show(house.enter(Role.FG), reference)


def bytes_kept(connection: Connection) -> list[bytes]:
    """Everything sealed and every wrapped key, as it lies in the database."""
    found: list[bytes] = []
    for table, column in (
        ("data_key", "wrapped"),
        ("raw_mail", "sealed"),
        ("mail", "sealed"),
        ("cases", "sealed"),
        ("letter", "sealed"),
        ("fact", "sealed"),
        ("note", "sealed"),
        ("case_address", "address_hash"),
        ("mail", "sender_hash"),
        ("letter", "recipient_hash"),
    ):
        rows = connection.exec_driver_sql(f"SELECT {column} FROM {table}")
        found += [bytes(row[0])[:64] for row in rows if row[0]]
    return found


def all_bytes(folder: Path) -> bytes:
    """Every byte of every file below a folder."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_no_byte_of_an_erased_file_is_left_on_the_disk(
    bare_house: Callable[..., TestHouse], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """
    Faults 40: a canary name is absent from database, WAL, logs and attachments.

    And so are the sealed bytes, the keys and the hashes themselves, in free pages and in the WAL.
    """
    caplog.set_level("DEBUG")
    clock = TurnedClock(START)
    house = bare_house(clock)
    large = f"{ACCESS}\n" + "\n".join(f"{CANARY} {number}" for number in range(5000))
    closed_case(house, large)
    parked(house).looked(house.enter(Role.FG), [1])
    with house.house.engine.begin() as connection:
        kept = bytes_kept(connection)
    assert len(kept) > 10
    before = all_bytes(tmp_path)
    assert all(one in before for one in kept)
    clock.turn(**TWO_YEARS)

    assert Erased(erased=1, mails=1) == run(house)

    after = all_bytes(tmp_path)
    assert [] == [one for one in kept if one in after]
    for form in (CANARY.encode(), CANARY.lower().encode(), CANARY.encode("utf-16-le")):
        assert form not in after
    assert CANARY not in caplog.text
    assert [0] * len(logs := [*tmp_path.rglob("*-wal")]) == [log.stat().st_size for log in logs]
    assert len(after) < len(before)
    with house.house.engine.begin() as connection:
        assert 0 == connection.exec_driver_sql("PRAGMA freelist_count").scalar()


def test_a_mail_of_linked_cases_goes_with_the_last_of_them(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """One mail may open several cases; it stays while one of them needs it, and goes after."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    receive(
        house,
        plain_mail(
            "Inzage en foto's", f"{ACCESS}\nEn haal al haar foto's van de website van de school."
        ),
    )
    house.house.work_off()
    assert 2 == house.count("cases")
    first, second = close(house)
    acts(house).hold(house.enter(Role.FG), second, REASON)
    clock.turn(**TWO_YEARS)

    assert Erased(erased=1, mails=0) == run(house)
    assert 1 == house.count("raw_mail", "key_id IS NOT NULL")
    acts(house).release(house.enter(Role.FG), second, "De procedure is afgelopen.")
    assert Erased(erased=1, mails=1) == run(house)

    assert 0 == house.count("data_key")
    assert [first, second] == sorted(one.subject for one in acts(house).log(house.enter(Role.FG)))


def test_linked_cases_go_together_in_one_run(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """The mail of both is found once the first is gone, and nothing is left behind."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    receive(
        house,
        plain_mail(
            "Inzage en foto's", f"{ACCESS}\nEn haal al haar foto's van de website van de school."
        ),
    )
    house.house.work_off()
    close(house)
    clock.turn(**TWO_YEARS)
    assert Erased(erased=2, mails=1) == run(house)
    assert 0 == house.count("data_key")


def test_the_same_bytes_seen_again_open_no_new_case(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """A restored mail server shows the mail once more; it is known, though nobody can read it."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    raw = plain_mail("Inzage", ACCESS)
    receive(house, raw)
    house.house.work_off()
    close(house)
    clock.turn(**TWO_YEARS)
    run(house)
    assert 0 == receive(house, raw)
    assert 0 == house.house.work_off()
    assert 1 == house.count("cases")


def test_an_answer_to_an_erased_case_is_a_new_mail(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Neither number, thread nor address leads to what is gone; a person or a new case takes it."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    receive(house, plain_mail("Inzage", ACCESS, message_id="<first@gezin.test>"))
    house.house.work_off()
    (reference,) = close(house)
    clock.turn(**TWO_YEARS)
    run(house)
    thread = "In-Reply-To: <first@gezin.test>\nReferences: <first@gezin.test>\n"
    receive(house, plain_mail(f"Re: {reference}", "Nog een vraag hierover.", extra=thread))
    assert 1 == house.house.work_off()
    assert 0 == house.count("raw_mail", "state <> 'worked'")
    assert 0 == house.count("mail", "outcome = 'filed'")


# --- what stays ----------------------------------------------------------------------------------


def test_what_is_open_or_still_leaving_is_in_no_plan(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """An open case, a letter under way and a mail nobody looked at keep a file."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    reference = closed_case(house)
    receive(house, plain_mail("Nog een", "Ik wil inzage in het dossier van mijn zoon."))
    house.house.work_off()
    clock.turn(**TWO_YEARS)
    assert [reference] == due(house)
    for spoiled, mended in (
        ("UPDATE letter SET state = 'waiting'", "UPDATE letter SET state = 'sent'"),
        ("UPDATE mail SET waits = true", "UPDATE mail SET waits = false"),
    ):
        execute(house, spoiled)
        assert [] == due(house)
        execute(house, mended)
    assert [reference] == due(house)


def test_a_later_mail_in_a_closed_case_starts_the_term_anew(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """What came in after the closing is not younger than its own term."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    reference = closed_case(house)
    clock.turn(days=400)
    receive(house, plain_mail("Nog iets", "Met dank voor alles.", message_id="<later@gezin.test>"))
    house.house.work_off()
    execute(house, "UPDATE mail SET waits = false, case_id = 1")
    clock.turn(days=332)
    assert [] == due(house)
    clock.turn(days=400)
    assert [reference] == due(house)


def test_a_hold_wins_and_its_history_is_only_added_to(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Reglement 6.5.3; only the FG sets and releases, each time with a reason."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    reference = closed_case(house)
    desk, fg = acts(house), house.enter(Role.FG)
    for role in (Role.BOARD, Role.HANDLER, Role.ADMIN):
        with pytest.raises(NotAllowed):
            desk.hold(house.enter(role), reference, REASON)
    with pytest.raises(GroundsMissing):
        desk.hold(fg, reference, "kort")
    with pytest.raises(UnknownCase):
        desk.hold(fg, "SIPOR-2026-000099-X", REASON)
    with pytest.raises(NotHeld):
        desk.release(fg, reference, REASON)
    desk.hold(fg, reference, REASON)
    with pytest.raises(NotHeld):
        desk.hold(fg, reference, REASON)
    clock.turn(**TWO_YEARS)

    assert Erased() == run(house)
    (held,) = desk.plan(house.enter(Role.ADMIN)).held
    assert reference == held.subject
    assert [(True, REASON)] == [(act.held, act.reason) for act in desk.history(fg, reference)]
    for statement in ("UPDATE legal_hold SET act = 'release'", "DELETE FROM legal_hold"):
        with pytest.raises(DBAPIError, match="append_only"):
            execute(house, statement)
    desk.release(fg, reference, "De procedure is afgelopen.")
    assert Erased(erased=1, mails=1) == run(house)
    assert [None, None] == [act.reason for act in desk.history(fg, reference)]


def test_no_mail_without_a_case_goes_unseen(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """`other`, spam and automatic mail: thirty days after a person looked, never before."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    automatic = "Auto-Submitted: auto-replied\n"
    receive(
        house,
        plain_mail("Afwezig", "Ik ben met verlof.", extra=automatic),
        plain_mail("Aanbieding", "Koop nu goedkope printers, alleen deze week."),
    )
    house.house.work_off()
    assert 0 == house.count("cases")
    clock.turn(days=3650)
    assert [] == due(house)

    handler = house.enter(Role.HANDLER)
    with pytest.raises(NotAllowed):
        parked(house).list(house.enter(Role.ADMIN))
    assert [1, 2] == [mail.id for mail in parked(house).list(handler)]
    shown = parked(house).show(handler, 2)
    assert shown is not None
    assert "Aanbieding" == shown.subject
    assert [1, 2] == parked(house).looked(handler, [1, 2, 99])
    assert [] == parked(house).list(handler)
    assert 2 == len(parked(house).list(handler, unseen_only=False))
    assert 0 == house.count("mail", "waits")
    clock.turn(days=30)
    assert [] == due(house)
    clock.turn(days=1)
    plan = acts(house).plan(house.enter(Role.ADMIN))
    assert {Category.PARKED: 1, Category.AUTOMATIC: 1} == plan.counts()
    assert Erased(erased=2, mails=2) == run(house)
    assert 0 == house.count("data_key")
    assert None is parked(house).show(handler, 2)


def test_a_mail_in_quarantine_goes_after_a_person_looked_and_is_tried_no_more(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Nothing in quarantine is stuck there for ever, and what is erased cannot be tried again."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    receive(house, plain_mail("Stuk", "x"))
    execute(house, "UPDATE raw_mail SET state = 'quarantined', reason = 'nested_too_deep'")
    assert [1] == parked(house).looked(house.enter(Role.FG), [1])
    clock.turn(days=31)
    assert Erased(erased=1, mails=1) == run(house)
    desk, fg = house.desk, house.enter(Role.FG)
    assert [] == desk.quarantine(fg)
    assert not desk.try_again(fg, 1)


def test_a_letter_that_was_erased_can_never_leave(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """A held letter of a file past its term goes with it, and nobody can let it go any more."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    closed_case(house)
    execute(house, "UPDATE letter SET state = 'held', hold_reason = 'too_many'")
    clock.turn(**TWO_YEARS)
    run(house)
    desk, fg = house.desk, house.enter(Role.FG)
    assert [] == desk.outbox(fg)
    assert not desk.let_go(fg, 1)


def test_the_schools_own_copy_is_named_until_a_person_destroyed_it(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Eight weeks after delivery the plan names the copy; only an officer's word ends that."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    reference = closed_case(house, kind=Kind.RECTIFICATION)
    with house.house.engine.begin() as connection:
        decided = "INSERT INTO decision (board_id, case_id, officer_id, sign_in_id, outcome,"
        decided += " grounds, at) SELECT board_id, case_id, officer_id, sign_in_id, 'granted',"
        connection.exec_driver_sql(f"{decided} grounds, at FROM decision")
        connection.exec_driver_sql(
            "INSERT INTO closure (case_id, decision_id, at) SELECT case_id, 2, at FROM closure"
        )
        connection.exec_driver_sql("UPDATE cases SET closure_id = 2")
    clock.turn(days=1)
    assert () == acts(house).plan(house.enter(Role.FG)).by_hand
    execute(house, "UPDATE cases SET kind = 'access'")
    clock.turn(days=55)
    assert () == acts(house).plan(house.enter(Role.FG)).by_hand
    clock.turn(days=1)
    (item,) = acts(house).plan(house.enter(Role.FG)).by_hand
    assert (Category.COPY, reference) == (item.category, item.subject)
    assert Erased() == run(house)
    acts(house).destroyed(house.enter(Role.HANDLER), reference)
    assert () == acts(house).plan(house.enter(Role.FG)).by_hand


# --- who may, and by which plan ------------------------------------------------------------------


def test_only_an_administrator_runs_and_only_the_plan_that_was_seen(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """The plan is looked at first (reglement section 7: runs dry first), and shows no name."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    closed_case(house)
    clock.turn(**TWO_YEARS)
    admin = house.enter(Role.ADMIN)
    plan = acts(house).plan(admin)
    assert CANARY not in repr(plan)
    rows = [house.count(table) for table in ("data_key", "purge_log", "purge_notice", "event")]
    for role in (Role.FG, Role.BOARD, Role.HANDLER):
        with pytest.raises(NotAllowed):
            acts(house).run(house.enter(role), plan.code)
    for code in (None, "", "20280101-00000000"):
        with pytest.raises(PlanNotSeen, match=plan.code):
            acts(house).run(admin, code)
    clock.turn(days=1)
    with pytest.raises(PlanNotSeen):
        acts(house).run(admin, plan.code)
    assert rows == [
        house.count(table) for table in ("data_key", "purge_log", "purge_notice", "event")
    ]


def test_the_log_says_what_went_without_content_and_is_only_added_to(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """A purge is logged without content; on both databases the log refuses every change."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    reference = closed_case(house)
    clock.turn(**TWO_YEARS)
    run(house)
    (line,) = acts(house).log(house.enter(Role.FG))
    assert (reference, Category.REQUEST, 1) == (line.subject, line.category, line.mails)
    assert f"Officer {Role.ADMIN}" == line.by
    for statement in ("UPDATE purge_log SET mails = 0", "DELETE FROM purge_log"):
        with pytest.raises(DBAPIError, match="append_only"):
            execute(house, statement)


def test_the_robot_erases_by_itself_what_stood_visible_for_a_week(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """A week to set a hold (policy); a hold that ends starts the week anew."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    reference = closed_case(house)
    clock.turn(**TWO_YEARS)
    fg = house.enter(Role.FG)
    assert 0 == house.house.purge()
    clock.turn(days=6)
    assert 0 == house.house.purge()
    acts(house).hold(fg, reference, REASON)
    clock.turn(days=10)
    assert 0 == house.house.purge()
    acts(house).release(fg, reference, REASON)
    assert 0 == house.house.purge()
    clock.turn(days=6)
    assert 0 == house.house.purge()
    clock.turn(days=1)
    assert 1 == house.house.purge()
    (line,) = acts(house).log(fg)
    assert None is line.by
    assert 0 == house.house.purge()


def test_the_robot_can_erase_under_its_own_role(
    postgres: Postgres, bare_house: Callable[..., TestHouse]
) -> None:
    """On PostgreSQL the robot's role may erase what is past its term, and still decide nothing."""
    clock = TurnedClock(START)
    url = postgres.database()
    house = bare_house(clock, database=url)
    closed_case(house)
    name = url.rpartition("/")[2]
    postgres.execute("DROP ROLE IF EXISTS robot_that_erases")
    postgres.execute("CREATE ROLE robot_that_erases LOGIN")
    grant_robot(house.house.engine, "robot_that_erases")
    robot = bare_house(clock, database=postgres.url(name, "robot_that_erases"))
    clock.turn(**TWO_YEARS)
    assert 0 == robot.house.purge()
    clock.turn(days=7)
    assert 1 == robot.house.purge()
    assert 0 == house.count("data_key")
    robot.house.engine.dispose()
    postgres.execute("DROP OWNED BY robot_that_erases", name)
    postgres.execute("DROP ROLE robot_that_erases")


def test_a_killed_run_is_finished_by_the_next(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Each file goes in a transaction of its own; what was not reached stays whole until then."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    for number in range(3):
        receive(house, plain_mail(f"Inzage {number}", ACCESS, sender=f"ouder{number}@gezin.test"))
    house.house.work_off()
    close(house)
    clock.turn(**TWO_YEARS)
    admin = house.enter(Role.ADMIN)

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        acts(house).run(admin, acts(house).plan(admin).code, stop)
    assert 1 == house.count("purge_log")
    assert Erased(erased=2, mails=2) == run(house)
    assert 3 == house.count("purge_log")
    assert 0 == house.count("data_key")


def test_a_hold_that_is_set_while_a_run_is_under_way_still_wins(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Each file is looked at again in the transaction that erases it."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    for number in range(2):
        receive(house, plain_mail(f"Inzage {number}", ACCESS, sender=f"ouder{number}@gezin.test"))
    house.house.work_off()
    close(house)
    clock.turn(**TWO_YEARS)
    admin, fg = house.enter(Role.ADMIN), house.enter(Role.FG)
    plan = acts(house).plan(admin)
    first, second = plan.due
    held: list[str] = []

    def hold_the_second(_: object) -> None:
        if not held:
            held.append(second.subject)
            acts(house).hold(fg, second.subject, REASON)

    assert Erased(erased=1, mails=1) == acts(house).run(admin, plan.code, hold_the_second)
    assert [first.subject] == [line.subject for line in acts(house).log(fg)]
    assert 1 == house.count("raw_mail", "key_id IS NOT NULL")


# --- the mail server -----------------------------------------------------------------------------


def test_the_copies_on_the_mail_server_go_and_no_other_message(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """
    What matches byte for byte is removed wherever it lies; what does not stays.

    The done folder, a folder a person moved a copy to, and a copy in the Junk; but not a mail with
    the same Message-ID and length, nor what a person marked as deleted.
    """
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock)
    mail_host.send("ouder@gezin.test", ADDRESS, plain_mail(f"Inzage {CANARY}", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    (raw,) = mail_host.dovecot.messages(ADDRESS, "mailbot")
    twin = raw.replace(b"Noor", b"Nora")
    assert len(twin) == len(raw)
    for folder in ("Archief", "Junk"):
        mail_host.dovecot.append(ADDRESS, raw, folder)
        mail_host.dovecot.append(ADDRESS, twin, folder)
    mail_host.dovecot.append(ADDRESS, twin, "mailbot", flags=(b"\\Deleted",))
    close(house)
    assert Erased() == run(house)
    assert 2 == len(mail_host.dovecot.messages(ADDRESS, "mailbot"))
    clock.turn(**TWO_YEARS)

    assert Erased(erased=1, mails=1) == run(house)

    for folder in ("mailbot", "Archief", "Junk"):
        assert [twin] == mail_host.dovecot.messages(ADDRESS, folder), folder
    (line,) = acts(house).log(house.enter(Role.FG))
    assert AtServer.GONE is line.server


def test_what_was_marked_in_place_goes_from_the_inbox(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """Without a done folder worked mail lies in the INBOX with a keyword; it goes from there."""
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock, done_folder="")
    mail_host.send("ouder@gezin.test", ADDRESS, plain_mail("Inzage", ACCESS))
    (raw,) = mail_host.wait_for(ADDRESS, 1)
    house.round()
    close(house)
    other = plain_mail("Iets anders", "Tot morgen.")
    mail_host.dovecot.append(ADDRESS, other)
    clock.turn(**TWO_YEARS)
    assert Erased(erased=1, mails=1) == run(house)
    assert raw not in mail_host.dovecot.messages(ADDRESS)
    assert other in mail_host.dovecot.messages(ADDRESS)


def test_a_file_waits_while_its_mail_server_is_away(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """Nothing is erased by halves: the file is postponed, said so, and finished by a later run."""
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock)
    mail_host.send("ouder@gezin.test", ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    (reference,) = close(house)
    clock.turn(**TWO_YEARS)
    mail_host.dovecot.change_password(ADDRESS, "another password")

    assert Erased(postponed=(reference,)) == run(house)
    assert 0 < house.count("data_key")
    assert 0 == house.count("purge_log")

    mail_host.dovecot.change_password(ADDRESS, house.settings.mailboxes[0].password.reveal())
    assert Erased(erased=1, mails=1) == run(house)
    assert [] == mail_host.dovecot.messages(ADDRESS, "mailbot")


def test_a_run_killed_between_server_and_key_is_finished_by_the_next(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """The server is done first; a later run finds nothing there and erases the keys."""
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock)
    mail_host.send("ouder@gezin.test", ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    close(house)
    clock.turn(**TWO_YEARS)
    job = acts(house).job
    (item,) = job.plan(clock()).due
    with job.books.opened() as book:
        copies = book.copies(item)
    for opener in job.servers.values():
        server = opener()
        assert frozenset() == server.remove(copies)
        server.close()
    assert [] == mail_host.dovecot.messages(ADDRESS, "mailbot")
    assert Erased(erased=1, mails=1) == run(house)
    assert 0 == house.count("data_key")


def test_a_mail_whose_size_the_server_only_estimates_is_found_by_its_message_id(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """Size is how most are found, and no proof of anything; the bytes decide."""
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock)
    mail_host.send("ouder@gezin.test", ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    close(house)
    (raw,) = mail_host.dovecot.messages(ADDRESS, "mailbot")
    twin = raw.replace(b"Noor", b"Nora")
    mail_host.dovecot.append(ADDRESS, twin, "mailbot")
    execute(house, "UPDATE raw_mail SET size = size + 7")
    clock.turn(**TWO_YEARS)
    assert Erased(erased=1, mails=1) == run(house)
    assert [twin] == mail_host.dovecot.messages(ADDRESS, "mailbot")


def test_a_mailbox_that_is_set_up_no_more_is_said_in_the_log(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Nobody can look there any more; the file still goes, and a person reads what is left to do."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    house.receive(plain_mail("Inzage", ACCESS))
    house.house.work_off()
    close(house)
    execute(house, "INSERT INTO mailbox (board_id, name) VALUES (1, 'former')")
    execute(house, "UPDATE sighting SET mailbox_id = (SELECT max(id) FROM mailbox)")
    clock.turn(**TWO_YEARS)
    assert Erased(erased=1, mails=1) == run(house)
    (line,) = acts(house).log(house.enter(Role.FG))
    assert AtServer.NOT_SET_UP is line.server


def test_the_mail_of_linked_cases_that_go_together_goes_from_the_server_too(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """No key is erased before the server was searched, also for the mail found only at the end."""
    clock = TurnedClock(datetime.now(UTC))
    house = new_house(clock)
    both = f"{ACCESS}\nEn haal al haar foto's van de website van de school."
    mail_host.send("ouder@gezin.test", ADDRESS, plain_mail("Inzage en foto's", both))
    mail_host.wait_for(ADDRESS, 1)
    house.round()
    assert 2 == len(close(house))
    clock.turn(**TWO_YEARS)
    assert Erased(erased=2, mails=1) == run(house)
    assert [] == mail_host.dovecot.messages(ADDRESS, "mailbot")
