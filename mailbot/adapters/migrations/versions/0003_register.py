"""Add the breach register."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
