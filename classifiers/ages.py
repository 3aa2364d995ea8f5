"""Finds an age in a text, and whose it is."""

import re
from dataclasses import dataclass

from classifiers.rules import Reading

_YEARS = (
    r"jaar|jr|jarige?|piges|yaşım\w*|yasim\w*|sana|3am|years?(?:[ -]old)?|yrs?|y/?o|yaşında\w*|yasinda\w*|Jahre?|ans|lat|latek|"
    r"років|роки|años|aña|سنة|سنوات|عاما|عام"
)
_AGE = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})(?:[ -]?(?:{_YEARS}))(?!\w)(?! geleden| ago| lang| voor de klas| ervaring| experience| de travail)",
    re.IGNORECASE,
)
_AGE_BARE = re.compile(
    r"(?i:\b(?:ik ben(?: zelf| al| nu| net)?|(?:en|ik) ben|ben (?:al|nu|net)|(?:hij|zij|ze) is(?: nu| al| net| inmiddels| bijna)?|i am|i'm|im|ich bin|bin(?: jetzt| schon)?|als je|wenn man|mit|weil ich|mam|jak ktoś ma|if you are|he is|she is|(?:er|sie) ist(?: jetzt| schon)?|elle a|il a|waxaan ahay \w+,|"
    r"he's|she's|(?:zoon|dochter|kind|son|daughter)(?: \w+)?,?(?: is| van| of)?)) (\d{1,2})(?=[\s,.;!?)]|$)(?!\s*(?:weken|minuten|kinderen|leerlingen|stuks|prozent|%|weeks|minutes|dagen|uur|keer|maanden|km|euro|weeks|days|times|months))",
)
_NAMED = re.compile(
    r"(?i:\b(?:ik ben|ich bin|bin|i am|i'm|im|je suis|jestem|bins?) )(?:[A-ZÀ-Ža-z][\w'’-]{1,20} ){0,2}[\w'’-]{2,20}(?:,| \() ?(1[6-9]|2[01])(?=[\s,.;!?)]|$)|"
    r"\b(?i:ik|ich) (1[6-9]|2[01]) (?i:ben|bin)\b|\b[A-ZÀ-Ž][\w'’-]{1,20} (?:is|wird|wordt|ist) (1[6-9]|2[01])(?= en | and | und |[,.])"
)
_TURNS = re.compile(
    r"(?i:\b(?:wordt|werd|is geworden|turned|turns|turning|will be|wird|wurde) )(?:(?:in|op|net|nu|just|im|now) (?:[\w]{2,12} )?)?(1[6-9]|2[01])(?=[,.;!?)\n]| en | and | und |$)"
)
_BRACKETS = re.compile(r"\b[A-ZÀ-Ž][\w'’-]+ \((\d{1,2})\)")
_WORDS: dict[str, int] = {
    word.replace("_", " "): number
    for number, row in enumerate(
        (
            "vier four quatre dört",
            "vijf five fünf cinq beş",
            "zes six sechs altı",
            "zeven seven sieben sept yedi",
            "acht eight huit sekiz",
            "negen nine neun neuf dokuz",
            "tien ten zehn dix",
            "elf eleven onze on_bir",
            "twaalf twelve zwölf douze on_iki",
            "dertien thirteen dreizehn treize on_üç",
            "veertien fourteen vierzehn quatorze on_dört",
            "vijftien fifteen fünfzehn quinze on_beş",
            "zestien sixteen sechzehn seize on_altı szesnaście szesnastu",
            "zeventien seventeen siebzehn dix-sept on_yedi siedemnaście siedemnastu",
            "achttien eighteen achtzehn dix-huit on_sekiz osiemnaście osiemnastu",
        ),
        4,
    )
    for word in row.split()
}
_LONGEST_FIRST = sorted(_WORDS, key=len, reverse=True)
_NUMBER = "|".join(
    f"{first}(?:{'|'.join(word[1:] for word in _LONGEST_FIRST if word[0] == first)})"
    for first in sorted({word[0] for word in _WORDS})
)
"""Sorted by their first letters, so that one with which none begins rules them all out at once."""
_NO_AGE = r"(?! geleden| ago| lang| later| in a| voor de klas| ervaring| experience| de travail)"
_AGE_IN_WORDS = re.compile(
    # All three begin a word; asked first, this fails at most letters.
    rf"(?i:(?<!\w)(?=\w)(?:(?<!-)({_NUMBER})(?: ?(?:{_YEARS}))(?!\w){_NO_AGE}|"
    rf"(?:turned|turning|turns|geworden|is net|wordt|werd|he is|she is|hij is|zij is|ze is|er ist|sie ist|elle a|il a|ich bin|bin|i am|i'm|ik ben) ({_NUMBER})(?=\s*[.,;!?)]|$| in | and | en | und )|({_NUMBER}) geworden\b))"
)
_AT_THE_END = re.compile(
    r"(?i)\n[^\n\d]{0,40}?[\w)][ ,(]{1,3}(?:nu |bijna |now |almost |jetzt |aged? )?(1[6-9]|2[01])(?: ?(?:jaar|years?|jahre?|lat|ans))?\)?[ .!]*\Z"
)
"""An age behind the name at the foot of a mail: the writer's own."""
_OWN = re.compile(
    r"\b(?:ik ben|ik word|ik, |ik was|i am|i'm|im|ben .{0,12}yaşında|ich bin|bin|weil ich|mit|j'ai|jai|عمري|عندي|انا|3mri|3omri|3ndi|3andi|mam|tengo|als je|wenn man|if you are|when you are|jak ktoś ma|waxaan ahay)\W+(?:\w+\W+){0,4}?$|\bik ben .{0,20}$|\b(?:ben|ondergetekende,?)(?: al| nu| net)? $",
    re.IGNORECASE,
)
_I_AM = re.compile(r"(?i)ya[şs][ıi](?:nda|m)\w*y[ıi]m")
_OWN_BEHIND = re.compile(
    r"(?i)\A\W*(?:jaar|lat|jahre)?\W*(?:(?:en|und|i) )?(?:ben|bin|jestem|podobno mogę sam)\b"
)
_CHILDS = re.compile(
    r"(?i)\b(?:zoon|dochter|kind|zoontje|dochtertje|meisje|jongen|son|daughter|child|boy|girl|he|she|hij|zij|ze|oğlum|kızım|sohn|tochter|er|sie|fils|fille|il|elle|syn|syna|córka|córki|hijo|hija|oudste|jongste|kleinzoon|kleindochter|eldest|oldest|youngest|ابني|بنتي|ولدي|ابنتي|عمره|عمرها)\b"
)
_A_NAME = re.compile(r"[A-ZÀ-Ž][\w'’-]+ (?:\(|is |wordt |ist )$")
_FIGURE = re.compile(r"\d")
_IN_FIGURES = (_AGE, _AGE_BARE, _NAMED, _TURNS, _BRACKETS)
"""None of these is in a text without a figure, and most mails have none."""
_LEAST, _MOST = 2, 22
_NEAR = 80
"""Letters before an age within which it is said whose it is."""
_FOOT = 120
"""Letters at the foot of a mail among which a name may stand with an age."""


@dataclass(frozen=True, slots=True)
class Age:
    """An age as it stands in the text."""

    years: int
    start: int
    own: bool
    """Whether the writer speaks of themself."""
    child: bool = False
    """Whether the words around it speak of a child."""


def _own(text: str, start: int, end: int, reading: Reading) -> bool:
    before = text[max(0, start - 40) : start]
    if _CHILDS.search(before[-30:]) and not _OWN.search(before[-12:]):
        return False
    if _OWN.search(before) or _OWN_BEHIND.search(text[end : end + 30]):
        return True
    return reading.has("pupil") and not reading.has("parent")


def _of_child(before: str, reading: Reading) -> bool:
    if _CHILDS.search(before):
        return True
    return reading.has("parent") and bool(_A_NAME.search(before))


def ages_in(text: str, reading: Reading) -> tuple[Age, ...]:
    """
    Return the ages of pupils that the text names, in their order.

    Args:
        text: what the person wrote.
        reading: what its words say.

    Returns:
        The ages; none where the text names none.
    """
    signed = _AT_THE_END.search(text[-_FOOT:])
    foot = max(0, len(text) - _FOOT) + signed.start(1) if signed else -1
    shapes = _IN_FIGURES if _FIGURE.search(text) else ()
    found = {
        one.start(one.lastindex or 1): (one.group(one.lastindex or 1), one.end())
        for shape in (*shapes, _AGE_IN_WORDS)
        for one in shape.finditer(text)
    }
    if signed:
        found[foot] = (signed.group(1), len(text))
    ages = []
    for start, (said, end) in sorted(found.items()):
        years = int(said) if said.isdigit() else _WORDS[said.lower()]
        if _LEAST <= years <= _MOST:
            own = start == foot or bool(_I_AM.search(text[start:end]))
            own = own or _own(text, start, end, reading)
            child = not own and _of_child(text[max(0, start - _NEAR) : start], reading)
            ages.append(Age(years, start, own, child))
    return tuple(ages)


def age_in(text: str, reading: Reading) -> Age | None:
    """
    Return the first age of a pupil that the text names.

    Args:
        text: what the person wrote.
        reading: what its words say.

    Returns:
        The age, or None where the text names none.
    """
    return next(iter(ages_in(text, reading)), None)
