"""Add the indexes by which every page of the desk finds what it must not show."""

from mailbot.adapters.migrations.scripts import run_script

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Run the SQL of this revision."""
    run_script(revision)
