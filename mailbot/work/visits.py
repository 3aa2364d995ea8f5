"""Visits one mailbox again and again: collect, then wait for news."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.domain.books import Books
from mailbot.domain.errors import MailboxRefused, MailboxUnavailable
from mailbot.domain.ports import Alarm, Mailbox
from mailbot.work.intake import Source, collect

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=10)
"""A mailbox that stays silent for longer raises an alarm, well within a quarter of an hour."""
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(slots=True)
class Visits:
    """The visits to one mailbox; one thread at a time."""

    name: str
    mailbox: Mailbox
    source: Source
    books: Books
    alarm: Alarm
    clock: Callable[[], datetime]
    failing_since: datetime | None = None
    failures: int = 0
    not_before: datetime | None = None
    """After failures the next try waits, ever longer."""
    collected: int = field(default=0)

    def collect(self) -> int | None:
        """
        Fetch what is new; None when the mailbox could not be reached, or rests after a failure.

        A refused sign-in alarms at once, a silent server after ten minutes; both are tried again.
        """
        now = self.clock()
        if self.not_before is not None and now < self.not_before:
            return None
        try:
            new = collect(self.mailbox, self.source, self.books, now)
        except MailboxUnavailable as error:
            self._failed(error, now)
            return None
        self.failing_since, self.failures, self.not_before = None, 0, None
        self.collected += new
        return new

    def wait(self, seconds: float) -> bool:
        """Wait for news in the first folder; False when nothing came or the server went away."""
        try:
            return self.mailbox.wait(self.source.folders[0], seconds)
        except MailboxUnavailable as error:
            self._failed(error, self.clock())
            return False

    def _failed(self, error: MailboxUnavailable, now: datetime) -> None:
        self.failures += 1
        self.failing_since = self.failing_since or now
        self.not_before = now + min(timedelta(seconds=2**self.failures), LONGEST_PAUSE)
        log.warning("mailbox %s: %s", self.name, type(error).__name__)
        if isinstance(error, MailboxRefused):
            self.alarm.raise_alarm("mailbox_refused", self.name)
        elif now - self.failing_since >= PATIENCE:
            self.alarm.raise_alarm("mailbox_unavailable", self.name)
