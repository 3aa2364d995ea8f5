"""Finds the days on which something went wrong, in figures, in words, and counted from today."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from classifiers.birth_dates import month_number
from classifiers.folding import Folded, read

ZONE = ZoneInfo("Europe/Amsterdam")
"""Parents count their days where the schools stand."""
_MOST = 3
_EARLIEST = date(2000, 1, 1)
"""A mail that says it came before this has no day of receipt to count from."""
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_FULL = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|e)?[ ./-]{1,2}(?:of |de |van )?(?P<month>\d{1,2}|[^\W\d_]{3,12})\.?,?"
    r"(?:[ ./-]{1,2}(?:de )?(?P<year>20\d\d|\d\d(?=\D|$)))?(?![\d:/-])"
    r"|(?<!\d)(?P<y2>20\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)(?!\d)"
    r"|(?<!\w)(?P<m3>[^\W\d_]{3,12}) (?P<d3>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<y3>20\d\d))?(?![\d:/-])"
)
_BORN = re.compile(
    r"(?:geboren|geboortedatum|geb\.?|born|birth|dob|dogum\w*|doğum\w*|geburt\w*|nee?|naissance|urodz\w*|ur\.|nacid\w*|nase|народ\w*|مواليد|الميلاد|ولد\w*|dhashay)[^\n\d]{0,25}$"
)
_DAYS_BACK: tuple[tuple[int, str], ...] = (
    (
        0,
        (
            r"vandaag|vanmorgen|vanochtend|vanmiddag|vanavond|today|this (?:morning|afternoon|evening)|bugun|bu (?:sabah|aksam)|heute(?: frueh| morgen)?|aujourd'hui|ce (?:matin|soir)|"
            r"dzisiaj|dzis(?: rano)?|сьогодні|hoy|esta manana|awe|maanta|saaka|lyoum|had sbah|اليوم|النهارده|هذا الصباح|صباح اليوم"
        ),
    ),
    (
        1,
        r"gister(?:en|avond|middag|ochtend|morgen)?|gisteren(?:avond|middag|ochtend)|yesterday|last night|dun(?: aksam)?|gestern(?: abend)?|hier(?: soir| matin)?|wczoraj|вчора|учора|ayer|ayera|shalay|lbareh|امس|البارحه|امبارح|مبارح",
    ),
    (
        2,
        r"eergisteren|the day before yesterday|evvelsi gun|evvelki gun|onceki gun|vorgestern|avant-hier|przedwczoraj|позавчора|anteayer|antayera|darraad|اول امس|اول امبارح",
    ),
)
_RELATIVE = tuple((back, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for back, words in _DAYS_BACK)
_WEEKDAYS = (
    "maandag monday pazartesi montag lundi poniedzialek понеділок lunes djaluna isniin الاثنين",
    "dinsdag tuesday sali dienstag mardi wtorek вівторок martes djamars talaado الثلاثاء",
    "woensdag wednesday carsamba mittwoch mercredi sroda srode середа середу miercoles djarason arbaco الاربعاء",
    "donderdag thursday persembe donnerstag jeudi czwartek четвер jueves djaweps khamiis الخميس",
    "vrijdag friday cuma freitag vendredi piatek пятницю viernes djabierne jimce الجمعه",
    "zaterdag saturday cumartesi samstag samedi sobote sobota субота суботу sabado djasabra sabti السبت",
    "zondag sunday pazar sonntag dimanche niedziela niedziele неділя неділю domingo djadumingu axad الاحد",
)
_DAY_NUMBER = {fold_: number for number, row in enumerate(_WEEKDAYS) for fold_ in row.split()}
_DAY = "|".join(sorted(_DAY_NUMBER, key=len, reverse=True))
_LAST_WEEK = re.compile(
    rf"(?<!\w)(?:(?:vorige|verleden|afgelopen) week (?:op )?(?P<a>{_DAY})|(?P<b>{_DAY}) (?:van )?(?:vorige|verleden) week|(?P<c>{_DAY}) (?:of )?last week|last week (?:on )?(?P<d>{_DAY})|"
    rf"gecen hafta (?P<e>{_DAY})|letzte woche (?P<f>{_DAY})|(?P<g>{_DAY}) (?:de )?la semaine derniere|w zeszlym tygodniu we? (?P<h>{_DAY}))(?!\w)"
)
_LAST = re.compile(
    rf"(?<!\w)(?:afgelopen (?P<a>{_DAY})|jongstleden (?P<b>{_DAY})|(?P<c>{_DAY}) (?:jl|j\.l|jongstleden)|(?P<d>{_DAY}) dernier|w (?:zeszly|zeszla|ostatni|ostatnia) (?P<e>{_DAY})|минул\w+ (?P<f>{_DAY}))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class IncidentDays:
    """The days a text names, as ISO 8601 joined by `; `, and where the first stands."""

    value: str
    start: int


def incident_days_in(text: str, received: datetime, *, written_now: int) -> IncidentDays | None:
    """
    Return the days on which what is reported happened.

    A day counts only where it is certain: written out, or counted from the day of receipt by a
    word that leaves no choice (*yesterday*, *Tuesday of last week*). A day to come is none, nor
    is a date of birth. A date without its year is the latest one before the receipt.

    Args:
        text: what the person wrote.
        received: when the mail server received it.
        written_now: how much of the text was written for this mail; what stands after it may
            be older, and its *yesterday* is not ours.

    Returns:
        Up to three days in the order of the text, or None.
    """
    today = received.astimezone(ZONE).date()
    folded = read(text)
    plain = folded.text.translate(_DIGITS)
    found = dict(_written(plain, today))
    if today >= _EARLIEST:
        for start, day in _counted(plain, today):
            if folded.place(start) < written_now:
                found.setdefault(start, day)
    days: dict[date, int] = {}
    for start in sorted(found):
        if found[start] <= max(today, _EARLIEST):
            days.setdefault(found[start], _place(folded, start))
    if not days:
        return None
    kept = list(days)[:_MOST]
    return IncidentDays("; ".join(day.isoformat() for day in kept), days[kept[0]])


def _place(folded: Folded, start: int) -> int:
    return folded.place(start)


def _written(plain: str, today: date) -> Iterator[tuple[int, date]]:
    for found in _FULL.finditer(plain):
        if _BORN.search(plain[max(0, found.start() - 40) : found.start()]):
            continue
        day = _as_day(found, today)
        if day is not None:
            yield found.start(), day


def _as_day(found: re.Match[str], today: date) -> date | None:
    number = int(found["day"] or found["d2"] or found["d3"])
    word = found["month"] or found["m2"] or found["m3"]
    month = month_number(word)
    year = found["year"] or found["y2"] or found["y3"]
    if month is None or (word.isdigit() and not year):
        # Two figures alone may be a group, a time or a mark; they need their year.
        return None
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
        if today < _EARLIEST:
            return None
        this_year = date(today.year, month, number)
        return this_year if this_year <= today else date(today.year - 1, month, number)
    except ValueError:
        return None


def _counted(plain: str, today: date) -> Iterator[tuple[int, date]]:
    for back, shape in _RELATIVE:
        for found in shape.finditer(plain):
            yield found.start(), today - timedelta(days=back)
    monday = today - timedelta(days=today.weekday() + 7)
    for found in _LAST_WEEK.finditer(plain):
        yield found.start(), monday + timedelta(days=_named(found))
    for found in _LAST.finditer(plain):
        yield found.start(), today - timedelta(days=(today.weekday() - _named(found) - 1) % 7 + 1)


def _named(found: re.Match[str]) -> int:
    return _DAY_NUMBER[next(word for word in found.groups() if word)]
