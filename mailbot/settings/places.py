"""Turn checked tables into places that can be reached: database, mailboxes, outgoing server."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from mailbot.domain.board import BoardProfile
from mailbot.profiles.problems import Problems, shown
from mailbot.settings.secrets import read_secret
from mailbot.settings.sheets import (
    VARIABLE_NAME,
    DatabaseSheet,
    MailboxSheet,
    RobotSheet,
    SmtpSheet,
)
from mailbot.settings.values import (
    DatabaseSettings,
    MailboxSettings,
    RobotSettings,
    Security,
    SmtpSettings,
)

IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}
SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
DATABASES = "allowed: sqlite:///FILE or postgresql+psycopg://USER@HOST:PORT/NAME"


def database(
    sheet: DatabaseSheet | None, folder: Path, environ: Mapping[str, str], problems: Problems
) -> DatabaseSettings | None:
    """Complete the database's URL: an absolute path for SQLite, the password for PostgreSQL."""
    url = _url(sheet, problems) if sheet else None
    if sheet is None or url is None:
        return None
    if url.drivername == "sqlite":
        url = url.set(database=str(folder / (url.database or "")))
    elif url.password is None and {sheet.secret, f"{sheet.secret}_FILE"} & environ.keys():
        # Peer authentication and ~/.pgpass need none, so a missing password is no mistake.
        secret = read_secret(sheet.secret, "database.secret", environ, problems)
        url = url.set(password=secret.reveal()) if secret else url
    return DatabaseSettings(
        url=url.render_as_string(hide_password=False), shown=url.render_as_string()
    )


def _url(sheet: DatabaseSheet, problems: Problems) -> URL | None:
    try:
        url = make_url(sheet.url)
    except (ArgumentError, ValueError):
        problems.add("database.url", "no database URL", DATABASES)
        return None
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        problems.add("database.url", f"a {shown(url.drivername)} database", DATABASES)
        return None
    if url.drivername == "sqlite" and url.database in {None, "", ":memory:"}:
        problems.add("database.url", "a database in memory, lost at every start", DATABASES)
        return None
    return url


def mailbox(
    sheet: MailboxSheet,
    place: str,
    boards: tuple[BoardProfile, ...],
    environ: Mapping[str, str],
    problems: Problems,
) -> MailboxSettings | None:
    """Complete one mailbox: its board, port, password and the instant of its cutoff."""
    board = _board_of(sheet, place, boards, problems)
    password = read_secret(sheet.secret, f"{place}.secret", environ, problems)
    zone = board.zone if board else ZoneInfo("Europe/Amsterdam")
    cutoff = _cutoff(sheet.cutoff, place, zone, problems)
    if not (board and password and cutoff):
        return None
    return MailboxSettings(
        name=sheet.name,
        board=board.code,
        host=sheet.host,
        port=sheet.port or IMAP_PORTS[sheet.security],
        security=sheet.security,
        user=sheet.user or board.privacy_address,
        password=password,
        folders=sheet.folders,
        done_folder=sheet.done_folder,
        cutoff=cutoff,
        size_limit=sheet.size_limit,
        own_mx=sheet.own_mx,
    )


def _board_of(
    sheet: MailboxSheet, place: str, boards: tuple[BoardProfile, ...], problems: Problems
) -> BoardProfile | None:
    if sheet.board is None and len(boards) == 1:
        return boards[0]
    for board in boards:
        if board.code == sheet.board:
            return board
    if boards:
        choices = ", ".join(board.code for board in boards)
        problems.add(f"{place}.board", shown(sheet.board), f"allowed: {choices}")
    # Without any board that reads well, the board's own problem says enough.
    return None


def _cutoff(text: str, place: str, zone: ZoneInfo, problems: Problems) -> datetime | None:
    """Read a date (its first moment) or date-time; without an offset it is local time."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        rule = MailboxSheet.model_fields["cutoff"].description
        problems.add(f"{place}.cutoff", shown(text), f"allowed: {rule}")
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def smtp(
    sheet: SmtpSheet | None, environ: Mapping[str, str], problems: Problems
) -> SmtpSettings | None:
    """Complete the outgoing server: its port, and a password where it asks for a sign-in."""
    if sheet is None:
        return None
    password = None
    if sheet.user:
        password = read_secret(sheet.secret, "smtp.secret", environ, problems)
    return SmtpSettings(
        host=sheet.host,
        port=sheet.port or SMTP_PORTS[sheet.security],
        security=sheet.security,
        user=sheet.user,
        password=password,
    )


def secret_anyway(
    shape: type[MailboxSheet | SmtpSheet],
    table: object,
    place: str,
    environ: Mapping[str, str],
    problems: Problems,
) -> None:
    """Read the secret of a table with other mistakes, so that a missing one is named with them."""
    if not isinstance(table, dict) or (shape is SmtpSheet and "user" not in table):
        return
    name = table.get("secret", shape.model_fields["secret"].default)
    if isinstance(name, str) and re.match(VARIABLE_NAME, name):
        read_secret(name, f"{place}.secret", environ, problems)


def robot(sheet: RobotSheet | None, folder: Path, problems: Problems) -> RobotSettings | None:
    """Complete the robot's settings: the file of authorities must be there."""
    if sheet is None:
        return None
    ca_file = folder / sheet.ca_file if sheet.ca_file else None
    if ca_file and not ca_file.is_file():
        problems.add("robot.ca_file", f"no file at {ca_file}", "allowed: the path of a PEM file")
    return RobotSettings(**{**sheet.model_dump(), "ca_file": ca_file})
