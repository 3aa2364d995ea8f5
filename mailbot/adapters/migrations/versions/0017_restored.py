"""Add up to when the mail of a mailbox may have been answered before a restore."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
