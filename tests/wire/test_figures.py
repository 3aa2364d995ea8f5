"""The yearly figures straight from the books, before and after the files are erased."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailbot import app
from mailbot.cli import commands
from mailbot.domain.decision import Outcome
from mailbot.domain.errors import NotAllowed
from mailbot.domain.figures import BreachCounts, YearFigures
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.retention import Outcome as Erased
from tests.houses import MASTER, PASSWORD, TestHouse, TurnedClock, plain_mail, settings_text

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACCESS = "Ik wil graag weten welke gegevens jullie over mijn dochter Noor Visser hebben."


pytestmark = pytest.mark.usefixtures("connections_closed")


def figures(house: TestHouse, role: Role = Role.FG, year: int = 2026) -> YearFigures:
    """Count a year as an officer does."""
    counting = app.figures(house.settings, house.settings.boards[0].code, house.clock)
    return counting.year(house.enter(role), year)


def live_a_year(house: TestHouse, clock: TurnedClock) -> None:
    """An access request answered in time, one answered late after an extension, a breach."""
    desk, board = house.desk, house.enter(Role.BOARD)
    house.receive(plain_mail("Inzage", ACCESS), plain_mail("Nog een", f"{ACCESS} Met groet."))
    house.house.work_off()
    first, second = desk.queue(board)
    for one in (first, second):
        desk.confirm(board, one.reference, Kind.ERASURE)
    clock.turn(days=10)
    desk.decide(board, first.reference, Outcome.WITHDRAWN, "De ouder trok het verzoek in.")
    desk.extend(board, second.reference, date(2026, 4, 10), "Er zijn veel stukken.")
    clock.turn(days=31)
    desk.decide(board, second.reference, Outcome.WITHDRAWN, "De ouder trok het verzoek in.")
    house.receive(plain_mail("Datalek", "Een mail met gegevens ging naar de verkeerde ouder."))
    house.house.work_off()
    (breach,) = desk.queue(board)
    desk.confirm(board, breach.reference, Kind.BREACH)
    grounds = "Het lek is gedicht en beoordeeld."
    unfinished = "Dit staat bij een ander voorval in het register."
    desk.decide(board, breach.reference, Outcome.HANDLED, grounds, unfinished=unfinished)
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE letter SET state = 'sent', accepted_at = written_at")
        connection.exec_driver_sql("UPDATE letter SET state = 'bounced' WHERE id = 1")
        connection.exec_driver_sql("UPDATE mail SET waits = false")
        connection.exec_driver_sql("DELETE FROM sighting")


def test_the_figures_are_the_same_when_the_files_are_erased(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """What remains after the term is enough to count from (reglement section 7)."""
    clock = TurnedClock(START)
    house = bare_house(clock, database=any_database)
    live_a_year(house, clock)
    before = figures(house)
    assert (3, 3, 1, 1) == (
        before.total.received,
        before.total.closed,
        before.total.in_time,
        before.total.late,
    )
    assert 1 == before.by_kind[Kind.ERASURE].extended
    assert 25.5 == before.by_kind[Kind.ERASURE].median_days
    assert 1 == before.letters.bounced
    assert BreachCounts(0, 0, 0, 1) == before.breaches
    assert {3: 2, 4: 1} == {
        month: row.received for month, row in before.by_month.items() if row.received
    }

    clock.turn(days=6 * 366)
    acts = app.retention(house.settings, house.settings.boards[0].code, clock)
    admin = house.enter(Role.ADMIN)
    assert Erased(erased=3, mails=3) == acts.run(admin, acts.plan(admin).code)
    assert 0 == house.count("data_key")

    after = figures(house)
    assert before.total == after.total
    assert before.by_kind == after.by_kind
    assert before.by_month == after.by_month
    assert before.by_language == after.by_language
    assert (before.letters, before.breaches) == (after.letters, after.breaches)


def test_another_year_is_not_counted(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """A case counts in the local year it came in: an hour before New Year in UTC is after it."""
    clock = TurnedClock(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    house = bare_house(clock, database=any_database)
    house.receive(plain_mail("Inzage", ACCESS))
    house.house.work_off()
    assert (0, 0) == (figures(house).total.received, figures(house).letters.written)
    found = figures(house, year=2027)
    assert (1, 1) == (found.total.received, found.letters.written)


def test_only_the_fg_and_the_board_see_the_figures(bare_house: Callable[..., TestHouse]) -> None:
    """They are for the annual report; an administrator manages accounts."""
    house = bare_house(TurnedClock(START))
    assert 0 == figures(house, Role.BOARD).total.received
    for role in (Role.HANDLER, Role.ADMIN):
        with pytest.raises(NotAllowed):
            figures(house, role)


def mailbot(folder: Path, *arguments: str) -> Result:
    """Call the command line as an officer does."""
    environ = {
        "MAILBOT_IMAP_PASSWORD": PASSWORD,
        "MAILBOT_MASTER_KEY": MASTER,
        "MAILBOT_OFFICER_PASSWORD": PASSWORD,
    }
    settings = ["--settings", str(folder / "mailbot.toml")]
    return CliRunner(env=environ).invoke(commands, [*settings, *arguments])


def test_the_commands_show_write_and_refuse(
    bare_house: Callable[..., TestHouse], tmp_path: Path
) -> None:
    """One walk past every new command: figures, parked, retention; exit codes as documented."""
    clock = TurnedClock(START)
    house = bare_house(clock)
    text = settings_text(imap_port=9, smtp_port=9, user="privacy@sipor.nl")
    (tmp_path / "mailbot.toml").write_text(text)
    live_a_year(house, clock)
    house.receive(plain_mail("Aanbieding", "Koop nu goedkope printers, alleen deze week."))
    house.house.work_off()
    for role in (Role.FG, Role.ADMIN):
        house.enter(role)
    fg, admin = ["--officer", house.officers[Role.FG]], ["--officer", house.officers[Role.ADMIN]]

    shown = mailbot(tmp_path, "figures", "2026", *fg)
    assert 0 == shown.exit_code, shown.output
    assert "wissing" in shown.output
    page, table = tmp_path / "jaar.html", tmp_path / "jaar.csv"
    made = mailbot(tmp_path, "figures", "2026", "--page", str(page), "--csv", str(table), *fg)
    assert 0 == made.exit_code, made.output
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    assert 2 == mailbot(tmp_path, "figures", "2026", "--page", "jaar.doc", *fg).exit_code

    listed = mailbot(tmp_path, "parked", "list", *fg)
    assert "4" in listed.output
    assert "Aanbieding" not in listed.output
    assert "Aanbieding" in mailbot(tmp_path, "parked", "show", "4", *fg).output
    assert 0 == mailbot(tmp_path, "parked", "looked", "4", *fg).exit_code
    assert 1 == mailbot(tmp_path, "parked", "looked", "99", *fg).exit_code
    assert "Nobody needs" in mailbot(tmp_path, "parked", "list", *fg).output

    assert "nothing is past its term" in mailbot(tmp_path, "retention", "plan", *admin).output
    refused = mailbot(tmp_path, "retention", "run", "20280101-00000000", *admin)
    assert "PlanNotSeen" == type(refused.exception).__name__
    ran = mailbot(tmp_path, "retention", "run", "--yes", *admin)
    assert 0 == ran.exit_code, ran.output
    assert "0 files erased" in ran.output
    with house.house.engine.begin() as connection:
        query = "SELECT reference FROM cases ORDER BY id LIMIT 1"
        reference = str(connection.exec_driver_sql(query).scalar())
    reason = "Er loopt een procedure bij de rechtbank."
    hold = mailbot(tmp_path, "retention", "hold", reference, "--reason", reason, *fg)
    assert 0 == hold.exit_code, hold.output
    assert reason in mailbot(tmp_path, "retention", "holds", reference, *fg).output
    release = mailbot(tmp_path, "retention", "release", reference, "--reason", reason, *fg)
    assert 0 == release.exit_code, release.output
    assert "Nothing was ever erased" in mailbot(tmp_path, "retention", "log", *admin).output
