"""Extend a request: allowed up to the cap, announced in time, refused with the reason."""

import calendar as month_lengths
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.domain.clocks import with_target
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.errors import ExtensionRefused
from mailbot.domain.explained import Explained, Rule, in_words
from mailbot.domain.extension_words import REFUSALS, Caution, Refusal
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.local_time import AMSTERDAM, local_day, to_utc
from mailbot.domain.ports import Calendar

TARGETS = (Rule.TARGET, Rule.TARGET_WEEKEND, Rule.TARGET_HOLIDAY)


@dataclass(frozen=True, slots=True)
class Extended:
    """The dates after an extension, and what the officer should have been told."""

    deadlines: Deadlines
    cautions: tuple[Caution, ...] = ()


def extend(
    deadlines: Deadlines,
    new_due: date,
    at: datetime,
    *,
    by: str,
    reason: str,
    calendar: Calendar,
    zone: ZoneInfo = AMSTERDAM,
) -> Extended:
    """
    Give a request a later due date (reglement 8.9.2b).

    The notice must still be accepted by the mail server on or before the *current* due date;
    see `announced_in_time`.

    Args:
        deadlines: the dates in force.
        new_due: the concrete new date, at most the cap.
        at: the moment of the officer's act; its local day counts, for a due date ends at midnight.
        by: the officer.
        reason: why more time is needed, typed by the officer.
        calendar: the days on which nobody works.
        zone: the zone in which the reglement counts its days.

    Returns:
        The new dates, the change explained, with the cautions that apply.

    Raises:
        NaiveInstant: if *at* carries no zone.
        ExtensionRefused: with a text that says why, and what can be done instead.
    """
    refusal = why_refused(deadlines, new_due, at, reason=reason, zone=zone)
    due = deadlines.due or deadlines.received_on
    if refusal is not None:
        text = refusal_text(refusal, deadlines, new_due, at, zone=zone)
        raise ExtensionRefused(text, due=due, cap=deadlines.cap)
    told = Explained(
        Rule.EXTENDED, "R8.9.2b", new_due, due, (new_due - due).days, by, to_utc(at), reason
    )
    kept = tuple(one for one in deadlines.explanation if one.rule not in TARGETS)
    changed = replace(
        deadlines,
        due=new_due,
        extensions=deadlines.extensions + 1,
        explanation=(*kept, told),
    )
    return Extended(with_target(changed, calendar), cautions_for(deadlines, at, zone))


def cautions_for(
    deadlines: Deadlines, at: datetime, zone: ZoneInfo = AMSTERDAM
) -> tuple[Caution, ...]:
    """Name what an officer should know before extending at *at*."""
    hits = (
        (Caution.ACCESS_NAMES_NO_EXTENSION, deadlines.kind is Kind.ACCESS),
        (Caution.SECOND_EXTENSION, deadlines.extensions > 0),
        (
            Caution.AFTER_ONE_MONTH,
            local_day(at, zone) > one_month_after(deadlines.received_on),
        ),
    )
    return tuple(caution for caution, hit in hits if hit)


def announced_in_time(due: date, accepted_at: datetime, zone: ZoneInfo = AMSTERDAM) -> bool:
    """
    Say whether the mail server took the notice on or before the due date it extends.

    Args:
        due: the due date that was in force before the extension.
        accepted_at: when the mail server accepted the notice; a notice that bounced has none.
        zone: the zone in which the reglement counts its days.

    Raises:
        NaiveInstant: if *accepted_at* carries no zone.
    """
    return local_day(accepted_at, zone) <= due


def one_month_after(day: date) -> date:
    """Return the same day of the next month, or its last day where it is shorter (GDPR 12(3))."""
    following = day.replace(day=1) + timedelta(days=32)
    length = month_lengths.monthrange(following.year, following.month)[1]
    return following.replace(day=min(day.day, length))


def why_refused(
    deadlines: Deadlines,
    new_due: date,
    at: datetime,
    *,
    reason: str,
    zone: ZoneInfo = AMSTERDAM,
) -> Refusal | None:
    """
    Say why this extension cannot be given, or None where it can; screens ask before the act.

    Raises:
        NaiveInstant: if *at* carries no zone.
    """
    acted_on = local_day(at, zone)
    due, cap = deadlines.due, deadlines.cap
    if deadlines.clock is not Clock.REQUEST or due is None or cap is None:
        return Refusal.NO_REQUEST_CLOCK
    refusals = (
        (Refusal.BEFORE_RECEIPT, acted_on < deadlines.received_on),
        (Refusal.AFTER_DUE, acted_on > due),
        (Refusal.PAST_CAP, new_due > cap),
        (Refusal.NOT_LATER, new_due <= due),
        (Refusal.NO_REASON, not reason.strip()),
    )
    return next((refusal for refusal, hit in refusals if hit), None)


def refusal_text(
    refusal: Refusal,
    deadlines: Deadlines,
    new_due: date,
    at: datetime,
    *,
    language: str = "nl",
    zone: ZoneInfo = AMSTERDAM,
) -> str:
    """Say why, and what can be done instead, in Dutch or English."""
    dutch, english = REFUSALS[refusal]
    tongue = "nl" if language == "nl" else "en"
    rule = KINDS[deadlines.kind]
    sentence = (dutch if tongue == "nl" else english).format(
        kind=rule.dutch if tongue == "nl" else rule.english,
        received=in_words(deadlines.received_on, tongue),
        due=in_words(deadlines.due, tongue),
        cap=in_words(deadlines.cap, tongue),
        new_due=in_words(new_due, tongue),
        acted_on=in_words(local_day(at, zone), tongue),
    )
    return sentence[0].upper() + sentence[1:]
