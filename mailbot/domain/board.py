"""What one school board has laid down: its names, terms, links and schools."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from mailbot.domain.kinds import ROWS, Kind
from mailbot.domain.school_holidays import SchoolHoliday
from mailbot.domain.terms import REGLEMENT, Terms

OPTIONAL_KINDS = frozenset(row.kind for row in ROWS if not row.standard_on)
"""Kinds a board must turn on itself; every other kind rests on the law and is always on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FgContact:
    """The functionaris gegevensbescherming as letters name it (reglement 3.3)."""

    address: str
    name: str | None = None
    """None where the board has not said who it is; letters then name the function only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs the board's decisions."""

    role: str
    """The function as letters print it, such as `bestuur`."""
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Pages that letters point to; None where the board has not given one."""

    website: str | None = None
    reglement: str | None = None
    complaints: str | None = None
    """The klachtenreglement (reglement 8.9.4)."""
    authority: str | None = None
    """The Autoriteit Persoonsgegevens (reglement 8.9.5)."""
    court: str | None = None
    """The courts (reglement 8.9.5)."""
    cbs: str | None = None
    """The statistics office that receives the research data."""
    nco: str | None = None
    """The cohort study those data serve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long each file is kept; policy of the board, after reglement 6.5."""

    request_years: int = 2
    """After closing (toelichting 6.5)."""
    handed_out_copy_weeks: int = 8
    """After delivery."""
    breach_register_years: int = 5
    complaint_years: int = 2
    other_days: int = 30
    """`other` and spam, after a person looked."""
    identity_document_days: int = 0
    """Reglement 8.2.2: no copy is kept."""
    visible_days: int = 7
    """How long something past its term stands in the plan before it is erased by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSteps:
    """When the FG and the board are reminded."""

    days_before: tuple[int, ...] = (14, 7, 3, 1, 0)
    """Days before the due date, furthest first; 0 is the day itself."""
    overdue_every_days: int = 1
    breach_hours: tuple[int, ...] = (0, 24, 48, 60, 68)
    """Hours after receipt of a breach report; sent at any hour of any day."""
    from_hour: int = 8
    """Local hour from which other reminders may leave, on working days."""
    until_hour: int = 18
    """Local hour before which they must have left."""
    school_holidays: tuple[SchoolHoliday, ...] = ()
    """Reminders that fall in one go before it; no date moves."""
    school_region: str | None = None
    """The region whose holidays these are: `noord`, `midden` or `zuid`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """One school of the board, with the other names people write."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardProfile:
    """Everything in which one board differs from another."""

    code: str
    """Stable and lower-case, such as `sipor`; it stands in the database."""
    name: str
    full_name: str | None = None
    reference_prefix: str
    privacy_address: str
    own_addresses: tuple[str, ...] = ()
    """Other official addresses at which a request counts as received."""
    colleague_domains: tuple[str, ...] = ()
    """Domains, beside those of the official addresses, from which colleagues of the schools write."""
    phone: str | None = None
    zone: ZoneInfo
    languages: tuple[str, ...]
    """Languages letters are offered in, where a letter exists in them; the first is the board's."""
    fg: FgContact
    signer: Signer
    links: Links = Links()
    schools: tuple[School, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind) - OPTIONAL_KINDS
    terms: Terms = REGLEMENT
    retention: Retention = Retention()
    reminders: ReminderSteps = ReminderSteps()
    plus_addressing: bool = True
    """Whether the mail server takes `privacy+tag@…`, so that a reply carries its case."""
    source: str = field(default="", compare=False)
    """The shipped name or the path this profile was read from."""

    @property
    def domain(self) -> str:
        """The domain of the privacy address, in lower case."""
        return self.privacy_address.rpartition("@")[2].lower()

    @property
    def own_domains(self) -> frozenset[str]:
        """Every domain from which colleagues write, in lower case."""
        named = (address.rpartition("@")[2] for address in self.official_addresses)
        return frozenset((*named, *(one.lower() for one in self.colleague_domains)))

    @property
    def official_addresses(self) -> tuple[str, ...]:
        """Every address at which the board receives requests, in lower case."""
        return tuple(address.lower() for address in (self.privacy_address, *self.own_addresses))
