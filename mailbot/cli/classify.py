"""The command `mailbot classify`: say of each mail what it may be, and why."""

import base64
import binascii
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from classifiers import learned_classifier
from mailbot.adapters.attachments import AttachmentTexts
from mailbot.adapters.texts import Texts
from mailbot.domain.errors import UnreadableMail
from mailbot.domain.mail import AttachedText, Mail
from mailbot.domain.masking import mask_bsn
from mailbot.domain.parsing import parse
from mailbot.domain.ports import TextTools
from mailbot.domain.suggestion import KindSuggestion, Suggestion
from mailbot.work.judging import Judging

HELP = """
Say what each mail may be, how surely, and which words show it.

Nothing is stored, sent or decided: this is what the robot would put before a person.

\b
    mailbot classify letter.eml             for reading
    mailbot classify --json *.eml           one JSON object a line
    mailbot classify --json - < mails.jsonl lines {"id": "...", "raw": "<base64>"}

Files are opened where the words of the mail do not tell what it asks, or point at them.
Numbers that may be a BSN are hidden.

A mail that cannot be read gives a line with "error"; the others are answered all the same,
and the command then ends with status 1.
"""


@dataclass(frozen=True, slots=True)
class _Question:
    """One mail to be judged; or why it could not be read."""

    name: str
    raw: bytes = b""
    error: str | None = None


def _from_files(paths: Sequence[str]) -> Iterator[_Question]:
    for path in paths:
        try:
            yield _Question(path, Path(path).read_bytes())
        except OSError as failure:
            yield _Question(path, error=f"cannot be opened: {failure.strerror}")


def _from_line(number: int, line: bytes) -> _Question:
    name = str(number)
    try:
        row = json.loads(line)
        name = str(row.get("id", number))
        return _Question(name, base64.b64decode(row["raw"], validate=True))
    except (json.JSONDecodeError, UnicodeDecodeError, AttributeError):
        return _Question(name, error='not a JSON object {"id", "raw"}')
    except (KeyError, TypeError, binascii.Error, ValueError):
        return _Question(name, error='"raw" is missing or not base64')


def _from_stdin() -> Iterator[_Question]:
    # Nested deeper than json can follow is a line that is not ours; it must not end the run.
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            yield _from_line(number, line)
        except RecursionError:
            yield _Question(str(number), error='not a JSON object {"id", "raw"}')


def _questions(files: Sequence[str]) -> Iterator[_Question]:
    for name in files:
        yield from _from_stdin() if name == "-" else _from_files([name])


def _kind(kind: KindSuggestion) -> dict[str, Any]:
    return {
        "kind": kind.kind.value,
        "confidence": round(kind.confidence, 4),
        "evidence": [mask_bsn(piece.text) for piece in kind.evidence],
    }


def _file(read: AttachedText) -> dict[str, Any]:
    return {
        "filename": read.source,
        "letters": len(read.text),
        "not_read": read.problem,
        "identity_document": read.identity_document,
    }


def as_fields(name: str, mail: Mail, suggestion: Suggestion) -> dict[str, Any]:
    """
    Return the fields that `docs/commands.md` names, for one mail.

    Args:
        name: the id of the mail.
        mail: the mail, with what was read of its files.
        suggestion: what the classifier believes.

    Returns:
        The fields, ready for JSON.
    """
    read = {"attachments": [_file(one) for one in mail.attached_texts]}
    return {
        "id": name,
        "kinds": [_kind(kind) for kind in suggestion.kinds],
        "primary": suggestion.primary_code,
        "unsure": suggestion.unsure,
        "language": suggestion.language,
        "route": suggestion.route.value,
        "facts": {fact.name.value: fact.value for fact in suggestion.facts},
        "flags": sorted(flag.value for flag in suggestion.flags),
        **(read if mail.attached_texts else {}),
    }


def answer(question: _Question, judging: Judging, tools: TextTools) -> dict[str, Any]:
    """Judge one mail; what cannot be read becomes a line that says so."""
    if question.error is not None:
        return {"id": question.name, "error": question.error}
    try:
        # The instant of receipt plays no part in the judgement.
        mail = parse(question.raw, datetime.fromtimestamp(0, UTC), tools)
    except UnreadableMail as failure:
        return {"id": question.name, "error": failure.reason}
    return as_fields(question.name, *judging.judge(mail))


def _readable(fields: dict[str, Any]) -> str:
    if "error" in fields:
        return f"{fields['id']}\n  not read: {fields['error']}\n"
    lines = [
        fields["id"],
        f"  goes to   {fields['route']}" + ("   (a person must look)" if fields["unsure"] else ""),
        f"  language  {fields['language']}",
    ]
    for kind in fields["kinds"]:
        words = "; ".join(f'"{piece}"' for piece in kind["evidence"])
        lines.append(f"  {kind['kind']:<20} {kind['confidence']:>5.0%}  {words}")
    lines += [f"  {name:<20} {value}" for name, value in fields["facts"].items()]
    lines += [f"  read      {_told(file)}" for file in fields.get("attachments", ())]
    if fields["flags"]:
        lines.append(f"  flags     {', '.join(fields['flags'])}")
    return "\n".join(lines) + "\n"


def _told(file: dict[str, Any]) -> str:
    if file["identity_document"]:
        return f"{file['filename']}: shows an identity document, so nothing of it is kept"
    if file["not_read"]:
        why = file["not_read"].replace("_", " ")
        return f"{file['filename']}: not read ({why}); a person must look"
    return f"{file['filename']}: {file['letters']} letters"


@click.command(help=HELP)
@click.argument("files", nargs=-1, required=True, metavar="FILE.eml… | -")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--school", "schools", multiple=True, help="A school to look for; may be repeated.")
@click.option("--prefix", default="", help="How the board's case references begin (SIPOR).")
def classify(
    files: tuple[str, ...], schools: tuple[str, ...], prefix: str, *, as_json: bool
) -> None:
    """Judge the mails in order and print what was found."""
    classifier = learned_classifier(schools, reference_prefix=prefix)
    judging = Judging(classifier, AttachmentTexts())
    tools: TextTools = Texts()
    failed = False
    for question in _questions(files):
        fields = answer(question, judging, tools)
        failed = failed or "error" in fields
        click.echo(json.dumps(fields, ensure_ascii=False) if as_json else _readable(fields))
    if failed:
        sys.exit(1)
