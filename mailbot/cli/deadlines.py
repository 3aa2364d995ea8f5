"""`mailbot deadlines`: print the dates of a case, and say of each how it came to be."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import click

from mailbot import profiles
from mailbot.cli.deadline_answers import Answer, Rules, answer
from mailbot.cli.deadline_questions import QuestionUnclear, read_line, read_question
from mailbot.domain.errors import SettingsWrong
from mailbot.domain.explained import in_words
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.local_time import AMSTERDAM

BAD_INPUT = 2
LABELS = {
    "due": ("Uiterlijk", "Due"),
    "working_target": ("Werkdoel", "Working target"),
    "cap": ("Verlengbaar tot", "Cap"),
    "acknowledge_by": ("Bevestigen", "Acknowledge by"),
    "due_at": ("Melden bij de AP", "Notify the AP"),
    "alarm_at": ("Alarmklok", "Alarm clock"),
}

HELP = """
Work out the dates of a case, and explain each of them.

Nothing is stored or sent: this is the clock itself, for a look or for a check.
A date is a local day in Amsterdam; an instant needs its zone.
With '-' it reads JSON lines from standard input and answers in order.

\b
The four examples of the reglement's clock:
  mailbot deadlines --kind access --received 2026-01-31
  mailbot deadlines --kind access --received 2026-04-06
  mailbot deadlines --kind access --received 2026-11-27
  mailbot deadlines --kind access --received 2026-03-01T23:30Z

\b
An extension to 10 April, decided on 20 February:
  mailbot deadlines --kind erasure --received 2026-01-31 \\
      --extend 2026-04-10@2026-02-20T09:00+01:00

\b
A breach, over the nights in which summer time begins and ends:
  mailbot deadlines --kind breach --aware 2026-03-27T16:00+01:00
  mailbot deadlines --kind breach --aware 2026-10-23T16:00+02:00

\b
Many at once, one object a line (id and extend may be left out):
  mailbot deadlines --json - < questions.jsonl
  {"id": 1, "kind": "access", "received": "2026-01-31",
   "extend": [{"until": "2026-04-10", "at": "2026-02-20T08:00Z"}]}

\b
With the terms and the school holidays of a board, which make reminders
earlier and never move a date:
  mailbot deadlines --kind access --received 2026-07-01 --board derde.toml

\b
Exit codes:
  0  every question was answered, refused extensions included
  2  a question could not be read; its line says what to write instead
"""


@click.command(
    "deadlines", help=HELP, short_help="Print the dates of a case, each with its explanation."
)
@click.argument("source", required=False, type=click.Choice(["-"]), metavar="[-]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--kind", metavar="KIND", help=f"One of {', '.join(Kind)}.")
@click.option("--received", metavar="DATE|INSTANT", help="First receipt, by the mail server.")
@click.option(
    "--extend",
    "acts",
    multiple=True,
    metavar="DATE@MOMENT",
    help="Extend to DATE by an act at MOMENT; may be given several times.",
)
@click.option("--aware", metavar="INSTANT", help="Since when the school knows of a breach.")
@click.option("--board", metavar="PROFILE", help="A shipped profile, or the path of your own.")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="Language of the explanations.",
)
def deadlines(
    source: str | None,
    *,
    as_json: bool,
    kind: str | None,
    received: str | None,
    acts: tuple[str, ...],
    aware: str | None,
    board: str | None,
    lang: str,
) -> None:
    """Print the dates of one question from the options, or of each line of standard input."""
    options = {"kind": kind, "received": received, "extend": list(acts) or None, "aware": aware}
    given = {name: value for name, value in options.items() if value is not None}
    if source and given:
        raise click.UsageError("Give either '-' or the options, not both.")
    if not source and not given:
        raise click.UsageError("Give --kind and --received, or '-' to read JSON lines.")
    rules = _rules(board)
    exit_code = 0
    for one in _lines() if source else iter([given]):
        told = _answered(one, lang, rules)
        if "error" in told:
            exit_code = BAD_INPUT
        click.echo(json.dumps(told) if as_json else _table(told, lang))
    sys.exit(exit_code)


def _lines() -> Iterator[Mapping[str, object] | QuestionUnclear]:
    for line in sys.stdin.buffer:
        # Windows programs begin a file with a byte order mark, which is no part of the JSON.
        text = line.decode("utf-8", errors="replace").strip("\ufeff \t\r\n")
        if not text:
            continue
        try:
            yield read_line(text)
        except QuestionUnclear as unclear:
            yield unclear


def _rules(board: str | None) -> Rules:
    if board is None:
        return Rules(AMSTERDAM)
    try:
        profile = profiles.find(board, Path.cwd())
    except SettingsWrong as wrong:
        raise click.BadParameter("\n".join(wrong.problems), param_hint="--board") from wrong
    return Rules(profile.zone, profile.terms, profile.reminders)


def _answered(
    fields: Mapping[str, object] | QuestionUnclear, language: str, rules: Rules
) -> Answer:
    if isinstance(fields, QuestionUnclear):
        return {"error": str(fields)}
    echoed: Answer = {"id": fields["id"]} if "id" in fields else {}
    try:
        return echoed | answer(read_question(fields, rules.zone), language, rules)
    except QuestionUnclear as unclear:
        return echoed | {"error": str(unclear)}


def _table(told: Answer, language: str) -> str:
    if "error" in told:
        return click.style(f"Error: {told['error']}", fg="red")
    english = language == "en"
    rule = KINDS[Kind(str(told["kind"]))]
    title = f"{rule.english if english else rule.dutch} ({rule.kind})"
    rows = [
        f"  {labels[english]:<18}{_written(str(told[key]), language)}"
        for key, labels in LABELS.items()
        if told[key]
    ]
    sentences = [f"  - {sentence}" for sentence in _list(told["explanation"])]
    warnings = [click.style(f"  ! {text}", fg="yellow") for text in _list(told["warnings"])]
    refused = [click.style(f"  x {told['refused']}", fg="red")] if told["refused"] else []
    return "\n".join(
        (click.style(title, bold=True), *rows, "", *sentences, *warnings, *refused, "")
    )


def _written(value: str, language: str) -> str:
    moment = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return f"{in_words(moment, language)} ({value})"


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
