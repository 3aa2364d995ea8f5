"""Lets an officer read the mails of a case; each reading is written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.books import Event, StoredMail
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import CaseStory, MailOnFile, OpenDeskBooks
from mailbot.domain.errors import Damaged, UnreadableMail
from mailbot.domain.mail import Mail
from mailbot.work.desk import Desk


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One mail of a case, opened for an officer."""

    number: int
    received: datetime
    mail: Mail | None
    """None when it cannot be read any more: erased, damaged, or never readable."""


@dataclass(frozen=True, slots=True)
class CaseMails:
    """The mails of one board's cases."""

    desk: Desk
    read: Callable[[bytes, datetime], Mail]

    def of(self, officer: Officer, reference: str) -> Sequence[ReadMail]:
        """
        Open every mail of a case, oldest first.

        Raises:
            UnknownCase: there is none, or this officer is kept from it.
            NotAllowed: this role sees no case content.
        """
        return self.of_story(officer, self.desk.show(officer, reference))

    def of_story(self, officer: Officer, story: CaseStory) -> Sequence[ReadMail]:
        """Open the mails of a case that was just read by the same officer, in one transaction."""
        with self.desk.books.opened() as books:
            taken = self._take(books, officer, story)
        return [self._read(*one) for one in taken]

    def of_page(
        self, officer: Officer, story: CaseStory
    ) -> tuple[Sequence[ReadMail], Sequence[str]]:
        """
        Open the mails of a case for its page, and remember that the officer has that page open.

        Returns:
            The mails, and the names of the colleagues who have the case open too.
        """
        with self.desk.books.opened() as books:
            others = books.queue.looking(story.case.id, officer.id, self.desk.clock())
            taken = self._take(books, officer, story)
        return [self._read(*one) for one in taken], others

    def one(self, officer: Officer, reference: str, number: int) -> Mail | None:
        """
        Open one mail of a case; None where the case has none of this number that can be read.

        Raises:
            UnknownCase: there is no such case, or this officer is kept from it.
            NotAllowed: this role sees no case content.
        """
        story = self.desk.show(officer, reference)
        listed = next((one for one in story.mails if one.id == number), None)
        if listed is None:
            return None
        with self.desk.books.opened() as books:
            self._record(books, officer, story, number)
            stored = _stored(books, number)
        return self._read(listed, stored).mail

    def _take(
        self, books: OpenDeskBooks, officer: Officer, story: CaseStory
    ) -> Sequence[tuple[MailOnFile, StoredMail | None]]:
        """Take the mails out to be read once nobody waits for this transaction any more."""
        taken = []
        for one in story.mails:
            taken.append((one, _stored(books, one.id)))
            self._record(books, officer, story, one.id)
        return taken

    def _record(
        self, books: OpenDeskBooks, officer: Officer, story: CaseStory, number: int
    ) -> None:
        now = self.desk.clock()
        books.cases.record(Event("mail_read", now, story.case.id, number, officer.id))

    def _read(self, listed: MailOnFile, stored: StoredMail | None) -> ReadMail:
        try:
            mail = self.read(stored.raw, stored.received) if stored else None
        except UnreadableMail:
            mail = None
        return ReadMail(listed.id, listed.received, mail)


def _stored(books: OpenDeskBooks, number: int) -> StoredMail | None:
    try:
        return books.ledger.open(number)
    except Damaged:
        return None
