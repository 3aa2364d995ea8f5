"""Make the first schema from the SQL that lies beside this file, one for each database."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the statements one by one; triggers keep their inner semicolons by a `--;` line."""
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0001_{connection.dialect.name}.sql").read_text()
    for statement in script.split("\n--;\n"):
        if statement.strip():
            # psycopg reads a lone percent sign as a place for a value.
            plain = connection.dialect.name == "sqlite"
            connection.exec_driver_sql(statement if plain else statement.replace("%", "%%"))
