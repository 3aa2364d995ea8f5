"""Works through the stored mails, each alone: read, judge, propose, and write down in one go."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from mailbot.domain.books import Books, StoredMail
from mailbot.domain.errors import BooksUnavailable, MailbotError, UnreadableMail
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Alarm, AttachmentReader, Classifier, Handler
from mailbot.domain.suggestion import Route, Suggestion
from mailbot.work.filing import Filing, Reading
from mailbot.work.judging import Judging
from mailbot.work.outbox import Outbox
from mailbot.work.threads import find_thread, is_note, what_is_known

log = logging.getLogger(__name__)

A_NOTE = Suggestion(Route.NOTE, "und", unsure=False)
"""Colleagues write in their own words and about parents; nothing of it may look like a request."""

REHEARSAL = b"From: a@example.org\r\nSubject: Inzage\r\n\r\nGraag inzage in het dossier.\r\n"

AGAIN_AFTER = timedelta(minutes=1)
"""How long a mail rests after a failure of ours."""

OPENING_FILES = timedelta(minutes=1)
"""More than the files of one mail may take to be opened."""


class _TakesLonger(Exception):
    """Files must be opened before this mail can be judged."""


@dataclass(slots=True)
class Tally:
    """What became of the mails of one round."""

    opened: int = 0
    filed: int = 0
    automatic: int = 0
    other: int = 0
    quarantined: int = 0
    failed: int = 0
    """Failures of ours that are tried again; the mail is not lost and not counted elsewhere."""

    def add(self, outcome: str) -> None:
        """Count one mail."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    @property
    def mails(self) -> int:
        """All mails that were brought to an end."""
        return self.opened + self.filed + self.automatic + self.other + self.quarantined


@dataclass(frozen=True, slots=True)
class Triage:
    """The way of one board's mail from stored bytes to a case."""

    books: Books
    read: Callable[[bytes, datetime], Mail]
    classifier: Classifier
    reader: AttachmentReader
    handler: Handler
    filing: Filing
    outbox: Outbox
    alarm: Alarm
    prefix: str
    own_return_paths: Callable[[str], str | None]
    """Reads the mark of a letter from one of our signed return paths; None for any other."""
    most_tries: int = 3
    tally: Tally = field(default_factory=Tally)
    rehearsed: Event = field(default_factory=Event, repr=False)

    def rehearse(self, now: datetime) -> None:
        """
        Read and judge a made-up mail, and forget it.

        Models and tables load when they are first used. That belongs before the first claim: a
        robot killed while it loads would count a try against a mail that did nothing.
        """
        mail = self.read(REHEARSAL, now)
        self.handler.propose(mail, self.classifier.classify(mail), None)
        self.rehearsed.set()

    def work_off(self, now: datetime, most: int = 20) -> int:
        """
        Work on the next stored mails, oldest first, each in a transaction of its own.

        Returns:
            How many were taken up; 0 when nothing waits.

        Raises:
            BooksUnavailable: the database is full or away; no mail is blamed, all come again.
        """
        if not self.rehearsed.is_set():
            self.rehearse(now)
        owner = self.outbox.owner
        with self.books.opened() as books:
            claimed = books.ledger.claim(owner, now, most)
        try:
            self._all(claimed, owner, now)
        except BooksUnavailable:
            # Where not even this can be written the claims run out by themselves.
            with suppress(BooksUnavailable), self.books.opened() as books:
                books.ledger.give_back([stored.id for stored in claimed], owner)
            raise
        return len(claimed)

    def _all(self, claimed: Sequence[StoredMail], owner: str, now: datetime) -> None:
        # Whoever sent a file to be opened waits until the others of this round are served.
        slow = [stored for stored in claimed if not self._one(stored, owner, now, patient=False)]
        for number, stored in enumerate(slow):
            self._keep(slow[number:], owner, now + (number + 2) * OPENING_FILES)
            self._one(stored, owner, now, patient=True)

    def _keep(self, slow: Sequence[StoredMail], owner: str, until: datetime) -> None:
        """Renew the claims, so that no other robot takes these up while files are opened."""
        with self.books.opened() as books:
            books.ledger.keep([stored.id for stored in slow], owner, until)

    def _one(self, stored: StoredMail, owner: str, now: datetime, *, patient: bool = True) -> bool:
        """Work on one mail; False where it must be taken up again with patience."""
        try:
            outcome = self._work(stored, owner, now, patient=patient)
        except _TakesLonger:
            return False
        except UnreadableMail as error:
            self._quarantine(stored, owner, error.reason)
        except BooksUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad mail must never stop the others.
            self._failed(stored, owner, error, now)
        else:
            if outcome is not None:
                self.tally.add(outcome)
        return True

    def _work(self, stored: StoredMail, owner: str, now: datetime, *, patient: bool) -> str | None:
        if stored.tries > self.most_tries:
            # The process died on it each time, so nobody could write down why.
            raise UnreadableMail("stopped_the_robot")
        if stored.damaged:
            raise UnreadableMail("damaged")
        mail = self.read(stored.raw, stored.received)
        if mail.bounce is not None and (mark := self._returned(mail)):
            self.outbox.came_back(mark, now)
        with self.books.opened() as books:
            thread = find_thread(mail, books, self.prefix)
            known = what_is_known(mail, books)
            note = mail.automatic is None and is_note(mail, books)
        mail, suggestion = (mail, A_NOTE) if note else self._judge(mail, patient=patient)
        proposals = self.handler.propose(mail, suggestion, thread, known)
        with self.books.opened() as books:
            if not books.ledger.finish(stored.id, owner):
                return None
            reading = Reading(stored, mail, suggestion, now)
            return self.filing.record(books, reading, proposals)

    def _judge(self, mail: Mail, *, patient: bool) -> tuple[Mail, Suggestion]:
        judging = Judging(self.classifier, self.reader)
        if patient:
            return judging.judge(mail)
        suggestion = judging.quickly(mail)
        if suggestion is None:
            raise _TakesLonger
        return mail, suggestion

    def _returned(self, mail: Mail) -> str | None:
        """Find the letter that came back; without our signature a report has no effect."""
        if mail.bounce is None or not mail.bounce.permanent:
            return None
        places = (*mail.delivered_to, *(to.address for to in mail.recipients))
        return next((mark for place in places if (mark := self.own_return_paths(place))), None)

    def _quarantine(self, stored: StoredMail, owner: str, reason: str) -> None:
        with self.books.opened() as books:
            books.ledger.quarantine(stored.id, owner, reason)
        self.tally.quarantined += 1
        self.alarm.raise_alarm("mail_quarantined", f"mail {stored.id}")

    def _failed(self, stored: StoredMail, owner: str, error: Exception, now: datetime) -> None:
        name = type(error).__name__
        # The traceback holds no mail text; a message may, so only ours are shown.
        log.error(
            "mail %d failed: %s", stored.id, error if isinstance(error, MailbotError) else name
        )
        if stored.tries >= self.most_tries:
            self._quarantine(stored, owner, f"failed_{name}")
            return
        with self.books.opened() as books:
            books.ledger.release(stored.id, owner, now + AGAIN_AFTER, name)
        self.tally.failed += 1
