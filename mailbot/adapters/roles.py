"""The robot's own database role on PostgreSQL, which may not decide, extend or close."""

import re

from sqlalchemy import Engine

from mailbot.adapters.schema import metadata
from mailbot.domain.errors import SettingsWrong

NOT_THE_ROBOTS = frozenset({"decision", "closure", "extension", "sign_in", "note", "officer"})
"""Tables the robot reads but never writes."""
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")


def grant_robot(engine: Engine, role: str) -> None:
    """
    Give a role what the robot needs, and nothing of what people do.

    Raises:
        SettingsWrong: the database is SQLite, which knows no roles, or the name is none.
    """
    if engine.dialect.name != "postgresql":
        raise SettingsWrong(["database.url: found SQLite; roles need postgresql+psycopg://…"])
    if not _NAME.match(role):
        raise SettingsWrong([f"role: found {role!r}; allowed: a-z, 0-9 and _, a letter first"])
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            rights = "SELECT" if table.name in NOT_THE_ROBOTS else "SELECT, INSERT, UPDATE, DELETE"
            connection.exec_driver_sql(f"REVOKE ALL ON {table.name} FROM {role}")
            connection.exec_driver_sql(f"GRANT {rights} ON {table.name} TO {role}")
        connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {role}")
        connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
