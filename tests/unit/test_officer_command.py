"""`mailbot officer`: letting people in, and no longer, from the machine itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailbot.adapters.door import SqlDoor
from mailbot.adapters.door.accounts import password_fits
from mailbot.cli import commands
from mailbot.domain.accounts import Account
from mailbot.domain.errors import UnknownOfficer
from tests.houses import MASTER, PASSWORD, TestHouse, settings_text

ADDRESS = "fg@officers.test"


@pytest.fixture
def mailbot(tmp_path: Path, bare_house: Callable[..., TestHouse]) -> Callable[..., Result]:
    """A function that runs the command line on a board with one officer."""
    bare_house()
    file = tmp_path / "mailbot.toml"
    file.write_text(settings_text(imap_port=9, smtp_port=9, user="privacy@sipor.nl"))

    def run(*words: str, password: str = PASSWORD) -> Result:
        environ = {
            "MAILBOT_MASTER_KEY": MASTER,
            "MAILBOT_IMAP_PASSWORD": "x",
            "MAILBOT_OFFICER_PASSWORD": password,
        }
        return CliRunner(env=environ).invoke(commands, ["--settings", str(file), "officer", *words])

    assert run("add", ADDRESS, "--name", "Farida Demir", "--role", "fg").exit_code == 0
    return run


def account(house: TestHouse) -> tuple[SqlDoor, Account]:
    """Read the account from the database."""
    door = SqlDoor(house.house.engine, house.house.vault)
    with door.opened() as opened:
        found = opened.accounts.named(1, ADDRESS)
    assert found is not None
    return door, found


def test_an_officer_is_stopped_and_let_in_again(
    mailbot: Callable[..., Result], bare_house: Callable[..., TestHouse]
) -> None:
    """The way in closes and opens; nothing they did is lost."""
    house = bare_house()
    assert mailbot("stop", ADDRESS).exit_code == 0
    assert not account(house)[1].active
    assert mailbot("start", ADDRESS.upper()).exit_code == 0
    assert account(house)[1].active


def test_an_officer_gets_a_new_password_of_a_decent_length(
    mailbot: Callable[..., Result], bare_house: Callable[..., TestHouse]
) -> None:
    """The same rule as for the first one."""
    house = bare_house()
    assert mailbot("password", ADDRESS, password="short").exit_code == 1
    assert mailbot("password", ADDRESS, password="another long password").exit_code == 0
    door, found = account(house)
    with door.opened() as opened:
        stored = opened.accounts.password_hash(found)
    assert (True, False) == (
        password_fits(stored, "another long password"),
        password_fits(stored, PASSWORD),
    )


def test_a_lost_second_step_is_taken_away(
    mailbot: Callable[..., Result], bare_house: Callable[..., TestHouse]
) -> None:
    """App, passkeys and recovery codes go together, or a thief would keep one."""
    house = bare_house()
    door, found = account(house)
    now = house.clock()
    with door.opened() as opened:
        opened.seeds.keep(found, "A" * 32, now, now)
        opened.recovery.renew(found, ["a-code"], now)
        opened.passkeys.add(
            found, credential_id=b"1", public_key=b"2", sign_count=0, name="laptop", now=now
        )
    assert mailbot("reset", ADDRESS).exit_code == 0
    counted = [house.count(table) for table in ("one_time_seed", "recovery_code", "passkey")]
    assert [0, 0, 0] == counted


@pytest.mark.parametrize("act", ["stop", "start", "reset", "password"])
def test_an_unknown_address_is_named_as_such(mailbot: Callable[..., Result], act: str) -> None:
    """A typing mistake changes nobody's account."""
    result = mailbot(act, "nobody@officers.test")
    assert isinstance(result.exception, UnknownOfficer)
    assert result.exit_code == 1
