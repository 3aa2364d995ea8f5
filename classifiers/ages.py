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
    r"(?i:\b(?:ik ben(?: zelf| al| nu| net)?|(?:en|ik) ben|ben (?:al|nu|net)|hij is|zij is|ze is|i am|i'm|im|ich bin|als je|wenn man|if you are|he is|she is|"
    r"he's|she's|(?:zoon|dochter|kind|son|daughter)(?: \w+)?,?(?: is| van| of)?)) (\d{1,2})(?=[\s,.;!?)]|$)(?!\s*(?:weken|dagen|uur|keer|maanden|km|euro|weeks|days|times|months))",
)
_BRACKETS = re.compile(r"[A-ZÀ-Ž][\w'’-]+ \((\d{1,2})\)")
_WORDS: dict[str, int] = {
    word: number
    for number, row in enumerate(
        (
            "vier four vier quatre dört",
            "vijf five fünf cinq beş",
            "zes six sechs altı",
            "zeven seven sieben sept yedi",
            "acht eight huit sekiz",
            "negen nine neun neuf dokuz",
            "tien ten zehn dix on",
            "elf eleven onze on bir",
            "twaalf twelve zwölf douze on iki",
            "dertien thirteen dreizehn treize on üç",
            "veertien fourteen vierzehn quatorze on dört",
            "vijftien fifteen fünfzehn quinze on beş",
            "zestien sixteen sechzehn seize on altı",
            "zeventien seventeen siebzehn on yedi",
            "achttien eighteen achtzehn on sekiz",
        ),
        4,
    )
    for word in row.split()
    if word != "on"
}
_NUMBER = "|".join(sorted(_WORDS, key=len, reverse=True))
_AGE_IN_WORDS = re.compile(
    rf"(?i:(?<!\w)({_NUMBER})(?: ?(?:{_YEARS}))(?!\w)(?! geleden| ago| lang| later| in a)|"
    rf"\b(?:turned|turning|geworden|is net|wordt|werd|he is|she is|hij is|zij is|ze is|er ist|sie ist|elle a|il a|ich bin|i am|i'm|ik ben) ({_NUMBER})(?=[\s]*[.,;!?)]|$)|\b({_NUMBER}) geworden\b)"
)
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
    found = [
        one for shape in (_AGE, _AGE_BARE, _BRACKETS, _AGE_IN_WORDS) for one in shape.finditer(text)
    ]
    for one in sorted(found, key=lambda match: match.start(match.lastindex or 1)):
        said, start = one.group(one.lastindex or 1), one.start(one.lastindex or 1)
        years = int(said) if said.isdigit() else _WORDS[said.lower()]
        if _LEAST <= years <= _MOST:
            return Age(years, start, _is_own(text, start, reading))
    return None
