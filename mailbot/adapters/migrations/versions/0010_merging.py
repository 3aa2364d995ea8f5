"""Add merged cases."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
