"""The demo's own folder: settings, key, database, mails and letters; nothing outside it is touched."""

import os
import shlex
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

from mailbot.domain.errors import MailbotError
from mailbot.settings import Settings, from_text
from mailbot.settings.creating import KEY_FILE, SETTINGS_FILE, create
from mailbot.settings.secrets import KEY_BYTES

MARKER = ".mailbot-demo"
MAILS, LETTERS, SHELL_FILE = "mails", "letters", "env.sh"
PASSWORDS = {"fg": "fg.password", "board": "bestuur.password"}
OWN = (
    *(SETTINGS_FILE, KEY_FILE, SHELL_FILE, MAILS, LETTERS, "mailbot.alarms"),
    *("mailbot.db", "mailbot.db-wal", "mailbot.db-shm", "README.txt", *PASSWORDS.values()),
)
"""Everything the demo writes; nothing else in the folder is ever removed."""

IMAP_PASSWORD = "the-demo-mailbox-only"


class FolderTaken(MailbotError):
    """The folder is not the demo's own, or holds a day that was to be kept."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where one demo lies."""

    path: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.path / SETTINGS_FILE

    @property
    def mails(self) -> Path:
        """The mails that came in, each as a file."""
        return self.path / MAILS

    @property
    def letters(self) -> Path:
        """The letters that went out, each as a file."""
        return self.path / LETTERS

    @property
    def shell_file(self) -> Path:
        """What a shell reads so that every command finds the demo."""
        return self.path / SHELL_FILE

    @property
    def readme(self) -> Path:
        """What lies where, for later."""
        return self.path / "README.txt"

    def password_file(self, role: str) -> Path:
        """Where the password of the demo's officer with this role stands."""
        return self.path / PASSWORDS[role]


def prepare(path: Path, *, keep: bool) -> Folder:
    """
    Make the folder ready for a new day.

    Args:
        path: made where it does not exist; absolute.
        keep: leave an earlier day alone rather than begin anew.

    Returns:
        The folder, without an earlier day.

    Raises:
        FolderTaken: it holds something that is not a demo's, or a day that is to be kept.
        OSError: it cannot be written.
    """
    own = (path / MARKER).is_file()
    if path.exists() and not own and (not path.is_dir() or any(path.iterdir())):
        raise FolderTaken(
            f"{path} is no folder of a demo and is left alone; name another one with --folder"
        )
    if own and keep:
        raise FolderTaken(f"{path} holds an earlier day, which is kept; name another --folder")
    path.mkdir(parents=True, exist_ok=True)
    for name in OWN:
        _remove(path / name)
    (path / MARKER).write_text("mailbot demo may empty this folder and begin anew.\n", "utf-8")
    folder = Folder(path)
    folder.mails.mkdir()
    folder.letters.mkdir()
    return folder


def settle(
    folder: Folder, day: date, imap_port: int, smtp_port: int, random: Callable[[int], bytes]
) -> Settings:
    """Write settings and key as `mailbot init` does, and load them without the environment."""
    words = Template(files("mailbot.demo").joinpath("settings.toml").read_text("utf-8"))
    text = words.substitute(day=day, imap_port=imap_port, smtp_port=smtp_port)
    create(folder.path, text, random(KEY_BYTES))
    environ = {
        "MAILBOT_MASTER_KEY_FILE": str(folder.path / KEY_FILE),
        "MAILBOT_IMAP_PASSWORD": IMAP_PASSWORD,
    }
    return from_text(text, folder.settings, environ)


def write_people(folder: Folder, signs_in: str, passwords: Mapping[str, str]) -> None:
    """
    Write what makes every later command find the demo.

    Args:
        folder: the demo's folder.
        signs_in: the address of the FG, who signs in when a command names nobody.
        passwords: by role, each into a file that only its owner can read.
    """
    for role, password in passwords.items():
        path = folder.password_file(role)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{password}\n")
    known = {
        "MAILBOT_SETTINGS": str(folder.settings),
        "MAILBOT_MASTER_KEY_FILE": str(folder.path / KEY_FILE),
        "MAILBOT_IMAP_PASSWORD": IMAP_PASSWORD,
        "MAILBOT_OFFICER": signs_in,
        "MAILBOT_OFFICER_PASSWORD_FILE": str(folder.password_file("fg")),
    }
    lines = [f"export {name}={shlex.quote(value)}" for name, value in known.items()]
    folder.shell_file.write_text("\n".join(lines) + "\n", "utf-8")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
