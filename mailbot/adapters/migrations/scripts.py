"""Runs the SQL that lies beside a migration, in the dialect of the database."""

from pathlib import Path

from alembic import op

STATEMENT_END = "\n--;\n"
"""A line of its own between statements, because triggers hold semicolons themselves."""


def run_script(revision: str) -> None:
    """Run `versions/<revision>_<dialect>.sql`, statement by statement."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    script = Path(__file__).parent / "versions" / f"{revision}_{dialect}.sql"
    for statement in script.read_text(encoding="utf-8").split(STATEMENT_END):
        if statement.strip():
            # psycopg reads a lone percent sign as a place for a value.
            plain = statement if dialect == "sqlite" else statement.replace("%", "%%")
            connection.exec_driver_sql(plain)
