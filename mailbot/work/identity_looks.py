"""Looks in the background at attached pictures for identity documents nobody named (reglement 8.2.2)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.domain.books import Books, Event, OpenBooks
from mailbot.domain.errors import UnknownCase, UnreadableMail
from mailbot.domain.identity import HiddenCopy, Look, files_in
from mailbot.domain.ports import Alarm, AttachmentReader, TextTools
from mailbot.domain.suggestion import Flag

log = logging.getLogger(__name__)

HELD = timedelta(minutes=5)
"""How long one robot may take over one mail before another looks."""
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class IdentityLooks:
    """The looking of one board."""

    books: Books
    reader: AttachmentReader
    tools: TextTools
    days: int
    """How long a copy may lie; the reglement wants none kept."""
    alarm: Alarm

    def look(self, clock: Callable[[], datetime]) -> int:
        """
        Look at every mail that waits, oldest first.

        Returns:
            In how many an identity document was found.
        """
        found = 0
        while (claimed := self._claim(clock())) is not None:
            found += self._one(claimed, clock)
        return found

    def _claim(self, now: datetime) -> Look | None:
        with self.books.opened() as books:
            return books.looks.claim(now, now + HELD)

    def _one(self, look: Look, clock: Callable[[], datetime]) -> bool:
        try:
            parts = self._seen(look)
        except Exception as error:  # noqa: BLE001 - one bad mail must never stop the others.
            log.error("look at mail %d: %s", look.mail_id, type(error).__name__)  # noqa: TRY400 - a traceback may show the mail.
            if look.tries < MOST_TRIES:
                return False
            # What nobody can open shows nothing; a person hears that nobody looked.
            self.alarm.raise_alarm("identity_look_failed", f"mail {look.mail_id}")
            parts = ()
        with self.books.opened() as books:
            return self._record(books, look, parts, clock())

    def _seen(self, look: Look) -> tuple[int, ...]:
        """Name the parts that show machine-readable lines with the right check digits."""
        with self.books.opened() as books:
            stored = books.ledger.open(look.mail_id)
        if stored.damaged:
            raise UnreadableMail("damaged")
        return tuple(
            number
            for number, file in files_in(stored.raw, self.tools)
            if self.reader.shows_identity_document(file)
        )

    def _record(self, books: OpenBooks, look: Look, parts: tuple[int, ...], now: datetime) -> bool:
        """Hide what was found, flag its case and put it on the way to destruction, all in one."""
        if not books.looks.looked(look.mail_id, parts, now) or not parts:
            return False
        destroy_at = now + timedelta(days=self.days)
        case_id = _still_there(books, look.case_id)
        books.copies.hide(HiddenCopy(look.mail_id, case_id, now, destroy_at))
        # Hidden before for the words of the mail alone: now it is certain, so nothing waits.
        books.copies.hasten(look.mail_id, destroy_at)
        if case_id is not None:
            books.cases.raise_flag(case_id, Flag.IDENTITY_DOCUMENT)
        detail = (("how", "machine_readable_lines"),)
        books.cases.record(Event("identity_copy_hidden", now, case_id, look.mail_id, detail=detail))
        return True


def _still_there(books: OpenBooks, case_id: int | None) -> int | None:
    if case_id is None:
        return None
    try:
        return books.cases.case(case_id).id
    except UnknownCase:
        return None
