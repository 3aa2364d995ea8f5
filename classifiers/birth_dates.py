"""Finds a date of birth, in the ways parents of many countries write one."""

import re
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
    r"nee?|naissance|urodz\w*|data urodzenia|nacid\w*|nacimiento|народи\w*|народжен\w*|"
    r"ولد|ولدت|مواليد|الميلاد|ميلاد"
)
_DATE = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|e|er)?[ ./-]+(?:of |de |van )?(?P<month>\d{1,2}|[^\W\d_]{3,12})\.?,?[ ./-]+(?:de )?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d{1,2})-(?P<d2>\d{1,2})(?!\d)"
    r"|(?P<m3>[^\W\d_]{3,12}) (?P<d3>\d{1,2})(?:st|nd|rd|th)?,? (?P<y3>(?:19|20)\d\d)"
)
_AFTER = re.compile(rf"(?<!\w)(?:{_BORN})(?!\w)[^\d\n]{{0,40}}?(?:{_DATE})")
_BEFORE = re.compile(rf"(?:{_DATE})[^\d\n.]{{0,12}}?(?<!\w)(?:{_BORN})(?!\w)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@dataclass(frozen=True, slots=True)
class Born:
    """A date of birth: as ISO 8601, and where it stands."""

    value: str
    start: int


def _month(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBER.get(word)


def _as_date(found: re.Match[str]) -> date | None:
    day = found["day"] or found["d2"] or found["d3"]
    month = _month(found["month"] or found["m2"] or found["m3"])
    year = int(found["year"] or found["y2"] or found["y3"])
    if month is None:
        return None
    try:
        # Two digits of a year are a pupil's: nobody at school was born before 1930.
        return date(year + (2000 if year < 30 else 1900) if year < 100 else year, month, int(day))
    except ValueError:
        return None


def birth_date_in(text: str) -> Born | None:
    """
    Return the first date that the text calls a date of birth.

    Dates are read day first, as all the house's languages but American English write them.

    Args:
        text: what the person wrote.

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
    return None
