"""A row of the history that was edited, removed or cut off is named by `mailbot check`."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, make_url

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.door import SqlDoor
from mailbot.adapters.history import look
from mailbot.adapters.vault import Vault
from mailbot.cli import commands
from mailbot.domain.accounts import Account
from mailbot.domain.books import Event
from mailbot.domain.roles import Role
from tests.houses import MASTER, settings_text

NOW = datetime(2026, 11, 2, 9, 0, 0, 123456, tzinfo=UTC)
EVENTS = 6
TABLES = ("event", "event_seal", "event_count")


@dataclass(frozen=True)
class Kept:
    """A database with a history, and how somebody who owns the database changes it."""

    url: str
    engine: Engine
    vault: Vault
    books: SqlBooks

    def forge(self, *statements: str) -> None:
        """Run statements with no trigger and no foreign key in the way."""
        with closing(self._open()) as line:
            for statement in statements:
                line.execute(statement)
            line.commit()

    def faults(self) -> str:
        """What a look finds, in one text."""
        return "\n".join(look(self.engine, self.vault).faults)

    def kept(self) -> list[tuple[str, list[Any]]]:
        """Everything there is, to lay it back after a forgery."""
        with closing(self._open()) as line:
            return [(one, line.execute(f"SELECT * FROM {one}").fetchall()) for one in TABLES]

    def lay_back(self, kept: list[tuple[str, list[Any]]]) -> None:
        """Put everything back as it was."""
        mark = "?" if self.url.startswith("sqlite") else "%s"
        with closing(self._open()) as line:
            for table, rows in kept:
                line.execute(f"DELETE FROM {table}")
                for row in rows:
                    line.execute(
                        f"INSERT INTO {table} VALUES ({', '.join([mark] * len(row))})", row
                    )
            line.commit()

    def write(self, count: int = 1, board: SqlBooks | None = None) -> None:
        """Write events as the house does, each in a transaction of its own."""
        for number in range(count):
            with (board or self.books).opened() as books:
                at = NOW + timedelta(minutes=number)
                detail = (("letter", "ack_access"), ("number", str(number)))
                books.cases.record(Event("letter_accepted", at, mail_id=7, detail=detail))

    def _open(self) -> Any:
        if self.url.startswith("sqlite"):
            line = sqlite3.connect(str(make_url(self.url).database))
            for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                line.execute(f"DROP TRIGGER {name}")
            return line
        session = psycopg.connect(self.url.replace("+psycopg", ""))
        session.execute("SET session_replication_role = replica")
        return session


@pytest.fixture
def kept(any_database: str) -> Iterator[Kept]:
    """A history of six events of one board, written in five transactions."""
    engine = connect(any_database)
    upgrade(engine)
    vault = Vault(bytes(range(32)))
    books = SqlBooks(engine, vault, "sipor", "SIPOR")
    one = Kept(any_database, engine, vault, books)
    one.write(EVENTS - 2)
    with books.opened() as opened:
        opened.cases.record(Event("case_opened", NOW, mail_id=7))
        opened.cases.record(Event("case_opened", NOW, mail_id=8))
    yield one
    engine.dispose()


LAST = EVENTS
EDITS = {
    "board_id": "2",
    "case_id": "5",
    "mail_id": "8",
    "officer_id": "1",
    "at": "'2026-11-02 09:00:00.123457'",
    "kind": "'letter_refused'",
    "detail": '\'{"number": "9"}\'',
}
EDITED = [
    (f"UPDATE event SET {column} = {value} WHERE id = {number}", f"event {number} ")
    for number in (1, 3, LAST)
    for column, value in EDITS.items()
    if (number, column) != (LAST, "mail_id")
]
REMOVED = [
    (f"DELETE FROM event WHERE id = {number}", f"event {number} was removed")
    for number in (1, 3, LAST)
]
REMOVED_WITH_SEAL = [
    (f"DELETE FROM event WHERE id = {n}; DELETE FROM event_seal WHERE event_id = {n}", named)
    for n, named in (
        (1, "row 1 was removed between events 0 and 2"),
        (3, "row 3 was removed between events 2 and 4"),
        (LAST, "row 6 was removed at the end, after event 5 and up to event 6"),
    )
]
CUT_OFF = [
    (
        f"DELETE FROM event WHERE id > {left}; DELETE FROM event_seal WHERE event_id > {left}",
        f"removed at the end, after event {left} and up to event {LAST}",
    )
    for left in range(LAST)
]
GONE = "DELETE FROM event WHERE id = 6; DELETE FROM event_seal WHERE event_id = 6"
FRESH = "UPDATE event_count SET number = 0, event_id = NULL, seal = NULL"
OTHERWISE = [
    ("UPDATE event SET id = 99 WHERE id = 3", "event 3 was removed"),
    (
        "INSERT INTO event (id, board_id, at, kind, detail) VALUES (99, 1, '2026-11-02 09:00:00', 'x', '{}')",
        "event 99 (x) carries no seal",
    ),
    ("DELETE FROM event_seal WHERE event_id = 3", "event 3 (letter_accepted) carries no seal"),
    ("DELETE FROM event_count", "the count of its events was removed"),
    (
        f"UPDATE event_count SET number = 5, event_id = 5; {GONE}",
        "the count of its events was changed (it says 5)",
    ),
    (
        "UPDATE event_count SET number = 5, event_id = 5",
        "the count of its events was put back (it says 5, there are 6)",
    ),
    ("UPDATE event_count SET since = 6", "the count of its events was changed"),
    (
        f"{FRESH}; DELETE FROM event_seal; UPDATE event SET kind = 'x' WHERE id = 1",
        "event 1 (x) carries no seal",
    ),
]
FORGERIES = [*EDITED, *REMOVED, *REMOVED_WITH_SEAL, *CUT_OFF, *OTHERWISE]


def test_every_change_to_the_history_is_named(kept: Kept) -> None:
    """Each column of a row, each place of a row, each length of a cut, with its seals or without."""
    assert "" == kept.faults()
    whole = kept.kept()
    for statements, named in FORGERIES:
        kept.forge(*statements.split(";"))
        assert named in kept.faults(), statements
        kept.lay_back(whole)
    assert "" == kept.faults()


def test_one_change_accuses_no_other_row(kept: Kept) -> None:
    """Who reads the line knows where to look; the rows around it are as they were."""
    kept.forge("UPDATE event SET detail = '{}' WHERE id = 3")
    assert "sipor: event 3 (letter_accepted, 2026-11-02 09:02Z) was changed" == kept.faults()


def test_what_was_cut_off_stays_named_when_the_house_writes_on(kept: Kept) -> None:
    """A robot that goes on does not cover up what was taken away, nor does it stop for it."""
    kept.forge("DELETE FROM event WHERE id = 6", "DELETE FROM event_seal WHERE event_id = 6")
    kept.write(2)
    assert "row 6 was removed between events 5 and" in kept.faults()
    kept.forge("DELETE FROM event_count")
    kept.write()
    assert "the count of its events was removed" in kept.faults()


def test_two_boards_and_the_door_count_side_by_side(kept: Kept) -> None:
    """Each board has numbers of its own; what the door writes down is sealed as well."""
    other = SqlBooks(kept.engine, kept.vault, "spo-utrecht", "SPO")
    kept.write(2, other)
    kept.forge(
        "INSERT INTO officer (id, board_id, address, name, role, password_hash, active, created_at)"
        " VALUES (1, 1, 'fg@officers.test', 'Farida', 'fg', 'x', true, '2026-11-02 09:00:00')"
    )
    account = Account(1, kept.books.board_id, "fg@officers.test", "Farida", Role.FG, True)
    with SqlDoor(kept.engine, kept.vault).opened() as door:
        door.accounts.record(account, "password_changed", NOW)
    assert "" == kept.faults()
    kept.forge("UPDATE event SET kind = 'x' WHERE kind = 'password_changed'")
    assert re.fullmatch(r"sipor: event \d+ \(x, .*\) was changed", kept.faults())


def test_a_transaction_that_fails_leaves_no_gap(kept: Kept) -> None:
    """An event that was never committed is not missed."""
    with pytest.raises(ZeroDivisionError), kept.books.opened() as books:
        books.cases.record(Event("case_opened", NOW, mail_id=9))
        raise ZeroDivisionError
    kept.write()
    assert "" == kept.faults()


def test_what_was_written_before_there_were_seals_is_said(kept: Kept) -> None:
    """Of an older history nothing can be proved; nobody is told that it was."""
    kept.forge(
        "DELETE FROM event_seal",
        "UPDATE event_count SET since = 6, number = 0, event_id = NULL, seal = NULL",
    )
    kept.write()
    found = look(kept.engine, kept.vault)
    assert ((), ("sipor: events up to 6 were written before there were seals",)) == (
        found.faults,
        found.unsealed,
    )


@pytest.fixture
def check(kept: Kept, tmp_path: Path) -> Callable[[], str]:
    """A function that runs `mailbot check` and gives its lines on the history."""
    file = tmp_path / "mailbot.toml"
    file.write_text(settings_text(imap_port=9, smtp_port=9, user="x", database=kept.url))
    environ = {"MAILBOT_MASTER_KEY": MASTER, "MAILBOT_IMAP_PASSWORD": "x"}

    def run() -> str:
        result = CliRunner(env=environ).invoke(commands, ["--settings", str(file), "check"])
        assert 1 == result.exit_code, result.output
        return "\n".join(line for line in result.output.splitlines() if "history" in line)

    return run


def test_check_names_the_row(kept: Kept, check: Callable[[], str]) -> None:
    """The command people run says which row it is: edited, removed, cut off at the end."""
    assert "history    ok   every event is as it was written" == check()
    kept.forge(
        "UPDATE event SET kind = 'x' WHERE id = 2",
        "DELETE FROM event WHERE id = 4",
        "DELETE FROM event WHERE id = 6",
        "DELETE FROM event_seal WHERE event_id = 6",
    )
    assert [
        "history    FAIL sipor: event 2 (x, 2026-11-02 09:01Z) was changed",
        "history    FAIL sipor: event 4 was removed",
        "history    FAIL sipor: row 6 was removed at the end, after event 5 and up to event 6",
    ] == check().splitlines()
