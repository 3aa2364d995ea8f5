"""Whole houses for the tests: settings from TOML, real servers, a clock that tests move."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from mailbot import app
from mailbot.domain.decision import Officer
from mailbot.domain.ports import Fetched
from mailbot.domain.roles import Role
from mailbot.settings import Settings, from_text
from mailbot.work.desk import Desk
from tests.servers.fixtures import MailHost

ADDRESS = "privacy@sipor.nl"
PASSWORD = "a long enough password"
MASTER = base64.b64encode(bytes(range(32))).decode()


class TurnedClock:
    """A clock that stands still until a test turns it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def turn(self, **span: float) -> None:
        """Move the clock on."""
        self.now += timedelta(**span)


@dataclass
class TestHouse:
    """A house with its desk, on a mail host of its own."""

    __test__ = False

    settings: Settings
    house: app.House
    clock: Callable[[], datetime]
    officers: dict[str, str] = field(default_factory=dict)
    last_uid: int = 0
    _desk: Desk | None = None
    _there: dict[Role, Officer] = field(default_factory=dict)

    def receive(
        self, *raws: bytes, received: datetime | None = None, truncated: bool = False
    ) -> int:
        """Lay mails into the ledger as intake does, without a mail server; return how many are new."""
        visits = self.house.visits["privacy"]
        mails = []
        for raw in raws:
            self.last_uid += 1
            when = received or self.clock()
            mails.append(Fetched("INBOX", 1, self.last_uid, when, raw, truncated))
        with visits.books.opened() as books:
            source = visits.source
            return books.ledger.store(source.number, mails, source.cutoff, self.clock())

    def round(self) -> None:
        """Do one round of everything, as `mailbot run --once` does."""
        self.house.collect()
        self.house.work_off()
        self.house.remind()
        self.house.deliver()

    @property
    def desk(self) -> Desk:
        """The people's door of the first board."""
        if self._desk is None:
            self._desk = app.desk(self.settings, self.settings.boards[0].code, self.clock)
        return self._desk

    def close(self) -> None:
        """Close the house and its desk."""
        self.house.close()
        if self._desk is not None:
            self._desk.books._books._engine.dispose()  # type: ignore[attr-defined]

    def officer(self, role: Role) -> tuple[Desk, Officer]:
        """Sign an officer of this role in, adding the account the first time."""
        desk = self.desk
        address = f"{role}@officers.test"
        if role not in self.officers:
            with desk.books.opened() as books:
                books.people.add(address, f"Officer {role}", role, PASSWORD, self.clock())
            self.officers[role] = address
        return desk, desk.sign_in(address, PASSWORD, "test")

    def enter(self, role: Role) -> Officer:
        """Let an officer of this role in, once a test: checking a password takes long on purpose."""
        if role not in self._there:
            self._there[role] = self.officer(role)[1]
        return self._there[role]

    def count(self, table: str, where: str = "1 = 1") -> int:
        """Count rows, straight from the database."""
        with self.house.engine.begin() as connection:
            query = f"SELECT count(*) FROM {table} WHERE {where}"
            return int(connection.exec_driver_sql(query).scalar() or 0)


def settings_text(
    *,
    imap_port: int,
    smtp_port: int,
    user: str,
    database: str = "",
    cutoff: str = "2000-01-01T00:00:00Z",
    extra_robot: str = "",
    extra_mailbox: str = "",
    done_folder: str = "mailbot",
) -> str:
    """Write the settings of a test house."""
    return f"""
[database]
{f'url = "{database}"' if database else ""}
[[board]]
profile = "sipor"
[[mailbox]]
name = "privacy"
board = "sipor"
host = "127.0.0.1"
port = {imap_port}
security = "none"
user = "{user}"
cutoff = {cutoff}
done_folder = "{done_folder}"
{extra_mailbox}
[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
[robot]
poll_seconds = 5
{extra_robot}
"""


@pytest.fixture
def new_house(tmp_path: Path, mail_host: MailHost) -> Iterator[Callable[..., TestHouse]]:
    """A function that builds a house on the mail host; `smtp_port` may name another server."""
    made: list[TestHouse] = []

    def build(
        clock: Callable[[], datetime] | None = None,
        *,
        smtp_port: int | None = None,
        name: str = "house",
        **words: str,
    ) -> TestHouse:
        account = mail_host.user(ADDRESS)
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        text = settings_text(
            imap_port=mail_host.dovecot.imap_port,
            smtp_port=smtp_port or mail_host.postfix.port,
            user=account.address,
            **words,
        )
        environ = {
            "MAILBOT_IMAP_PASSWORD": account.password,
            "MAILBOT_MASTER_KEY": MASTER,
        }
        settings = from_text(text, folder / "mailbot.toml", environ)
        clock = clock or (lambda: datetime.now(UTC))
        made.append(TestHouse(settings, app.build(settings, clock), clock))
        return made[-1]

    yield build
    for house in made:
        house.close()


@pytest.fixture
def connections_closed() -> Iterator[None]:
    """Close what the doors of officers opened; they live as long as a command."""
    opened: list[Any] = []

    def remember(connection: Any, _record: Any) -> None:
        opened.append(connection)

    event.listen(Pool, "connect", remember)
    yield
    event.remove(Pool, "connect", remember)
    for connection in opened:
        connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: each test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'books.sqlite'}"
    return str(request.getfixturevalue("postgres").database())


@pytest.fixture
def bare_house(tmp_path: Path) -> Iterator[Callable[..., TestHouse]]:
    """A function that builds a house without a mailbox; tests lay mail in with `receive`."""
    made: list[TestHouse] = []

    def build(clock: Callable[[], datetime] | None = None, **words: Any) -> TestHouse:
        made.append(build_bare_house(tmp_path, clock, **words))
        return made[-1]

    yield build
    for house in made:
        house.close()


def build_bare_house(
    folder: Path,
    clock: Callable[[], datetime] | None = None,
    *,
    smtp_port: int = 9,
    imap_port: int = 9,
    imap_password: str = PASSWORD,
    **words: str,
) -> TestHouse:
    """Build a house without a mailbox, or on one that is there; whoever does so closes it."""
    text = settings_text(imap_port=imap_port, smtp_port=smtp_port, user=ADDRESS, **words)
    environ = {"MAILBOT_IMAP_PASSWORD": imap_password, "MAILBOT_MASTER_KEY": MASTER}
    settings = from_text(text, folder / "mailbot.toml", environ)
    clock = clock or (lambda: datetime.now(UTC))
    return TestHouse(settings, app.build(settings, clock), clock)


def plain_mail(
    subject: str,
    body: str,
    *,
    sender: str = "ouder@gezin.test",
    message_id: str = "",
    extra: str = "",
) -> bytes:
    """Write a simple mail of a parent."""
    head = f"From: Jan Ouder <{sender}>\nTo: {ADDRESS}\nSubject: {subject}\n"
    head += f"Message-ID: {message_id or f'<{abs(hash((subject, body))):x}@gezin.test>'}\n"
    head += "Date: Mon, 2 Nov 2026 09:00:00 +0100\nMIME-Version: 1.0\n"
    head += f"Content-Type: text/plain; charset=utf-8\n{extra}"
    return f"{head}\n{body}\n".replace("\n", "\r\n").encode()
