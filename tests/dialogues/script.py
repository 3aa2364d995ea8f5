"""Reads a dialogue: who writes what and when, and what must and must not leave after it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Amsterdam")

Row = TypeVar("Row")


class ScriptWrong(Exception):
    """A script holds a word the stage does not know, or lacks one it needs."""


@dataclass(frozen=True)
class Letter:
    """One letter that must leave, or be held back."""

    letter: str
    """Its code in `LETTERS`."""
    to: str
    """Who gets it: a name of `[people]`, or `fg` or `board`."""
    language: str = ""
    """The language it opens in; left out where it does not matter."""
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    held: str = ""
    """Why it waits for a person instead of leaving."""


@dataclass(frozen=True)
class Case:
    """What must be true of a case after the turn; what is left out is not looked at."""

    kind: str | None = None
    confirmed: bool | None = None
    state: str | None = None
    due: Any = None
    received: Any = None
    language: str | None = None
    of: str | None = None
    """Whose case it is: a name of `[people]`."""
    linked: tuple[int, ...] | None = None
    """The numbers of the cases linked to it, all of them."""
    flags: tuple[str, ...] | None = None
    """All its flags."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the last mail or officer said of each fact named here."""
    notes: tuple[str, ...] = ()
    """Words that stand in its notes."""


@dataclass(frozen=True)
class Turn:
    """One mail, one act of an officer, or just a moment at which the robot looks."""

    at: datetime
    who: str = ""
    subject: str = ""
    text: str = ""
    answers: str = ""
    """The code of our letter this mail answers: the last one its writer got."""
    answers_of: str = ""
    """Who got that letter, where it was somebody else."""
    quote: bool = True
    """Whether the answer quotes our letter below, as mail programs do."""
    threaded: bool = True
    """Whether the answer names our letter's Message-ID; some mail programs lose it."""
    verified: str = "pass"
    """What our own MX found out about the sender: `pass`, `fail` or `none`."""
    to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    envelope: str | None = None
    officer: str = ""
    act: str = ""
    case: int = 1
    words: Mapping[str, Any] = field(default_factory=dict)
    sent: tuple[Letter, ...] = ()
    opens: tuple[str, ...] = ()
    files_in: int = 0
    asks: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)


@dataclass(frozen=True)
class Dialogue:
    """A whole script."""

    name: str
    title: str
    shows: tuple[str, ...]
    people: Mapping[str, str]
    turns: tuple[Turn, ...]
    proves: bool = False
    """Whether the robot also writes the daily proof in this play; elsewhere it would be in the way."""

    def named(self, who: str) -> str:
        """Give name and address of somebody in the play; officers write as well."""
        return self.people.get(who, f"Officer {who} <{who}@officers.test>")

    def address(self, who: str) -> str:
        """Give the address of somebody in the play."""
        return parseaddr(self.named(who))[1].lower()


def scripts() -> list[Path]:
    """Name every script in this folder."""
    return sorted(HERE.glob("*.toml"))


def read(path: Path) -> Dialogue:
    """
    Read one script.

    Raises:
        ScriptWrong: a key is unknown, a name is nobody's, or the clock runs backwards.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    turns = tuple(_turn(path.stem, one) for one in table.pop("turn"))
    dialogue = Dialogue(
        path.stem,
        table.pop("title"),
        tuple(table.pop("shows")),
        table.pop("people"),
        turns,
        table.pop("proves", False),
    )
    if table:
        raise ScriptWrong(f"{path.stem}: unknown {sorted(table)}")
    for one in turns:
        named = {one.who, one.answers_of, *(letter.to for letter in one.sent)}
        unknown = named - {"", "fg", "board", *dialogue.people}
        if unknown:
            raise ScriptWrong(f"{path.stem}: nobody is called {sorted(unknown)}")
    if [one.at for one in turns] != sorted(one.at for one in turns):
        raise ScriptWrong(f"{path.stem}: the clock runs backwards")
    return dialogue


def _turn(name: str, table: dict[str, Any]) -> Turn:
    table["at"] = table["at"].replace(tzinfo=ZONE)
    table["sent"] = tuple(_row(name, Letter, one) for one in table.get("sent", ()))
    table["cases"] = {key: _row(name, Case, one) for key, one in table.get("cases", {}).items()}
    return _row(name, Turn, table)


def _row(name: str, kind: type[Row], table: dict[str, Any]) -> Row:
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(table) - known:
        raise ScriptWrong(f"{name}: a {kind.__name__.lower()} knows no {sorted(unknown)}")
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in table.items()})
