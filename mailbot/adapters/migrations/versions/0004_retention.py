"""Add legal holds and the log of purges."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
