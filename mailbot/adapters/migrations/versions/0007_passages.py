"""Add what people do to the passages, and the questions they answered."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
