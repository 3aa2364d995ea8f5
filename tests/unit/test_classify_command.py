"""`mailbot classify` answers every mail in order and never ends in a traceback."""

import base64
import json
from email.message import EmailMessage
from pathlib import Path

from click.testing import CliRunner, Result

from mailbot.cli.classify import classify

FIELDS = {"id", "kinds", "primary", "unsure", "language", "route", "facts", "flags"}


def raw(text: str) -> bytes:
    letter = EmailMessage()
    letter["From"] = "Petra Bakker <petra@example.org>"
    letter["To"] = "privacy@board.example"
    letter["Subject"] = "vraag"
    letter.set_content(text)
    return letter.as_bytes()


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(classify, list(arguments), input=stdin)


def test_file_is_answered_with_the_documented_fields(tmp_path: Path) -> None:
    """Later checks rely on the names of the fields."""
    path = tmp_path / "letter.eml"
    path.write_bytes(raw("Ik wil graag weten wat jullie over mijn dochter Elif hebben."))
    done = run("--json", str(path))
    fields = json.loads(done.output)
    assert (done.exit_code, set(fields)) == (0, FIELDS)
    assert ("access", "case", "nl", "Elif") == (
        fields["primary"],
        fields["route"],
        fields["language"],
        fields["facts"]["child_name"],
    )
    assert {"kind", "confidence", "evidence"} == set(fields["kinds"][0])
    assert all(isinstance(piece, str) for piece in fields["kinds"][0]["evidence"])


def test_lines_are_answered_in_order_also_when_one_is_broken() -> None:
    """One bad line spoils nothing but the exit status."""
    good = {"id": "a", "raw": base64.b64encode(raw("Verwijder de foto van mijn zoon.")).decode()}
    lines = [json.dumps(good), "no json", '{"id": "c"}', json.dumps({**good, "id": "d"}), "[1]"]
    done = run("--json", "-", stdin="\n".join(lines))
    answers = [json.loads(line) for line in done.output.splitlines()]
    assert done.exit_code == 1
    assert ["a", "2", "c", "d", "5"] == [answer["id"] for answer in answers]
    assert [False, True, True, False, True] == ["error" in answer for answer in answers]


def test_odd_bytes_never_end_in_a_traceback(tmp_path: Path) -> None:
    """What cannot be opened or read is said in words."""
    (tmp_path / "noise.eml").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "empty.eml").write_bytes(b"")
    names = ["noise.eml", "empty.eml", "missing.eml", "."]
    done = run("--json", *[str(tmp_path / name) for name in names])
    assert [len(names), 1] == [len(done.output.splitlines()), done.exit_code]
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_readable_form_shows_the_words_that_led_to_it(tmp_path: Path) -> None:
    """A person sees the suggestion with its reason."""
    path = tmp_path / "letter.eml"
    path.write_bytes(raw("Ik wil inzage in het dossier van mijn dochter."))
    done = run(str(path))
    assert "access" in done.output
    assert "wil inzage" in done.output
