"""The demo plays a whole day by itself, accounts for every mail, and stays in its folder."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.vault import Vault
from mailbot.demo.day import planned
from mailbot.demo.host import MailHost
from mailbot.demo.tally import DayWentWrong, check, count

ENDS = ("opened", "filed", "automatic", "other", "quarantined")
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def run(place: Path, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run mailbot in a folder, with nothing in the environment but what is given."""
    return subprocess.run(
        [sys.executable, "-m", "mailbot", *options],
        cwd=place,
        env={
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(Path.cwd()),
            **environ,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int | str]]:
    """One demo, played once, with a home and a place for temporary files of its own."""
    place = tmp_path_factory.mktemp("demo")
    for name in ("work", "home", "temporary"):
        (place / name).mkdir()
    played = run(
        place / "work",
        "demo",
        "--once",
        "--json",
        "--day=2026-11-27",
        HOME=str(place / "home"),
        TMPDIR=str(place / "temporary"),
    )
    assert played.returncode == 0, played.stderr
    (line,) = played.stdout.splitlines()
    return place, json.loads(line)


def rows(place: Path, query: str) -> int:
    """Count by SQL of the test's own."""
    with sqlite3.connect(place / "work" / "demo-mailbot" / "mailbot.db") as connection:
        return int(connection.execute(query).fetchone()[0])


def test_every_mail_of_the_day_is_accounted_for(day: tuple[Path, dict[str, int]]) -> None:
    """Cases, follow-ups, automatic, other and quarantine add up to the mails that were sent."""
    place, counts = day
    assert counts["mails"] == sum(counts[end] for end in ENDS)
    assert counts["mails"] == len(planned())
    assert counts["mails"] == rows(place, "SELECT count(*) FROM raw_mail")
    assert counts["mails"] == len(list((place / "work/demo-mailbot/mails").iterdir()))
    assert all(counts[end] > 0 for end in ENDS)


def test_only_people_decide_in_the_demo(day: tuple[Path, dict[str, int]]) -> None:
    """One decision and one extension stand in the books, each in the sign-in of its officer."""
    place, counts = day
    decided = (
        "SELECT count(*) FROM decision JOIN sign_in ON sign_in.id = sign_in_id "
        "JOIN officer ON officer.id = sign_in.officer_id AND officer.role = 'board'"
    )
    assert counts["robot_decisions"] == 0
    assert counts["decisions"] == rows(place, decided) == 1
    assert counts["extensions"] == rows(place, "SELECT count(*) FROM extension") == 1


def test_every_letter_lies_in_the_folder(day: tuple[Path, dict[str, int]]) -> None:
    """What the mail server took is there as a file, the decision and the notice among it."""
    place, counts = day
    names = [path.name for path in sorted((place / "work/demo-mailbot/letters").iterdir())]
    assert counts["letters_sent"] == len(names)
    codes = [name.split("-")[1] for name in names]
    assert {"ack_request", "ack_breach", "ack_unsure", "reminder"} <= set(codes)
    assert ["decision_granted", "extension_notice"] == codes[-2:]
    assert rows(place, "SELECT count(*) FROM letter WHERE state = 'bounced'") == 1


def test_nothing_outside_the_folder_is_touched(day: tuple[Path, dict[str, int]]) -> None:
    """The demo writes in one folder only, neither in the home nor among temporary files."""
    place, counts = day
    assert [path.name for path in (place / "work").iterdir()] == ["demo-mailbot"]
    assert list((place / "home").iterdir()) == []
    assert list((place / "temporary").iterdir()) == []
    assert counts["folder"] == str(place / "work" / "demo-mailbot")


def test_the_commands_it_names_work_when_copied(day: tuple[Path, dict[str, int]]) -> None:
    """After reading env.sh every command of the last page does what is said of it."""
    place, _ = day
    work = place / "work"
    lines = (work / "demo-mailbot" / "README.txt").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(". "))
    commands = [line for line in lines[start:] if line and not line.startswith("#")]
    results = []
    for command in commands[1:]:
        done = subprocess.run(
            ["sh", "-c", f"{commands[0]}\n{command}"],
            cwd=work,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        refused = "FG does not decide" in lines[lines.index(command) - 1]
        results.append((done.returncode == (1 if refused else 0), command, done.stderr))
    assert len(results) == 7
    assert [result for result in results if not result[0]] == []


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """Without the demo's own mark nothing in a folder is changed."""
    (tmp_path / "demo-mailbot").mkdir()
    own = tmp_path / "demo-mailbot" / "mailbot.toml"
    own.write_text("precious")
    refused = run(tmp_path, "demo", "--once", "--json")
    assert refused.returncode == 1
    assert "left alone" in refused.stderr
    assert "precious" == own.read_text()
    assert [own] == list((tmp_path / "demo-mailbot").iterdir())


def test_an_earlier_day_is_kept_when_asked(tmp_path: Path) -> None:
    """`--keep` stops at a folder that holds a day; anything else in it survives a new one."""
    folder = tmp_path / "demo-mailbot"
    folder.mkdir()
    (folder / ".mailbot-demo").write_text("")
    (folder / "own-notes.txt").write_text("mine")
    kept = run(tmp_path, "demo", "--once", "--json", "--keep")
    assert kept.returncode == 1
    assert sorted(path.name for path in folder.iterdir()) == [".mailbot-demo", "own-notes.txt"]


@pytest.fixture
def books(tmp_path: Path) -> SqlBooks:
    """Empty books of a board."""
    engine = connect(f"sqlite:///{tmp_path / 'mailbot.db'}")
    upgrade(engine)
    return SqlBooks(engine, Vault(bytes(32)), "sipor", "SIPOR")


def test_a_mail_that_never_reached_the_ledger_ends_the_demo(books: SqlBooks) -> None:
    """The mail host counts for itself, so that a lost mail shows."""
    with MailHost("privacy@sipor.nl", "password", lambda: NOON) as host:
        host.post(b"From: a@b.test\r\nSubject: x\r\n\r\nhallo\r\n", "a@b.test", "privacy@sipor.nl")
        with pytest.raises(DayWentWrong, match="mails in the ledger: 0; mails the host took: 1"):
            check(books, host)


def test_a_decision_outside_a_persons_sign_in_counts_as_the_robots(
    books: SqlBooks, tmp_path: Path
) -> None:
    """The zero is counted: a row that slipped past every constraint would show."""
    at = "2026-11-27 12:00:00"
    with sqlite3.connect(tmp_path / "mailbot.db") as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(
            "INSERT INTO decision (board_id, case_id, outcome, grounds, at) "
            f"VALUES ({books.board_id}, 1, 'granted', zeroblob(40), '{at}')"
        )
    found = count(books)
    assert (0, 1) == (found.decisions, found.robot_decisions)
