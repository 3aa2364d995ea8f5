"""Add the mails whose pictures are looked at for identity documents."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
