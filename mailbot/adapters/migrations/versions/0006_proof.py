"""Add the daily proofs."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
