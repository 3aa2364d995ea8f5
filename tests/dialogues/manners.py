"""What holds for every automatic letter of every dialogue, whatever its script says."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.dialogues.post import Received
from tests.houses import ADDRESS

ROOT = Path(__file__).parent
TEMPLATES = ROOT.parent.parent / "templates"
OURS = (TEMPLATES / "letters", TEMPLATES / "passages")
ECHO = 5
"""So many words in a row of a mail, found in our letter, are an echo."""

# Only these stand in the head of a letter; nothing of the incoming mail's head comes over.
_HEAD = frozenset(
    {
        "from", "to", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
        "auto-submitted", "x-auto-response-suppress", "x-mailbot-letter", "content-language",
        "mime-version", "content-type", "return-path", "received", "delivered-to",
        "x-original-to",
    }
)  # fmt: skip


@cache
def outcome_words() -> re.Pattern[str]:
    """Read the reviewed list, all languages together: a letter holds its Dutch text as well."""
    table = tomllib.loads((ROOT / "lists" / "outcomes.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{one})" for rows in table.values() for one in rows))


def outcome_in(text: str) -> list[str]:
    """Name what states or hints at an outcome in a text."""
    plain = re.sub("[\u064b-\u0652\u200e\u200f]", "", " ".join(text.split()).lower())
    return [found.group() for found in outcome_words().finditer(plain)]


def check(letter: Received, mails: Iterable[str], children: Iterable[str]) -> None:
    """
    See that an automatic letter says no outcome, goes to one address and echoes nobody.

    Args:
        letter: the letter as it came in.
        mails: what people wrote up to now, subjects included.
        children: the names of children and others that must stand in no automatic letter.
    """
    message, text = letter.message, f"{letter.message['Subject']}\n{letter.text}"
    assert [] == outcome_in(text), f"{letter.code} hints at an outcome"
    assert set(map(str.lower, message.keys())) <= _HEAD, f"{letter.code} carries a foreign field"
    assert 1 == len(message["To"].addresses)
    assert "" == message["To"].addresses[0].display_name
    assert ADDRESS == message["From"].addresses[0].addr_spec
    echoes = _runs(text) & {run for mail in mails for run in _runs(mail)} - _own_runs()
    assert set() == echoes, f"{letter.code} repeats what somebody wrote"
    named = [child for child in children if child.lower() in text.lower()]
    assert [] == named, f"{letter.code} names somebody"


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())
    return {tuple(words[at : at + ECHO]) for at in range(len(words) - ECHO + 1)}


@cache
def _own_runs() -> set[tuple[str, ...]]:
    """Gather our own phrases: a parent who writes "Ik wil mijn verzoek" is not echoed by them."""
    paths = [path for folder in OURS for path in sorted(folder.rglob("*")) if path.is_file()]
    texts = [path.read_text("utf-8") for path in paths]
    return {run for text in texts for run in _runs(text)}
