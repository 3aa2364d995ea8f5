"""The shape of a whole profile file: which keys and tables it has."""

from itertools import pairwise
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from mailbot.domain.board import OPTIONAL_KINDS
from mailbot.domain.kinds import Kind
from mailbot.profiles.checking import Sheet
from mailbot.profiles.parts import (
    FgSheet,
    Line,
    LinksSheet,
    Mailaddress,
    RemindersSheet,
    RetentionSheet,
    SchoolHolidaySheet,
    SchoolSheet,
    SignerSheet,
    TermsSheet,
)


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


def _once_each(schools: tuple[SchoolSheet, ...]) -> tuple[SchoolSheet, ...]:
    if len({school.name.casefold() for school in schools}) < len(schools):
        raise ValueError("a school twice")
    return schools


def _apart(holidays: tuple[SchoolHolidaySheet, ...]) -> tuple[SchoolHolidaySheet, ...]:
    ordered = tuple(sorted(holidays, key=lambda one: one.first))
    for one, following in pairwise(ordered):
        if following.first <= one.last:
            raise ValueError(f"{one.name} and {following.name} overlap")
    return ordered


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
    colleague_domains: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]+\.[a-z]{2,}$")], ...] = (
        Field(default=(), description="a list of domains such as hetkompas.nl, in lower case")
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
    school_region: Literal["noord", "midden", "zuid"] | None = Field(
        default=None, description="noord, midden or zuid, or leave it out"
    )
    school_holidays: Annotated[tuple[SchoolHolidaySheet, ...], AfterValidator(_apart)] = Field(
        default=(),
        description="[[school_holidays]] tables with name, from and to each, none overlapping",
    )
    schools: Annotated[tuple[SchoolSheet, ...], AfterValidator(_once_each)] = Field(
        default=(), description="[[schools]] tables with a name each"
    )
