"""Turns the values of a register entry into words, text and JSON, and back."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.domain.errors import EntryWrong
from mailbot.domain.local_time import AMSTERDAM, to_utc
from mailbot.domain.register import RegisterEntry
from mailbot.domain.register_fields import FIELD, FieldRule, Form
from mailbot.domain.register_words import DutchWord

YES_NO = {"ja": True, "yes": True, "nee": False, "no": False}
EMPTY = RegisterEntry()
COUNT_LIMIT = 1_000_000_000


def read_value(name: str, text: str) -> object:
    """
    Read the value of a field as a person types it; an empty text clears the field.

    Lists are parted by commas (words, moments) or semicolons (free texts).

    Raises:
        EntryWrong: the field is unknown, or the text is no such value.
    """
    rule = FIELD.get(name)
    if rule is None:
        raise EntryWrong([f"{name}: no such field; known are {', '.join(FIELD)}"])
    if not text.strip():
        return getattr(EMPTY, name)
    return READERS[rule.form](rule, text.strip())


def read_instant(name: str, text: str) -> datetime:
    """
    Read an instant with its zone, such as `2026-03-27T16:00+01:00`.

    Raises:
        EntryWrong: it is none, or lacks its zone.
    """
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        instant = None
    if instant is None or instant.utcoffset() is None:
        raise EntryWrong([f"{name}: give an instant with its zone, such as 2026-03-27T16:00+01:00"])
    return to_utc(instant)


def value_words(rule: FieldRule, value: object, zone: ZoneInfo = AMSTERDAM) -> str:
    """Say a value in Dutch for people; empty where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        parting = "; " if rule.form is Form.TEXTS else ", "
        return parting.join(value_words(rule, one, zone) for one in value)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d-%m-%Y %H:%M}"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(getattr(value, "dutch", value))


def to_words(entry: RegisterEntry) -> dict[str, object]:
    """Lay an entry out as JSON values; what is empty is left out."""
    return {
        one.name: _plain(getattr(entry, one.name))
        for one in fields(entry)
        if getattr(entry, one.name) != getattr(EMPTY, one.name)
    }


def from_words(words: Mapping[str, object]) -> RegisterEntry:
    """Read back what `to_words` wrote."""
    read = {name: _read(FIELD[name], value) for name, value in words.items()}
    return RegisterEntry(**read)  # type: ignore[arg-type]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return to_utc(value).isoformat()
    return getattr(value, "value", value)


def _read(rule: FieldRule, value: object) -> object:
    if isinstance(value, list):
        return tuple(_read(rule, one) for one in value)
    if rule.form in (Form.INSTANT, Form.INSTANTS):
        return datetime.fromisoformat(str(value))
    if rule.words is not None:
        return _word(rule, str(value))
    return value


def _count(rule: FieldRule, text: str) -> int:
    # A thousand is written 1.000 in Dutch.
    plain = text.replace(".", "").replace(" ", "")
    if not (plain.isascii() and plain.isdigit()) or int(plain) > COUNT_LIMIT:
        raise EntryWrong([f"{rule.name}: give a number from 0 to {COUNT_LIMIT}, without decimals"])
    return int(plain)


def _yes_no(rule: FieldRule, text: str) -> bool:
    if text.lower() not in YES_NO:
        raise EntryWrong([f"{rule.name}: say ja or nee"])
    return YES_NO[text.lower()]


def _word(rule: FieldRule, text: str) -> DutchWord:
    assert rule.words is not None
    code = text.strip().lower()
    for word in rule.words:
        if code == word.value:
            return word
    known = ", ".join(f"{word.value} ({word.dutch})" for word in rule.words)
    raise EntryWrong([f"{rule.name}: no such word; choose from {known}"])


READERS: Mapping[Form, Callable[[FieldRule, str], object]] = {
    Form.TEXT: lambda _, text: text,
    Form.TEXTS: lambda _, text: tuple(part.strip() for part in text.split(";") if part.strip()),
    Form.COUNT: _count,
    Form.YES_NO: _yes_no,
    Form.INSTANT: lambda rule, text: read_instant(rule.name, text),
    Form.INSTANTS: lambda rule, text: tuple(
        read_instant(rule.name, part) for part in text.split(",")
    ),
    Form.WORD: _word,
    Form.WORDS: lambda rule, text: tuple(
        dict.fromkeys(_word(rule, part) for part in text.split(","))
    ),
}
"""How each form of value is read."""
