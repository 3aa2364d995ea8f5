"""How cases look on a terminal and as JSON; lists carry no name and no address."""

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailbot.domain.case import CaseFile
from mailbot.domain.kinds import KINDS


def as_json(case: CaseFile, now: datetime, *, announced: bool | None = None) -> str:
    """Write one case of the queue as a line of JSON; the fields are in docs/commands.md."""
    dates = case.dates
    return json.dumps(
        {
            "reference": case.reference,
            "kind": case.kind,
            "confirmed": case.confirmed,
            "confidence": round(case.confidence, 3),
            "state": case.state,
            "received": dates.received_at.isoformat().replace("+00:00", "Z"),
            "due": dates.due.isoformat() if dates.due else None,
            "working_target": dates.working_target.isoformat() if dates.working_target else None,
            "cap": dates.cap.isoformat() if dates.cap else None,
            "ends_at": dates.ends_at.isoformat().replace("+00:00", "Z") if dates.ends_at else None,
            "extensions": case.extensions,
            "announced": announced,
            "overdue": case.overdue(now),
            "urgent": case.urgent,
            "language": case.language,
        }
    )


def print_queue(cases: Sequence[CaseFile], now: datetime, zone: ZoneInfo) -> None:
    """Print the queue for people."""
    if cases:
        Console().print(queue_table(cases, now, zone))
    else:
        Console().print("No open cases.")


def queue_table(cases: Sequence[CaseFile], now: datetime, zone: ZoneInfo) -> Table:
    """Lay the queue out for people: what is due first stands first."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    # Only the kind may be wrapped: a reference is copied, a date is read at a glance.
    table.add_column("case", no_wrap=True)
    table.add_column("kind")
    table.add_column("received", no_wrap=True)
    table.add_column("due", min_width=10)
    table.add_column("aim for", no_wrap=True)
    table.add_column("left", no_wrap=True)
    for case in cases:
        dates = case.dates
        table.add_row(
            case.reference,
            kind_words(case),
            f"{dates.received_on:%d-%m}",
            _due(case, zone),
            f"{dates.working_target:%a %d-%m}" if dates.working_target else "",
            _left(case, now),
        )
    return table


def kind_words(case: CaseFile) -> str:
    """Name the kind, and say when it is only what the machine suggests."""
    name = KINDS[case.kind].dutch if case.kind else "onbekend"
    return name if case.confirmed else f"{name}? ({case.confidence:.0%})"


def _due(case: CaseFile, zone: ZoneInfo) -> str:
    if case.dates.due:
        return f"{case.dates.due:%d-%m-%Y}"
    return f"{case.dates.ends_at.astimezone(zone):%d-%m-%Y %H:%M}" if case.dates.ends_at else "-"


def _left(case: CaseFile, now: datetime) -> Text:
    if case.dates.ends_at is None:
        return Text("no term")
    left = case.dates.ends_at - now
    hours = int(left.total_seconds() // 3600)
    if hours < 0:
        return Text("overdue", style="bold red")
    words = f"{hours} h" if hours < 96 else f"{hours // 24} days"
    return Text(words, style="bold red" if hours < 72 else "yellow" if hours < 168 else "green")
