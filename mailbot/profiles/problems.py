"""Word what is wrong with a setting: what was found and what is allowed, never a secret."""

import difflib
import json
import re
from collections.abc import Iterable
from datetime import date, time

SECRET_WORDS = re.compile(
    r"passw|wachtwoord|^pwd$|^pass$|passphrase|token|secret$|api_?key|credential", re.IGNORECASE
)
"""Keys that look as if a secret was typed into the file."""

SIGN_IN = re.compile(r"//[^/]*@")
"""The place where a URL carries a password."""


class Problems:
    """Everything that is wrong, one line each: `key: what was found; what is allowed`."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, key: str, found: str, allowed: str) -> None:
        """Add one line."""
        self.lines.append(f"{key}: {found}; {allowed}")


def unknown(key: str, name: str, known: Iterable[str], problems: Problems) -> None:
    """Add the problem of an unknown key, with the nearest known one; never its value."""
    choices = sorted(known)
    if SECRET_WORDS.search(name):
        problems.add(
            key,
            "a secret in the settings",
            'allowed: only the name of a secret (`secret = "MAILBOT_…"`); put the value into that '
            "environment variable, or into a file named by the same variable with `_FILE`",
        )
    elif near := difflib.get_close_matches(name, choices, n=1):
        problems.add(key, "an unknown key", f"did you mean `{near[0]}`?")
    else:
        problems.add(key, "an unknown key", f"allowed: {', '.join(choices)}")


def shown(value: object) -> str:
    """Show a found value, shortened; a table or list is only named."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, str) and SIGN_IN.search(value):
        return "an address with a sign-in in it"
    text = json.dumps(value, ensure_ascii=False, default=iso)
    return text if len(text) <= 60 else text[:57] + '…"'


def iso(value: object) -> str:
    """Write a date or time of a TOML file as text."""
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)
