"""The shape of a profile file: which keys it has and what each may hold."""

from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from mailbot.domain.board import OPTIONAL_KINDS
from mailbot.domain.kinds import Kind
from mailbot.profiles.checking import Sheet


def _web_page(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or any(mark.isspace() for mark in url):
        raise ValueError("no https address")
    return url


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # A folder of the zone database, such as `Europe`, is an OSError.
        raise ValueError("no known zone") from None
    return name


def _optional(kind: Kind) -> Kind:
    if kind not in OPTIONAL_KINDS:
        raise ValueError("rests on the law and is always on")
    return kind


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
    """`[terms]`; the upper bounds are what no board may pass."""

    request_days: int = Field(
        default=28,
        ge=1,
        le=28,
        description="1 to 28 (reglement 8.9.2b: four weeks; also the shortest month)",
    )
    cap_days: int = Field(
        default=84,
        ge=1,
        le=84,
        description="request_days to 84 (reglement 8.9.2b: twelve weeks in total)",
    )
    breach_hours: int = Field(default=72, ge=1, le=72, description="1 to 72 (GDPR 33(1))")
    complaint_ack_working_days: int = Field(
        default=5, ge=0, le=30, description="0 to 30 working days"
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


class SchoolSheet(Sheet):
    """`[[schools]]`."""

    name: Line = Field(description="the school's name on one line")
    aliases: tuple[Line, ...] = Field(default=(), description="a list of other names people write")


def _once_each(schools: tuple[SchoolSheet, ...]) -> tuple[SchoolSheet, ...]:
    if len({school.name.casefold() for school in schools}) < len(schools):
        raise ValueError("a school twice")
    return schools


class ProfileSheet(Sheet):
    """A whole profile file."""

    code: str = Field(
        pattern=r"^[a-z][a-z0-9-]{1,30}$",
        description="lower-case letters, digits and hyphens, such as sipor",
    )
    name: Line = Field(description="the board's name on one line")
    full_name: Line | None = Field(
        default=None, description="the board's name in full, or leave it out"
    )
    reference_prefix: str = Field(
        pattern=r"^[A-Z]{2,10}$", description="2 to 10 capitals, such as SIPOR"
    )
    privacy_address: Mailaddress = Field(
        description="the mail address parents write to, such as privacy@example.nl; "
        "where a shipped profile leaves it open, it stands beside `profile` in [[board]]"
    )
    own_addresses: tuple[Mailaddress, ...] = Field(
        default=(), description="a list of mail addresses"
    )
    phone: Line | None = Field(default=None, description="a telephone number, or leave it out")
    zone: Annotated[str, AfterValidator(_zone)] = Field(
        default="Europe/Amsterdam", description="an IANA zone such as Europe/Amsterdam"
    )
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = Field(
        default=("nl", "en"),
        min_length=1,
        description="a list of ISO 639-1 codes such as nl, en, tr, ar",
    )
    optional_kinds: tuple[Annotated[Kind, AfterValidator(_optional)], ...] = Field(
        default=(),
        description=f"a list of {', '.join(sorted(OPTIONAL_KINDS))}; other kinds are always on",
    )
    plus_addressing: bool = Field(default=True, description="true or false")
    fg: FgSheet = Field(default_factory=FgSheet, description="a [fg] table")
    signer: SignerSheet = Field(default_factory=SignerSheet, description="a [signer] table")
    links: LinksSheet = Field(description="a [links] table with at least authority and court")
    terms: TermsSheet = Field(default_factory=TermsSheet, description="a [terms] table")
    retention: RetentionSheet = Field(
        default_factory=RetentionSheet, description="a [retention] table"
    )
    reminders: RemindersSheet = Field(
        default_factory=RemindersSheet,
        description="a [reminders] table",
    )
    schools: Annotated[tuple[SchoolSheet, ...], AfterValidator(_once_each)] = Field(
        default=(), description="[[schools]] tables with a name each"
    )
