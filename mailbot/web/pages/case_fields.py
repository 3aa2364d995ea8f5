"""The fields of a form of an act, what was typed in them, and what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.letter_words import Typed
from mailbot.web.asked import Fields
from mailbot.web.languages import DUTCH, N_
from mailbot.web.words import day

Shape = Literal["area", "line", "date", "moment", "choice", "radios", "ticks", "tick", "address"]

EMPTY = N_("Fill this in.")
NOT_A_DAY = N_("Choose a day from the calendar, or write it as 2026-12-31.")
NO_CHOICE = N_("Choose one.")
TOO_SHORT = N_("Type at least {count} characters, so that a colleague understands it later.")
TOO_EARLY = N_("Choose {day} or later.")
TOO_LATE = N_("Choose {day} or earlier.")
NO_ADDRESS = N_("This is no e-mail address. Write it as name@example.nl.")
NOT_IN_LIST = N_("Choose from the list.")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; the texts are translated when it is shown."""

    name: str
    label: str
    shape: Shape = "area"
    hint: str = ""
    required: bool = True
    shortest: int = 0
    in_letter: bool = False
    """Whether the requester reads it, so that it may be typed in their language as well."""
    options: tuple[tuple[str, str, str], ...] = ()
    value: str = ""
    least: date | None = None
    most: date | None = None
    rows: int = 4

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give the options without their hints, as a list to choose from has them."""
        return tuple((code, text) for code, text, _ in self.options)


@dataclass(frozen=True, slots=True)
class Values:
    """What was typed."""

    form: Fields

    def get(self, name: str) -> str:
        """Read a field without the blanks around it."""
        return self.form.get(name)

    def all(self, name: str) -> tuple[str, ...]:
        """Read every value of a field."""
        return tuple(filter(None, self.form.all(name)))

    def day(self, name: str) -> date | None:
        """Read a day; None where there is none."""
        try:
            return date.fromisoformat(self.form.get(name)[:10])
        except ValueError:
            return None

    def typed(self, name: str, languages: Sequence[str]) -> Typed:
        """Read what the requester will read: in Dutch, and in their language where that was typed."""
        there = {code: self.get(f"{name}__{code}") for code in languages if code != DUTCH}
        also = {code: text for code, text in there.items() if text}
        return {DUTCH: self.get(name), **also} if also else self.get(name)


def wrong(
    fields: Sequence[Field], values: Values, gettext: Callable[[str], str], language: str
) -> dict[str, str]:
    """Say what is wrong with each field, and what to do."""
    found = {field.name: _wrong(field, values, gettext, language) for field in fields}
    return {name: text for name, text in found.items() if text}


def _wrong(field: Field, values: Values, gettext: Callable[[str], str], language: str) -> str:
    text = values.get(field.name)
    if not text:
        listed = field.shape in {"choice", "radios", "ticks"}
        return gettext(NO_CHOICE if listed else EMPTY) if field.required else ""
    if field.shape == "address" and not is_plain_address(text):
        return gettext(NO_ADDRESS)
    if field.shape == "date":
        return _wrong_day(field, values.day(field.name), gettext, language)
    known = {code for code, _, _ in field.options}
    if known and not set(values.all(field.name)) <= known:
        return gettext(NOT_IN_LIST)
    if len(text) < field.shortest:
        return gettext(TOO_SHORT).format(count=field.shortest)
    return ""


def _wrong_day(
    field: Field, found: date | None, gettext: Callable[[str], str], language: str
) -> str:
    if found is None:
        return gettext(NOT_A_DAY)
    if field.least is not None and found < field.least:
        return gettext(TOO_EARLY).format(day=day(field.least, language=language))
    if field.most is not None and found > field.most:
        return gettext(TOO_LATE).format(day=day(field.most, language=language))
    return ""


def options_of(
    table: Mapping[str, str], gettext: Callable[[str], str]
) -> tuple[tuple[str, str, str], ...]:
    """Make the options of a choice from a table of words."""
    return tuple((str(code), gettext(text), "") for code, text in table.items())
