"""Every dialogue of this folder, played through real Dovecot and Postfix with a turned clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot import app
from mailbot.adapters.stationery import PaperStationery
from mailbot.domain.letter_examples import example_words
from mailbot.domain.letters import LETTERS, AutoSubmitted
from mailbot.settings import from_text
from tests.dialogues.manners import outcome_in
from tests.dialogues.play import Play
from tests.dialogues.script import read, scripts
from tests.dialogues.stage import BEFORE, Stage
from tests.houses import ADDRESS, MASTER, TestHouse, TurnedClock, settings_text
from tests.servers.dovecot import Dovecot
from tests.servers.fixtures import MailHost
from tests.servers.postfix import Postfix

LANGUAGES = ("nl", "en", "tr", "ar")


@pytest.fixture(scope="module")
def stage(
    dovecot_server: Dovecot,
    postfix_server: Postfix,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """One house for all dialogues; each of them begins with empty books."""
    dovecot_server.start()
    postfix_server.start()
    host = MailHost(postfix_server, dovecot_server)
    account = host.user(ADDRESS)
    text = settings_text(
        imap_port=dovecot_server.imap_port,
        smtp_port=postfix_server.port,
        user=account.address,
        extra_mailbox=f'own_mx = ["{postfix_server.name}"]',
    )
    environ = {"MAILBOT_IMAP_PASSWORD": account.password, "MAILBOT_MASTER_KEY": MASTER}
    settings = from_text(text, tmp_path_factory.mktemp("stage") / "mailbot.toml", environ)
    clock = TurnedClock(BEFORE)
    house = TestHouse(settings, app.build(settings, clock), clock)
    made = Stage(house, host, clock)
    made.furnish()
    yield made
    house.close()


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.stem)
def test_a_dialogue_goes_as_its_script_says(stage: Stage, script: Path) -> None:
    """What was sent, what was not, and to whom; no automatic letter hints at an outcome."""
    Play(stage, read(script)).run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_outcomes_knows_decisions_from_automatic_letters(language: str) -> None:
    """A list that finds nothing in a decision letter could not guard the automatic ones."""
    stationery = PaperStationery()
    told = {
        letter: outcome_in(stationery.write(letter, (language,), example_words(letter)).text)
        for letter in LETTERS
    }
    # What is generated rather than replied goes to officers, who confirm and decide.
    replies = AutoSubmitted.REPLIED
    automatic = {code for code, rule in LETTERS.items() if rule.auto_submitted is replies}
    decisions = {code for code in LETTERS if code.startswith("decision_")}
    assert {} == {code: found for code, found in told.items() if found and code in automatic}
    assert set() == {code for code in decisions if not told[code]}
