"""The conversation on both databases, and the commands of people in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mailbot.cli import commands
from mailbot.domain.errors import ActRefused, NotAllowed, ReasonMissing, UnknownCase
from mailbot.domain.roles import Role
from mailbot.work.handling import conversation
from mailbot.work.handling.standing import keep_away
from tests.houses import (
    ADDRESS,
    MASTER,
    PASSWORD,
    TestHouse,
    TurnedClock,
    plain_mail,
    settings_text,
)

OWN_MX = 'own_mx = ["mx.sipor.test"]'
PASS = "Authentication-Results: mx.sipor.test; dmarc=pass\n"
ACCESS = "Graag ontvang ik een kopie van het hele dossier van mijn dochter."


@pytest.fixture
def house(any_database: str, bare_house: Callable[..., TestHouse]) -> TestHouse:
    """A house that believes its own MX, with one case of a parent."""
    clock = TurnedClock(datetime(2026, 11, 2, 9, tzinfo=UTC))
    made = bare_house(clock, database=any_database, extra_mailbox=OWN_MX)
    say(made, "Inzage dossier", ACCESS)
    return made


def say(house: TestHouse, subject: str, text: str, **more: Any) -> None:
    """Let the parent write, verified, and the robot work."""
    house.receive(plain_mail(subject, text, extra=more.get("extra", PASS)))
    house.house.work_off()


def reference(house: TestHouse) -> str:
    """The number of the first case."""
    with house.house.engine.begin() as connection:
        query = "SELECT reference FROM cases ORDER BY id LIMIT 1"
        return str(connection.exec_driver_sql(query).scalar())


def test_the_state_of_things_is_told_once_a_day_to_the_own_address(house: TestHouse) -> None:
    """A question without a number finds the writer's own cases; a forged one finds none."""
    say(house, "vraag", "Hoe staat het met mijn verzoek?")
    say(house, "weer", "Is er al nieuws over mijn verzoek?")
    house.clock.turn(days=1, hours=1)  # type: ignore[attr-defined]
    say(house, "vals", "Wat is de stand van mijn verzoek?", extra=PASS.replace("pass", "fail"))

    assert 1 == house.count("letter", "code = 'status'")
    assert 1 == house.count("letter", "code = 'status_unknown'")
    assert 1 == house.count("event", "kind = 'status_not_repeated'")
    assert 2 == house.count("mail", "outcome = 'filed'")


def test_a_guess_is_put_in_its_case_by_a_person_with_what_it_says(house: TestHouse) -> None:
    """The facts of a parked mail stand in the case once a person put it there, and only once."""
    say(house, "dossier", "Nog een aanvulling: mijn dochter heet Noor Visser.")
    desk, fg = house.officer(Role.FG)

    assert {2} == set(conversation.guessed(desk, fg, [1, 2]))
    conversation.file_mail(desk, fg, 2, reference(house))

    story = desk.show(fg, reference(house))
    assert ("child_name", "Noor Visser") in story.facts
    assert 0 == house.count("mail", "waits")
    with pytest.raises(ActRefused):
        conversation.file_mail(desk, fg, 2, reference(house))


def test_a_guess_shows_no_case_to_whom_it_concerns(house: TestHouse) -> None:
    """Whoever is kept away from a case does not learn of it from a parked mail (8.9.4)."""
    say(house, "dossier", "Nog een aanvulling: mijn dochter heet Noor Visser.")
    desk, fg = house.officer(Role.FG)
    _, handler = house.officer(Role.HANDLER)
    keep_away(
        desk, fg, reference(house), "handler@officers.test", "de klacht gaat over deze collega"
    )

    assert {} == conversation.guessed(desk, handler, [2])
    with pytest.raises(UnknownCase):
        conversation.file_mail(desk, handler, 2, reference(house))


def test_letters_follow_the_parent_until_a_person_sets_the_language(house: TestHouse) -> None:
    """A sure, verified mail turns the language; an officer's word stands after that."""
    thanks = "Teşekkür ederim, oğlum şimdi beşinci sınıfa gidiyor."
    say(house, f"Re: {reference(house)}", thanks)
    assert 1 == house.count("cases", "language = 'tr'")
    desk, fg = house.officer(Role.FG)

    conversation.set_language(desk, fg, reference(house), "en")
    say(house, f"Re: {reference(house)}", f"{thanks} Bekliyorum.")

    assert 1 == house.count("cases", "language = 'en'")
    with pytest.raises(ActRefused):
        conversation.set_language(desk, fg, reference(house), "xx")


def test_only_a_closed_case_is_reopened_with_a_reason_and_by_whom_may(house: TestHouse) -> None:
    """A reason is kept with the act; a handler prepares and does not reopen."""
    desk, fg = house.officer(Role.FG)
    with pytest.raises(ActRefused):
        conversation.reopen(desk, fg, reference(house), "er kwam een antwoord")
    with pytest.raises(ReasonMissing):
        conversation.reopen(desk, fg, reference(house), "zomaar")
    with pytest.raises(NotAllowed):
        conversation.reopen(
            desk, house.officer(Role.HANDLER)[1], reference(house), "er kwam een antwoord"
        )


def test_the_commands_say_what_they_did(
    bare_house: Callable[..., TestHouse], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`parked list` names the guess, `parked file` puts it there, `case language` sets it."""
    house = bare_house(extra_mailbox=OWN_MX)
    say(house, "Inzage dossier", ACCESS)
    say(house, "dossier", "Nog een aanvulling: mijn dochter heet Noor Visser.")
    house.officer(Role.FG)
    text = settings_text(imap_port=9, smtp_port=9, user=ADDRESS, extra_mailbox=OWN_MX)
    (tmp_path / "mailbot.toml").write_text(text, encoding="utf-8")
    for name, value in (
        ("MAILBOT_SETTINGS", str(tmp_path / "mailbot.toml")),
        ("MAILBOT_MASTER_KEY", MASTER),
        ("MAILBOT_IMAP_PASSWORD", PASSWORD),
        ("MAILBOT_OFFICER_PASSWORD", PASSWORD),
        ("COLUMNS", "200"),
    ):
        monkeypatch.setenv(name, value)
    number, who = reference(house), f"--officer={Role.FG}@officers.test"
    runner = CliRunner()

    listed = runner.invoke(commands, ["parked", "list", who])
    filed = runner.invoke(commands, ["parked", "file", "2", number, who])
    spoken = runner.invoke(commands, ["case", "language", number, "tr", who])
    closed = runner.invoke(
        commands, ["case", "reopen", number, "--reason", "er kwam een antwoord", who]
    )

    assert number in listed.output
    assert "only_case" in listed.output
    assert f"Mail 2 lies in {number}." in filed.output
    assert "letters are written in tr" in spoken.output
    assert isinstance(closed.exception, ActRefused)
