"""Takes letters from the outbox to the mail server, each once, with patience."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.domain.books import Books, Event, LetterRow, OpenBooks
from mailbot.domain.errors import BooksUnavailable, LetterRefused, PostOfficeUnavailable
from mailbot.domain.ports import Alarm, Postman, Receipt

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=2)
"""How long a claim holds; it is renewed while a server is slow, and runs out with its robot."""

KEEP_EVERY = 30.0
"""Seconds of one conversation after which the claim is renewed."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60, 120, 240))
"""How long to wait after each refusal for now (4xx); the last is repeated."""

LONGEST_OUTAGE_WAIT = timedelta(minutes=5)
"""Where the server is gone no letter is to blame, so none waits long after it is back."""

NEXT_IN_LINE = timedelta(seconds=30)
"""How long the others wait when the server went away over one letter: less than that letter, so
that a letter on which the connection breaks each time does not keep back the rest."""

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
    unwritten: list[tuple[LetterRow, int, datetime]] = field(default_factory=list, repr=False)
    """Letters that were accepted while the books failed, each with its answer and when it came."""

    async def deliver(self, clock: Callable[[], datetime]) -> int:
        """
        Send what is due.

        1. Write down what could not be written last time, or the same letters left again.
        2. Claim a few letters, and keep up the claim however slow the server is.
        3. Hand each over; its bytes and Message-ID were frozen when it was written.
        4. Write down what the server said. When the server is gone the rest waits.

        Args:
            clock: tells when an answer came, which for a notice may be what counts.

        Returns:
            How many letters the server accepted.

        Raises:
            BooksUnavailable: the database is full or away; nothing more is sent until it is back.
        """
        self._catch_up()
        accepted = 0
        while letters := self._claim(clock()):
            for place, letter in enumerate(letters):
                if letter.id not in self._keep(letters[place:], clock()):
                    continue  # We were held up so long that another robot took it.
                if letter.damaged:
                    self._damaged(letter, clock())
                    continue
                try:
                    receipt = await self._hand_over(letter, letters[place:], clock)
                except LetterRefused as refusal:
                    self._refused(letter, refusal, clock())
                except PostOfficeUnavailable:
                    self._post_office_gone(letter, letters[place + 1 :], clock())
                    return accepted
                except Exception as error:  # noqa: BLE001 - one bad letter must never stop the others.
                    self._failed(letter, error, clock())
                else:
                    self.unwritten.append((letter, receipt.code, clock()))
                    self._catch_up()
                    accepted += 1
        return accepted

    def came_back(self, mark: str, now: datetime) -> bool:
        """Treat a letter that bounced as not delivered; False when no letter has this mark."""
        with self.books.opened() as books:
            letter = books.letters.bounced(mark, now)
            if letter is None:
                return False
            _undelivered(books, letter, "letter_bounced", 0, now)
        self.alarm.raise_alarm("letter_bounced", f"letter {letter.id}")
        return True

    def _claim(self, now: datetime) -> Sequence[LetterRow]:
        with self.books.opened() as books:
            return books.letters.claim(self.owner, now, now + CLAIM, AT_ONCE)

    def _keep(self, letters: Sequence[LetterRow], now: datetime) -> frozenset[int]:
        """Renew the claim on these letters where it grows old; return those still ours."""
        ids = frozenset(letter.id for letter in letters)
        if all(now < letter.claimed_until - CLAIM / 2 for letter in letters):
            return ids
        with self.books.opened() as books:
            return frozenset(books.letters.keep(tuple(ids), self.owner, now + CLAIM))

    async def _hand_over(
        self, letter: LetterRow, claimed: Sequence[LetterRow], clock: Callable[[], datetime]
    ) -> Receipt:
        sending = asyncio.ensure_future(self.postman.send(letter.envelope, letter.content))
        try:
            while not (await asyncio.wait({sending}, timeout=KEEP_EVERY))[0]:
                self._keep(claimed, clock())
            return sending.result()
        finally:
            sending.cancel()

    def _catch_up(self) -> None:
        """Write down what was accepted; what the books cannot take now is kept for the next time."""
        while self.unwritten:
            one = self.unwritten.pop(0)
            try:
                self._sent(*one)
            except BooksUnavailable:
                self.unwritten.insert(0, one)
                raise

    def _sent(self, letter: LetterRow, code: int, now: datetime) -> None:
        with self.books.opened() as books:
            books.letters.sent(letter.id, self.owner, now, code)
            books.cases.record(_event("letter_accepted", letter, code, now))

    def _refused(self, letter: LetterRow, refusal: LetterRefused, now: datetime) -> None:
        if not refusal.permanent:
            wait = WAITS[min(letter.tries, len(WAITS)) - 1]
            self._later(letter, now, wait, refusal.code)
            return
        with self.books.opened() as books:
            books.letters.refused(letter.id, self.owner, now, refusal.code)
            _undelivered(books, letter, "letter_refused", refusal.code, now)
        self.alarm.raise_alarm("letter_refused", f"letter {letter.id}")

    def _failed(self, letter: LetterRow, error: Exception, now: datetime) -> None:
        """Put off a letter over which we failed ourselves; a person hears of it."""
        # A traceback may show the letter.
        log.error("letter %d failed: %s", letter.id, type(error).__name__)
        self._later(letter, now, WAITS[min(letter.tries, len(WAITS)) - 1], None)
        self.alarm.raise_alarm("letter_failed", f"letter {letter.id}")

    def _damaged(self, letter: LetterRow, now: datetime) -> None:
        """Set aside a letter whose bytes were changed where they lie; it must be written again."""
        with self.books.opened() as books:
            books.letters.refused(letter.id, self.owner, now, 0)
            _undelivered(books, letter, "letter_damaged", 0, now)
        self.alarm.raise_alarm("letter_damaged", f"letter {letter.id}")

    def _post_office_gone(
        self, letter: LetterRow, others: Sequence[LetterRow], now: datetime
    ) -> None:
        wait = min(WAITS[min(letter.tries, len(WAITS)) - 1], LONGEST_OUTAGE_WAIT)
        self._later(letter, now, wait, None)
        with self.books.opened() as books:
            ids = tuple(other.id for other in others)
            books.letters.give_back(ids, self.owner, now + NEXT_IN_LINE)
        self.alarm.raise_alarm("post_office_unavailable", "outbox")

    def _later(self, letter: LetterRow, now: datetime, wait: timedelta, code: int | None) -> None:
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
