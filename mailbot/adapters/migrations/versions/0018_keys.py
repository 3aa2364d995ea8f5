"""Add which master keys were retired, and refuse every data key under one of them."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
