"""The yearly figures of a board: counted from what stays when the files themselves are erased."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import TypeVar
from zoneinfo import ZoneInfo

from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.local_time import local_day

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """What the figures need of one case; it names nobody."""

    kind: Kind | None
    """None while no person and no machine has said what it is."""
    language: str
    received_on: date
    ends_at: datetime | None
    """The first instant that is too late, extensions included."""
    closed_at: datetime | None
    extensions: int


@dataclass(frozen=True, slots=True)
class BreachRecord:
    """What the figures need of one incident."""

    in_register: bool
    has_case: bool
    reported: bool | None
    """Whether the AP was told; None while nobody decided, or where there is no entry."""


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """How the letters of a year fared."""

    written: int = 0
    accepted: int = 0
    bounced: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One group of cases, counted."""

    received: int = 0
    closed: int = 0
    in_time: int = 0
    """Closed within the term in force."""
    late: int = 0
    """Closed after it, or still open although it is over."""
    running: int = 0
    """Open, with its term still running."""
    without_term: int = 0
    """Kinds on which no answering term rests: a breach has the clock of its report."""
    extended: int = 0
    median_days: float | None = None
    """From receipt to closing, of those that are closed."""


@dataclass(frozen=True, slots=True)
class BreachCounts:
    """What was decided about the incidents of a year (GDPR 33)."""

    reported: int = 0
    not_reported: int = 0
    undecided: int = 0
    not_in_register: int = 0
    """Breach cases nobody has entered; there should be none (GDPR 33(5))."""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of one board and one year of receipt."""

    year: int
    as_of: datetime
    total: Row
    by_kind: Mapping[Kind | None, Row]
    by_month: Mapping[int, Row]
    by_language: Mapping[str, Row]
    breaches: BreachCounts
    letters: LetterCounts


def count_year(
    year: int,
    cases: Sequence[CaseRecord],
    breaches: Sequence[BreachRecord],
    letters: LetterCounts,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> YearFigures:
    """
    Count a year.

    Args:
        year: of receipt; a case counts in the year it came in, whenever it was closed.
        cases: those received in the year.
        breaches: the incidents of the year, with and without a case.
        letters: what was written in the year.
        now: as of when; an open case is late once its term is over.
        zone: in which days are counted.
    """

    def row(records: Sequence[CaseRecord]) -> Row:
        return _row(records, now, zone)

    kinds = _grouped(cases, lambda one: one.kind)
    months = _grouped(cases, lambda one: one.received_on.month)
    languages = _grouped(cases, lambda one: one.language)
    order: list[Kind | None] = [*Kind, None]
    return YearFigures(
        year=year,
        as_of=now,
        total=row(cases),
        by_kind={kind: row(kinds[kind]) for kind in order if kind in kinds},
        by_month={month: row(months.get(month, ())) for month in range(1, 13)},
        by_language={
            code: row(languages[code])
            for code in sorted(languages, key=lambda code: (-len(languages[code]), code))
        },
        breaches=_breaches(breaches),
        letters=letters,
    )


def _row(records: Sequence[CaseRecord], now: datetime, zone: ZoneInfo) -> Row:
    states = [_state(one, now) for one in records]
    days = [
        (local_day(one.closed_at, zone) - one.received_on).days
        for one in records
        if one.closed_at is not None
    ]
    return Row(
        received=len(records),
        closed=len(days),
        in_time=states.count("in_time"),
        late=states.count("late"),
        running=states.count("running"),
        without_term=states.count("without_term"),
        extended=sum(one.extensions > 0 for one in records),
        median_days=float(median(days)) if days else None,
    )


def _state(one: CaseRecord, now: datetime) -> str:
    clock = KINDS[one.kind].clock if one.kind else Clock.REQUEST
    if clock is not Clock.REQUEST or one.ends_at is None:
        return "without_term"
    if one.closed_at is not None:
        return "in_time" if one.closed_at < one.ends_at else "late"
    return "running" if now < one.ends_at else "late"


def _breaches(records: Iterable[BreachRecord]) -> BreachCounts:
    found = list(records)
    entered = [one for one in found if one.in_register]
    return BreachCounts(
        reported=sum(one.reported is True for one in entered),
        not_reported=sum(one.reported is False for one in entered),
        undecided=sum(one.reported is None for one in entered),
        not_in_register=len(found) - len(entered),
    )


def _grouped(
    records: Iterable[CaseRecord], key: Callable[[CaseRecord], Key]
) -> Mapping[Key, Sequence[CaseRecord]]:
    groups: dict[Key, list[CaseRecord]] = {}
    for one in records:
        groups.setdefault(key(one), []).append(one)
    return groups
