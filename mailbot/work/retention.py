"""Erases what is past its term, on the mail server and here; a legal hold always wins."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.domain.board import Retention
from mailbot.domain.errors import MailboxUnavailable
from mailbot.domain.local_time import local_day
from mailbot.domain.ports import Alarm
from mailbot.domain.retention import Item, Plan, make_plan, ripe
from mailbot.domain.retention_book import (
    AtServer,
    RetentionBook,
    RetentionBooks,
    ServerCopies,
    ServerCopy,
)

log = logging.getLogger(__name__)

BATCH = 50
"""Items whose mails are looked for on the server together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run did."""

    erased: int = 0
    mails: int = 0
    postponed: tuple[str, ...] = ()
    """Subjects whose mail server could not be reached or would not part with a copy."""
    wiped: bool = True
    """Whether the database could be wiped of what was erased; the next run does it otherwise."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which plan, when and by whom something is erased."""

    plan: Plan
    now: datetime
    officer_id: int | None = None
    """None where the robot does it, after the plan has stood visible."""


@dataclass(frozen=True, slots=True)
class RetentionJob:
    """The retention of one board."""

    books: RetentionBooks
    servers: Mapping[int, Callable[[], ServerCopies]]
    """How to open each mailbox of this board that is set up."""
    terms: Retention
    zone: ZoneInfo
    alarm: Alarm

    def plan(self, now: datetime) -> Plan:
        """Say what may go today; writes nothing."""
        with self.books.opened() as book:
            return self._plan(book, now)

    def by_itself(self, now: datetime) -> Outcome:
        """
        Do what is done without a person: show what may go, erase what was shown long enough.

        1. Write down since when each item stands in the plan; what a hold took out starts anew.
        2. Erase what has stood there for the days of the profile.
        3. Raise an alarm over what could not be done; the next day tries again.
        """
        with self.books.opened() as book:
            plan = self._plan(book, now)
            shown = book.announce(plan)
        items = ripe(plan, shown, self.terms.visible_days)
        if not items:
            return Outcome()
        outcome = self.run(items, Order(plan, now))
        if outcome.postponed:
            self.alarm.raise_alarm("retention_postponed", f"{len(outcome.postponed)} files")
        return outcome

    def run(
        self, items: Sequence[Item], order: Order, on_item: Callable[[Item], None] = lambda _: None
    ) -> Outcome:
        """
        Erase these items, each in a transaction of its own.

        1. Remove the mails from their servers; what cannot be reached waits for another run.
        2. Look again, under lock: what is held or no longer due stays.
        3. Erase the keys and write one line of the log.

        Being killed anywhere loses nothing: what is gone from the server is found gone by the
        next run, and the keys follow then.
        """
        purge = Purge(self, order, Servers(self.servers), on_item)
        try:
            again = purge.batches(items)
            # A mail of two linked cases goes with the second, known only after the first.
            left = purge.batches(again)
        finally:
            purge.servers.close()
        wiped = self.books.tidy()
        postponed = (*purge.postponed, *(item.subject for item in left))
        log.info("retention: %d files erased, %d postponed", purge.erased, len(postponed))
        return Outcome(purge.erased, purge.mails, postponed, wiped)

    def _plan(self, book: RetentionBook, now: datetime) -> Plan:
        today = local_day(now, self.zone)
        return make_plan(book.candidates(), book.held(), self.terms, today)

    def still_due(self, book: RetentionBook, item: Item, order: Order) -> bool:
        """Look again, within the transaction that erases."""
        today = local_day(order.now, self.zone)
        return item in make_plan(book.candidates(item), book.held(), self.terms, today).due


@dataclass(slots=True)
class Servers:
    """The mailboxes of one run, each opened when it is first needed."""

    openers: Mapping[int, Callable[[], ServerCopies]]
    opened: dict[int, ServerCopies] = field(default_factory=dict)
    down: set[int] = field(default_factory=set)

    def remove(self, copies: Iterable[ServerCopy]) -> set[int]:
        """Remove these mails from every server they were seen on; return those still there."""
        wanted: dict[int, dict[int, ServerCopy]] = {}
        for copy in copies:
            for mailbox in copy.mailboxes & set(self.openers):
                wanted.setdefault(mailbox, {})[copy.mail_id] = copy
        stuck: set[int] = set()
        for mailbox, mails in wanted.items():
            stuck |= self._remove(mailbox, list(mails.values()))
        return stuck

    def close(self) -> None:
        """Sign out everywhere."""
        for server in self.opened.values():
            server.close()

    def _remove(self, mailbox: int, mails: list[ServerCopy]) -> set[int]:
        if mailbox not in self.down:
            try:
                if mailbox not in self.opened:
                    self.opened[mailbox] = self.openers[mailbox]()
                return set(self.opened[mailbox].remove(mails))
            except MailboxUnavailable as error:
                log.warning("retention: a mailbox is away: %s", type(error).__name__)
                self.down.add(mailbox)
        return {copy.mail_id for copy in mails}


@dataclass(slots=True)
class Purge:
    """One run under way."""

    job: RetentionJob
    order: Order
    servers: Servers
    on_item: Callable[[Item], None]
    erased: int = 0
    mails: int = 0
    postponed: list[str] = field(default_factory=list)

    def batches(self, items: Sequence[Item]) -> list[Item]:
        """Work through the items; return those whose mails changed meanwhile."""
        again: list[Item] = []
        for start in range(0, len(items), BATCH):
            again += self._batch(items[start : start + BATCH])
        return again

    def _batch(self, items: Sequence[Item]) -> list[Item]:
        with self.job.books.opened() as book:
            copies = {item: book.copies(item) for item in items}
        stuck = self.servers.remove(copy for found in copies.values() for copy in found)
        again = []
        for item in items:
            if any(copy.mail_id in stuck for copy in copies[item]):
                self.postponed.append(item.subject)
                self.on_item(item)
            elif self._erase(item, copies[item]):
                self.on_item(item)
            else:
                again.append(item)
        return again

    def _erase(self, item: Item, removed: Sequence[ServerCopy]) -> bool:
        """Erase one item; False when mails go with it that were not looked for on the server."""
        with self.job.books.opened() as book:
            book.lock()
            if not self.job.still_due(book, item, self.order):
                return True
            mails = [copy.mail_id for copy in book.copies(item)]
            if not set(mails) <= {copy.mail_id for copy in removed}:
                return False
            book.erase(item, mails)
            book.log(
                item,
                plan=self.order.plan.code,
                mails=len(mails),
                server=self._at_server(removed),
                at=self.order.now,
                officer_id=self.order.officer_id,
            )
        self.erased += 1
        self.mails += len(mails)
        return True

    def _at_server(self, removed: Sequence[ServerCopy]) -> AtServer:
        if not any(copy.mailboxes for copy in removed):
            return AtServer.NONE
        known = set(self.servers.openers)
        whole = all(copy.mailboxes <= known for copy in removed)
        return AtServer.GONE if whole else AtServer.NOT_SET_UP
