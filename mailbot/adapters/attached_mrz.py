"""Recognises the machine-readable lines of an identity document (ICAO 9303)."""

import re

from mrz.base.functions import hash_is_ok

_LETTERS = re.compile(r"[^A-Z0-9<]")
_LIKE_DIGITS = str.maketrans("OQDILZSGB", "000112568")
_DIGIT = "[0-9OQDILZSGB]"
_DATES = rf"(?P<born>{_DIGIT}{{6}})(?P<born_check>{_DIGIT})[MFXK<](?P<ends>{_DIGIT}{{6}})(?P<ends_check>{_DIGIT})"
_PASSPORT = re.compile(rf"(?P<number>[A-Z0-9<]{{9}})(?P<number_check>{_DIGIT})[A-Z0<]{{3}}{_DATES}")
"""The second line of a passport or of an older, larger card (TD3, TD2, visas)."""
_CARD = re.compile(rf"(?:^|[^A-Z0-9]){_DATES}[A-Z0<]{{3}}")
"""The second line of a card (TD1); its number stands on the first."""


def holds_machine_readable_lines(text: str) -> bool:
    """
    Say whether recognised text holds the machine-readable lines of an identity document.

    Letter recognition reads some letters wrong, so the lines are not asked to be whole: the
    date of birth and the date of expiry must both stand where they belong, exist, and fit
    their check digits. Two numbers that fit by chance are one in a hundred of what has this
    shape, and hardly anything else has it.

    Args:
        text: lines as tesseract reads them.
    """
    return any(_is_document_line(line) for line in text.upper().splitlines())


def _is_document_line(line: str) -> bool:
    bare = _LETTERS.sub("", line.replace("«", "<<").replace("\u2039", "<"))
    return any(_fits(found) for shape in (_PASSPORT, _CARD) for found in shape.finditer(bare))


def _fits(found: re.Match[str]) -> bool:
    born, ends = (found[name].translate(_LIKE_DIGITS) for name in ("born", "ends"))
    checks = [found[name].translate(_LIKE_DIGITS) for name in ("born_check", "ends_check")]
    return (
        _is_day(born)
        and _is_day(ends)
        and hash_is_ok(born, checks[0])
        and hash_is_ok(ends, checks[1])
    )


def _is_day(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31
