"""Make the first schema."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
