"""Add the addresses under which officers read their due dates in a calendar."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
