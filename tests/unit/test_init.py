"""`mailbot init` leaves a file that loads, asks only what it cannot know, overwrites nothing."""

import os
import pty
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from mailbot import settings
from mailbot.cli.init import init
from mailbot.settings import Security, Settings

ZONE = ZoneInfo("Europe/Amsterdam")
TERMINAL = [sys.executable, "-c", "from mailbot.cli.init import init; init(prog_name='init')"]


def run(*options: str | Path) -> Result:
    return CliRunner().invoke(init, [str(option) for option in options])


def load(folder: Path) -> Settings:
    environ = {
        "MAILBOT_MASTER_KEY_FILE": str(folder / "mailbot.key"),
        "MAILBOT_IMAP_PASSWORD": "x",
        "MAILBOT_SMTP_PASSWORD": "x",
    }
    return settings.load(folder / "mailbot.toml", environ)


def on_a_terminal(folder: Path, answers: str, *options: str) -> tuple[int, str]:
    """Run init with a real terminal and type the answers."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*TERMINAL, str(folder), *options], stdin=theirs, stdout=theirs, stderr=theirs
    ) as child:
        os.close(theirs)
        os.write(ours, answers.encode())
        said = b""
        try:
            while part := os.read(ours, 4096):
                said += part
        except OSError:
            # Linux says so when the other side of a terminal is gone.
            pass
    os.close(ours)
    return child.returncode, said.decode()


def test_the_written_file_loads_as_it_stands(tmp_path: Path) -> None:
    """With the secrets set, nothing has to be edited first; what was guessed is said."""
    before = datetime.now(ZONE).replace(microsecond=0)
    result = run(tmp_path / "new" / "folder", "--yes")
    assert result.exit_code == 0, result.output
    found = load(tmp_path / "new" / "folder")
    (box,) = found.mailboxes
    assert (box.host, found.smtp.host) == ("imap.sipor.nl", "smtp.sipor.nl")
    assert (box.user, found.smtp.user) == ("privacy@sipor.nl", "privacy@sipor.nl")
    assert before <= box.cutoff <= datetime.now(ZONE) + timedelta(seconds=1)
    assert box.cutoff.utcoffset() == before.utcoffset()
    assert found.warnings == ()
    assert result.output.count("a guess") == 2


def test_the_master_key_is_for_its_owner_only(tmp_path: Path) -> None:
    """A new random key each time, mode 0600 from its first moment, never printed."""
    old = os.umask(0)
    try:
        first, second = run(tmp_path / "a", "--yes"), run(tmp_path / "b", "--yes")
    finally:
        os.umask(old)
    keys = {load(tmp_path / name).keys.master.reveal() for name in "ab"}
    assert len(keys) == 2
    for name in "ab":
        file = tmp_path / name / "mailbot.key"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text().strip() not in first.output + second.output


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    """A second init changes no byte, and says what stands in its way."""
    run(tmp_path, "--yes")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    result = run(tmp_path, "--yes", "--imap-host", "other.example.nl")
    assert result.exit_code == 1
    assert f"{tmp_path / 'mailbot.toml'} exists already" in result.output
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_key_that_is_there_is_kept(tmp_path: Path) -> None:
    """A lost settings file must not cost the key to everything stored."""
    run(tmp_path, "--yes")
    key = (tmp_path / "mailbot.key").read_bytes()
    (tmp_path / "mailbot.toml").unlink()
    result = run(tmp_path, "--yes")
    assert (result.exit_code, "Kept " in result.output) == (0, True)
    assert (tmp_path / "mailbot.key").read_bytes() == key


def test_a_file_that_is_no_key_stops_everything(tmp_path: Path) -> None:
    """It is somebody's file; settings that point to it could never run."""
    (tmp_path / "mailbot.key").write_text("my diary")
    result = run(tmp_path, "--yes")
    assert result.exit_code == 1
    assert "mailbot.key: MAILBOT_MASTER_KEY holds" in result.output
    assert "diary" not in result.output
    assert not (tmp_path / "mailbot.toml").exists()


@pytest.mark.parametrize("name", ["mailbot.toml", "mailbot.key"])
def test_a_link_is_never_followed(tmp_path: Path, name: str) -> None:
    """Somebody who can make a link in the folder cannot choose what is written."""
    target = tmp_path / "target"
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / name).symlink_to(target)
    assert run(folder, "--yes").exit_code == 1
    assert not target.exists()


def test_without_a_terminal_it_waits_for_a_yes(tmp_path: Path) -> None:
    """A script never hangs on a question and never writes by accident."""
    result = run(tmp_path / "new")
    assert (result.exit_code, "say --yes" in result.output) == (2, True)
    assert not (tmp_path / "new").exists()


def test_on_a_terminal_it_shows_what_it_writes_and_asks_once(tmp_path: Path) -> None:
    """No is an answer."""
    code, said = on_a_terminal(tmp_path / "no", "n\n")
    assert (code, (tmp_path / "no").exists()) == (1, False)
    assert "imap.sipor.nl:993" in said
    code, said = on_a_terminal(tmp_path / "yes", "y\n")
    assert (code, said.count("?")) == (0, 1)
    assert load(tmp_path / "yes").boards[0].code == "sipor"


def test_an_open_address_is_asked_for_and_nothing_else(tmp_path: Path) -> None:
    """SPO Utrecht's page names no address: that cannot be found out."""
    code, said = on_a_terminal(tmp_path, "privacy@spo.example\ny\n", "--board", "spo-utrecht")
    assert (code, "mail address that parents write to" in said) == (0, True)
    assert load(tmp_path).mailboxes[0].host == "imap.spo.example"


def test_an_open_address_without_a_terminal_names_its_option(tmp_path: Path) -> None:
    """And the option fills it."""
    result = run(tmp_path, "--yes", "--board", "spo-utrecht")
    assert (result.exit_code, "--privacy-address" in result.output) == (2, True)
    filled = run(
        tmp_path, "--yes", "--board", "spo-utrecht", "--privacy-address", "privacy@spo.example"
    )
    assert filled.exit_code == 0
    assert load(tmp_path).boards[0].official_addresses == ("privacy@spo.example",)


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [
        ("--imap-host", "imaps://x", "mailbox[1].host"),
        ("--smtp-host", 'x"\nuser = "y', "smtp.host"),
        ("--database", "mysql://x/y", "database.url"),
        ("--privacy-address", "nobody", "board.privacy_address"),
        ("--board", "spior", "board.profile"),
    ],
)
def test_a_wrong_option_is_named_before_anything_is_written(
    tmp_path: Path, option: str, value: str, key: str
) -> None:
    """The text is loaded as it would be loaded, so the same words name the mistake."""
    result = run(tmp_path / "new", "--yes", option, value)
    assert result.exit_code == 2
    assert f"{key}: " in result.output
    assert not (tmp_path / "new").exists()


def test_servers_on_this_machine_need_no_tls_and_no_sign_in(tmp_path: Path) -> None:
    """For a first try against local servers."""
    assert (
        run(tmp_path, "--yes", "--imap-host", "127.0.0.1", "--smtp-host", "localhost").exit_code
        == 0
    )
    found = load(tmp_path)
    assert (found.mailboxes[0].port, found.mailboxes[0].security) == (143, Security.NONE)
    assert (found.smtp.port, found.smtp.user) == (25, None)


def test_a_board_of_ones_own_is_a_path_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path is counted from where one stands, not from the settings' folder."""
    (tmp_path / "derde.toml").write_text(
        'code = "derde"\nname = "De Derde"\nreference_prefix = "DERDE"\n'
        'privacy_address = "privacy@derde.example"\n'
        '[links]\nauthority = "https://a.example"\ncourt = "https://b.example"\n'
    )
    monkeypatch.chdir(tmp_path)
    assert run("deep/folder", "--yes", "--board", "derde.toml").exit_code == 0
    assert load(tmp_path / "deep" / "folder").boards[0].code == "derde"


def test_a_folder_that_cannot_be_made_is_said_without_a_traceback(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    result = run(tmp_path / "file" / "folder", "--yes")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "Not a directory" in result.output


def test_help_teaches(tmp_path: Path) -> None:
    """Examples, exit codes and every shipped board."""
    said = run("--help").output
    for words in ("Examples:", "Exit codes:", "sipor, spo-utrecht", "docs/new-board.md"):
        assert words in said
