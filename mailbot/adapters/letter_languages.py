"""What a language of the letters knows: its months, its direction, its names for codes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.adapters.letter_values import RIGHT_TO_LEFT_MARK
from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import ANSWERED, HEAPS, IDENTITY_OPTIONS, QUESTIONS, STAGES

_TABLES: Mapping[str, tuple[str, ...]] = {
    "kinds": tuple(Kind),
    "understood": tuple(Kind),
    "stages": STAGES,
    "next_steps": STAGES,
    "questions": QUESTIONS,
    "identity_options": IDENTITY_OPTIONS,
    "heaps": HEAPS,
    "answered": ANSWERED,
}
"""The tables of `language.toml`, each with the codes it must name."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the letters."""

    code: str
    direction: str
    months: tuple[str, ...]
    moment_form: str
    below: str
    tables: Mapping[str, Mapping[str, str]]

    def day(self, day: date) -> str:
        """Write a date out, such as 25 december 2026."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """Write a date with its time."""
        return self.moment_form.format(day=self.day(moment), time=f"{moment:%H:%M}")

    def kind(self, kind: Kind) -> str:
        """Name a kind of case."""
        return self.tables["kinds"][kind]

    def name(self, table: str, code: str) -> str:
        """
        Look a code up in one of the tables.

        Raises:
            LetterIncomplete: the code is not in the table.
        """
        if code not in self.tables[table]:
            raise LetterIncomplete(f"{self.code}/language.toml: {table} does not name {code!r}")
        return self.tables[table][code]

    def below_line(self) -> dict[str, str]:
        """Say, in this language, that its text stands further down."""
        mark = RIGHT_TO_LEFT_MARK if self.direction == "rtl" else ""
        return {
            "language": self.code,
            "direction": self.direction,
            "text": self.below,
            "mark": mark,
        }


def read_language(code: str, source: str) -> Language:
    """
    Read one `language.toml`.

    Raises:
        LetterIncomplete: the file cannot be read, or a code has no name in it.
    """
    try:
        found = tomllib.loads(source)
        language = Language(
            code=code,
            direction=found["direction"],
            months=tuple(found["months"]),
            moment_form=found["moment"],
            below=found["below"],
            tables={table: found[table] for table in _TABLES},
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise LetterIncomplete(f"{code}/language.toml: {error}") from error
    for table, codes in _TABLES.items():
        for name in codes:
            language.name(table, name)
    if len(language.months) != 12 or language.direction not in {"ltr", "rtl"}:
        raise LetterIncomplete(f"{code}/language.toml: wants 12 months and a direction ltr or rtl")
    return language
