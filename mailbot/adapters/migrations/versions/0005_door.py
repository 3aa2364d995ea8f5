"""Add what the sign-in at the desk keeps: sessions, second factors, tries that failed."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
