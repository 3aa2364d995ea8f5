"""`mailbot queue`: what anybody at the machine sees, and what an officer sees who signs in."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mailbot import app
from mailbot.cli import commands
from mailbot.domain.errors import UnknownMail
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk
from tests.houses import MASTER, PASSWORD, settings_text

FG, BOARD = f"{Role.FG}@officers.test", f"{Role.BOARD}@officers.test"
Type = Callable[..., Result]


@pytest.fixture
def type_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Type]:
    """Type a command, in a house with an FG and a board member."""
    file = tmp_path / "mailbot.toml"
    file.write_text(settings_text(imap_port=1, smtp_port=1, user="privacy"), encoding="utf-8")
    for name, value in (
        ("MAILBOT_SETTINGS", str(file)),
        ("MAILBOT_MASTER_KEY", MASTER),
        ("MAILBOT_IMAP_PASSWORD", "none"),
        ("MAILBOT_OFFICER_PASSWORD", PASSWORD),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(app, "wall_clock", lambda: datetime(2026, 4, 1, 9, tzinfo=UTC))
    desks: list[Desk] = []
    open_desk = app.desk

    def kept(*words: Any) -> Desk:
        # A command leaves its desk to the end of the process, which here comes later.
        desks.append(open_desk(*words))
        return desks[-1]

    monkeypatch.setattr(app, "desk", kept)
    runner = CliRunner()

    def run(*words: str, code: int = 0) -> Result:
        done = runner.invoke(commands, words)
        assert code == done.exit_code, done.output
        return done

    for address, role in ((FG, Role.FG), (BOARD, Role.BOARD)):
        run("officer", "add", address, "--name", f"O. {role}", "--role", role.value)
    yield run
    for desk in desks:
        desk.books._books._engine.dispose()  # type: ignore[attr-defined]


def references(done: Result) -> list[str]:
    """The cases a list shows."""
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return [json.loads(line)["reference"] for line in lines]


def test_a_number_that_is_no_mail_is_refused_with_the_way_out(type_: Type) -> None:
    """Opening a case for a mail that is not there says where the numbers are."""
    refused = type_("parked", "open", "9", "access", "--officer", FG, code=1).exception

    assert isinstance(refused, UnknownMail)
    assert "mailbot parked list" in str(refused)


def test_a_case_kept_from_an_officer_is_counted_and_not_shown_without_a_sign_in(
    type_: Type,
) -> None:
    """R8.9.4: the person complained of may stand at the machine; who may see it signs in."""
    for kind in ("complaint", "access"):
        type_(
            *("case", "new", kind, "--channel", "letter", "--received", "2026-03-30"),
            *("--name", "Jan Ouder", "--reason", "Kwam per brief binnen", "--officer", BOARD),
        )
    everything = references(type_("queue", "--json"))
    complaint = references(type_("queue", "--json", "--officer", BOARD))[-1]
    assert 2 == len(everything)
    type_(
        *("case", "exclude", complaint, FG, "--officer", BOARD),
        *("--reason", "De klacht gaat over de FG"),
    )

    anybody = type_("queue", "--json")
    fg = type_("queue", "--json", "--officer", FG)
    board = type_("queue", "--json", "--officer", BOARD)

    others = [one for one in everything if one != complaint]
    assert (others, others, sorted(everything)) == (
        references(anybody),
        references(fg),
        sorted(references(board)),
    )
    assert "Not shown here: 1." in anybody.stderr
    assert complaint not in type_("queue").output
    assert "Not shown" not in fg.stderr
