"""Reads the date that a mail program wrote above a forwarded mail, in seven languages."""

# ruff: noqa: RUF001 - Turkish letters and full-width colons are the content.

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.domain.local_time import AMSTERDAM

# One row a month, the names as they are written and cut short; without accents, in small letters.
_MONTHS = (
    "jan januari january januar janvier ocak oca stycznia styczen sty يناير كانون الثاني",
    "feb februari february februar fevrier fevr subat sub lutego luty lut فبراير شباط",
    "mrt maart mar march marz mars mart marca marzec مارس اذار",
    "apr april avril avr nisan nis kwietnia kwiecien kwi ابريل نيسان",
    "mei may mai mayis maja maj مايو ايار",
    "jun juni june juin haziran haz czerwca czerwiec cze يونيو حزيران",
    "jul juli july juillet juil temmuz tem lipca lipiec lip يوليو تموز",
    "aug augustus august aout agustos agu sierpnia sierpien sie اغسطس اب",
    "sep sept september septembre eylul eyl wrzesnia wrzesien wrz سبتمبر ايلول",
    "okt oct oktober october octobre ekim eki pazdziernika pazdziernik paz اكتوبر",
    "nov november novembre kasim kas listopada listopad lis نوفمبر",
    "dec dez december dezember decembre aralik ara grudnia grudzien gru ديسمبر",
)
_MONTH = {name: number for number, row in enumerate(_MONTHS, 1) for name in row.split()}
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?::\d{2})?(?!\d|[./-]\d{2})\s*([ap])?\.?(m)?")
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](20\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DAY = re.compile(r"(?<![\d:.])(\d{1,2})(?![\d:]|\.\d)")
_WORD = re.compile(r"[^\W\d_]+")


def read_moment(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime | date | None:
    """
    Read the moment a line names; it is what somebody's mail program claims, and no more.

    Args:
        text: such as `maandag 2 november 2026 09:10` or `Mon, Nov 2, 2026 at 9:10 AM`.
        zone: the zone of the clock, where the line names none.

    Returns:
        An aware instant, a day where no time stands, or None where no whole date stands.
    """
    plain = _plain(text)
    clock = _clock(plain)
    day = _day(_CLOCK.sub(" ", plain), american=bool(clock and clock[2]))
    if day is None:
        return None
    if clock is None:
        return day
    return datetime(day.year, day.month, day.day, clock[0], clock[1], tzinfo=zone)


def _clock(plain: str) -> tuple[int, int, bool] | None:
    found = _CLOCK.search(_ISO.sub(" ", _NUMBERS.sub(" ", plain)))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), found[3] if found[4] else None
    if half is not None:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute, half is not None) if hour < 24 and minute < 60 else None


def _day(plain: str, *, american: bool) -> date | None:
    if iso := _ISO.search(plain):
        return _real(int(iso[1]), int(iso[2]), int(iso[3]))
    if numbers := _NUMBERS.search(plain):
        first, second, year = (int(one) for one in numbers.groups())
        # A clock of twelve hours beside slashes is American: the month stands first.
        months_first = american and "/" in numbers[0] and first <= 12
        return _real(year, *((first, second) if months_first else (second, first)))
    year_found = _YEAR.search(plain)
    month = next((_MONTH[word] for word in _WORD.findall(plain) if word in _MONTH), None)
    if year_found is None or month is None:
        return None
    without_year = plain[: year_found.start()] + " " + plain[year_found.end() :]
    days = [int(one) for one in _DAY.findall(without_year) if 1 <= int(one) <= 31]
    return _real(int(year_found[1]), month, days[0]) if days else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Write a line in small letters without accents, its digits as 0 to 9."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("ı", "i"))
    return "".join(
        str(unicodedata.digit(one)) if one.isdigit() and unicodedata.digit(one, -1) >= 0 else one
        for one in letters
        if not unicodedata.combining(one) and unicodedata.category(one) != "Cf"
    )
