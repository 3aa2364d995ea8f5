"""From what officers said to a model the robot uses, by the commands people type."""

import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from classifiers.training.labelled import LABELS, TEXTS, labelled_texts
from mailbot import app
from mailbot.adapters.model_in_use import model_folder, model_hash
from mailbot.cli import commands
from mailbot.domain.errors import ModelRefused
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.domain.suggestion import Flag
from mailbot.work.desk import Desk
from mailbot.work.handling.from_mail import open_from_mail
from tests.houses import MASTER, PASSWORD, TestHouse, build_bare_house, plain_mail, settings_text

FG = "fg@officers.test"
REASON = "Uit de zaken van dit jaar geleerd."
CANARIES = ("Yusuf", "Amrani", "Fatima", "0612345678", "Kerkstraat", "gezin.test", "Ouder")
WORDS = (
    "Ik wil graag inzage in alles wat de school over mijn zoon Yusuf el Amrani heeft."
    " Bel mij op 0612345678 of schrijf naar Kerkstraat 12.\n\nGroeten, Fatima el Amrani"
)
PHOTO = "Wilt u de foto van Yusuf van de website halen? Hij staat er zonder toestemming op."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestHouse]:
    """A house whose settings lie in a file, as the commands read them."""
    text = settings_text(imap_port=9, smtp_port=9, user="privacy@sipor.nl")
    (tmp_path / "mailbot.toml").write_text(text, encoding="utf-8")
    made = build_bare_house(tmp_path)
    yield made
    made.close()


Run = Callable[..., Result]


@pytest.fixture
def run(house: TestHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """A function that runs `mailbot learn …` as the FG would."""
    desks: list[Desk] = []
    open_desk = app.desk

    def kept(*words: Any) -> Desk:
        # A command leaves its desk to the end of the process, which here comes later.
        desks.append(open_desk(*words))
        return desks[-1]

    house.officer(Role.FG)
    monkeypatch.setattr(app, "desk", kept)
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", PASSWORD)
    monkeypatch.setenv("MAILBOT_MASTER_KEY", MASTER)
    monkeypatch.setenv("MAILBOT_OFFICER_PASSWORD", PASSWORD)
    settings = str(tmp_path / "mailbot.toml")

    def invoke(*words: str, officer: str | None = FG) -> Result:
        who = [] if officer is None else ["--officer", officer]
        return CliRunner().invoke(commands, ["--settings", settings, "learn", *words, *who])

    yield invoke
    for desk in desks:
        desk.books._books._engine.dispose()  # type: ignore[attr-defined]


def confirmed(house: TestHouse, subject: str, body: str, kind: Kind) -> str:
    """Let a mail open a case and the FG say what it is; return the reference."""
    desk, fg = house.officer(Role.FG)
    house.receive(plain_mail(subject, body))
    house.house.work_off()
    with desk.books.opened() as books:
        case = max(books.cases.open_cases(), key=lambda one: one.id)
    desk.confirm(fg, case.reference, kind)
    return case.reference


def read(path: Path) -> list[dict[str, object]]:
    """Read the mails of an export."""
    mails: list[dict[str, object]] = tomllib.loads(path.read_text("utf-8"))["mail"]
    return mails


def test_an_export_holds_the_officers_label_and_no_name_address_or_number(
    house: TestHouse, run: Run, tmp_path: Path
) -> None:
    """Corrected cases leave the house without their people (canaries), in the texts' own format."""
    confirmed(house, "Inzage Yusuf", WORDS, Kind.COMPLAINT)
    confirmed(house, "Foto", PHOTO, Kind.ERASURE)
    file = tmp_path / "board.toml"
    shown = run("export", "--to", str(file))
    assert "2 texts are in" in shown.output
    said = file.read_text("utf-8")
    assert [one for one in CANARIES if one.lower() in said.lower()] == []
    assert [["complaint"], ["erasure"]] == [one["is"] for one in read(file)]
    place = tmp_path / "texts" / "board"
    place.mkdir(parents=True)
    shutil.copy(file, place / "board.toml")
    texts = labelled_texts(place.parent)
    assert {"board/board"} == {text.voice for text in texts}
    assert all("inzage" in t.text or "website" in t.text for t in texts)


def test_without_a_file_only_the_counts_are_shown(house: TestHouse, run: Run) -> None:
    """An officer sees how many texts of each kind there are before anything is written."""
    confirmed(house, "Inzage Yusuf", WORDS, Kind.COMPLAINT)
    shown = run("export").output
    assert "complaint" in shown
    assert "Nothing is written" in shown
    assert "Yusuf" not in shown


def test_safety_hold_and_erasure_keep_a_mail_in_the_house(
    house: TestHouse, run: Run, tmp_path: Path
) -> None:
    """Nothing of a case under a safety flag, a legal hold or past erasure is given away."""
    desk, fg = house.officer(Role.FG)
    safe = confirmed(house, "Een", WORDS, Kind.ACCESS)
    held = confirmed(house, "Twee", PHOTO, Kind.ERASURE)
    gone = confirmed(house, "Drie", "Graag een kopie van het dossier van mijn zoon.", Kind.ACCESS)
    with desk.books.opened() as books:
        case = books.cases.by_reference(safe)
        assert case is not None
        books.cases.raise_flag(case.id, Flag.SAFETY)
    keeping = app.retention(house.settings, "sipor", house.clock)
    keeping.hold(fg, held, "Er loopt een zaak bij de rechter.")
    keeping.holds.books.engine.dispose()  # type: ignore[attr-defined]
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE cases SET key_id = NULL, sealed = NULL WHERE reference = '{gone}'"
        )
    shown = run("export", "--to", str(tmp_path / "board.toml")).output
    for why in ("under a safety flag", "under a legal hold", "erased"):
        assert f"left out: 1 ({why})" in shown
    assert "0 texts are in" in shown


def test_a_mail_opened_by_hand_is_a_lesson_beside_the_machines_route(
    house: TestHouse, run: Run
) -> None:
    """What the machine filed away and a person opened teaches most."""
    desk, fg = house.officer(Role.FG)
    house.receive(plain_mail("Nieuwsbrief", "Aanbieding! Koop nu goedkope toners.", extra=""))
    house.house.work_off()
    read_mail = app.reader(house.settings, "sipor")
    with house.house.engine.begin() as connection:
        parked = connection.exec_driver_sql("SELECT count(*) FROM mail WHERE case_id IS NULL")
        assert 1 == parked.scalar()
    open_from_mail(desk, fg, 1, Kind.OBJECTION, read=read_mail)
    with app.learning(house.settings, "sipor", house.clock) as room:
        (lesson,) = room.learning.lessons(fg)
    assert ("objection",) == lesson.officer
    assert "opened_by_hand" == lesson.source.value
    assert lesson.machine in {"spam", "other"}


def small_texts(folder: Path) -> Path:
    """Choose few short voices of the shipped texts, so that learning takes seconds."""
    place = folder / "small" / "nl"
    place.mkdir(parents=True)
    for path in sorted((TEXTS / "nl").glob("*.toml"), key=lambda one: one.stat().st_size)[:4]:
        shutil.copy(path, place)
    return place.parent


@pytest.mark.slow
def test_from_export_to_the_robot_using_it_and_back(
    house: TestHouse, run: Run, tmp_path: Path
) -> None:
    """Nothing is learned, changed or used before an officer says so, and everything can go back."""
    reference = confirmed(house, "Inzage Yusuf", WORDS, Kind.ACCESS)
    confirmed(house, "Foto", PHOTO, Kind.ERASURE)
    file, candidate = tmp_path / "board.toml", tmp_path / "candidate"
    run("export", "--to", str(file))
    texts = str(small_texts(tmp_path))
    words = ["train", "--with", str(file), "--into", str(candidate), "--texts", texts]
    trained = run(*words, officer=None)
    assert trained.exit_code == 0, trained.output
    assert (candidate / "settings.json").exists()

    before = house.count("event"), house.count("cases", "kind = 'access'")
    shown = run("replay", "--model", str(candidate)).output
    assert "2 suggestions would change. No case has changed." in shown or "of 2" in shown
    assert before == (house.count("event"), house.count("cases", "kind = 'access'"))
    assert "Yusuf" not in shown
    assert reference.split("-")[0] in shown or "0 of 2" in shown

    installed = run("install", "--model", str(candidate), "--reason", REASON)
    assert installed.exit_code == 0, installed.output
    number = model_hash(candidate)
    assert f"In use: model {number[:16]}" in run("show").output
    assert REASON in run("show").output

    restarted = build_bare_house(tmp_path)
    try:
        restarted.last_uid = house.last_uid
        restarted.receive(plain_mail("Vraag", "Mag ik de gegevens van mijn dochter zien?"))
        restarted.house.work_off()
        assert 1 == restarted.count("mail", "classifier LIKE 'learned from board%'")
    finally:
        restarted.close()

    folder = model_folder(tmp_path / "models", "sipor", number)
    with (folder / "settings.json").open("a") as file_:
        file_.write(" ")
    with pytest.raises(ModelRefused):
        build_bare_house(tmp_path)

    back = run("back", "--reason", "Het model geeft te vaak een klacht.")
    assert "Back to the shipped classifier" in back.output
    build_bare_house(tmp_path).close()
    assert 2 == house.count("model_act")
    assert 2 == house.count("event", "kind IN ('model_install', 'model_back')")
    assert set(LABELS) >= {"access"}


def test_only_fg_and_board_install_and_only_with_a_reason(
    house: TestHouse, run: Run, tmp_path: Path
) -> None:
    """A handler prepares cases and does not choose what judges them."""
    house.officer(Role.HANDLER)
    folder = str(tmp_path)
    refused = run("install", "--model", folder, "--reason", REASON, officer="handler@officers.test")
    assert refused.exit_code == 1
    assert run("install", "--model", folder, "--reason", "kort").exit_code == 1
    assert 0 == house.count("model_act")
