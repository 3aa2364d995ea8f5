"""Add the indexes by which the queue finds a heap of few among many open cases."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
