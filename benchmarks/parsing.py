"""Read every mail in the folders named and print what was recognised.

    python benchmarks/parsing.py [--show bounce|automatic|plain|quarantine|lost] FOLDER...

Files are single mails; those whose name ends in .mbox are split at their `From ` lines.
With --show the names of the mails of that sort follow, so that they can be looked at.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mailbot.adapters.texts import Texts
from mailbot.domain.errors import UnreadableMail
from mailbot.domain.mail import Mail
from mailbot.domain.parsing import parse

_FROM = re.compile(rb"(?m)^From \S+.*\d{4}.*\r?\n")


def mails(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each mail below a folder with its name."""
    paths = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
    for path in paths:
        raw = path.read_bytes()
        if path.suffix in {".mbox", ".mbx"}:
            for number, one in enumerate(filter(bytes.strip, _FROM.split(raw))):
                yield f"{path}#{number}", one
        else:
            yield str(path), raw


def sort_of(mail: Mail) -> str:
    """Name the sort of one mail, for counting."""
    if mail.bounce is not None:
        return "bounce"
    return f"automatic:{mail.automatic}" if mail.automatic else "plain"


def missing_lines(mail: Mail) -> bool:
    """Say whether a mail has text, and neither half of it."""
    return not mail.new_text.strip() and bool(mail.quoted_text.strip() or mail.html)


def run(folder: Path, show: str) -> None:
    """Measure one folder."""
    tools, now = Texts(), datetime.now(UTC)
    counts: Counter[str] = Counter()
    shown: list[str] = []
    slowest = (0.0, "")
    began = time.perf_counter()
    for name, raw in mails(folder):
        start = time.perf_counter()
        try:
            mail = parse(raw, now, tools)
            sorts = [sort_of(mail)] + (["lost"] if missing_lines(mail) else [])
            line = f"{mail.subject[:70]!r} {mail.bounce or ''} {mail.warnings}"
        except UnreadableMail as error:
            sorts, line = [f"quarantine:{error.reason}"], ""
        except Exception as error:  # noqa: BLE001 - a traceback is what is counted here
            sorts, line = [f"TRACEBACK:{type(error).__name__}"], ""
        slowest = max(slowest, (time.perf_counter() - start, name))
        counts["mails"] += 1
        counts.update(sorts)
        if show and any(one.startswith(show) for one in sorts):
            shown.append(f"    {sorts} {name} {line}")
    seconds = time.perf_counter() - began
    print(
        f"{folder}: {counts['mails'] / seconds:.0f} mails a second, slowest {slowest[0]:.2f} s {slowest[1]}"
    )
    for sort, count in sorted(counts.items()):
        print(f"  {sort:40} {count}")
    print(*shown, sep="\n")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--show", default="")
    arguments.add_argument("folders", nargs="+", type=Path)
    options = arguments.parse_args()
    for one in options.folders:
        run(one, options.show)
    sys.exit()
