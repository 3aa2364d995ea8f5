"""Add which model the robot of a board judges by, and who said so."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
