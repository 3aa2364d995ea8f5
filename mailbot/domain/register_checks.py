"""Checks a register entry: what contradicts itself is refused, what still lacks is named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.domain.breach_clock import breach_due_at, notified_in_time
from mailbot.domain.errors import EntryWrong
from mailbot.domain.register import RegisterEntry
from mailbot.domain.register_fields import FIELD, FIELDS, Form
from mailbot.domain.register_words import Risk, TellingParents
from mailbot.domain.terms import REGLEMENT, Terms

SHORTEST_REASON = 10
"""Characters; shorter than this nobody has given a reason."""
LONGEST_TEXT = 20_000

NEEDED = (
    "summary",
    "facts",
    "cause",
    "incident",
    "nature",
    "discovered_at",
    "aware_at",
    "reporter",
    "data_kinds",
    "groups",
    "minors",
    "people_most",
    "prior_security",
    "effects",
    "harm",
    "risk",
    "risk_reasoning",
    "measures",
    "cross_border",
    "fg_advice",
    "ap_reported",
    "parents",
    "lessons",
)
"""What a complete entry says of every incident (GDPR 33(5), reglement 6.4.2)."""


def changed(
    entry: RegisterEntry, now: datetime, terms: Terms = REGLEMENT, **values: object
) -> RegisterEntry:
    """
    Return the entry with these values, checked as a whole.

    What an earlier decision or notification would now lack is not refused but named by
    `lacking`: the truth must always be let in, also where it comes late.

    Raises:
        EntryWrong: something contradicts itself, or a reason is missing; names each.
    """
    new = replace(entry, **values)  # type: ignore[arg-type]
    if wrong := list(_forms(new, now)):
        # Only values of the right form can be compared with each other.
        raise EntryWrong(wrong)
    problems = [*_orders(new), *_authority(new), *_parents(new)]
    if "ap_first_at" in values:
        problems.extend(_delay(new, terms))
    if "parents" in values and _too_light(new):
        problems.append(
            "parents: the risk is high; tell them, or name the exception of reglement 6.4.3"
        )
    if problems:
        raise EntryWrong(problems)
    return new


def late(entry: RegisterEntry, terms: Terms = REGLEMENT) -> bool:
    """Say whether the AP heard of it more than 72 hours after awareness (GDPR 33(1))."""
    if entry.aware_at is None or entry.ap_first_at is None:
        return False
    return not notified_in_time(breach_due_at(entry.aware_at, terms), entry.ap_first_at)


def lacking(entry: RegisterEntry, terms: Terms = REGLEMENT) -> Sequence[str]:
    """Name the fields that are still to be filled, in the order of the form."""
    names = set(NEEDED)
    if entry.ap_reported:
        names |= {"ap_first_at", "ap_number"}
    if late(entry, terms):
        # A later change of the awareness may make an earlier notification late.
        names.add("ap_delay_reason")
    if entry.parents is TellingParents.TELL:
        names |= {"parents_told_at", "parents_how", "parents_text"}
    if entry.cross_border:
        names.add("countries")
    empty = {name for name in names if getattr(entry, name) in (None, "", ())}
    if _too_light(entry):
        # The risk was found to be high after the board decided that it was not.
        empty.add("parents")
    return [rule.name for rule in FIELDS if rule.name in empty]


def _too_light(entry: RegisterEntry) -> bool:
    return entry.parents is TellingParents.NO_HIGH_RISK and entry.risk is Risk.HIGH


def _forms(entry: RegisterEntry, now: datetime) -> Iterator[str]:
    for rule in FIELDS:
        value = getattr(entry, rule.name)
        if isinstance(value, str) and rule.form is Form.TEXT and len(value) > LONGEST_TEXT:
            yield f"{rule.name}: longer than {LONGEST_TEXT} characters"
        if isinstance(value, int) and value < 0:
            yield f"{rule.name}: a number below zero"
        for instant in value if isinstance(value, tuple) else (value,):
            if isinstance(instant, datetime):
                yield from _instant(rule.name, instant, now)


def _instant(name: str, instant: datetime, now: datetime) -> Iterator[str]:
    if instant.utcoffset() is None:
        yield f"{name}: an instant needs its zone"
    elif instant > now:
        yield f"{name}: lies in the future; the register holds what has happened"


def _orders(entry: RegisterEntry) -> Iterator[str]:
    for first, last in (
        ("started_at", "ended_at"),
        ("started_at", "discovered_at"),
        ("started_at", "aware_at"),
        ("people_least", "people_most"),
        ("records_least", "records_most"),
    ):
        low, high = getattr(entry, first), getattr(entry, last)
        if low is not None and high is not None and low > high:
            yield f"{first}: {FIELD[first].dutch} lies after {FIELD[last].dutch} ({last})"


def _authority(entry: RegisterEntry) -> Iterator[str]:
    if entry.ap_reported is not None and len(entry.ap_reason) < SHORTEST_REASON:
        yield "ap_reason: say why it is reported or not (GDPR 33(5))"
    if entry.ap_reported is False and entry.ap_first_at is not None:
        yield "ap_reported: the AP was notified already, so it is reported"
    if entry.ap_first_at is None:
        if entry.ap_number or entry.ap_followups:
            yield "ap_first_at: a number or a follow-up needs the first notification"
        return
    if any(follow_up < entry.ap_first_at for follow_up in entry.ap_followups):
        yield "ap_followups: lies before the first notification"


def _delay(entry: RegisterEntry, terms: Terms) -> Iterator[str]:
    if entry.aware_at is None:
        yield "aware_at: record first since when the school has been aware (register aware)"
    if late(entry, terms) and len(entry.ap_delay_reason) < SHORTEST_REASON:
        yield "ap_delay_reason: later than 72 hours after awareness; say why (GDPR 33(1))"


def _parents(entry: RegisterEntry) -> Iterator[str]:
    if entry.parents is not None and len(entry.parents_reason) < SHORTEST_REASON:
        yield "parents_reason: say why the parents are told or not (reglement 6.4.3)"
    if entry.parents is TellingParents.PUBLIC_NOTICE and not entry.public_notice:
        yield "public_notice: this exception needs a public notice; give its text and place"
    if entry.parents_told_at is not None and not (entry.parents_how and entry.parents_text):
        yield "parents_how, parents_text: say how the parents were told, and in which words"
