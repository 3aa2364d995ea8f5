"""Destroys copies of identity documents on time, and tells who sent them (reglement 8.2.2)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.domain.books import Books, Event, OpenBooks, StoredMail
from mailbot.domain.case import CaseFile
from mailbot.domain.errors import Damaged, UnknownCase
from mailbot.domain.identity import HiddenCopy, without_copies
from mailbot.domain.local_time import local_day
from mailbot.domain.mail import Mail
from mailbot.domain.manners import may_acknowledge
from mailbot.domain.ports import Alarm
from mailbot.domain.retention_book import ServerCopies
from mailbot.work.caps import ONE_A_DAY, Caps
from mailbot.work.correspondence import Correspondence
from mailbot.work.retention import Servers

log = logging.getLogger(__name__)

LETTER = "identity_copy_destroyed"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class IdentityCopies:
    """The copies of one board."""

    books: Books
    read: Callable[[bytes, datetime], Mail]
    correspondence: Correspondence
    caps: Caps
    alarm: Alarm
    servers: Mapping[int, Callable[[], ServerCopies]]
    """How to open each mailbox of this board that is set up."""

    def clear_servers(self, now: datetime) -> int:
        """
        Remove the mails whose copies are destroyed here from their servers too.

        The words of each mail are kept here; a server cannot part with an attachment alone.
        What cannot be reached waits for the next round, and a person hears of it.

        Returns:
            How many mails lie on no server any more.
        """
        with self.books.opened() as books:
            left = books.copies.on_servers()
        if not left:
            return 0
        servers = Servers(self.servers)
        try:
            stuck = servers.remove(left)
        finally:
            servers.close()
        gone = [copy.mail_id for copy in left if copy.mail_id not in stuck]
        with self.books.opened() as books:
            for mail_id in gone:
                books.copies.gone_from_server(mail_id, now)
                books.cases.record(Event("identity_copy_off_server", now, mail_id=mail_id))
        for mail_id in sorted(stuck):
            self.alarm.raise_alarm("identity_copy_on_server", f"mail {mail_id}")
        return len(gone)

    def destroy(self, now: datetime) -> int:
        """
        Destroy the copies whose time has come, each in a transaction of its own.

        Returns:
            How many were destroyed.
        """
        with self.books.opened() as books:
            due = books.copies.due(now)
        return sum(self._one(copy, now) for copy in due)

    def _one(self, copy: HiddenCopy, now: datetime) -> bool:
        try:
            return self._destroy(copy, now)
        except Exception as error:  # noqa: BLE001 - one bad mail must never stop the others.
            log.error("copy in mail %d: %s", copy.mail_id, type(error).__name__)  # noqa: TRY400 - a traceback may show the mail.
            self.alarm.raise_alarm("identity_copy_not_destroyed", f"mail {copy.mail_id}")
            return False

    def _destroy(self, copy: HiddenCopy, now: datetime) -> bool:
        """
        Destroy one copy.

        1. The mail without the copy takes the place of the whole one, and its key is erased.
        2. The event says that and nothing of what it was.
        3. Whoever sent it is told not to send one, once for each mail.
        """
        with self.books.opened() as books:
            stored = books.ledger.open(copy.mail_id)
            if stored.damaged:
                raise Damaged("this mail was changed where it lies; a person must look")
            redacted = without_copies(stored.raw, books.looks.parts(copy.mail_id))
            if not books.copies.destroy(copy.mail_id, redacted, now):
                return False
            case = _case_of(books, copy)
            told = "no" if case is None else self._tell(books, case, stored, now)
            case_id = case.id if case else None
            detail = (("told", told),)
            books.cases.record(Event(LETTER, now, case_id, copy.mail_id, detail=detail))
        return True

    def _tell(self, books: OpenBooks, case: CaseFile, stored: StoredMail, now: datetime) -> str:
        mail = self.read(stored.raw, stored.received)
        sender, profile = mail.sender, self.correspondence.profile
        why_not = "imported_silently" if stored.silent else None
        why_not = why_not or may_acknowledge(mail, profile.official_addresses)
        # A letter goes to the case's requester only; anyone else's mail is answered by a person.
        if why_not or sender is None or not books.cases.is_own_address(case.id, sender.address):
            return why_not or "not_the_requester"
        hold = self.caps.hold(
            books.letters, sender.address, verified=mail.authentication.verified, now=now
        )
        # Who had their letter of today is told tomorrow, by itself; of a flood only the first.
        tomorrow = hold == ONE_A_DAY and not books.letters.count_since(
            now - A_DAY, (LETTER,), sender.address
        )
        words = {
            "reference": case.reference,
            "received_on": local_day(stored.received, profile.zone),
            "destroyed_on": local_day(now, profile.zone),
        }
        draft = self.correspondence.to_requester(
            LETTER, case, words, now=now, mail=mail, mail_id=stored.id, hold=hold
        )
        if tomorrow:
            draft = replace(draft, hold_reason=None, not_before=now + A_DAY)
        books.letters.write(draft)
        return "tomorrow" if tomorrow else "yes" if hold is None else "held"


def _case_of(books: OpenBooks, copy: HiddenCopy) -> CaseFile | None:
    if copy.case_id is None:
        return None
    try:
        return books.cases.case(copy.case_id)
    except UnknownCase:
        # Its key was erased after its term, so nobody can be told any more.
        return None
