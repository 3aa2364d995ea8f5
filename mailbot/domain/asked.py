"""Who asks, how old the pupil is, and what else is known, as one value for the checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailbot.domain.kinds import Kind
from mailbot.domain.suggestion import FactName, Flag


class Asker(StrEnum):
    """Who a requester can be; the machine knows the first four, an officer all of them."""

    PARENT = "parent"
    PUPIL = "pupil"
    STAFF = "staff"
    THIRD_PARTY = "third_party"
    SECOND_PARENT = "second_parent"
    FOSTER_PARENT = "foster_parent"
    STEP_PARENT = "step_parent"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    AGENT = "agent"
    """A lawyer or another who acts for the person entitled."""
    UNKNOWN = "unknown"


class CaseFact(StrEnum):
    """Facts no classifier looks for; an officer asks and writes them down."""

    CUSTODY = "custody"
    """Whether this parent has gezag: yes or no."""
    AUTHORISATION = "authorisation"
    """Whether the agent showed a written authorisation: yes or no."""
    PUPIL_AGREES = "pupil_agrees"
    """Whether the pupil of 16 or older asks this too: yes or no."""
    ABOUT_SELF = "about_self"
    """Whether the requester asks about their own data: yes or no."""


YES_OR_NO = frozenset(CaseFact)
FACTS = (*(name.value for name in FactName), *(name.value for name in CaseFact))
"""Every fact a case can have."""


@dataclass(frozen=True, slots=True)
class Age:
    """How old somebody is on a day: exactly, or between two ages."""

    least: int
    most: int

    @property
    def sure(self) -> bool:
        """Whether the age is exact."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a request on a day."""

    kind: Kind | None
    role: Asker
    role_confirmed: bool
    flags: frozenset[Flag]
    at_receipt: Age | None
    today: Age | None
    custody: bool | None = None
    authorisation: bool | None = None
    pupil_agrees: bool | None = None
    about_self: bool | None = None
    identity_established: bool = False


def what_is_known(
    kind: Kind | None,
    facts: Mapping[str, tuple[str, bool]],
    flags: frozenset[Flag],
    *,
    received_on: date,
    today: date,
    age_stated_on: date | None = None,
    identity_established: bool = False,
) -> Asked:
    """
    Gather the facts of a case.

    Args:
        kind: as confirmed, or as suggested.
        facts: for each name its value and whether an officer confirmed it.
        flags: what stands out.
        received_on: local day of first receipt.
        today: the day it is looked at; at the decision that day's age counts (reglement 8.1.2).
        age_stated_on: the day on which a stated age held; that of the receipt when None.
        identity_established: whether someone recorded who asks.
    """
    stated_on = age_stated_on or received_on
    role, confirmed = facts.get(FactName.REQUESTER_ROLE, (Asker.UNKNOWN.value, False))
    return Asked(
        kind=kind,
        role=Asker(role) if role in set(Asker) else Asker.UNKNOWN,
        role_confirmed=confirmed,
        flags=flags,
        at_receipt=age_on(facts, stated_on, received_on),
        today=age_on(facts, stated_on, today),
        custody=_yes(facts, CaseFact.CUSTODY),
        authorisation=_yes(facts, CaseFact.AUTHORISATION),
        pupil_agrees=_yes(facts, CaseFact.PUPIL_AGREES),
        about_self=_yes(facts, CaseFact.ABOUT_SELF),
        identity_established=identity_established,
    )


def age_on(facts: Mapping[str, tuple[str, bool]], stated_on: date, day: date) -> Age | None:
    """
    Say how old the pupil is on *day*.

    A date of birth gives the age exactly, unless an officer confirmed an age and no date. An
    age that was stated leaves room: who was 15 at receipt may have turned 16 since, and who
    is said to be 16 now may have been 15 at receipt.

    Args:
        facts: for each name its value and whether an officer confirmed it.
        stated_on: the day a stated age held.
        day: the day that is asked about.

    Returns:
        None where neither is known, or what is written is no age.
    """
    born, born_sure = facts.get(FactName.BIRTH_DATE, ("", False))
    stated, stated_sure = facts.get(FactName.AGE, ("", False))
    if born and (born_sure or not stated_sure):
        try:
            years = _years(date.fromisoformat(born), day)
        except ValueError:
            return None
        return Age(years, years)
    if not stated.isdigit():
        return None
    years = int(stated)
    if day == stated_on:
        return Age(years, years)
    if day < stated_on:
        before = years - _whole_years(day, stated_on)
        return Age(before - 1, before)
    since = years + _whole_years(stated_on, day)
    return Age(since, since + 1)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _whole_years(start: date, end: date) -> int:
    return max(0, _years(start, end))


def _yes(facts: Mapping[str, tuple[str, bool]], name: CaseFact) -> bool | None:
    value = facts.get(name, ("", False))[0]
    return {"yes": True, "no": False}.get(value)
