"""The mails that belong to no case: a person looks, and only then their term begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.decision import Officer
from mailbot.domain.mail import Mail
from mailbot.domain.retention_book import HoldBooks, Looker, ParkedMail
from mailbot.work.desk import allow


@dataclass(frozen=True, slots=True)
class Parked:
    """The parked mails of one board."""

    holds: HoldBooks
    read: Callable[[bytes, datetime], Mail]
    clock: Callable[[], datetime]

    def list(self, officer: Officer, *, unseen_only: bool = True) -> Sequence[ParkedMail]:
        """List parked mails, oldest first, without sender or subject."""
        allow(officer, "look")
        with self.holds.opened() as book:
            return [one for one in book.parked() if one.looked is None or not unseen_only]

    def show(self, officer: Officer, mail_id: int) -> Mail | None:
        """
        Read one parked mail; None when none of this number is parked.

        Raises:
            UnreadableMail: it is in quarantine because nobody can read it.
        """
        allow(officer, "look")
        with self.holds.opened() as book:
            stored = book.read(mail_id)
        return self.read(stored.raw, stored.received) if stored else None

    def looked(self, officer: Officer, mail_ids: Sequence[int]) -> Sequence[int]:
        """
        Write down that an officer looked and that no case is needed; the term begins today.

        Returns:
            The numbers that were parked; the others are left as they are.
        """
        allow(officer, "look")
        by = Looker(officer.id, officer.sign_in_id)
        with self.holds.opened() as book:
            return [number for number in mail_ids if book.look(number, by, self.clock())]
