"""Turns the dates stored with a case into its full clock, and back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mailbot.domain.board import BoardProfile
from mailbot.domain.breach_clock import breach_due_at
from mailbot.domain.case import CaseFile, Dates, ExtensionAct
from mailbot.domain.clocks import clock_for, with_awareness, with_due_by_hand, with_target
from mailbot.domain.deadlines import ByHand, Deadlines, too_late_at
from mailbot.domain.early_reminders import with_early_reminders
from mailbot.domain.errors import ExtensionRefused
from mailbot.domain.explained import Explained, Rule
from mailbot.domain.extensions import TARGETS, extend
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.ports import Calendar
from mailbot.domain.register import BreachStanding

AS_A_REQUEST = Kind.QUESTION
"""Whose clock a case of unknown kind runs on: a request's, so that doubt costs no term."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The clocks of one board."""

    profile: BoardProfile
    calendar: Calendar

    def fresh(
        self,
        kind: Kind | None,
        received: datetime,
        *,
        unsure: bool = False,
        by_hand: ByHand | None = None,
    ) -> Deadlines:
        """Work out the dates of a new case; a kind in doubt keeps a request's term."""
        doubtful = kind is None or (unsure and kind is not Kind.BREACH)
        return clock_for(
            AS_A_REQUEST if doubtful or kind is None else kind,
            received,
            calendar=self.calendar,
            terms=self.profile.terms,
            zone=self.profile.zone,
            by_hand=by_hand,
        )

    def of(self, case: CaseFile) -> Deadlines:
        """Give the dates in force of a case; without the story of how they came to be."""
        deadlines = self.fresh(clock_kind(case), case.dates.received_at)
        aware = case.dates.aware_at
        return replace(
            deadlines,
            due=case.dates.due,
            working_target=case.dates.working_target,
            aware_at=aware,
            due_at=breach_due_at(aware, self.profile.terms) if aware else None,
            extensions=case.extensions,
        )

    def breach(self, received: datetime, standing: BreachStanding) -> Dates:
        """
        Work out the dates of a breach from what people recorded in the register.

        Once the AP was notified, or the board decided that it need not be, nothing is too late
        any more: the 72 hours have done their work and nobody is reminded of them.
        """
        dates = dates_of(self.with_awareness(self.fresh(Kind.BREACH, received), standing))
        return replace(dates, ends_at=None) if standing.settled else dates

    def due_at(self, aware_at: datetime) -> datetime:
        """Say until when the authority can be notified in time (GDPR 33(1))."""
        return breach_due_at(aware_at, self.profile.terms)

    def with_awareness(self, deadlines: Deadlines, standing: BreachStanding) -> Deadlines:
        """Start the clock of the authority from the last record, and tell of each record."""
        for act in standing.awareness:
            deadlines = with_awareness(deadlines, act.aware_at, by=act.by, terms=self.profile.terms)
        told = tuple(
            Explained(
                Rule.AWARENESS, "G33(5)", act.aware_at, by_whom=act.by, at=act.at, note=act.reason
            )
            for act in standing.awareness
        )
        return replace(deadlines, explanation=(*deadlines.explanation, *told))

    def replay(
        self,
        case: CaseFile,
        acts: Sequence[ExtensionAct],
        standing: BreachStanding | None = None,
        *,
        receipt: ByHand | None = None,
        deadline: ByHand | None = None,
    ) -> Deadlines:
        """
        Tell how the dates of a case came to be, act by act, each with its explanation.

        Args:
            case: the case; its stored dates are the ones in force.
            acts: its extensions, oldest first.
            standing: what people recorded of a breach.
            receipt: who set the receipt by hand, and why.
            deadline: who read the deadline in a letter.
        """
        deadlines = self.fresh(clock_kind(case), case.dates.received_at, by_hand=receipt)
        for act in acts:
            deadlines = self._extended(deadlines, act)
        if deadline is not None and case.dates.due and deadlines.clock is Clock.NONE:
            deadlines = with_due_by_hand(
                deadlines, case.dates.due, deadline, calendar=self.calendar
            )
        if standing is not None and deadlines.clock is Clock.BREACH:
            deadlines = self.with_awareness(deadlines, standing)
        if case.dates.due is not None and deadlines.due != case.dates.due:
            # A corrected receipt may have cut an extension to the cap; what is stored is in force.
            deadlines = with_target(_without_target(deadlines, case.dates.due), self.calendar)
        return with_early_reminders(
            deadlines,
            self.profile.reminders,
            calendar=self.calendar,
            zone=self.profile.zone,
            since=case.dates_since,
        )

    def _extended(self, deadlines: Deadlines, act: ExtensionAct) -> Deadlines:
        try:
            extended = extend(
                deadlines,
                act.new_due,
                act.at,
                by=act.by,
                reason=act.reason,
                calendar=self.calendar,
                zone=self.profile.zone,
            )
        except ExtensionRefused:
            # It was lawful under the receipt or the kind of that day; history is told as it was.
            told = Explained(
                Rule.EXTENDED,
                "R8.9.2b",
                act.new_due,
                deadlines.due,
                (act.new_due - deadlines.due).days if deadlines.due else 0,
                act.by,
                act.at,
                act.reason,
            )
            return replace(deadlines, explanation=(*deadlines.explanation, told))
        return extended.deadlines


def _without_target(deadlines: Deadlines, due: date) -> Deadlines:
    kept = tuple(one for one in deadlines.explanation if one.rule not in TARGETS)
    return replace(deadlines, due=due, explanation=kept)


def clock_kind(case: CaseFile) -> Kind:
    """Name the kind whose clock a case runs on: its own, or a request's while that is in doubt."""
    if case.kind is None:
        return AS_A_REQUEST
    runs_as_request = case.dates.cap is not None
    if runs_as_request != (KINDS[case.kind].clock is Clock.REQUEST):
        return AS_A_REQUEST
    return case.kind


def dates_of(deadlines: Deadlines) -> Dates:
    """Lay down the dates in force, to be stored with the case."""
    return Dates(
        received_at=deadlines.received_at,
        received_on=deadlines.received_on,
        due=deadlines.due,
        working_target=deadlines.working_target,
        cap=deadlines.cap,
        ends_at=too_late_at(deadlines),
        aware_at=deadlines.aware_at,
    )
