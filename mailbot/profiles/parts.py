"""The tables of a profile file: which keys each has and what they may hold."""

from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from mailbot.domain.school_holidays import LONGEST
from mailbot.domain.terms import (
    BREACH_HOURS,
    LONGEST_COMPLAINT_TERM,
    LONGEST_WORKING_TERM,
    REGLEMENT,
    SHORTEST_MONTH,
    SHORTEST_QUARTER,
)
from mailbot.profiles.checking import Sheet


def _web_page(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or any(mark.isspace() for mark in url):
        raise ValueError("no https address")
    return url


def _falling(steps: tuple[int, ...]) -> tuple[int, ...]:
    if list(steps) != sorted(set(steps), reverse=True):
        raise ValueError("not in falling order, or a step twice")
    return steps


def _rising(steps: tuple[int, ...]) -> tuple[int, ...]:
    if list(steps) != sorted(set(steps)):
        raise ValueError("not in rising order, or a step twice")
    return steps


Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S[^\x00-\x1f\x7f]*$")]
Mailaddress = Annotated[
    str,
    Field(
        max_length=254,
        pattern=r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+$",
    ),
]
WebPage = Annotated[str, AfterValidator(_web_page)]


class FgSheet(Sheet):
    """`[fg]`."""

    name: Line | None = Field(default=None, description="the name of the FG, or leave it out")
    address: Mailaddress | None = Field(
        default=None,
        description="a mail address such as fg@example.nl; left out, the privacy address",
    )


class SignerSheet(Sheet):
    """`[signer]`."""

    name: Line | None = Field(
        default=None, description="the name under a decision, or leave it out"
    )
    role: Line = Field(
        default="bestuur", description="the function under a decision, such as bestuur"
    )


class LinksSheet(Sheet):
    """`[links]`."""

    website: WebPage | None = Field(
        default=None, description="an https:// address, or leave it out"
    )
    reglement: WebPage | None = Field(
        default=None, description="an https:// address, or leave it out"
    )
    complaints: WebPage | None = Field(
        default=None, description="an https:// address, or leave it out"
    )
    authority: WebPage = Field(description="the https:// address of the supervisory authority")
    court: WebPage = Field(description="the https:// address of the courts")
    cbs: WebPage | None = Field(default=None, description="an https:// address, or leave it out")
    nco: WebPage | None = Field(default=None, description="an https:// address, or leave it out")


class TermsSheet(Sheet):
    """`[terms]`; the upper bounds are those of `domain.terms`, which no board may pass."""

    request_days: int = Field(
        default=REGLEMENT.request_days,
        ge=1,
        le=SHORTEST_MONTH,
        description=f"1 to {SHORTEST_MONTH} (reglement 8.9.2b: four weeks; also the shortest month)",
    )
    cap_days: int = Field(
        default=REGLEMENT.cap_days,
        ge=1,
        le=SHORTEST_QUARTER,
        description=f"request_days to {SHORTEST_QUARTER} (reglement 8.9.2b: 84; GDPR 12(3): the "
        "shortest three months)",
    )
    breach_hours: int = Field(
        default=BREACH_HOURS, ge=1, le=BREACH_HOURS, description="1 to 72 (GDPR 33(1))"
    )
    complaint_ack_working_days: int = Field(
        default=REGLEMENT.complaint_ack_working_days,
        ge=1,
        le=LONGEST_WORKING_TERM,
        description=f"1 to {LONGEST_WORKING_TERM} working days",
    )
    rectification_working_days: int = Field(
        default=REGLEMENT.rectification_working_days,
        ge=1,
        le=LONGEST_WORKING_TERM,
        description=f"1 to {LONGEST_WORKING_TERM} working days",
    )
    complaint_answer_days: int | None = Field(
        default=None,
        ge=1,
        le=LONGEST_COMPLAINT_TERM,
        description=f"1 to {LONGEST_COMPLAINT_TERM} days, or leave it out",
    )

    @field_validator("cap_days")
    @classmethod
    def _cap_follows_term(cls, cap_days: int, others: ValidationInfo) -> int:
        if cap_days < others.data.get("request_days", 0):
            raise ValueError("less than request_days")
        return cap_days


class RetentionSheet(Sheet):
    """`[retention]`."""

    request_years: int = Field(default=2, ge=1, le=10, description="1 to 10 years after closing")
    handed_out_copy_weeks: int = Field(
        default=8, ge=0, le=104, description="0 to 104 weeks after delivery"
    )
    breach_register_years: int = Field(default=5, ge=1, le=20, description="1 to 20 years")
    complaint_years: int = Field(default=2, ge=1, le=20, description="1 to 20 years after closing")
    other_days: int = Field(
        default=30, ge=1, le=365, description="1 to 365 days after a person looked"
    )
    identity_document_days: int = Field(
        default=0, ge=0, le=0, description="0 only (reglement 8.2.2: no copy is kept)"
    )
    visible_days: int = Field(
        default=7, ge=1, le=90, description="1 to 90 days in the plan before it is erased by itself"
    )


class RemindersSheet(Sheet):
    """`[reminders]`."""

    days_before: Annotated[
        tuple[Annotated[int, Field(ge=0, le=28)], ...], AfterValidator(_falling)
    ] = Field(
        default=(14, 7, 3, 1, 0), description="whole days before the due date, 28 to 0, falling"
    )
    overdue_every_days: int = Field(default=1, ge=1, le=7, description="1 to 7 days")
    breach_hours: Annotated[
        tuple[Annotated[int, Field(ge=0, le=71)], ...], AfterValidator(_rising)
    ] = Field(default=(0, 24, 48, 60, 68), description="whole hours after receipt, 0 to 71, rising")
    from_hour: int = Field(default=8, ge=0, le=23, description="a whole hour from 0 to 23")
    until_hour: int = Field(
        default=18, ge=1, le=24, description="a whole hour from 1 to 24, after from_hour"
    )

    @field_validator("until_hour")
    @classmethod
    def _hours_follow_each_other(cls, until_hour: int, others: ValidationInfo) -> int:
        if until_hour <= others.data.get("from_hour", -1):
            raise ValueError("not after from_hour")
        return until_hour


class SchoolHolidaySheet(Sheet):
    """`[[school_holidays]]`."""

    name: Line = Field(description="the holiday's name on one line, such as zomervakantie")
    first: date = Field(
        alias="from",
        ge=date(2000, 1, 1),
        le=date(2199, 12, 31),
        description="the first day, a date such as 2026-07-18",
    )
    last: date = Field(
        alias="to",
        description=f"the last day, on or after from, at most {LONGEST} days in all",
    )

    @field_validator("last")
    @classmethod
    def _last_follows_first(cls, last: date, others: ValidationInfo) -> date:
        first = others.data.get("first", last)
        if last < first:
            raise ValueError("before from")
        if (last - first).days >= LONGEST:
            raise ValueError(f"longer than {LONGEST} days")
        return last


class SchoolSheet(Sheet):
    """`[[schools]]`."""

    name: Line = Field(description="the school's name on one line")
    aliases: tuple[Line, ...] = Field(default=(), description="a list of other names people write")
