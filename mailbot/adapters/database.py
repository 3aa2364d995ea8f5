"""Opens the database, SQLite or PostgreSQL, and brings its schema up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
MIGRATION_LOCK = 0x6D61696C626F74
"""A number of our own for the lock around migrations."""


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
    database never show the values of a statement, which may be personal.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    _keep_private(make_url(url).database)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _take_write_lock)
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


def _take_write_lock(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date; does nothing when it is."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Several processes may start at once on a new database; SQLite's lock is held already.
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
