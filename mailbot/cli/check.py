"""`mailbot check`: whether everything can be reached, and what to do where it cannot."""

import asyncio
from collections.abc import Callable

import click
from sqlalchemy.exc import SQLAlchemyError

from mailbot import app
from mailbot.adapters.attachments import missing_tools
from mailbot.adapters.database import connect, is_current
from mailbot.adapters.history import look
from mailbot.adapters.keys import vault_of
from mailbot.adapters.smtp_session import open_session
from mailbot.cli.door import settings_of
from mailbot.domain.errors import KeyRefused, MailbotError
from mailbot.settings import Settings

SHOWN = 50
"""Rows named before the rest is only counted."""


@click.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """
    Try the settings, the database, the models, the mail servers and the reading of pictures.

    Every event of the history is held against its seal.
    No mail is read; nothing is sent or changed.

    \b
    Exit codes:
      0  everything answers
      1  something does not; the line says which
      2  a setting is wrong
    """
    settings = settings_of(ctx)
    click.echo(f"settings   ok   {settings.path}")
    for warning in settings.warnings:
        click.echo(f"           mind: {warning}")
    fine = [
        _try("database", settings.database.shown, lambda: _database(settings)),
        _history(settings),
        *(
            _try("model", one.code, lambda one=one: app.look_at_model(settings, one))  # type: ignore[misc]
            for one in settings.boards
        ),
        *(
            _try("mailbox", one.name, lambda one=one: app.look_at_mailbox(settings, one))  # type: ignore[misc]
            for one in settings.mailboxes
        ),
        _try("smtp", settings.smtp.host, lambda: asyncio.run(_smtp(settings))),
    ]
    click.echo(_pictures())
    if not all(fine):
        ctx.exit(1)


def _pictures() -> str:
    """Say whether letters in pictures can be read; without it such mails wait for a person."""
    lacking = missing_tools()
    if not lacking:
        return "pictures   ok   tesseract"
    packages = " ".join(
        "tesseract-ocr" + ("" if one == "tesseract" else f"-{one}") for one in lacking
    )
    return (
        f"pictures   mind: not installed: {', '.join(lacking)} (apt install {packages}); "
        "what stands only in a picture waits for a person"
    )


def _try(what: str, name: str, attempt: Callable[[], str]) -> bool:
    try:
        said = attempt()
    except (MailbotError, SQLAlchemyError, OSError) as error:
        reason = str(error) if isinstance(error, MailbotError) else type(error).__name__
        click.echo(f"{what:<10} FAIL {name}: {reason}")
        return False
    click.echo(f"{what:<10} ok   {name}{f': {said}' if said else ''}")
    return True


def _database(settings: Settings) -> str:
    engine = connect(settings.database.url)
    try:
        return "" if is_current(engine) else "empty or older; `mailbot run` brings it up to date"
    finally:
        engine.dispose()


def _history(settings: Settings) -> bool:
    """Name the rows of the history that are not as they were written; True when there are none."""
    engine = connect(settings.database.url)
    try:
        if not is_current(engine):
            return True
        found = look(engine, vault_of(engine, settings.keys.master.reveal()))
    except KeyRefused as error:
        click.echo(f"key        FAIL {error}")
        return False
    except (MailbotError, SQLAlchemyError, OSError):
        return True  # The line of the database has said why.
    finally:
        engine.dispose()
    for fault in found.faults[:SHOWN]:
        click.echo(f"history    FAIL {fault}")
    if len(found.faults) > SHOWN:
        click.echo(f"           and {len(found.faults) - SHOWN} more")
    if not found.faults:
        click.echo("history    ok   every event is as it was written")
    for unsealed in found.unsealed:
        click.echo(f"           mind: {unsealed}")
    return not found.faults


async def _smtp(settings: Settings) -> str:
    session = await open_session(app.post_office(settings), None)
    session.close()
    return ""
