"""The stage itself can fail: what it holds every letter and script to is tried on wrong ones."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.dialogues import manners
from tests.dialogues.post import Received
from tests.dialogues.script import ScriptWrong, read
from tests.houses import ADDRESS

MAIL = "Inzage\nGraag ontvang ik alles wat jullie over onze kleine Noortje hebben."
SCRIPT = """
title = "Een mail"
shows = ["status"]
[people]
a = "A <a@a.test>"
[[turn]]
at = 2026-11-02 09:00:00
who = "a"
text = "Dag"
"""


def letter(text: str, *, name: str = "", **more: str) -> Received:
    """A letter as it might come in."""
    message = EmailMessage()
    message["From"], message["To"] = f"SIPOR <{ADDRESS}>", f"{name} <a@a.test>".strip()
    message["Subject"], message["Auto-Submitted"] = "Uw mail", "auto-replied"
    for field, value in more.items():
        message[field.replace("_", "-")] = value
    message.set_content(text)
    # The house writes its letters in two parts, whose head carries no such field.
    del message["Content-Transfer-Encoding"]
    return Received("a", message)


def test_a_letter_in_good_manners_passes() -> None:
    """What the house writes is let through."""
    manners.check(letter("Wij hebben uw mail ontvangen."), [MAIL], ["Noortje"])


@pytest.mark.parametrize(
    "wrong",
    [
        letter("Wij doen wat u vraagt."),
        letter("Uw verzoek is afgewezen."),
        letter("Your request has been granted."),
        letter("U schreef: graag ontvang ik alles wat jullie hebben."),
        letter("Het gaat om Noortje."),
        letter("Wij hebben uw mail ontvangen.", name="Jan"),
        letter("Wij hebben uw mail ontvangen.", Cc="b@b.test"),
        letter("Wij hebben uw mail ontvangen.", X_From_The_Mail="1"),
    ],
)
def test_a_letter_that_hints_echoes_or_names_is_caught(wrong: Received) -> None:
    """An outcome, five words in a row, a child, a display name, a copy, a foreign field."""
    with pytest.raises(AssertionError):
        manners.check(wrong, [MAIL], ["Noortje"])


@pytest.mark.parametrize(
    "wrong",
    [
        SCRIPT.replace("who =", "whom ="),
        SCRIPT.replace('who = "a"', 'who = "b"'),
        SCRIPT + '[[turn]]\nat = 2026-11-01 09:00:00\nwho = "a"\ntext = "Dag"\n',
        SCRIPT + "[turn.cases.1]\nkinds = 1\n",
    ],
)
def test_a_script_nobody_understands_is_refused(tmp_path: Path, wrong: str) -> None:
    """A misspelt word would else be a check that is never made."""
    file = tmp_path / "wrong.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(ScriptWrong):
        read(file)
