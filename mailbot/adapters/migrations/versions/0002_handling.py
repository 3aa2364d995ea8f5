"""Add the tasks of a case, identity records and requests that came another way."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
