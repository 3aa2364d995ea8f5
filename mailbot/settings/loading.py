"""Load the settings once, and name everything that is wrong with them at once."""

from collections.abc import Mapping
from pathlib import Path

from mailbot import profiles
from mailbot.domain.board import BoardProfile
from mailbot.domain.errors import SettingsWrong
from mailbot.profiles.checking import check, parse, read
from mailbot.profiles.problems import Problems, shown, unknown
from mailbot.settings.places import database, mailbox, robot, secret_anyway, smtp
from mailbot.settings.secrets import Secret, open_to_others, read_key, read_secret
from mailbot.settings.sheets import (
    TABLES,
    AlarmSheet,
    DatabaseSheet,
    KeysSheet,
    MailboxSheet,
    OidcSheet,
    RobotSheet,
    SmtpSheet,
    WebSheet,
)
from mailbot.settings.tables import listed, once, table
from mailbot.settings.values import (
    AlarmSettings,
    KeySettings,
    MailboxSettings,
    OidcSettings,
    Settings,
    WebSettings,
)

ENVIRONMENT_NAME = "MAILBOT_SETTINGS"
DEFAULT_NAME = "mailbot.toml"


def default_path(environ: Mapping[str, str]) -> Path:
    """Return where the settings are when nobody says: MAILBOT_SETTINGS, else ./mailbot.toml."""
    return Path(environ.get(ENVIRONMENT_NAME) or DEFAULT_NAME)


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """
    Load the settings from their file.

    Args:
        path: the file; None for the one `default_path` names.
        environ: the environment, for the secrets.

    Returns:
        The settings, checked and complete.

    Raises:
        SettingsWrong: with a line for each problem, all at once.
    """
    path = path or default_path(environ)
    problems = Problems()
    text = read(path, str(path), problems)
    if text is None:
        raise SettingsWrong([f"{line} (`mailbot init` writes one)" for line in problems.lines])
    return from_text(text, path, environ)


def from_text(text: str, path: Path, environ: Mapping[str, str]) -> Settings:
    """
    Read settings from the text of their file.

    1. Every table is checked by itself, so that one wrong key hides no other.
    2. Every secret that is asked for is read.
    3. What has to fit together is compared.

    Args:
        text: TOML.
        path: where the text is or will be; relative paths in it start from its folder.
        environ: the environment, for the secrets.

    Returns:
        The settings, checked and complete.

    Raises:
        SettingsWrong: with a line for each problem, all at once.
    """
    problems = Problems()
    tables = parse(text, path.name, problems)
    if problems.lines:
        raise SettingsWrong(problems.lines)
    for name in tables:
        if name not in {*TABLES, "board"}:
            unknown(name, name, {*TABLES, "board"}, problems)
    settings = _assemble(tables, path.absolute(), environ, problems)
    if settings is None or problems.lines:
        raise SettingsWrong(problems.lines)
    return settings


def _assemble(
    tables: Mapping[str, object], path: Path, environ: Mapping[str, str], problems: Problems
) -> Settings | None:
    folder = path.parent
    boards = _boards(tables, folder, problems)
    boxes = _mailboxes(tables, boards, environ, problems)
    keys = table(KeysSheet, tables, "keys", problems)
    master = read_key(keys.master, "keys.master", environ, problems) if keys else None
    base = database(table(DatabaseSheet, tables, "database", problems), folder, environ, problems)
    sending = table(SmtpSheet, tables, "smtp", problems)
    post = smtp(sending, environ, problems)
    if sending is None:
        secret_anyway(SmtpSheet, tables.get("smtp"), "smtp", environ, problems)
    work = robot(table(RobotSheet, tables, "robot", problems), folder, problems)
    alarm = table(AlarmSheet, tables, "alarm", problems)
    web = table(WebSheet, tables, "web", problems)
    providers = _providers(tables, environ, problems)
    if not (base and post and work and alarm and web and keys and master):
        return None
    return Settings(
        path=path,
        database=base,
        boards=boards,
        mailboxes=boxes,
        smtp=post,
        robot=work,
        alarm=AlarmSettings(
            file=folder / alarm.file if alarm.file else None,
            webhook=Secret(alarm.webhook) if alarm.webhook else None,
        ),
        keys=KeySettings(master=master),
        web=WebSettings(**web.model_dump()),
        oidc=providers,
        warnings=_warnings(keys.master, boards, boxes, environ),
    )


def _boards(
    tables: Mapping[str, object], folder: Path, problems: Problems
) -> tuple[BoardProfile, ...]:
    found: list[BoardProfile] = []
    for place, keys in listed(tables, "board", problems):
        own = {key: value for key, value in keys.items() if key != "profile"}
        name = keys.get("profile")
        if not isinstance(name, str) or not name:
            choices = f"allowed: {', '.join(profiles.shipped())}, or the path of a TOML file"
            problems.add(f"{place}.profile", shown(name), choices)
            continue
        try:
            found.append(profiles.find(name, folder, own, place))
        except SettingsWrong as wrong:
            problems.lines.extend(wrong.problems)
    once("board", "code", [board.code for board in found], problems)
    once("board", "privacy_address", [board.privacy_address for board in found], problems)
    once("board", "reference_prefix", [board.reference_prefix for board in found], problems)
    return tuple(found)


def _mailboxes(
    tables: Mapping[str, object],
    boards: tuple[BoardProfile, ...],
    environ: Mapping[str, str],
    problems: Problems,
) -> tuple[MailboxSettings, ...]:
    found: list[MailboxSettings] = []
    for place, keys in listed(tables, "mailbox", problems):
        sheet = check(MailboxSheet, keys, place, problems)
        box = mailbox(sheet, place, boards, environ, problems) if sheet else None
        if box:
            found.append(box)
        if sheet is None:
            secret_anyway(MailboxSheet, keys, place, environ, problems)
    once("mailbox", "name", [box.name for box in found], problems)
    return tuple(found)


def _providers(
    tables: Mapping[str, object], environ: Mapping[str, str], problems: Problems
) -> tuple[OidcSettings, ...]:
    if "oidc" not in tables:
        return ()
    found: list[OidcSettings] = []
    for place, keys in listed(tables, "oidc", problems):
        sheet = check(OidcSheet, keys, place, problems)
        secret = read_secret(sheet.secret, f"{place}.secret", environ, problems) if sheet else None
        if sheet and secret:
            found.append(OidcSettings(**{**sheet.model_dump(), "secret": secret}))
    once("oidc", "name", [one.name for one in found], problems)
    return tuple(found)


def _warnings(
    master: str,
    boards: tuple[BoardProfile, ...],
    boxes: tuple[MailboxSettings, ...],
    environ: Mapping[str, str],
) -> tuple[str, ...]:
    read = {box.board for box in boxes}
    lines = [
        f"board {board.code}: no [[mailbox]] is read for it"
        for board in boards
        if board.code not in read
    ]
    if line := open_to_others(master, environ):
        lines.append(line)
    return tuple(lines)
