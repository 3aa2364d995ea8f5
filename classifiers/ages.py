"""Finds an age in a text, and whose it is."""

import re
from dataclasses import dataclass

from classifiers.rules import Reading

_YEARS = (
    r"jaar|jr|jarige?|years?(?:[ -]old)?|yrs?|y/?o|yaşında\w*|yasinda\w*|Jahre?|ans|lat|latek|"
    r"років|роки|años|aña|سنة|سنوات|عاما|عام"
)
_AGE = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})(?:[ -]?(?:{_YEARS}))(?!\w)(?! geleden| ago| lang)", re.IGNORECASE
)
_AGE_BARE = re.compile(
    r"(?i:\b(?:ik ben(?: zelf| al| nu| net)?|(?:en|ik) ben|ben (?:al|nu|net)|hij is|zij is|ze is|i am|i'm|he is|she is|"
    r"he's|she's|(?:zoon|dochter|kind|son|daughter)(?: \w+)?,?(?: is| van| of)?)) (\d{1,2})(?=[\s,.;!?)]|$)(?!\s*(?:weken|dagen|uur|keer|maanden|km|euro|weeks|days|times|months))",
)
_BRACKETS = re.compile(r"[A-ZÀ-Ž][\w'’-]+ \((\d{1,2})\)")
_OWN = re.compile(
    r"\b(?:ik ben|ik word|ik, |i am|i'm|ben .{0,12}yaşında|ich bin|j'ai|mam|tengo)\W+(?:\w+\W+){0,4}?$|\bik ben .{0,20}$|\bben(?: al| nu| net)? $",
    re.IGNORECASE,
)
_LEAST, _MOST = 2, 22


@dataclass(frozen=True, slots=True)
class Age:
    """An age as it stands in the text."""

    years: int
    start: int
    own: bool
    """Whether the writer speaks of themself."""


def _is_own(text: str, start: int, reading: Reading) -> bool:
    before = text[max(0, start - 40) : start]
    if re.search(
        r"(?i)\b(zoon|dochter|kind|son|daughter|child|he|she|hij|zij|ze|oğlum|kızım|sohn|tochter|fils|fille|syn|córka)\b",
        before[-30:],
    ):
        return False
    return bool(_OWN.search(before)) or (reading.has("pupil") and not reading.has("parent"))


def age_in(text: str, reading: Reading) -> Age | None:
    """
    Return the first age of a pupil that the text names.

    Args:
        text: what the person wrote.
        reading: what its words say.

    Returns:
        The age, or None where the text names none.
    """
    found = [one for shape in (_AGE, _AGE_BARE, _BRACKETS) for one in shape.finditer(text)]
    for one in sorted(found, key=lambda match: match.start(1)):
        years = int(one.group(1))
        if _LEAST <= years <= _MOST:
            return Age(years, one.start(1), _is_own(text, one.start(1), reading))
    return None
