"""Finds the name of a school as people say it, where the board has given no list of its schools."""

import re

from classifiers.folding import fold
from mailbot.domain.suggestion import Fact, FactName

_WORD = r"[A-ZÀ-ÖØ-ÞĞİŞ][\w'’-]+"
# A blank before each further word: else a long run of letters could be cut in endless ways.
_NAME = (
    rf"(?:(?:De|Het|'t|’t|St\.?|Sint|The|La|Le) )?{_WORD}(?: (?:van|der|de))?(?: {_WORD}){{0,2}}"
)
_AFTER = (
    rf"(?i:(?:zit|zat|gaat|ging|zitten|gaan)(?: nu| nog| al)? (?:op|naar)(?: (?-i:de|het))?(?: basisschool| school| obs| cbs)?) (?P<name>{_NAME})",
    rf"(?i:groep [1-8] (?:van|op)) (?P<name>{_NAME})",
    rf"(?i:basisschool|school|obs|cbs|kbs|rkbs|ikc|kindcentrum|École|école|Schule|szkoły|szkole|szkoła|escuela|школ\w*|مدرسة):? (?P<name>{_NAME})",
    rf"(?i:(?:goes to|go to|went to|attends|attended|pupil at|pupil of|student at)(?: the| primary)?(?: school| obs)?) (?P<name>{_NAME})",
    rf"(?:geht|ging|gehen) (?:auf|in|zur)(?: die| der| das)?(?: Schule| Grundschule)? (?P<name>{_NAME})",
    rf"(?:va|est|allait) (?:à|a|dans)(?: l'école)? (?P<name>{_NAME})",
    rf"(?P<name>{_NAME})(?:'[a-zğışçöü]+)? (?:okul\w*|ilkokul\w*|school\b|basisschool\b|schule\b)",
)
_PATTERNS = tuple(re.compile(rf"(?<!\w){one}") for one in _AFTER)
_NO_SCHOOL = frozenset(
    {
        *(
            "facebook",
            "instagram",
            "tiktok",
            "whatsapp",
            "youtube",
            "google",
            "internet",
            "website",
        ),
        *("parro", "magister", "groep", "groups", "privacy", "sipor", "spo", "avg", "gdpr"),
        *("nederland", "ik", "wij", "i", "we", "my", "dit", "deze", "de", "het", "onze", "mijn"),
    }
)


def school_named(text: str) -> Fact | None:
    """
    Find the school a text names.

    Args:
        text: the new text of a mail.

    Returns:
        The name as it stands there, or None; it is checked against no list.
    """
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            name = found["name"].strip(" .,")
            words = fold(name).split()
            if not set(words) & _NO_SCHOOL or (words[0] in ("de", "het") and len(words) > 1):
                return Fact(FactName.SCHOOL, name, found.start("name"))
    return None
