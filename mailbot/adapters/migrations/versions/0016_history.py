"""Add the seals of the history, and where each board's count stands."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
