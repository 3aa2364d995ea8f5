"""`mailbot check`: whether everything can be reached, and what to do where it cannot."""

import asyncio
from collections.abc import Callable

import click
from sqlalchemy.exc import SQLAlchemyError

from mailbot import app
from mailbot.adapters.attachments import missing_tools
from mailbot.adapters.database import connect, is_current
from mailbot.adapters.smtp_session import open_session
from mailbot.cli.door import settings_of
from mailbot.domain.errors import MailbotError
from mailbot.settings import Settings


@click.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """
    Try the settings, the database, the models, the mail servers and the reading of pictures.

    Nothing is read, sent or changed.

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


async def _smtp(settings: Settings) -> str:
    session = await open_session(app.post_office(settings), None)
    session.close()
    return ""
