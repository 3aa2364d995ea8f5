"""Plays the day: mails come in one by one, the robot works through them, letters leave."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from mailbot.adapters.books import SqlBooks
from mailbot.demo.answers import words_of
from mailbot.demo.day import Planned, SentMail, write
from mailbot.demo.host import MailHost
from mailbot.demo.readings import Reading, newest, read
from mailbot.demo.tally import DayWentWrong, waiting

NOTICED = timedelta(seconds=20)
"""How long after its arrival the robot looks."""
ANOTHER_LOOK = timedelta(minutes=2)
"""When the robot comes back to what failed."""
LOOKS = 5


class Robot(Protocol):
    """What the demo needs of the house: the rounds that `mailbot run` makes."""

    def collect(self) -> int:
        """Fetch what is new."""
        ...

    def work_off(self) -> int:
        """Work through what waits."""
        ...

    def remind(self) -> int:
        """Write the reminders that are due."""
        ...

    def deliver(self) -> int:
        """Send the letters that are due."""
        ...


@dataclass(slots=True)
class DayClock:
    """The clock of the day: it stands still until the day goes on, and runs once it is over."""

    now: datetime
    running: Callable[[], datetime] | None = None
    """The clock on the wall, once people sit at the desk themselves."""

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.running() if self.running else self.now


@dataclass(frozen=True, slots=True)
class Step:
    """One mail and what became of it."""

    at: datetime
    mail: SentMail
    reading: Reading


@dataclass(frozen=True, slots=True)
class Play:
    """One day with everything it needs."""

    robot: Robot
    books: SqlBooks
    host: MailHost
    clock: DayClock
    day: date
    zone: ZoneInfo
    prefix: str
    keep: Callable[[int, SentMail], object] = lambda _number, _sent: None
    """Stores a mail where people can open it."""

    def mails(self, planned: Sequence[Planned]) -> Iterator[Step]:
        """
        Let the mails of the day come in, each at its hour, and tell what became of each.

        Raises:
            DayWentWrong: a mail came in and is not in the ledger, or was left undone.
        """
        authors = {mail.name: mail.author for mail in planned}
        for mail in planned:
            at = datetime.combine(self.day, mail.at, self.zone)
            self.clock.now = at
            sent = write(mail, at, self.host.address, self._words(authors.get(mail.answers or "")))
            before = newest(self.books)
            self.host.post(sent.raw, sent.sender, sent.recipient)
            self.clock.now = at + NOTICED
            self.round()
            number = newest(self.books)
            if number == before:
                raise DayWentWrong(f"the mail {mail.name} was sent and did not reach the ledger")
            self.keep(number, sent)
            yield Step(at, sent, read(self.books, number))
        self._finish()

    def round(self) -> None:
        """Do one round of everything, as `mailbot run --once` does."""
        self.robot.collect()
        self.robot.work_off()
        self.robot.remind()
        self.robot.deliver()

    def _finish(self) -> None:
        """Come back to what failed, as the robot does by itself."""
        for _ in range(LOOKS):
            if not waiting(self.books):
                return
            self.clock.now += ANOTHER_LOOK
            self.round()

    def _words(self, author: str | None) -> dict[str, str]:
        if author is None:
            return {}
        letters = self.host.letters_to(author)
        if not letters:
            raise DayWentWrong("a mail of the day answers a letter that was never sent")
        return words_of(letters[0], self.prefix)
