"""`mailbot letter` lists, shows and measures the letters."""

import email
import email.policy
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot.adapters.stationery import templates_folder
from mailbot.cli.letter import letter as letter_commands
from mailbot.domain.letters import LETTERS


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(letter_commands, arguments)
    return result.exit_code, result.output


def test_the_list_names_every_letter_with_its_words_and_languages() -> None:
    code, output = run("list")

    assert code == 0
    for letter in LETTERS:
        assert f"{letter} " in output
    assert "reference, received_on, kinds, questions" in output
    assert "(name), (partial_answer)" in output


@pytest.mark.parametrize("letter", ["ack_request", "decision_refused", "reminder"])
def test_a_letter_can_be_previewed_as_text_html_and_mail(letter: str) -> None:
    """An officer sees a letter exactly as its reader will get it."""
    text = run("preview", letter, "--language", "tr", "--text")
    html = run("preview", letter, "--language", "ar", "--html")
    mail = run("preview", letter, "--language", "de", "--eml")

    assert (0, 0, 0) == (text[0], html[0], mail[0])
    assert text[1].startswith("Subject: ")
    assert "De Nederlandse tekst staat hieronder." in text[1]
    assert 'dir="rtl"' in html[1]
    message = email.message_from_string(mail[1], policy=email.policy.default)
    assert message["Content-Language"] == "nl, en"
    assert message["X-Mailbot-Letter"] == letter


def test_a_preview_uses_the_words_of_a_board_s_profile() -> None:
    code, output = run("preview", "ack_complaint", "--board", "sipor")

    assert code == 0
    assert "SIPOR" in output
    assert "bestuur.example" not in output


def test_an_unknown_board_is_named() -> None:
    code, output = run("preview", "ack_complaint", "--board", "nowhere")

    assert code == 1
    assert "nowhere" in output


def test_an_unknown_letter_is_refused_with_the_ones_there_are() -> None:
    code, output = run("preview", "ack_nothing")

    assert code == 2
    assert "ack_request" in output


def test_a_boards_own_templates_are_checked_and_shown(tmp_path: Path) -> None:
    own = Path(shutil.copytree(str(templates_folder()), tmp_path / "letters"))
    body = own / "nl" / "status" / "body.md"
    source = body.read_text(encoding="utf-8")

    body.write_text(source.replace("Goedendag,", "Beste lezer,"), encoding="utf-8")
    shown = run("preview", "status", "--templates", str(own))
    body.write_text(source.replace("Goedendag,", "{{ mood }}"), encoding="utf-8")
    spoiled = run("list", "--templates", str(own))

    assert (shown[0], spoiled[0]) == (0, 1)
    assert "Beste lezer," in shown[1]
    assert "nl/status/body.md: unknown word 'mood'" in spoiled[1]
