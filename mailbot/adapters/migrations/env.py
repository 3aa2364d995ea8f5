"""Runs the migrations on the connection that `database.upgrade` hands over."""

from alembic import context

from mailbot.adapters import tables  # noqa: F401 - it brings every table.
from mailbot.adapters.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
