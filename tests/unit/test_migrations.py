"""The migrations make exactly the tables, keys, constraints and indexes that the code describes."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Engine,
    ForeignKeyConstraint,
    TypeDecorator,
    UniqueConstraint,
    inspect,
    text,
)

from mailbot.adapters import tables  # noqa: F401 - it brings every table.
from mailbot.adapters.database import connect, is_current, upgrade
from mailbot.adapters.schema import APPEND_ONLY, metadata


@pytest.fixture
def migrated(any_database: str) -> Iterator[Engine]:
    """A database as the migrations leave it."""
    engine = connect(any_database)
    upgrade(engine)
    yield engine
    engine.dispose()


def test_the_migrated_tables_are_those_of_the_code(migrated: Engine) -> None:
    """No table is missing and none is left over."""
    there = set(inspect(migrated).get_table_names()) - {"alembic_version", "sqlite_sequence"}
    assert there == set(metadata.tables)


def test_every_column_is_as_the_code_describes_it(migrated: Engine) -> None:
    """Name, type and whether it may be empty: a difference shows up as a failing insert one day."""
    found = inspect(migrated)
    for name, table in metadata.tables.items():
        there = {
            column["name"]: (_family(column["type"]), bool(column["nullable"]))
            for column in found.get_columns(name)
        }
        meant = {
            column.name: (
                _family(column.type),
                bool(column.nullable) and not column.primary_key,
            )
            for column in table.columns
        }
        assert there == meant, name


def test_every_key_constraint_and_index_is_there_by_its_name(migrated: Engine) -> None:
    """The promises stand in the database, not only in the code."""
    found = inspect(migrated)
    for name, table in metadata.tables.items():
        assert _foreign_keys(found, name) == {
            (
                one.name,
                tuple(column.name for column in one.columns),
                one.referred_table.name,
                tuple(element.column.name for element in one.elements),
                one.ondelete or "",
            )
            for one in table.constraints
            if isinstance(one, ForeignKeyConstraint)
        }, name
        unique = {
            one["name"]: tuple(one["column_names"]) for one in found.get_unique_constraints(name)
        }
        assert unique == {
            one.name: tuple(column.name for column in one.columns)
            for one in table.constraints
            if isinstance(one, UniqueConstraint)
        }, name
        checks = {one["name"] for one in found.get_check_constraints(name)}
        assert checks == {
            one.name for one in table.constraints if isinstance(one, CheckConstraint)
        }, name
        indexes = {
            one["name"]: (tuple(one["column_names"]), bool(one["unique"]))
            for one in found.get_indexes(name)
            if not one.get("duplicates_constraint")
        }
        assert indexes == {
            one.name: (tuple(column.name for column in one.columns), bool(one.unique))
            for one in table.indexes
        }, name


def test_the_checks_say_the_same_on_both_sides(migrated: Engine) -> None:
    """A check with the right name and other words would promise something else."""
    found = inspect(migrated)
    for name, table in metadata.tables.items():
        there = {one["name"]: _bare(one["sqltext"]) for one in found.get_check_constraints(name)}
        for one in table.constraints:
            if isinstance(one, CheckConstraint) and migrated.dialect.name == "sqlite":
                # PostgreSQL keeps checks in words of its own; SQLite keeps ours.
                assert there[str(one.name)] == _bare(str(one.sqltext)), one.name


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_every_table_of_history_has_its_triggers(migrated: Engine, table: str) -> None:
    """What is only ever added to says so in the database."""
    query = (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"
        if migrated.dialect.name == "sqlite"
        else "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = CAST(:t AS regclass)"
        " AND NOT tgisinternal"
    )
    with migrated.begin() as connection:
        told = " ".join(connection.execute(text(query), {"t": table}).scalars())
    for word in ("UPDATE", "DELETE"):
        assert word in told


def test_an_upgrade_of_what_is_current_changes_nothing(migrated: Engine) -> None:
    """Every start of every process may ask for it."""
    assert is_current(migrated)
    before = _counted(migrated)
    upgrade(migrated)
    assert _counted(migrated) == before


def test_an_empty_database_is_not_current(any_database: str) -> None:
    """`mailbot check` can tell before anything is written."""
    engine = connect(any_database)
    assert not is_current(engine)
    engine.dispose()


def test_sqlite_is_durable_and_keeps_its_foreign_keys(migrated: Engine) -> None:
    """Each connection is told anew, for SQLite forgets (WAL, synchronous FULL, foreign keys)."""
    if migrated.dialect.name != "sqlite":
        return
    for _ in range(3):
        with migrated.connect() as connection:
            asked = {
                pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
                for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            }
        migrated.dispose()
        assert asked == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
        }


def _family(kind: Any) -> str:
    """Which values a type takes; the databases name their types differently."""
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return str(plain.python_type.__name__)


def _foreign_keys(found: Any, table: str) -> set[tuple[Any, ...]]:
    return {
        (
            one["name"],
            tuple(one["constrained_columns"]),
            one["referred_table"],
            tuple(one["referred_columns"]),
            one.get("options", {}).get("ondelete", ""),
        )
        for one in found.get_foreign_keys(table)
    }


def _bare(words: str) -> str:
    return "".join(words.split()).replace("(", "").replace(")", "").lower()


def _counted(engine: Engine) -> dict[str, int]:
    with engine.begin() as connection:
        return {
            name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())
            for name in metadata.tables
        }
