"""The language of a text, and honest silence where it is too short."""

import socket
import subprocess
import sys

import pytest

from classifiers.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ik wil weten wat jullie over mijn dochter hebben.", "nl"),
        ("WAAROM KRIJG IK GEEN ANTWOORD OP MIJN MAIL", "nl"),
        ("hoi kan iemand mij ff bellen over me zoontje pls", "nl"),
        ("Could you send me a copy of the file?", "en"),
        ("Kızımın fotoğrafını siteden kaldırın lütfen.", "tr"),
        ("kizimin fotografini siteden kaldirin lutfen", "tr"),
        ("أريد أن أعرف ما هي المعلومات التي لديكم", "ar"),
        ("bghit n3raf chno 3andkom 3la bnti f lmadrasa", "ar"),
        ("Bitte löschen Sie alle Daten meines Sohnes.", "de"),
        ("Merci de supprimer la photo de ma fille.", "fr"),
        ("Proszę usunąć zdjęcie mojej córki.", "pl"),
        ("Я хочу знати, які дані ви зберігаєте про мою доньку", "uk"),
        ("Quiero saber qué datos tienen sobre mi hija.", "es"),
        ("Mi ke sa ki informashon boso tin di mi yu", "pap"),
        ("Waxaan rabaa inaan ogaado macluumaadka aad ka haysaan gabadhayda", "so"),
    ],
)
def test_languages_that_parents_write_are_told_apart(text: str, code: str) -> None:
    """Five words and more are enough, also in the spelling of a telephone."""
    assert code == language_of(text)


@pytest.mark.parametrize("text", ["", "ok", "ja", "12345", "https://example.org", "oké top", "!!"])
def test_too_short_a_text_is_not_guessed(text: str) -> None:
    """Words that many languages share say nothing."""
    assert language_of(text) == "und"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dank u wel", "nl"),
        ("Thank you", "en"),
        ("Teşekkürler", "tr"),
        ("شكرا", "ar"),
        ("Merci", "fr"),
    ],
)
def test_telling_words_are_enough(text: str, code: str) -> None:
    """A thank-you is in one language only."""
    assert code == language_of(text)


def test_only_the_language_of_the_words_counts() -> None:
    """Links and addresses are in no language."""
    text = "Mag die foto weg? https://www.school.example/this-is-the-english-photo-page/about-us"
    assert language_of(text) == "nl"


def test_no_network_is_ever_touched() -> None:
    """The model lies inside the package; a robot in a closed network knows languages too."""
    program = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "socket.create_connection = refuse\n"
        "socket.getaddrinfo = refuse\n"
        "from classifiers.language import language_of\n"
        "print(language_of('Ik wil weten wat jullie over mijn dochter hebben'))\n"
    )
    assert socket.socket is not None
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "nl"
