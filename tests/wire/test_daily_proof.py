"""The daily proof: every mail has a place, the FG hears so each working morning, or an alarm rings."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot import app
from mailbot.cli import commands
from mailbot.domain.proof import Counts, Proof
from mailbot.domain.roles import Role
from mailbot.work.handling.standing import keep_away
from tests.houses import (
    ADDRESS,
    MASTER,
    PASSWORD,
    TestHouse,
    TurnedClock,
    build_bare_house,
    plain_mail,
    settings_text,
)
from tests.servers.sink import Sink

MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Six in the morning in Amsterdam; reminders and proofs leave from eight."""
WISH = "Ik wil graag weten welke gegevens jullie over mijn dochter hebben."
NEWS = "Auto-Submitted: auto-replied\n"


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(MONDAY)


@pytest.fixture
def house(tmp_path: Path, sink: Sink, any_database: str, clock: TurnedClock) -> Iterator[TestHouse]:
    """A house on either database whose letters arrive in a sink."""
    made = build_bare_house(tmp_path, clock, smtp_port=sink.port, database=any_database)
    yield made
    made.close()


def alarms(house: TestHouse) -> list[str]:
    file = house.settings.path.parent / "alarms.jsonl"
    return (
        [json.loads(line)["code"] for line in file.read_text().splitlines()]
        if file.exists()
        else []
    )


def proofs(sink: Sink) -> list[EmailMessage]:
    read = [message_from_bytes(one.content, policy=default) for one in sink.letters]
    return [one for one in read if isinstance(one, EmailMessage) and "ewijs van" in one["Subject"]]


def words(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().split())


def test_each_working_morning_the_fg_reads_where_every_mail_went(
    house: TestHouse, sink: Sink, clock: TurnedClock
) -> None:
    """Seen equals opened, filed, parked, automatic, quarantined and waiting."""
    house.officer(Role.FG)
    house.receive(
        plain_mail("Inzage", WISH),
        plain_mail("Afwezig", "Ik ben er niet.", sender="a@gezin.test", extra=NEWS),
        plain_mail("Lunch", "Gratis zonnepanelen, klik hier.", sender="verkoop@bedrijf.test"),
    )
    house.house.work_off()
    assert house.house.prove() == 0
    clock.turn(hours=2)
    assert house.house.prove() == 1
    assert house.house.prove() == 0
    house.house.deliver()
    (letter,) = proofs(sink)
    assert letter["To"] == "fg@officers.test"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"] == "Bewijs van 23 november 2026: 3 mails, de telling klopt"
    text = words(letter)
    for line in (
        "Nieuwe zaak: 1",
        "Automatisch bericht, niet beantwoord: 1",
        "Bij geen zaak, een mens kijkt: 1",
        "Zaken waarvan de soort nog niet is bevestigd: 1",
        "Mails bij geen zaak: 1",
    ):
        assert line in text
    for private in ("Ouder", "gezin.test", "dochter"):
        assert private not in letter.as_string()
    assert alarms(house) == []


def test_a_proof_counts_from_the_one_before_and_skips_the_weekend(
    house: TestHouse, clock: TurnedClock
) -> None:
    """What came on Friday, Saturday and Sunday stands in Monday's proof, once."""
    house.officer(Role.FG)
    clock.turn(hours=2)
    days: list[tuple[date, int]] = []
    proof = house.house.boards["sipor"].proof
    for day in range(8):
        house.receive(plain_mail("Inzage", f"{WISH} {day}", sender=f"ouder{day}@gezin.test"))
        house.house.work_off()
        clock.turn(seconds=1)
        if written := proof.prove(clock()):
            days.append((written.day, written.counts.seen))
        clock.turn(hours=24)
    assert days == [
        (date(2026, 11, 23), 1),
        (date(2026, 11, 24), 1),
        (date(2026, 11, 25), 1),
        (date(2026, 11, 26), 1),
        (date(2026, 11, 27), 1),
        (date(2026, 11, 30), 3),
    ]
    assert [one.counts.seen for one in proof.written(9)] == [3, 1, 1, 1, 1, 1]


def test_a_mail_that_lost_its_place_rings_the_alarm(house: TestHouse, clock: TurnedClock) -> None:
    """A worked mail without a judgement of its own is nowhere; the proof says so and alarms."""
    house.officer(Role.FG)
    house.receive(plain_mail("Lunch", "Gratis zonnepanelen, klik hier.", sender="v@bedrijf.test"))
    house.house.work_off()
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM mail")
    clock.turn(hours=2)
    proof = house.house.boards["sipor"].proof
    written = proof.prove(clock())
    assert written is not None
    assert written.counts == Counts(1, 0, 0, 0, 0, 0, 0)
    assert not written.counts.adds_up
    assert alarms(house) == ["proof_does_not_add_up"]


def test_a_mail_nobody_has_read_yet_is_counted_as_waiting(
    house: TestHouse, clock: TurnedClock
) -> None:
    """A robot that collects but does not read shows in the proof."""
    house.receive(plain_mail("Inzage", WISH))
    clock.turn(hours=2)
    written = house.house.boards["sipor"].proof.prove(clock())
    assert written is not None
    assert written.counts == Counts(1, 0, 0, 0, 0, 0, 1)
    assert [(one.what, one.count) for one in written.waiting] == [("unread", 1)]


def test_an_officer_kept_away_does_not_read_the_number_of_the_case(
    house: TestHouse, sink: Sink, clock: TurnedClock
) -> None:
    """A complaint about the FG is routed around the FG, in the proof as well."""
    desk, _ = house.officer(Role.FG)
    _, board = house.officer(Role.BOARD)
    house.receive(plain_mail("Inzage", WISH))
    house.house.work_off()
    with desk.books.opened() as books:
        (case,) = books.cases.open_cases()
    keep_away(desk, board, case.reference, "fg@officers.test", "De klacht gaat over de FG zelf.")  # type: ignore[arg-type]
    clock.turn(days=21, hours=3)
    assert house.house.prove() == 1
    house.house.deliver()
    assert case.reference not in words(proofs(sink)[-1])


def test_no_proof_by_an_hour_after_it_was_due_is_itself_an_alarm(
    house: TestHouse, clock: TurnedClock
) -> None:
    """Monitoring asks `mailbot proof check`, so a robot that stands still is noticed."""
    house.receive(plain_mail("Inzage", WISH))
    proof = house.house.boards["sipor"].proof
    clock.turn(hours=2, minutes=59)
    assert proof.watch(clock()) is None
    clock.turn(minutes=2)
    assert proof.watch(clock()) == "proof_missing"
    assert alarms(house) == ["proof_missing"]


def test_the_desk_notices_a_robot_that_stands_still(
    house: TestHouse, sink: Sink, clock: TurnedClock
) -> None:
    """The robot cannot say that it stopped; whoever serves the desk looks after the proof too."""
    house.receive(plain_mail("Inzage", WISH))
    house.house.work_off()
    clock.turn(hours=5)
    desk = app.web(house.settings, clock)

    async def serve_until_it_rings() -> None:
        async with desk.router.lifespan_context(desk), asyncio.timeout(30):
            while not alarms(house):  # noqa: ASYNC110 - a file has no event to wait for.
                await asyncio.sleep(0.05)

    asyncio.run(serve_until_it_rings())
    assert ["proof_missing"] == alarms(house)


def test_one_mail_is_told_as_one(house: TestHouse, sink: Sink, clock: TurnedClock) -> None:
    """A letter that says "alle 1 mails" reads like a machine."""
    house.officer(Role.FG)
    house.receive(plain_mail("Inzage", WISH))
    house.house.work_off()
    clock.turn(hours=3)
    house.house.prove()
    house.house.deliver()
    (letter,) = proofs(sink)
    assert "1 mail, de telling klopt" in letter["Subject"]
    assert "Er kwam 1 mail binnen, en die heeft een plek." in words(letter)


def test_a_proof_the_mail_server_does_not_take_rings_the_alarm(
    house: TestHouse, sink: Sink, clock: TurnedClock
) -> None:
    """A proof that does not come is an alarm by another way than mail."""
    house.officer(Role.FG)
    house.receive(plain_mail("Inzage", WISH))
    house.house.work_off()
    clock.turn(hours=2)
    house.house.prove()
    proof = house.house.boards["sipor"].proof
    clock.turn(minutes=61)
    assert proof.watch(clock()) == "proof_not_delivered"
    house.house.deliver()
    assert proof.watch(clock()) is None


def test_the_command_says_what_is_wrong_and_what_to_do(
    tmp_path: Path, bare_house: Callable[..., TestHouse], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1 and a sentence; nothing rings unless --alarm asks for it."""
    house = bare_house()
    (tmp_path / "mailbot.toml").write_text(settings_text(imap_port=9, smtp_port=9, user=ADDRESS))
    monkeypatch.setenv("MAILBOT_MASTER_KEY", MASTER)
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", PASSWORD)
    settings = ["--settings", str(tmp_path / "mailbot.toml"), "proof"]
    assert CliRunner().invoke(commands, [*settings, "check"]).output == "All is well.\n"
    # The command asks the machine for the time, so today's proof is one of today, whatever day.
    now = house.clock()
    today = now.astimezone(house.settings.boards[0].zone).date()
    with house.house.boards["sipor"].proof.books.opened() as book:
        book.take(Proof(today, now, now, Counts(2, 1, 0, 0, 0, 0, 0)))
    asked = CliRunner().invoke(commands, [*settings, "check"])
    assert asked.exit_code == 1
    assert asked.output.startswith("proof_does_not_add_up: a mail that was seen has no place")
    assert alarms(house) == []
    CliRunner().invoke(commands, [*settings, "check", "--alarm"])
    assert alarms(house) == ["proof_does_not_add_up"]
    shown = CliRunner().invoke(commands, [*settings, "list", "--json"])
    assert json.loads(shown.output)["seen"] == 2
