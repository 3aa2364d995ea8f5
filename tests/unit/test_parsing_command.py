"""`mailbot parse` answers for every mail it is given, in order, and never with a traceback."""

import base64
import json
from pathlib import Path

from click.testing import CliRunner

from mailbot.cli.parse import parse

MAILS = Path(__file__).parent.parent / "mails"
FIELDS = {
    "id",
    "subject",
    "from",
    "message_id",
    "new_text",
    "quoted_text",
    "attachments",
    "automatic",
    "bounce",
    "warnings",
    "quarantine",
}


def test_a_file_is_answered_by_one_line_of_json() -> None:
    """Later checks rely on these fields."""
    name = str(MAILS / "attached_mail.eml")
    result = CliRunner().invoke(parse, ["--json", name])
    answer = json.loads(result.output)
    assert result.exit_code == 0
    assert answer.keys() == FIELDS
    assert (answer["id"], answer["from"], answer["quarantine"]) == (
        name,
        "els@school.example",
        None,
    )
    assert answer["attachments"][1] == {
        "filename": "besluit één.pdf",
        "content_type": "application/pdf",
        "size": 9,
    }


def test_a_bounce_names_its_recipients() -> None:
    """The outbox finds the letter that bounced."""
    result = CliRunner().invoke(parse, ["--json", str(MAILS / "bounce_report.eml")])
    assert json.loads(result.output)["bounce"] == {
        "recipients": ["weg@example.nl"],
        "permanent": True,
    }


def test_lines_on_standard_input_are_answered_in_their_order() -> None:
    """One process reads thousands of mails; a bad line does not end it."""
    raw = base64.b64encode(b"Subject: een\n\nhallo").decode()
    deep = base64.b64encode(b"X: y\n" * 20_000 + b"\n").decode()
    lines = [
        json.dumps({"id": 1, "raw": raw}),
        "no json",
        json.dumps({"id": 3}),
        json.dumps({"id": 4, "raw": "!!!"}),
        json.dumps([5]),
        json.dumps({"id": "6", "raw": deep}),
    ]
    result = CliRunner().invoke(parse, ["--json", "-"], input="\n".join(lines))
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [one["id"] for one in answers] == [1, None, 3, 4, None, "6"]
    assert [one["quarantine"] for one in answers] == [
        None,
        "bad_line: line 2 is not {id, raw} in JSON",
        "bad_line: line 3 is not {id, raw} in JSON",
        "bad_line: line 4 is not {id, raw} in JSON",
        "bad_line: line 5 is not {id, raw} in JSON",
        "header_too_long",
    ]
    assert result.exit_code == 1


def test_a_missing_file_is_named_and_the_rest_is_read() -> None:
    """A typing error in one name loses nothing."""
    there = str(MAILS / "child_absent.eml")
    result = CliRunner().invoke(parse, ["--json", "nowhere.eml", there])
    first, second = map(json.loads, result.output.splitlines())
    assert first["quarantine"] == "unreadable_file: No such file or directory"
    assert second["new_text"] == "Sem is vandaag ziek."
    assert result.exit_code == 1


def test_a_person_gets_a_summary_to_read() -> None:
    """Without --json it is for eyes."""
    result = CliRunner().invoke(parse, [str(MAILS / "reply_outlook_nl.eml")])
    assert "  From:        karim@example.nl\n" in result.output
    assert "    Het gaat om de foto's van het schoolreisje.\n" in result.output
    assert "  Quoted text:\n    Van: Privacy" in result.output
