"""The stage of the dialogues: one house on real Dovecot and Postfix, empty before each."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailbot.app.house import visits_to
from mailbot.domain.decision import Officer
from mailbot.domain.roles import Role
from tests.houses import ADDRESS, TestHouse, TurnedClock
from tests.servers.fixtures import MailHost

BEFORE = datetime(2026, 1, 2, 9, tzinfo=UTC)
"""Earlier than any dialogue: the officers sign in on this day."""
OFFICERS = {"fg": Role.FG, "board": Role.BOARD, "handler": Role.HANDLER}


@dataclass
class Stage:
    """One house on the mail host, with its officers, put back as it was before each dialogue."""

    house: TestHouse
    host: MailHost
    clock: TurnedClock
    officers: dict[str, Officer] = field(default_factory=dict)
    _clean: Path | None = None

    @property
    def book(self) -> Path:
        """The database of the house."""
        return self.house.settings.path.parent / "mailbot.db"

    def furnish(self) -> None:
        """Let the officers in, and keep the books as they are now."""
        for name, role in OFFICERS.items():
            _, self.officers[name] = self.house.officer(role)  # type: ignore[assignment]
        self._let_go()
        self._clean = self.book.with_suffix(".clean")
        shutil.copyfile(self.book, self._clean)

    def empty(self) -> None:
        """Put the books and the mailboxes back as they were."""
        self._let_go()
        for left in self.book.parent.glob(f"{self.book.name}-*"):
            left.unlink()
        assert self._clean is not None
        shutil.copyfile(self._clean, self.book)
        self.clock.now = BEFORE
        # The time of a mail is set on its file, so the server must look at the file each time.
        self.host.user(ADDRESS, mail_never_cache_fields="date.received")

    def _let_go(self) -> None:
        house = self.house.house
        for box in self.house.settings.mailboxes:
            house.visits[box.name].mailbox.close()
            books = house.boards[box.board].books
            house.visits[box.name] = visits_to(
                self.house.settings, box, books, house.alarm, self.clock
            )
        house.engine.dispose()
        self.house.desk.books._books._engine.dispose()  # type: ignore[attr-defined]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with self.house.house.engine.begin() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]
