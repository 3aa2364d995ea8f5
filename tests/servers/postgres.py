"""A real PostgreSQL of the tests' own, with an empty database for every test that asks."""

import itertools
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.servers.loopback import HOST, ServerMissing, eventually, free_ports
from tests.servers.process import Server, as_user, first_user, own_folder, program

_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
log_min_messages = warning
timezone = 'UTC'
"""


class Postgres:
    """One PostgreSQL in its own folder; it trusts whoever connects from loopback."""

    host = HOST

    def __init__(self, *, durable: bool = False) -> None:
        # PostgreSQL refuses to run as root.
        self._user = first_user("postgres")
        self.folder = own_folder("postgres", self._user)
        (self.port,) = free_ports(1)
        self._numbers = itertools.count(1)
        self._data = self.folder / "data"
        self._initialise(durable=durable)
        self._server = Server(
            "postgres",
            [_postgresql("postgres"), "-D", str(self._data)],
            folder=self.folder,
            ports=(self.port,),
            user=self._user,
            end="INT",  # Fast shutdown: sessions are ended, the data is written.
        )

    @property
    def running(self) -> bool:
        """Whether the server runs now."""
        return self._server.running

    def start(self) -> None:
        """Start on the same port as before and wait until it takes sessions."""
        self._server.start()
        if not eventually(30, self._takes_sessions):
            raise ServerMissing(f"PostgreSQL takes no sessions; its output:\n{self.output()}")

    def stop(self) -> None:
        """Stop as an administrator would; sessions are ended."""
        self._server.stop()

    def kill(self) -> None:
        """Stop as a power cut would; start() goes through recovery."""
        children = _children(self._server.pid)
        self._server.kill()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def remove(self) -> None:
        """Stop and remove the folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def output(self) -> str:
        """The server's log."""
        return self._server.output()

    def database(self) -> str:
        """Make a fresh, empty database and return its URL (superuser `mailbot`)."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, database: str, user: str = "mailbot") -> str:
        """The SQLAlchemy URL of a database for one of its roles."""
        return f"postgresql+psycopg://{user}@{HOST}:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as superuser, outside of a transaction, and return its rows."""
        with psycopg.connect(self._conninfo(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _conninfo(self, database: str) -> str:
        return f"host={HOST} port={self.port} user=mailbot dbname={database} connect_timeout=5"

    def _takes_sessions(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _initialise(self, *, durable: bool) -> None:
        command = [_postgresql("initdb"), "-D", str(self._data), "-U", "mailbot", "-A", "trust"]
        command += ["-E", "UTF8", "--locale=C", "--no-sync"]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, **as_user(self._user)
        )
        if done.returncode:
            raise ServerMissing(f"initdb failed:\n{done.stdout}{done.stderr}")
        settings = _SETTINGS.format(port=self.port, durable="on" if durable else "off")
        with (self._data / "postgresql.conf").open("a") as configuration:
            configuration.write(settings)


def _children(parent: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in tasks.read_text().split()]


def _postgresql(name: str) -> str:
    """Find a program of PostgreSQL: the one in PATH first, else Debian's newest."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    newest = sorted(versions, key=lambda place: float(place.parent.name), reverse=True)
    return program(name, *os.environ.get("PATH", "").split(os.pathsep), *map(str, newest))
