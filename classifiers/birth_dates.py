"""Finds a date of birth, in the ways parents of many countries write one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.folding import fold

_MONTHS = (
    "januari january januar janvier ocak styczen stycznia sichnia enero يناير كانون jan",
    "februari february februar fevrier subat luty lutego febrero فبراير شباط feb",
    "maart march marz mars mart marzec marca marzo مارس اذار mrt mar",
    "april avril nisan kwiecien kwietnia abril ابريل نيسان apr",
    "mei may mai mayis maj maja mayo مايو ايار",
    "juni june juin haziran czerwiec czerwca junio يونيو حزيران jun",
    "juli july juillet temmuz lipiec lipca julio يوليو تموز jul",
    "augustus august aout agustos sierpien sierpnia agosto اغسطس اب aug",
    "september septembre eylul wrzesien wrzesnia septiembre سبتمبر ايلول sep sept",
    "oktober october octobre ekim pazdziernik pazdziernika octubre اكتوبر okt oct",
    "november novembre kasim listopad listopada noviembre نوفمبر nov",
    "december dezember decembre aralik grudzien grudnia diciembre ديسمبر dec dez",
)
_NUMBER = {name: number for number, row in enumerate(_MONTHS, 1) for name in row.split()}
_BORN = (
    r"geboren|geboortedatum|geb\.?|born|birth|dob|dogum|dogdu|dogumlu|geburtsdatum|geboren am|"
    r"nee?|naissance|urodz\w*|data urodzenia|nacid\w*|nacimiento|nase|nasi|dogumu|ur\.|dhash\w*|mzyouda?|народи\w*|народжен\w*|"
    r"ولد|ولدت|مواليد|الميلاد|ميلاد"
)
_DATE = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|e|er)?[ ./-]+(?:of |de |van )?(?P<month>\d{1,2}|[^\W\d_]{3,12})\.?,?[ ./-]+(?:de )?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d{1,2})-(?P<d2>\d{1,2})(?!\d)"
    r"|(?P<m3>[^\W\d_]{3,12}) (?P<d3>\d{1,2})(?:st|nd|rd|th)?,? (?P<y3>(?:19|20)\d\d)"
)
_AFTER = re.compile(rf"(?<!\w)(?:{_BORN})(?!\w)[^\d\n]{{0,40}}?(?:{_DATE})")
_BEFORE = re.compile(rf"(?:{_DATE})[^\d\n.]{{0,12}}?(?<!\w)(?:{_BORN})(?!\w)")
_BEHIND_NAME = re.compile(rf"[^\W\d_][^\d\n.;:()]{{1,40}}?[,(] ?(?:{_DATE})")
_YOUNGEST, _OLDEST = 3, 22
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@dataclass(frozen=True, slots=True)
class Born:
    """A date of birth: as ISO 8601, and where it stands."""

    value: str
    start: int


def month_number(word: str) -> int | None:
    """Return the number of a month written in figures or by its name, folded; None for any other."""
    return int(word) if word.isdigit() else _NUMBER.get(word)


def _as_date(found: re.Match[str]) -> date | None:
    day = found["day"] or found["d2"] or found["d3"]
    month = month_number(found["month"] or found["m2"] or found["m3"])
    if month and month > 12 >= int(day) and (found["month"] or "").isdigit():
        # No thirteenth month: the writer put the month first, as Americans do.
        day, month = str(month), int(day)
    year = int(found["year"] or found["y2"] or found["y3"])
    if month is None:
        return None
    try:
        # Two digits of a year are a pupil's: nobody at school was born before 1930.
        return date(year + (2000 if year < 30 else 1900) if year < 100 else year, month, int(day))
    except ValueError:
        return None


def _beside(folded: str, names: Sequence[int], latest: int | None) -> re.Match[str] | None:
    """Find a date that stands right behind a child's name: `Noor Visser (3 juni 2016)`."""
    for start in names:
        found = _BEHIND_NAME.match(folded, start)
        born = _as_date(found) if found else None
        if born is not None and _is_pupils(born.year, latest):
            return found
    return None


def _is_pupils(year: int, latest: int | None) -> bool:
    return latest is None or latest - _OLDEST <= year <= latest - _YOUNGEST


def birth_date_in(
    text: str, children: Sequence[int] = (), received: int | None = None
) -> Born | None:
    """
    Return the first date that the text calls a date of birth.

    Dates are read day first, as all the house's languages but American English write them.

    Args:
        text: what the person wrote.
        children: where the names of children begin; a date right behind one is a birth's.
        received: the year in which the mail came, where it is known.

    Returns:
        The date, or None where none is named so.
    """
    folded = fold(text).translate(_DIGITS)
    if len(folded) != len(text):
        # Places are only told where no letter was dropped.
        folded = text.lower().translate(_DIGITS) if len(text.lower()) == len(text) else folded
    for shape in (_AFTER, _BEFORE):
        for found in shape.finditer(folded):
            born = _as_date(found)
            if born is not None:
                place = found.start("day") if found["day"] else found.start()
                return Born(born.isoformat(), place if len(folded) == len(text) else -1)
    beside = _beside(folded, children, received) if len(folded) == len(text) else None
    if beside is not None and (day := _as_date(beside)) is not None:
        return Born(day.isoformat(), beside.start("day") if beside["day"] else beside.start())
    return None
