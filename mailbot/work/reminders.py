"""Reminds the FG and the board of what is due, each step once, never early."""

from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.books import Books, Event, OpenBooks
from mailbot.domain.case import CaseFile
from mailbot.domain.deadlines import Deadlines, days_left
from mailbot.domain.kinds import Kind
from mailbot.domain.local_time import end_of_day, local_day
from mailbot.domain.ports import Alarm
from mailbot.domain.reminder_steps import Step, ladder, latest_step, missed_step
from mailbot.domain.school_holidays import reach
from mailbot.work.clockwork import Clockwork
from mailbot.work.correspondence import Correspondence
from mailbot.work.discreet import named

MARGIN = 2
"""Days beyond the first step before the due date; later cases need no look yet."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders of one board."""

    books: Books
    clockwork: Clockwork
    correspondence: Correspondence
    alarm: Alarm
    desk_address: str | None = None
    """Where the desk is served, for the link in the letter."""

    def remind(self, now: datetime) -> int:
        """
        Write the reminders that have come due.

        1. Of each open case whose date is near, take the latest step that has come.
        2. A step is taken once for each deadline; an extension starts a new ladder.
        3. Each officer gets the number, the kind and the dates, nothing personal.

        Returns:
            How many reminders were written.
        """
        with self.books.opened() as books:
            near = books.cases.open_cases(self._horizon(now))
        return sum(self._one(case, now) for case in near)

    def pass_over(self, now: datetime) -> None:
        """
        Take every step that has come without a letter, for it may have been sent before a restore.

        Whatever the hour: what would be written in the next working hours is taken too.
        """
        profile, calendar = self.clockwork.profile, self.clockwork.calendar
        with self.books.opened() as books:
            for case in books.cases.open_cases(self._horizon(now)):
                deadlines = self.clockwork.of(case)
                for step in ladder(
                    deadlines,
                    now,
                    calendar=calendar,
                    zone=profile.zone,
                    since=case.dates_since,
                    plan=profile.reminders,
                ):
                    books.reminders.take(case.id, deadlines.version, step.code, now)

    def _horizon(self, now: datetime) -> datetime:
        """Say how far ahead a due date may lie of which somebody may have to hear today."""
        profile = self.clockwork.profile
        days = max(profile.reminders.days_before, default=0) + MARGIN
        last = reach(local_day(now, profile.zone), days, profile.reminders.school_holidays)
        return end_of_day(last, profile.zone)

    def _one(self, case: CaseFile, now: datetime) -> int:
        deadlines = self.clockwork.of(case)
        profile, calendar = self.clockwork.profile, self.clockwork.calendar
        step = latest_step(
            deadlines,
            now,
            calendar=calendar,
            zone=profile.zone,
            since=case.dates_since,
            plan=profile.reminders,
        )
        with self.books.opened() as books:
            self._missed(books, case, deadlines, now)
            if step is None or not books.reminders.take(case.id, deadlines.version, step.code, now):
                return 0
            return self._write(books, case, deadlines, step, now)

    def _write(
        self, books: OpenBooks, case: CaseFile, deadlines: Deadlines, step: Step, now: datetime
    ) -> int:
        words = self._words(case, deadlines, now)
        # Whom a complaint is about hears nothing of it, not even its number (reglement 8.9.4).
        away = set(books.cases.kept_away(case.id))
        recipients = [one for one in books.reminders.recipients() if one not in away]
        for recipient in recipients:
            books.letters.write(self.correspondence.reminder(case, recipient, words, now))
        detail = (("step", step.code), ("deadline", deadlines.version))
        books.cases.record(Event("reminded", now, case.id, detail=detail))
        if not recipients:
            self.alarm.raise_alarm("nobody_to_remind", named(books, case))
        return len(recipients)

    def _missed(
        self, books: OpenBooks, case: CaseFile, deadlines: Deadlines, now: datetime
    ) -> None:
        """Alarm once when the term is over: the duty stays, a person must write."""
        missed = missed_step(deadlines, self.clockwork.profile.zone)
        if missed is None or missed.at > now:
            return
        if books.reminders.take(case.id, deadlines.version, missed.code, now):
            books.cases.record(Event("deadline_missed", now, case.id))
            self.alarm.raise_alarm("deadline_missed", named(books, case))

    def _words(self, case: CaseFile, deadlines: Deadlines, now: datetime) -> dict[str, object]:
        zone = self.clockwork.profile.zone
        hours = int((now - case.dates.received_at).total_seconds() // 3600)
        return {
            "reference": case.reference,
            "kind": case.kind or Kind.OTHER,
            "received_on": case.dates.received_on,
            "due": deadlines.due,
            "days_left": days_left(deadlines, now, zone),
            "due_at": deadlines.due_at,
            "hours": hours if deadlines.kind is Kind.BREACH else None,
            "link": case_link(self.desk_address, case.reference),
        }


def case_link(desk_address: str | None, reference: str) -> str | None:
    """Give the page of a case on the desk; it shows nothing to who is not signed in."""
    return f"{desk_address.rstrip('/')}/cases/{reference}" if desk_address else None
