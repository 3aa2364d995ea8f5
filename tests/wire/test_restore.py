"""A drill: what docs/backup.md says is done, and nothing is sent twice nor shown that was erased."""

import os
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot.adapters.history import look
from mailbot.cli import commands
from mailbot.domain.decision import Outcome
from mailbot.domain.errors import UnknownCase
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.retention import Order
from tests.houses import (
    ADDRESS,
    MASTER,
    TestHouse,
    TurnedClock,
    build_bare_house,
    plain_mail,
    settings_text,
)
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import Postgres
from tests.servers.sink import Sink

PAGE = Path(__file__).parents[2] / "docs" / "backup.md"
CANARY = "Zwaluwstaart"
ACCESS = f"Ik wil graag weten welke gegevens jullie over mijn dochter Noor {CANARY} hebben."
BREACH = "Er is een lijst met alle leerlingen naar alle ouders gemaild! Datalek!"

pytestmark = pytest.mark.usefixtures("connections_closed")


class Site:
    """A machine with a mailbot on it: a folder, a database, a mail host, a receiving server."""

    def __init__(self, folder: Path, dovecot: Dovecot, sink: Sink) -> None:
        self.folder = folder
        self.account = dovecot.user(ADDRESS)
        self.ports = {"imap_port": dovecot.imap_port, "smtp_port": sink.port}
        self.environ = {
            "MAILBOT_MASTER_KEY": MASTER,
            "MAILBOT_IMAP_PASSWORD": self.account.password,
        }
        self.clock = TurnedClock(datetime.now(UTC))

    database = ""

    def house(self) -> TestHouse:
        """Start a robot."""
        words = {"database": self.database, "imap_password": self.account.password}
        return build_bare_house(self.folder, self.clock, **self.ports, **words)  # type: ignore[arg-type]

    def mailbot(self, *words: str) -> str:
        """Run a command of ours as a person does."""
        file = self.folder / "mailbot.toml"
        text = settings_text(**self.ports, user=ADDRESS, database=self.database)  # type: ignore[arg-type]
        file.write_text(text)
        done = CliRunner(env=self.environ).invoke(commands, ["--settings", str(file), *words])
        assert 0 == done.exit_code, done.output
        return done.output

    def back_up(self) -> None:
        """Back up as the page says."""
        self._run(_block("sqlite3 "))

    def restore(self) -> None:
        """Put the backup in its place as the page says."""
        self._run(_block("rm -f"))

    def _run(self, script: str, **environ: str) -> None:
        subprocess.run(
            ["bash", "-euc", script], cwd=self.folder, check=True, env={**os.environ, **environ}
        )


class PostgresSite(Site):
    """The same with the database on PostgreSQL."""

    postgres: Postgres

    def back_up(self) -> None:
        """Back up as the page says, with the name of this database."""
        self._ask_server(_block("pg_dump").removesuffix("mailbot") + self._name)

    def restore(self) -> None:
        """Restore as the page says, into a new database."""
        self.database = self.postgres.database()
        self._ask_server(_block("pg_restore").replace("=mailbot ", f"={self._name} "))

    @property
    def _name(self) -> str:
        return self.database.rpartition("/")[2]

    def _ask_server(self, script: str) -> None:
        place = {"PGHOST": self.postgres.host, "PGPORT": str(self.postgres.port)}
        self._run(script, PGUSER="mailbot", **place)


def _block(start: str) -> str:
    """The commands on the page that begin so."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    (found,) = (one for one in blocks if one.lstrip().startswith(start))
    return "\n".join(line.strip() for line in found.strip().splitlines())


@pytest.fixture(params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, tmp_path: Path, dovecot: Dovecot, sink: Sink
) -> Iterator[Site]:
    """A site on each of the two databases."""
    if request.param == "sqlite":
        yield Site(tmp_path, dovecot, sink)
    else:
        made = PostgresSite(tmp_path, dovecot, sink)
        made.postgres = request.getfixturevalue("postgres")
        made.database = made.postgres.database()
        yield made


def references(house: TestHouse) -> set[str]:
    """The references of all cases."""
    with house.house.engine.begin() as connection:
        return set(connection.exec_driver_sql("SELECT reference FROM cases").scalars())


def old_file(house: TestHouse, clock: TurnedClock) -> str:
    """A request that came and was closed more than two years ago."""
    now = clock.now
    clock.now = now - timedelta(days=740)
    house.receive(plain_mail(f"Inzage {CANARY}", ACCESS))
    house.house.work_off()
    with house.house.engine.begin() as connection:
        # It came before there was a mailbox to erase it from.
        connection.exec_driver_sql("DELETE FROM sighting")
    desk, board = house.desk, house.enter(Role.BOARD)
    (case,) = desk.queue(board)
    desk.confirm(board, case.reference, Kind.ACCESS)
    desk.decide(board, case.reference, Outcome.WITHDRAWN, f"Ingetrokken door {CANARY}.")
    house.house.deliver()
    clock.now = now
    return case.reference


def erase(house: TestHouse) -> int:
    """Erase what is past its term."""
    board = house.house.boards["sipor"]
    plan = board.retention.plan(house.clock())
    return board.retention.run(plan.due, Order(plan, house.clock())).erased


def everything(house: TestHouse) -> None:
    """Let the robot do all of its work."""
    house.round()
    house.house.prove()
    house.house.purge()
    house.house.destroy_copies()
    house.house.deliver()


def test_a_restored_backup_sends_nothing_again_and_keeps_what_was_erased_erased(
    site: Site, dovecot: Dovecot, sink: Sink
) -> None:
    """
    Between backup and loss the robot went on: it sent, took in, reminded and erased.

    After the restore no letter leaves that may have left, no reference is given twice, no mail
    is lost, and nobody can open the erased file; a mail that is really new is answered.
    """
    house = site.house()
    gone = old_file(house, site.clock)
    yesterday = site.clock() - timedelta(hours=27)
    house.receive(plain_mail("Datalek", BREACH, sender="a@gezin.test"), received=yesterday)
    house.receive(plain_mail("Inzage", ACCESS, sender="b@gezin.test"))
    house.house.work_off()  # The acknowledgements wait in the outbox.
    house.receive(plain_mail("Inzage", ACCESS, sender="c@gezin.test"))
    before = len(sink.letters)
    site.back_up()

    dovecot.append(ADDRESS, plain_mail("Inzage", ACCESS, sender="d@gezin.test"))
    everything(house)
    assert 1 == erase(house)
    told = {recipient for letter in sink.letters[before:] for recipient in letter.recipients}
    parents = {f"{one}@gezin.test" for one in "abcd"}
    assert {*parents, "board@officers.test"} == told
    given, sent = references(house), len(sink.letters)
    house.close()

    site.restore()
    assert "1 files erased again" in site.mailbot(*_block("mailbot database").split()[1:])
    with dovecot.session(ADDRESS) as person:
        person.select_folder("mailbot")
        person.move(person.search(), "INBOX")
    house = site.house()
    try:
        everything(house)
        site.clock.turn(hours=1)
        everything(house)

        assert [] == [letter.recipients for letter in sink.letters[sent:]]
        assert 2 == house.count(
            "letter", "substr(code, 1, 4) = 'ack_' AND hold_reason = 'restored'"
        )
        assert 0 == house.count("letter", "state = 'waiting'")
        # The cases of a and b are older than the backup; c and d were opened anew under new numbers.
        assert 2 == len(references(house) - given)
        assert 5 == house.count("raw_mail")
        with pytest.raises(UnknownCase):
            house.desk.show(house.enter(Role.FG), gone)
        assert 1 == house.count("purge_log", f"plan = 'restored' AND subject = '{gone}'")
        assert () == look(house.house.engine, house.house.vault).faults

        house.receive(plain_mail("Inzage", ACCESS, sender="e@gezin.test"))
        house.house.work_off()
        house.house.deliver()
        assert [["e@gezin.test"]] == [list(letter.recipients) for letter in sink.letters[sent:]]
    finally:
        house.close()
