"""Opens the database, SQLite or PostgreSQL, and brings its schema up to date."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    func,
    make_url,
    select,
    text,
)

from mailbot.domain.errors import BooksUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
"""How long a lock of somebody else is waited for, before it counts as a failure and is told."""
MIGRATION_LOCK = 0x6D61696C626F74
"""A number of our own for the lock around migrations."""


_SQLITE_TROUBLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
}
_POSTGRESQL_TROUBLE = ("08", "53", "55P03", "57", "58")
"""Connection, resources (a full disk), a lock not given, an operator's stop, the system itself:
appendix A of PostgreSQL's manual."""

READING = "mailbot_reading"
"""The option of a transaction that writes nothing."""


def reading(engine: Engine) -> Engine:
    """Give the same database for transactions that write nothing, and so wait for no writer."""
    return engine.execution_options(**{READING: True})


def connect(url: str) -> Engine:
    """
    Open a database by its URL.

    SQLite runs in WAL with synchronous FULL and foreign keys on (it ignores them otherwise), and
    every transaction takes the write lock at once, so that it never fails half-way. Errors of the
    database never show the values of a statement, which may be personal; a database that cannot
    work now raises BooksUnavailable, so that nothing else is blamed for it.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "handle_error", _name_the_trouble)
        return engine
    _keep_private(make_url(url).database)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _take_write_lock)
    event.listen(engine, "handle_error", _name_the_trouble)
    return engine


def _keep_private(file: str | None) -> None:
    """Make a new SQLite file readable for its owner only; its WAL takes over the same rights."""
    if file and file != ":memory:":
        Path(file).touch(mode=0o600, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin late; ours begin where we say.
    connection.isolation_level = None
    cursor = connection.cursor()
    # First of all, for it counts in a new file only: erased pages go back to the disk.
    cursor.execute("PRAGMA auto_vacuum=INCREMENTAL")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        # Without it a forgotten session that holds a lock would stop us for ever, and silently.
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _name_the_trouble(context: ExceptionContext) -> BooksUnavailable | None:
    """Tell a database that cannot work now from a statement that is wrong."""
    error = context.original_exception
    code = getattr(error, "sqlite_errorcode", None)
    state = getattr(error, "sqlstate", None)
    trouble = (
        # An extended code of SQLite holds the plain one in its lowest byte.
        (code is not None and code & 0xFF in _SQLITE_TROUBLE)
        or (state is not None and state.startswith(_POSTGRESQL_TROUBLE))
        or context.is_disconnect
        # Nobody was there to give a code.
        or (context.connection is None and isinstance(error, psycopg.OperationalError))
    )
    if not trouble or context.is_pre_ping:
        return None
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    return BooksUnavailable(f"the database cannot work now: {name}")


def _take_write_lock(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date; does nothing when it is."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Several processes may start at once on a new database; SQLite's lock is held already.
            # A large database takes its time, and whoever waits for it is not in trouble.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        if _current(connection) == _newest():
            return
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Say whether the schema is the one this version works with."""
    with engine.begin() as connection:
        return _current(connection) == _newest()


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()
