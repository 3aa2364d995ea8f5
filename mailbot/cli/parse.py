"""Show what mailbot reads in a mail, for people and for scripts."""

import base64
import binascii
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from mailbot.adapters.attachments import AttachmentTexts
from mailbot.adapters.texts import Texts
from mailbot.domain.errors import UnreadableMail
from mailbot.domain.mail import AttachedText, Mail
from mailbot.domain.masking import mask_bsn
from mailbot.domain.parsing import parse as read_mail
from mailbot.work.judging import readable_papers


@click.command(short_help="Show what mailbot reads in a mail.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--own-mx",
    multiple=True,
    metavar="NAME",
    help="Believe the Authentication-Results of this mail server; may be repeated.",
)
@click.option("--attachments", "open_files", is_flag=True, help="Also read the text of its files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE.eml... | -")
@click.pass_context
def parse(
    context: click.Context,
    *,
    as_json: bool,
    open_files: bool,
    own_mx: tuple[str, ...],
    files: tuple[str, ...],
) -> None:
    """
    Read mails and show sender, subject, new and quoted text, attachments and manners.

    Nothing is stored, sent or changed. A mail that cannot be read is shown with the reason
    for which it would go to quarantine, and the exit code is then 1.

    \b
    Examples:
      mailbot parse letter.eml
      mailbot parse --json inbox/*.eml
      mailbot parse --json - < mails.jsonl

    With - each line of standard input is {"id": "...", "raw": "..."}, the mail in base64.
    """
    failed = False
    tools = Texts()
    for name, raw, problem in _sources(files):
        answer = _answer(name, raw, problem, tools, own_mx)
        mail = answer.pop("mail", None)
        if open_files and isinstance(mail, Mail):
            answer["attached_texts"] = [_text(one) for one in _texts(mail)]
        failed = failed or answer["quarantine"] is not None
        click.echo(json.dumps(answer, ensure_ascii=True) if as_json else _readable(answer))
    context.exit(1 if failed else 0)


def _sources(files: tuple[str, ...]) -> Iterator[tuple[object, bytes, str | None]]:
    """Yield the name and the bytes of each mail, or why there are none."""
    for name in files:
        if name == "-":
            yield from _lines()
            continue
        try:
            yield name, Path(name).read_bytes(), None
        except (OSError, ValueError) as error:
            yield name, b"", f"unreadable_file: {getattr(error, 'strerror', None) or error}"


def _lines() -> Iterator[tuple[object, bytes, str | None]]:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            name = asked.get("id")
            raw = base64.b64decode("".join(asked["raw"].split()), validate=True)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
            yield _name_in(line), b"", f"bad_line: line {number} is not {{id, raw}} in JSON"
            continue
        yield name, raw, None


def _name_in(line: bytes) -> object:
    """Return the id of a line whose mail cannot be had, as far as it can be read."""
    try:
        return json.loads(line).get("id")
    except (ValueError, AttributeError, RecursionError):
        return None


def _answer(
    name: object, raw: bytes, problem: str | None, tools: Texts, own_mx: tuple[str, ...]
) -> dict[str, object]:
    if problem is not None:
        return _quarantined(name, problem)
    try:
        mail = read_mail(raw, datetime.now(UTC), tools, own_mx=own_mx)
    except UnreadableMail as error:
        return _quarantined(name, error.reason)
    return {"id": name, **_fields(mail), "quarantine": None, "mail": mail}


def _texts(mail: Mail) -> tuple[AttachedText, ...]:
    return AttachmentTexts().read(readable_papers(mail))


def _text(one: AttachedText) -> dict[str, object]:
    return {"filename": one.source, "text": mask_bsn(one.text), "not_read": one.problem}


def _fields(mail: Mail) -> dict[str, object]:
    return {
        "subject": mail.subject,
        "from": mail.sender.address if mail.sender else None,
        "message_id": mail.message_id,
        "new_text": mail.new_text,
        "quoted_text": mail.quoted_text,
        "attachments": [
            {"filename": one.filename, "content_type": one.content_type, "size": one.size}
            for one in mail.attachments
        ],
        "automatic": mail.automatic,
        "bounce": (
            {"recipients": list(mail.bounce.recipients), "permanent": mail.bounce.permanent}
            if mail.bounce
            else None
        ),
        "warnings": list(mail.warnings),
    }


def _quarantined(name: object, reason: str) -> dict[str, object]:
    return {
        "id": name,
        "subject": "",
        "from": None,
        "message_id": None,
        "new_text": "",
        "quoted_text": "",
        "attachments": [],
        "automatic": None,
        "bounce": None,
        "warnings": [],
        "quarantine": reason,
    }


def _readable(answer: dict[str, object]) -> str:
    """Set one answer out for a person."""
    if answer["quarantine"] is not None:
        return f"{answer['id']}\n  would go to quarantine: {answer['quarantine']}\n"
    lines = [
        str(answer["id"]),
        f"  From:        {answer['from'] or '(nobody, or ambiguous)'}",
        f"  Subject:     {answer['subject']}",
        f"  Automatic:   {answer['automatic'] or 'no'}",
    ]
    bounce = answer["bounce"]
    if isinstance(bounce, dict):
        verdict = "for good" if bounce["permanent"] else "not for good"
        lines.append(f"  Bounce:      {', '.join(bounce['recipients']) or '(unnamed)'}, {verdict}")
    attachments = answer["attachments"]
    if isinstance(attachments, list):
        lines.extend(
            f"  Attachment:  {one['filename'] or '(no name)'}, {one['content_type']}, {one['size']} bytes"
            for one in attachments
        )
    warnings = answer["warnings"]
    if isinstance(warnings, list) and warnings:
        lines.append(f"  Warnings:    {', '.join(warnings)}")
    lines.extend(("  New text:", *_indented(answer["new_text"])))
    if answer["quoted_text"]:
        lines.extend(("  Quoted text:", *_indented(answer["quoted_text"])))
    texts = answer.get("attached_texts", [])
    for one in texts if isinstance(texts, list) else ():
        lines.extend((f"  Text in {one['filename']}:", *_indented(one["text"])))
        if one["not_read"]:
            lines.append(f"    not read, or not wholly: {str(one['not_read']).replace('_', ' ')}")
    return "\n".join(lines) + "\n"


def _indented(text: object) -> list[str]:
    return [f"    {line}" for line in str(text).splitlines()] or ["    (none)"]
