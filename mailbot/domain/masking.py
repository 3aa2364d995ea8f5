"""Hides citizen service numbers wherever text is shown or sent (UAVG article 46)."""

import re

_NINE = re.compile(r"(?<![\w+/-])\d(?:[ .\-]?\d){8}(?![\w])")
_NAMED = re.compile(
    r"\b(?:bsn|burgerservice\w*|sofi\w*|citizen service|kimlik num\w*|persoonsgebonden nummer|"
    r"onderwijsnummer|pgn|numéro de citoyen|bürgerservicenummer|social security number|sozialversicherungsnummer|numer (?:obywatela|bsn)|бсн)\b|الرقم الوطني|رقم الخدمة",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:klant|customer|client|lid|leden|relatie|polis|factuur|invoice|order|bestel|dossier|zaak|leerling|student|"
    r"kenmerk|referentie|reference|account|abonnee|telefoon|phone|tel|mobiel|müşteri|kunden|numéro de client)\W?\w*\W{1,3}(?:\w+\W{1,3}){0,2}$",
    re.IGNORECASE,
)
"""What calls the number behind it something else, whatever is said of a BSN nearby."""
_NEAR = 100
"""Letters between the word and the number it names."""
_BEHIND = 20
"""Letters between a number and the word that names it afterwards."""
_CALLED = 30
"""Letters before a number within which it may be called something else."""
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
MASK = "•••••••••"


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits pass the check of a BSN; 9 % of all nine-digit numbers do."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return len(digits) == 9 and digits != "000000000" and total % 11 == 0


def find_bsn(text: str) -> tuple[tuple[int, int], ...]:
    """
    Find the numbers that the writer calls a BSN.

    Nine digits count when the writer names them so, even where the check digit fails: a
    parent who mistypes one digit has still sent a number that must not be kept.

    Args:
        text: any text.

    Returns:
        Start and end of each number.
    """
    names = [(found.start(), found.end()) for found in _NAMED.finditer(text)]
    places: list[tuple[int, int]] = []
    for found in _NINE.finditer(text):
        before = any(0 <= found.start() - end <= _NEAR for _, end in names)
        after = any(0 <= start - found.end() <= _BEHIND for start, _ in names)
        called_other = _OTHER.search(text[max(0, found.start() - _CALLED) : found.start()])
        if (before or after) and not called_other:
            places.append(found.span())
    return tuple(places)


def mask_bsn(text: str) -> str:
    """
    Hide the numbers that may be a BSN.

    Showing hides more than flagging does: every nine digits that pass the check are hidden
    too, since a wrongly hidden customer number harms nobody.

    Args:
        text: any text.

    Returns:
        The text with dots in place of the digits.
    """
    named = set(find_bsn(text))

    def hide(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found.group())
        hidden = found.span() in named or passes_eleven_test(digits)
        return MASK if hidden else found.group()

    return _NINE.sub(hide, text)
