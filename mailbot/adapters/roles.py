"""The robot's own database role on PostgreSQL, which may not decide, extend or close."""

import re
from collections.abc import Mapping

from sqlalchemy import Engine, Table

from mailbot.adapters import tables  # noqa: F401 - it brings every table.
from mailbot.adapters.schema import cases, metadata
from mailbot.adapters.schema_door import DOOR_TABLES
from mailbot.domain.errors import SettingsWrong

PEOPLES_COLUMNS = frozenset({"confirmed_by", "confirmed_at", "closure_id"})
"""What only people write in a new case."""

_NEW_CASE = ", ".join(column.name for column in cases.columns if column.name not in PEOPLES_COLUMNS)

RIGHTS: Mapping[str, str] = {
    "alarm": "INSERT, UPDATE",
    "answered_question": "INSERT",
    "board": "INSERT",
    "case_address": "INSERT, DELETE",
    "case_flag": "INSERT, DELETE",
    "case_task": "INSERT",
    "case_word": "INSERT, DELETE",
    # A case whose letter bounced opens again, and letters follow the parent's language; kind and dates of a case are changed by people.
    "cases": f"INSERT ({_NEW_CASE}), UPDATE (state, closure_id, sealed, language)",
    "data_key": "INSERT, DELETE",
    "draft": "DELETE",
    "event": "INSERT",
    "event_count": "INSERT, UPDATE",
    "event_seal": "INSERT",
    "fact": "INSERT, DELETE",
    "folder_mark": "INSERT, UPDATE",
    "identity_copy": "INSERT, UPDATE",
    "identity_look": "INSERT, UPDATE",
    "letter": "INSERT, UPDATE",
    "mail": "INSERT, UPDATE (sealed, sender_hash, message_id_hash)",
    "mailbox": "INSERT, UPDATE",
    "note": "DELETE",
    "proof": "INSERT",
    "purge_log": "INSERT",
    "purge_notice": "INSERT, DELETE",
    "raw_mail": "INSERT, UPDATE",
    "reference_counter": "INSERT, UPDATE",
    "reminder": "INSERT",
    "sighting": "INSERT, UPDATE",
}
"""What the robot writes; every other table it reads only, above all decision, closure, extension,
sign_in and officer. Sessions and second factors it does not even read. It removes only what is past
its term (reglement 6.5): keys and what lies sealed beside a case; no decision, event, extension or
line of a log."""

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
            connection.exec_driver_sql(f"REVOKE ALL ON {table.name} FROM {role}")
            if table.name not in DOOR_TABLES:
                connection.exec_driver_sql(f"GRANT {_rights(table)} ON {table.name} TO {role}")
        connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {role}")
        connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")


def _rights(table: Table) -> str:
    return ", ".join(filter(None, ("SELECT", RIGHTS.get(table.name))))
