"""Finds the group or class a child sits in, as the text writes it."""

import re
from dataclasses import dataclass

_YEAR = r"(?:[1-8]|1[0-2])(?:[ ]?[/+-][ ]?[1-8])?[ ]?[a-h]?(?![\w.,]*\d)(?!\w)"
_WORDS = (
    rf"(?:groep|gr\.|klas|leerjaar|brugklas|unit|bouw) ?{_YEAR}",
    r"(?:groep|klas) (?:een|twee|drie|vier|vijf|zes|zeven|acht)(?!\w)",
    r"(?:vmbo|mavo|havo|vwo|gymnasium|atheneum|lwoo) ?[1-6](?!\w)",
    rf"(?:group|year|grade|class|form|reception) ?{_YEAR}",
    rf"(?:gruppe|klasse|stufe) ?{_YEAR}",
    rf"(?:groupe|classe) ?{_YEAR}",
    rf"(?:grup|sınıf|sinif) ?{_YEAR}",
    rf"(?:grup\w{{0,3}}|klas\w{{0,3}}) ?{_YEAR}",
    rf"(?:груп\w{{0,3}}|клас\w{{0,3}}) ?{_YEAR}",
    rf"(?:grupo|clase|grupo di|fasalka|kooxda|lgroep|9ism) ?{_YEAR}",
    r"(?:المجموعة|مجموعة|المجموعه|الصف|صف|غروب|جروب) ?(?:[1-8١-٨]|الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|الأولى|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة)(?!\w)",
)
_ANYWHERE = (
    r"[1-6] ?(?:vmbo|mavo|havo|vwo|gymnasium|atheneum)(?!\w)",
    r"(?=[ec])(?:en )?(?:cp|ce1|ce2|cm1|cm2)(?!\w)",
    r"[1-8]\. ?(?:grup|sınıf|sinif)\w*",
)
# Whether a word begins is asked once for all that begin there: at most letters none does.
_GROUP = re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(_WORDS)})|{'|'.join(_ANYWHERE)}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it stands in the text."""

    value: str
    start: int


def group_in(text: str) -> Group | None:
    """
    Return the first group or class the text names.

    Args:
        text: what the person wrote.

    Returns:
        The group in the text's own words, such as `groep 5b`, or None.
    """
    found = _GROUP.search(text)
    return Group(found.group().strip(), found.start()) if found else None
