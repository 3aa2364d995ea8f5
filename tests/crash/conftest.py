"""A robot in a process of its own, that tests kill, and the books that must balance afterwards."""

import os
import signal
import subprocess
import sys
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from mailbot.adapters.database import connect
from mailbot.adapters.vault import Vault
from tests.houses import ADDRESS, MASTER, settings_text
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.sink import Letter, Sink

ROOT = Path(__file__).parent.parent.parent


@dataclass
class RobotProcess:
    """`mailbot run` as an administrator would start it."""

    folder: Path
    output: Path = field(init=False)
    running: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        """Write beside the settings."""
        self.output = self.folder / "robot.out"

    def start(self) -> None:
        """Start the robot."""
        assert self.running is None
        settings = str(self.folder / "mailbot.toml")
        with self.output.open("ab") as output:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "mailbot", "--settings", settings, "run"],
                stdout=output,
                stderr=output,
                cwd=ROOT,
                env={
                    **os.environ,
                    "MAILBOT_IMAP_PASSWORD": PASSWORD,
                    "MAILBOT_MASTER_KEY": MASTER,
                },
            )

    def kill(self) -> None:
        """End the robot as a power cut would; does nothing when it does not run."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask the robot to stop and return its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        running, self.running = self.running, None
        if running is None:
            return 0
        running.send_signal(how)
        return running.wait(60)


@dataclass
class Reconciler:
    """Compares what the server holds, what the database says and what the receiving end got."""

    engine: Engine
    dovecot: Dovecot
    sink: Sink

    def count(self, table: str, where: str = "1 = 1") -> int:
        """Count rows."""
        with self.engine.begin() as connection:
            statement = text(f"SELECT count(*) FROM {table} WHERE {where}")
            return int(connection.execute(statement).scalar_one())

    def half_done(self) -> int:
        """Count what a robot that was killed just now left under way."""
        claimed = self.count("raw_mail", "state = 'stored'")
        return claimed + self.count("letter", "state IN ('waiting', 'sending')")

    def done(self, mails: int) -> bool:
        """Whether everything has come to its end."""
        there = self.count("mail") + self.count("raw_mail", "state = 'quarantined'")
        waiting = self.count("letter", "state IN ('waiting', 'sending')")
        return there >= mails and not waiting and not self.dovecot.messages(ADDRESS)

    def balance(self, raws: Sequence[bytes]) -> int:
        """
        Check that none was lost and none acknowledged twice.

        Returns:
            How many letters reached the server more than once, byte for byte the same.
        """
        vault = Vault(b64decode(MASTER))
        on_server = self.dovecot.messages(ADDRESS, "mailbot")
        assert self.dovecot.messages(ADDRESS) == []
        assert sorted(on_server) == sorted(raws)
        with self.engine.begin() as connection:
            kept = connection.execute(text("SELECT content_hash FROM raw_mail")).scalars().all()
        assert sorted(map(bytes, kept)) == sorted(vault.keyed_hash(raw) for raw in raws)
        for table in ("mail", "cases", "letter"):
            assert self.count(table) == len(raws), table
        assert self.count("sighting") >= len(raws)
        assert self.count("mail", "outcome = 'opened'") == len(raws)
        assert self.count("letter", "state = 'sent'") == len(raws)
        assert self.count("decision") == 0
        return self._repeats(len(raws))

    def _repeats(self, recipients: int) -> int:
        by_recipient: dict[str, list[Letter]] = defaultdict(list)
        for letter in self.sink.letters:
            (recipient,) = letter.recipients
            by_recipient[recipient].append(letter)
        assert len(by_recipient) == recipients
        for letters in by_recipient.values():
            assert len({letter.content for letter in letters}) == 1
            assert len({letter.sender for letter in letters}) == 1
        ids = {_message_id(letter.content) for letter in self.sink.letters}
        assert len(ids) == recipients
        return len(self.sink.letters) - recipients


@dataclass
class Scene:
    """A mailbox, a receiving server, a robot to kill and a reconciler."""

    robot: RobotProcess
    books: Reconciler


@pytest.fixture
def scene(
    any_database: str, tmp_path: Path, dovecot: Dovecot, sink: Sink
) -> Iterator[Callable[..., Scene]]:
    """A function that sets the scene, once on SQLite and once on PostgreSQL."""
    made: list[Scene] = []

    def build(*, imap_port: int | None = None, **words: str) -> Scene:
        account = dovecot.user(ADDRESS)
        words.setdefault("extra_robot", "letters_an_hour = 5000")
        (tmp_path / "mailbot.toml").write_text(
            settings_text(
                imap_port=imap_port or dovecot.imap_port,
                smtp_port=sink.port,
                user=account.address,
                database=any_database,
                **words,
            )
        )
        made.append(Scene(RobotProcess(tmp_path), Reconciler(connect(any_database), dovecot, sink)))
        return made[-1]

    yield build
    for one in made:
        one.robot.kill()
        one.books.engine.dispose()


def _message_id(content: bytes) -> bytes:
    return content.partition(b"Message-ID: ")[2].partition(b"\r\n")[0]
