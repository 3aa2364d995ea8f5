"""Add what officers typed and did not send yet."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
