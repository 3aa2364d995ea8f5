"""Lets an officer read the mails of a case; each reading is written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.books import Event
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import CaseStory, OpenDeskBooks
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
        opened = []
        with self.desk.books.opened() as books:
            for one in story.mails:
                opened.append(self._read(books, one.id, one.received))
                now = self.desk.clock()
                books.cases.record(Event("mail_read", now, story.case.id, one.id, officer.id))
        return opened

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
            now = self.desk.clock()
            books.cases.record(Event("mail_read", now, story.case.id, number, officer.id))
        return self._open(number, listed.received).mail

    def _open(self, number: int, received: datetime) -> ReadMail:
        with self.desk.books.opened() as books:
            return self._read(books, number, received)

    def _read(self, books: OpenDeskBooks, number: int, received: datetime) -> ReadMail:
        try:
            stored = books.ledger.open(number)
            return ReadMail(number, received, self.read(stored.raw, stored.received))
        except (Damaged, UnreadableMail):
            return ReadMail(number, received, None)
