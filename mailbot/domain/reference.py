"""The public number of a case, `SIPOR-2026-000123-K`, with a letter that catches typing errors."""

import re
import unicodedata
from dataclasses import dataclass

from mailbot.domain.errors import NotAReference

# ISO 7064 MOD 37,36 lets some exchanged neighbours through (about one in five hundred here).
# A remainder by the prime 23 catches every wrong digit, and every exchange of two digits up to
# eleven places apart, because 10 has order 22 modulo 23. These are the letters of the
# Spanish DNI, which is built the same way: no I, O or U to be misread.
CHECK_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
DIGITS = 6
"""How many digits a number is padded to; more are read as well."""

PREFIX = re.compile(r"[A-Z]{2,10}")
# Mail programs break lines and turn dashes into their prettier relatives.
GAP = r"[\s_.\u2010-\u2015\u2212\uFE58\uFE63\uFF0D-]{0,3}"
TAIL = rf"{GAP}([0-9]{{4}}){GAP}([0-9]{{{DIGITS},9}}){GAP}([A-Z])(?![A-Z0-9])"
ANY_REFERENCE = re.compile(rf"([A-Z]{{2,10}}){TAIL}")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """One case number; a value of this class always fits its own check letter."""

    prefix: str
    year: int
    number: int

    def __post_init__(self) -> None:
        if not PREFIX.fullmatch(self.prefix):
            raise NotAReference("a prefix is 2 to 10 capitals, such as SIPOR")
        if not 1000 <= self.year <= 9999 or not 1 <= self.number <= 999_999_999:
            raise NotAReference("a reference has a year of four digits and a number from 1")

    @classmethod
    def make(cls, prefix: str, year: int, number: int) -> "Reference":
        """
        Make the reference of the *number*-th case of a year.

        Raises:
            NotAReference: if a part is out of range.
        """
        return cls(prefix, year, number)

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """
        Read a reference as people type it: any case, spaces, other dashes or none.

        Raises:
            NotAReference: if the text is no reference, or its check letter does not fit.
        """
        match = ANY_REFERENCE.fullmatch(_plain(text).strip())
        found = _fitting(match) if match else None
        if found is None:
            raise NotAReference("this is no case number, or one character of it is wrong")
        return found

    @property
    def check(self) -> str:
        """The letter at the end."""
        digits = f"{self.year}{self.number:0{DIGITS}}"
        # The prefix counts as well, so that two boards' numbers are not exchanged unseen.
        return CHECK_LETTERS[(int(self.prefix, 36) * 10 ** len(digits) + int(digits)) % 23]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.number:0{DIGITS}}-{self.check}"


def find_references(text: str, prefix: str) -> list[Reference]:
    """
    Find every reference of one board in a subject or body, in order, each once.

    Args:
        text: the words of a mail.
        prefix: the board's own prefix; other boards' references are left alone.

    Returns:
        The references whose check letter fits; a wrong letter is no reference.
    """
    plain = _plain(text)
    if prefix not in plain:
        return []
    pattern = re.compile(rf"(?<![A-Z0-9])({re.escape(prefix)}){TAIL}")
    found = (_fitting(match) for match in pattern.finditer(plain))
    return list(dict.fromkeys(one for one in found if one is not None))


def _fitting(match: re.Match[str]) -> Reference | None:
    prefix, year, number, check = match.groups()
    # Only the written form itself: a seventh digit in front would be no digit of the check.
    if int(year) < 1000 or int(number) == 0 or number != f"{int(number):0{DIGITS}}":
        return None
    reference = Reference(prefix, int(year), int(number))
    return reference if reference.check == check else None


def _plain(text: str) -> str:
    """Fold full-width forms and other scripts' digits to ASCII capitals; drop invisible marks."""
    folded = unicodedata.normalize("NFKC", text).upper()
    if folded.isascii():
        return folded
    return "".join(_plain_character(character) for character in folded)


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) == "Cf" else character
