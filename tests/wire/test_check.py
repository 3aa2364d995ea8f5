"""`mailbot check`: which model judges, and what to do where it cannot be loaded."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classifiers.learned.weights import FOLDER, load
from mailbot import app
from mailbot.adapters.model_in_use import copy_in, model_hash
from mailbot.cli import commands
from mailbot.domain.roles import Role
from tests.houses import MASTER, PASSWORD, TestHouse, settings_text

REASON = "Uit de zaken van dit jaar geleerd."
Check = Callable[[], Result]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Ask `mailbot check`; no mail server answers here."""
    file = tmp_path / "mailbot.toml"
    file.write_text(settings_text(imap_port=9, smtp_port=9, user="privacy@sipor.nl"))
    monkeypatch.setenv("MAILBOT_MASTER_KEY", MASTER)
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", PASSWORD)
    return lambda: CliRunner().invoke(commands, ["--settings", str(file), "check"])


def model_line(done: Result) -> str:
    """The line about the model."""
    (line,) = [line for line in done.output.splitlines() if line.startswith("model ")]
    return line


def install(house: TestHouse, candidate: Path) -> Path:
    """Let the FG install a candidate, as `mailbot learn install` does; return where it lies."""
    _, fg = house.officer(Role.FG)
    models = app.models_folder(house.settings)
    with app.learning(house.settings, "sipor", house.clock) as room:
        number = copy_in(candidate, models, "sipor")
        room.learning.install(fg, number, REASON)
    return models / "sipor" / number[:16]


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    """A model that can be loaded and is not the shipped one."""
    shutil.copytree(FOLDER, tmp_path / "candidate")
    for path in (tmp_path / "candidate").glob("*.json"):
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert model_hash(tmp_path / "candidate") != model_hash(FOLDER)
    return tmp_path / "candidate"


def test_the_shipped_model_is_named_with_its_version(check: Check) -> None:
    """Also where there is no database yet, and without making its tables."""
    done = check()
    assert f"model      ok   sipor: shipped, {load().settings.version}" == model_line(done)
    assert "empty or older" in done.output
    assert check().output == done.output


def test_an_installed_model_is_named_and_loaded(
    check: Check, candidate: Path, bare_house: Callable[..., TestHouse]
) -> None:
    """The check names what an officer installed, and again the shipped one after the way back."""
    house = bare_house()
    place = install(house, candidate)
    version = load(candidate).settings.version
    assert f"model      ok   sipor: installed, {version} ({place.name})" == model_line(check())
    _, fg = house.officer(Role.FG)
    with app.learning(house.settings, "sipor", house.clock) as room:
        room.learning.back(fg, "Het model geeft te vaak een klacht.")
    assert f"model      ok   sipor: shipped, {version}" == model_line(check())


def test_an_installed_model_that_cannot_be_loaded_fails_and_says_what_to_do(
    check: Check, candidate: Path, bare_house: Callable[..., TestHouse]
) -> None:
    """Gone, changed or of another make: the robot would not start, and the check says so before."""
    house = bare_house()
    place = install(house, candidate)
    settings = next(place.glob("*.json"))
    settings.write_text("{}", "utf-8")
    changed = check()
    shutil.rmtree(place)
    gone = check()
    settings = next(candidate.glob("*.json"))
    settings.write_text("{}", "utf-8")
    install(house, candidate)
    other = check()
    for done, why in (
        (changed, "this is not the model that was installed"),
        (gone, "there is no model in this folder"),
        (other, "no usable model in"),
    ):
        assert 1 == done.exit_code
        assert model_line(done).startswith("model      FAIL sipor: ")
        assert why in model_line(done)
        assert "`mailbot learn back`" in model_line(done)
