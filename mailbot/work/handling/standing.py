"""Who may ask, as an officer sees and corrects it: checks, facts, flags, and who is kept away."""

from collections.abc import Collection, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.asked import FACTS, YES_OR_NO, Asked, Asker, what_is_known
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused
from mailbot.domain.handling import KnownFact
from mailbot.domain.local_time import local_day
from mailbot.domain.standing import Check, checks
from mailbot.domain.suggestion import FactName, Flag
from mailbot.work.desk import Desk, allow


def checks_of(desk: Desk, officer: Officer, reference: str) -> Sequence[Check]:
    """
    Name what to check of who asks, by what is known today.

    At the decision this is asked again, for then that day's age counts (reglement 8.1.2).
    """
    allow(officer, "read")
    with desk.books.opened() as books:
        return checks(read_asked(desk, books, desk.open_file(books, officer, reference)))


def read_asked(desk: Desk, books: OpenDeskBooks, case: CaseFile) -> Asked:
    """Gather what is known of who asks, from the facts, the flags and the identity record."""
    return asked_by(
        desk,
        case,
        books.handling.facts(case),
        books.handling.flags(case),
        established=books.handling.identity(case) is not None,
    )


def asked_by(
    desk: Desk,
    case: CaseFile,
    facts: Sequence[KnownFact],
    flags: Collection[str],
    *,
    established: bool,
) -> Asked:
    """Say what is known of who asks; *established* says whether somebody saw who they are."""
    zone = desk.clockwork.profile.zone
    return what_is_known(
        case.kind,
        known_facts(facts),
        frozenset(Flag(flag) for flag in flags if flag in set(Flag)),
        received_on=case.dates.received_on,
        today=local_day(desk.clock(), zone),
        age_stated_on=age_stated_on(facts, case, zone),
        identity_established=established,
    )


def known_facts(facts: Sequence[KnownFact]) -> dict[str, tuple[str, bool]]:
    """Give each fact once: what an officer confirmed last, else what a mail suggested last."""
    known: dict[str, tuple[str, bool]] = {}
    for fact in facts:
        if fact.confirmed or not known.get(fact.name, ("", False))[1]:
            known[fact.name] = (fact.value, fact.confirmed)
    return known


def age_stated_on(facts: Sequence[KnownFact], case: CaseFile, zone: ZoneInfo) -> date:
    """
    Say on which day the stated age of the pupil held.

    An age in the first mail held on the day of receipt, also where a colleague sent it on later.
    An officer who confirms what a mail said means the day of that mail; one who says otherwise
    means the day on which they said it.
    """
    age = known_facts(facts).get(FactName.AGE)
    said = [one for one in facts if one.name == FactName.AGE and age and one.value == age[0]]
    if not said or said[0].at is None or said[0].mail_id == (case.mail_id or -1):
        return case.dates.received_on
    return local_day(said[0].at, zone)


def confirm_fact(desk: Desk, officer: Officer, reference: str, name: str, value: str) -> None:
    """
    Confirm or correct a fact; what the mail suggested stays beside it for ever.

    Raises:
        ActRefused: there is no such fact, or the value is none for it.
    """
    allow(officer, "prepare")
    value = value.strip()
    _see_value(name, value)
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        books.handling.confirm_fact(case, name, value, officer, desk.clock())
        books.handling.record(case, NewAct(Act.FACT_CONFIRMED, name), officer, desk.clock())


def change_flag(
    desk: Desk, officer: Officer, reference: str, flag: Flag, reason: str, *, present: bool
) -> frozenset[str]:
    """
    Set or clear a flag, with a reason; a later mail may raise it again.

    A safety flag covers every linked case, so it is cleared on all of them, and makes each
    urgent when it is set.

    Raises:
        ReasonMissing: no reason was typed.
    """
    allow(officer, "confirm" if flag is Flag.SAFETY and not present else "prepare")
    act = NewAct(Act.FLAG_SET if present else Act.FLAG_CLEARED, flag.value, words=reason)
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        covered = books.handling.family(case) if flag is Flag.SAFETY else [case]
        for one in covered:
            books.handling.change_flag(one, flag.value, present=present)
            if present and flag is Flag.SAFETY:
                books.handling.set_urgent(one)
        books.handling.record(case, act, officer, desk.clock())
        return books.handling.flags(case)


def keep_away(
    desk: Desk, officer: Officer, reference: str, address: str, reason: str
) -> Sequence[str]:
    """
    Keep an officer away from a case and those linked to it: the complaint is about them (8.9.4).

    From then on the case does not exist for them, in no list and under no number.

    Returns:
        The references they are kept away from.

    Raises:
        ActRefused: no officer has this address, or it is one's own.
        ReasonMissing: no reason was typed.
    """
    return _route(desk, officer, reference, address, NewAct(Act.OFFICER_EXCLUDED, words=reason))


def admit_again(
    desk: Desk, officer: Officer, reference: str, address: str, reason: str
) -> Sequence[str]:
    """Let an officer see a case again from which they were kept away by mistake."""
    return _route(desk, officer, reference, address, NewAct(Act.OFFICER_ADMITTED, words=reason))


def _route(
    desk: Desk, officer: Officer, reference: str, address: str, act: NewAct
) -> Sequence[str]:
    allow(officer, "exclude")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        named = books.handling.officer_named(address)
        if named is None:
            raise ActRefused("no officer of this board has this address")
        if named[0] == officer.id:
            raise ActRefused(
                "ask a colleague to keep you away from this case; then nobody can say you hid it"
            )
        family = books.handling.family(case)
        for one in family:
            about = NewAct(act.code, str(named[0]), words=act.words)
            books.handling.record(one, about, officer, desk.clock())
        return [one.reference for one in family]


def _see_value(name: str, value: str) -> None:
    allowed: Sequence[str] = ()
    if name not in FACTS:
        raise ActRefused(f"there is no fact {name}; known are: {', '.join(FACTS)}")
    if name in YES_OR_NO:
        allowed = ("yes", "no")
    elif name == FactName.REQUESTER_ROLE:
        allowed = tuple(Asker)
    if allowed and value not in allowed:
        raise ActRefused(f"{name}: found {value}; allowed: {', '.join(allowed)}")
    if name == FactName.AGE and not (value.isdigit() and len(value) <= 2):
        raise ActRefused("age: write it in whole years")
    if name == FactName.BIRTH_DATE:
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise ActRefused("birth_date: write it as 2010-12-31") from error
    if not value:
        raise ActRefused(f"{name}: type what is known")
