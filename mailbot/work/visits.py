"""Visits one mailbox again and again: collect, then wait for news."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.domain.books import Books
from mailbot.domain.errors import MailboxRefused, MailboxUnavailable
from mailbot.domain.ports import Alarm, Mailbox
from mailbot.work.intake import Source, collect

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=10)
"""A mailbox that stays silent for longer raises an alarm, well within a quarter of an hour."""
LONGEST_PAUSE = timedelta(minutes=5)
THOROUGH_EVERY = timedelta(hours=1)
"""How often the whole folder is compared with the ledger, whatever was seen before."""
THOROUGH_AGAIN = timedelta(minutes=1)
"""How soon that is done again for a mail the server showed but did not give."""


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
    thorough_at: datetime | None = None
    """When the next thorough visit is due; None at the start, when it is due at once."""

    def collect(self) -> int | None:
        """
        Fetch what is new; None when the mailbox could not be reached, or rests after a failure.

        A mail that the server shows but does not give is asked for again, and a person hears of
        it. A refused sign-in alarms at once, a silent server after ten minutes; both are tried again.
        """
        now = self.clock()
        if self.not_before is not None and now < self.not_before:
            return None
        thorough = self.thorough_at is None or now >= self.thorough_at
        try:
            found = collect(self.mailbox, self.source, self.books, now, thorough=thorough)
        except MailboxUnavailable as error:
            self._failed(error, now)
            return None
        self.failing_since, self.failures, self.not_before = None, 0, None
        self._note_not_given(found.not_given, now, thorough=thorough)
        return found.new

    def wait(self, seconds: float) -> bool:
        """Wait for news in the first folder; False when nothing came or the server went away."""
        try:
            return self.mailbox.wait(self.source.folders[0], seconds)
        except MailboxUnavailable as error:
            self._failed(error, self.clock())
            return False

    def _note_not_given(self, not_given: int, now: datetime, *, thorough: bool) -> None:
        # A single miss may be a mail that a person moved away at that moment.
        if not_given and thorough:
            self.alarm.raise_alarm("mail_not_given", self.name)
        if not_given or thorough:
            self.thorough_at = now + (THOROUGH_AGAIN if not_given else THOROUGH_EVERY)

    def _failed(self, error: MailboxUnavailable, now: datetime) -> None:
        self.failures += 1
        self.failing_since = self.failing_since or now
        self.not_before = now + min(timedelta(seconds=2**self.failures), LONGEST_PAUSE)
        log.warning("mailbox %s: %s", self.name, type(error).__name__)
        if isinstance(error, MailboxRefused):
            self.alarm.raise_alarm("mailbox_refused", self.name)
        elif now - self.failing_since >= PATIENCE:
            self.alarm.raise_alarm("mailbox_unavailable", self.name)
