"""Takes letters from the outbox to the mail server, each once, with patience."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.domain.books import Books, Event, LetterRow, OpenBooks
from mailbot.domain.errors import LetterRefused, PostOfficeUnavailable
from mailbot.domain.ports import Alarm, Postman

CLAIM = timedelta(minutes=10)
"""Longer than any SMTP conversation may take, so that no second robot sends the same letter."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60, 120, 240))
"""How long to wait after each refusal for now (4xx); the last is repeated."""

WORRY = timedelta(hours=4)
"""A letter that still waits after this raises an alarm; the clock of its case runs on."""

AT_ONCE = 20
"""Letters claimed at a time."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox of one board and the postman who empties it."""

    books: Books
    postman: Postman
    alarm: Alarm
    owner: str

    async def deliver(self, now: datetime) -> int:
        """
        Send what is due.

        1. Claim a few letters; a claim outlives every conversation with the server.
        2. Hand each over; its bytes and Message-ID were frozen when it was written.
        3. Write down what the server said. When the server is gone the rest waits.

        Returns:
            How many letters the server accepted.
        """
        with self.books.opened() as books:
            letters = books.letters.claim(self.owner, now, now + CLAIM, AT_ONCE)
        for place, letter in enumerate(letters):
            try:
                receipt = await self.postman.send(letter.envelope, letter.content)
            except LetterRefused as refusal:
                self._refused(letter, refusal, now)
            except PostOfficeUnavailable:
                for waiting in letters[place:]:
                    self._later(waiting, now, None)
                self.alarm.raise_alarm("post_office_unavailable", "outbox")
                return place
            else:
                self._sent(letter, receipt.code, now)
        return len(letters)

    def came_back(self, mark: str, now: datetime) -> bool:
        """Treat a letter that bounced as not delivered; False when no letter has this mark."""
        with self.books.opened() as books:
            letter = books.letters.bounced(mark, now)
            if letter is None:
                return False
            _undelivered(books, letter, "letter_bounced", 0, now)
        self.alarm.raise_alarm("letter_bounced", f"letter {letter.id}")
        return True

    def _sent(self, letter: LetterRow, code: int, now: datetime) -> None:
        with self.books.opened() as books:
            books.letters.sent(letter.id, self.owner, now, code)
            books.cases.record(_event("letter_accepted", letter, code, now))

    def _refused(self, letter: LetterRow, refusal: LetterRefused, now: datetime) -> None:
        if not refusal.permanent:
            self._later(letter, now, refusal.code)
            return
        with self.books.opened() as books:
            books.letters.refused(letter.id, self.owner, now, refusal.code)
            _undelivered(books, letter, "letter_refused", refusal.code, now)
        self.alarm.raise_alarm("letter_refused", f"letter {letter.id}")

    def _later(self, letter: LetterRow, now: datetime, code: int | None) -> None:
        wait = WAITS[min(letter.tries, len(WAITS)) - 1]
        with self.books.opened() as books:
            books.letters.later(letter.id, self.owner, now + wait, code)
        if now - letter.written_at >= WORRY:
            self.alarm.raise_alarm("letter_waits", f"letter {letter.id}")


def _undelivered(books: OpenBooks, letter: LetterRow, kind: str, code: int, now: datetime) -> None:
    """Put the duty back on the table: the clock runs, and a case closed by this letter opens."""
    books.cases.record(_event(kind, letter, code, now))
    if letter.case_id is not None and letter.decision_id is not None:
        books.cases.reopen(letter.case_id, "letter_not_delivered", now)


def _event(kind: str, letter: LetterRow, code: int, now: datetime) -> Event:
    detail = (("letter", letter.code), ("number", str(letter.id)), ("reply", str(code)))
    return Event(kind, now, letter.case_id, detail=detail)
