"""Read what somebody asks of `mailbot deadlines`: from options, or from one line of JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import at_local, start_of_day

FIRST_YEAR = 2000
LAST_YEAR = 2199
"""The years for which the holidays are known to be right."""
NOON = 12

UNTIL = ("until", "new_due", "date")
ACT = ("at", "moment")


class QuestionUnclear(ValueError):
    """What was asked cannot be read; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Act:
    """One extension as it is asked about."""

    until: date
    at: datetime
    by: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question about dates."""

    kind: Kind
    received: datetime
    acts: tuple[Act, ...] = ()
    aware: datetime | None = None


def read_line(line: str) -> dict[str, object]:
    """
    Read one line of JSON.

    Raises:
        QuestionUnclear: if it is no JSON object.
    """
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise QuestionUnclear(
            'this line is no JSON; write one object a line, such as {"kind": "access", '
            '"received": "2026-01-31"}'
        ) from fault
    if not isinstance(fields, dict):
        raise QuestionUnclear('write an object, such as {"kind": "access", "received": "…"}')
    return fields


def read_question(fields: Mapping[str, object], zone: ZoneInfo) -> Question:
    """
    Read a question from its fields `kind`, `received`, `extend` and `aware`.

    Raises:
        QuestionUnclear: if a field is missing or cannot be read.
    """
    kind = _kind(fields.get("kind"))
    aware = _optional_instant(fields.get("aware"), "aware")
    if aware is not None and kind is not Kind.BREACH:
        raise QuestionUnclear("aware belongs to kind breach only; leave it out")
    received = fields.get("received")
    if received is None and aware is not None:
        # A breach found in the house itself has no mail; its clocks start together.
        return Question(kind, aware, _acts(fields.get("extend"), zone), aware)
    if received is None:
        raise QuestionUnclear(
            "received is missing; give the local date (2026-01-31) or the instant of receipt "
            "with its zone (2026-03-01T23:30Z)"
        )
    start = _day_or_instant(received, "received", zone, hour=0)
    return Question(kind, start, _acts(fields.get("extend"), zone), aware)


def _kind(value: object) -> Kind:
    try:
        return Kind(value.strip().lower() if isinstance(value, str) else "")
    except ValueError:
        known = ", ".join(Kind)
        found = "missing" if value is None else f"unknown ({_shown(value)})"
        raise QuestionUnclear(f"kind is {found}; use one of {known}") from None


def _acts(value: object, zone: ZoneInfo) -> tuple[Act, ...]:
    if value is None:
        return ()
    single = isinstance(value, (dict, str)) or _is_pair(value)
    if not single and not isinstance(value, list):
        raise QuestionUnclear(
            'extend is a list of {"until": "2026-04-10", "at": "2026-02-20T09:00Z"}'
        )
    listed = [value] if single else value
    assert isinstance(listed, list)
    return tuple(_act(one, zone) for one in listed)


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(part, str) and "@" not in part for part in value)
    )


def _act(value: object, zone: ZoneInfo) -> Act:
    if isinstance(value, str):
        value = value.split("@", 1)
    if isinstance(value, list):
        value = dict(zip((UNTIL[0], ACT[0]), value, strict=False))
    if not isinstance(value, dict):
        raise QuestionUnclear('an extension is {"until": DATE, "at": MOMENT} or [DATE, MOMENT]')
    until = next((value[name] for name in UNTIL if value.get(name) is not None), None)
    act = next((value[name] for name in ACT if value.get(name) is not None), None)
    if until is None or act is None:
        raise QuestionUnclear(
            "an extension needs its new date and the moment of the act: "
            "2026-04-10@2026-02-20T09:00+01:00"
        )
    reason = value.get("reason")
    return Act(
        _day(until, "extend"),
        # Of a bare date only the day counts, so any hour of it will do.
        _day_or_instant(act, "extend", zone, hour=NOON),
        by=str(value.get("by") or ""),
        reason=None if reason is None else str(reason),
    )


def _day_or_instant(value: object, field: str, zone: ZoneInfo, *, hour: int) -> datetime:
    try:
        day = date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None:
        return _instant(value, field)
    _check_year(day.year, field)
    return at_local(day, hour, zone) if hour else start_of_day(day, zone)


def _day(value: object, field: str) -> date:
    try:
        day = date.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        raise QuestionUnclear(
            f"{field}: {_shown(value)} is no date; write it as 2026-04-10"
        ) from None
    _check_year(day.year, field)
    return day


def _optional_instant(value: object, field: str) -> datetime | None:
    return None if value is None else _instant(value, field)


def _instant(value: object, field: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise QuestionUnclear(
            f"{field}: {_shown(value)} is no instant with its zone; "
            "write it as 2026-03-01T23:30Z or 2026-03-27T16:00+01:00"
        )
    _check_year(moment.year, field)
    return moment


def _check_year(year: int, field: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise QuestionUnclear(
            f"{field}: the holidays of {year} are not known; use {FIRST_YEAR} to {LAST_YEAR}"
        )


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
