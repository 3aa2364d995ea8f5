"""Watches over the notices of extensions: one that is not accepted in time counts as not sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.domain.books import Books, Event, Unannounced
from mailbot.domain.case import CaseFile
from mailbot.domain.extensions import announced_in_time
from mailbot.domain.local_time import local_day
from mailbot.domain.ports import Alarm
from mailbot.work.clockwork import Clockwork
from mailbot.work.discreet import named

LOOK_BACK = timedelta(days=120)
"""Longer than any case can be extended; older extensions say nothing any more."""


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices of one board."""

    books: Books
    clockwork: Clockwork
    alarm: Alarm

    def look(self, now: datetime) -> int:
        """
        Alarm once for each extension whose notice was lost or came too late (reglement 8.9.2b).

        The date itself is not turned back by a machine: both dates are shown and an officer acts.

        Returns:
            How many alarms were raised.
        """
        with self.books.opened() as books:
            found = books.cases.unannounced(now - LOOK_BACK)
        return sum(self._one(case, extension, now) for case, extension in found)

    def _one(self, case: CaseFile, extension: Unannounced, now: datetime) -> bool:
        if not self._came_too_late(extension, now):
            return False
        with self.books.opened() as books:
            deadline = f"extension {extension.extension}"
            if not books.reminders.take(case.id, deadline, "not_announced", now):
                return False
            detail = (("extension", str(extension.extension)), ("old_due", str(extension.old_due)))
            books.cases.record(Event("extension_not_announced", now, case.id, detail=detail))
            name = named(books, case)
        self.alarm.raise_alarm("extension_not_announced", name)
        return True

    def _came_too_late(self, extension: Unannounced, now: datetime) -> bool:
        zone = self.clockwork.profile.zone
        if extension.accepted_at is not None:
            return not announced_in_time(extension.old_due, extension.accepted_at, zone)
        return extension.lost or local_day(now, zone) > extension.old_due
