"""Load the settings once, and name everything that is wrong with them at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from mailbot import profiles
from mailbot.domain.board import BoardProfile
from mailbot.domain.errors import SettingsWrong
from mailbot.profiles.checking import AnySheet, Problems, check, parse, read, shown, unknown
from mailbot.settings.places import database, mailbox, robot, smtp
from mailbot.settings.secrets import Secret, open_to_others, read_key
from mailbot.settings.sheets import (
    TABLES,
    AlarmSheet,
    DatabaseSheet,
    KeysSheet,
    MailboxSheet,
    RobotSheet,
    SmtpSheet,
    WebSheet,
)
from mailbot.settings.values import (
    AlarmSettings,
    KeySettings,
    MailboxSettings,
    Settings,
    WebSettings,
)

ENVIRONMENT_NAME = "MAILBOT_SETTINGS"
DEFAULT_NAME = "mailbot.toml"
A_TABLE = "allowed: a [{name}] table"
TABLES_OF = "allowed: one or more [[{name}]] tables"


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
    keys = _table(KeysSheet, tables, "keys", problems)
    master = read_key(keys.master, "keys.master", environ, problems) if keys else None
    base = database(_table(DatabaseSheet, tables, "database", problems), folder, environ, problems)
    post = smtp(_table(SmtpSheet, tables, "smtp", problems), environ, problems)
    work = robot(_table(RobotSheet, tables, "robot", problems), folder, problems)
    alarm = _table(AlarmSheet, tables, "alarm", problems)
    web = _table(WebSheet, tables, "web", problems)
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
        warnings=_warnings(keys.master, boards, boxes, environ),
    )


def _boards(
    tables: Mapping[str, object], folder: Path, problems: Problems
) -> tuple[BoardProfile, ...]:
    found: list[BoardProfile] = []
    for place, table in _listed(tables, "board", problems):
        own = {key: value for key, value in table.items() if key != "profile"}
        name = table.get("profile")
        if not isinstance(name, str) or not name:
            choices = f"allowed: {', '.join(profiles.shipped())}, or the path of a TOML file"
            problems.add(f"{place}.profile", shown(name), choices)
            continue
        try:
            found.append(profiles.find(name, folder, own, place))
        except SettingsWrong as wrong:
            problems.lines.extend(wrong.problems)
    _once("board", "code", [board.code for board in found], problems)
    _once("board", "reference_prefix", [board.reference_prefix for board in found], problems)
    return tuple(found)


def _mailboxes(
    tables: Mapping[str, object],
    boards: tuple[BoardProfile, ...],
    environ: Mapping[str, str],
    problems: Problems,
) -> tuple[MailboxSettings, ...]:
    found: list[MailboxSettings] = []
    for place, table in _listed(tables, "mailbox", problems):
        sheet = check(MailboxSheet, table, place, problems)
        box = mailbox(sheet, place, boards, environ, problems) if sheet else None
        if box:
            found.append(box)
    _once("mailbox", "name", [box.name for box in found], problems)
    return tuple(found)


def _listed(
    tables: Mapping[str, object], name: str, problems: Problems
) -> Iterable[tuple[str, Mapping[str, object]]]:
    """Walk over `[[name]]`, counted from one as people count."""
    listed = tables.get(name)
    if not isinstance(listed, list) or not listed:
        problems.add(name, shown(listed), TABLES_OF.format(name=name))
        return
    for number, table in enumerate(listed, start=1):
        if isinstance(table, dict):
            yield f"{name}[{number}]", table
        else:
            problems.add(f"{name}[{number}]", "no table", TABLES_OF.format(name=name))


def _table(
    shape: type[AnySheet], tables: Mapping[str, object], name: str, problems: Problems
) -> AnySheet | None:
    table = tables.get(name, {})
    if isinstance(table, dict):
        return check(shape, table, name, problems)
    problems.add(name, "no table", A_TABLE.format(name=name))
    return None


def _once(table: str, key: str, values: list[str], problems: Problems) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            problems.add(f"{table}.{key}", f"{shown(value)} {times} times", "allowed: each once")


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
