"""Add what the queue of the desk needs."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
