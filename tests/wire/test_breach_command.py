"""`mailbot register`, as an officer types it: a breach from the first call to the export."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mailbot import app
from mailbot.cli import commands
from mailbot.domain.errors import MailbotError
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk
from tests.houses import MASTER, PASSWORD, settings_text

AWARE = "2026-03-27T16:00+01:00"
Type = Callable[..., Result]


@pytest.fixture
def type_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Type]:
    """Type a command as an officer of a role, in a house of its own."""
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
    runner = CliRunner()
    desks: list[Desk] = []
    open_desk = app.desk

    def kept(*words: Any) -> Desk:
        # A command leaves its desk to the end of the process, which here comes later.
        desks.append(open_desk(*words))
        return desks[-1]

    monkeypatch.setattr(app, "desk", kept)

    def run(role: Role, *words: str) -> Result:
        signed = ["--officer", f"{role}@officers.test"] if words != ("fields",) else []
        return runner.invoke(commands, ["register", *words, *signed])

    for role in (Role.FG, Role.BOARD):
        line = ["officer", "add", f"{role}@officers.test", "--name", f"O. {role}", "--role"]
        added = runner.invoke(commands, [*line, role.value])
        assert added.exit_code == 0, added.output
    yield run
    for desk in desks:
        desk.books._books._engine.dispose()  # type: ignore[attr-defined]


def opened(type_: Type) -> str:
    """Open an entry for an incident without a case, and give its number."""
    done = type_(Role.FG, "open", "--received", AWARE, "--summary", "Lijst weg")
    assert done.exit_code == 0
    return done.output.split()[0]


def test_a_breach_goes_from_the_first_call_to_the_export(type_: Type, tmp_path: Path) -> None:
    """Every step has its command, and the last shows all of them (GDPR 33(5))."""
    assert "holds no entry" in type_(Role.FG, "list").output
    assert "Every breach case stands" in type_(Role.FG, "missing").output
    entry = opened(type_)
    aware = type_(Role.FG, "aware", entry, AWARE, "--reason", "De directeur werd gebeld")
    assert "Mon 30-03-2026 17:00" in aware.output
    told = tmp_path / "facts.txt"
    told.write_text("=Een lijst\nging mee", encoding="utf-8")
    done = type_(Role.FG, "set", entry, "risk=high", f"facts=@{told}", "data_kinds=bsn,contact")
    assert "version 3" in done.output
    assert "cause (Oorzaak)" in done.output
    type_(Role.BOARD, "report", entry, "--decide", "yes", "--reason", "Hoog risico voor kinderen")
    type_(Role.FG, "report", entry, "--notified", "2026-03-30T17:00+02:00", "--number", "AP-7")
    type_(Role.BOARD, "parents", entry, "--decide", "encrypted", "--reason", "Stick versleuteld")

    shown = json.loads(type_(Role.FG, "show", entry, "--json").output)
    assert ["open", "aware", "set", "decide_ap", "notify_ap", "decide_parents"] == [
        one["act"] for one in shown["history"]
    ]
    assert "=Een lijst\nging mee" == shown["fields"]["facts"]
    assert "AP-7" == shown["fields"]["ap_number"]
    assert "cause" in shown["lacking"]
    assert entry in type_(Role.FG, "list").output

    csv, pdf = tmp_path / "register.csv", tmp_path / "register.pdf"
    out = type_(Role.FG, "export", "--csv", str(csv), "--pdf", str(pdf), "--year", "2026")
    assert "Exported: 1" in out.output
    assert '"\'=Een lijst\nging mee"' in csv.read_text(encoding="utf-8-sig")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert 0o600 == pdf.stat().st_mode & 0o777
    again = type_(Role.FG, "export", "--csv", str(csv))
    assert (2, True) == (again.exit_code, "exists already" in again.output)


def test_a_refusal_names_what_to_do_and_changes_nothing(type_: Type) -> None:
    """A wrong role, word or moment ends in a sentence, never in a traceback."""
    entry = opened(type_)
    for role, words, said in (
        (Role.FG, ("report", entry, "--decide", "no", "--reason", "Alles is versleuteld"), "board"),
        (Role.BOARD, ("set", entry, "fg_advice=Melden"), "fg"),
        (Role.FG, ("set", entry, "incident=lost"), "wrong_recipient"),
        (Role.FG, ("set", entry, "minors=ja", "aware_at=2026-03-27"), "zone"),
        (Role.FG, ("aware", entry, "gisteren", "--reason", "De directeur belde"), "zone"),
        (Role.FG, ("show", "SIPOR-2026-000001-D"), "no entry"),
    ):
        refused = type_(role, *words)
        assert isinstance(refused.exception, MailbotError), words
        assert said in str(refused.exception)
    for words in (("set", entry, "risk"), ("report", entry), ("export",), ("set", entry, "a=@/no")):
        assert 2 == type_(Role.FG, *words).exit_code
    assert "Would set" in type_(Role.FG, "set", entry, "minors=ja", "--dry").output
    assert 1 == json.loads(type_(Role.FG, "show", entry, "--json").output)["version"]


def test_the_fields_are_listed_with_their_words(type_: Type) -> None:
    """Nobody guesses a code; no sign-in is needed to read them."""
    listed = type_(Role.FG, "fields").output
    assert "fg_advice" in listed
    assert "aware_at" not in listed
