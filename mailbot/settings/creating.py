"""Create the first settings file and the master key, and never overwrite anything."""

import base64
import os
from pathlib import Path

from mailbot.domain.errors import SettingsWrong
from mailbot.profiles.problems import Problems
from mailbot.settings.secrets import read_key

SETTINGS_FILE = "mailbot.toml"
KEY_FILE = "mailbot.key"


def exists_already(folder: Path) -> bool:
    """Tell whether there is a settings file, or a link by its name that leads nowhere."""
    path = folder / SETTINGS_FILE
    return path.exists() or path.is_symlink()


def create(folder: Path, text: str, key: bytes) -> bool:
    """
    Write the key and then the settings, so that settings never name a key that is not there.

    Args:
        folder: made where it does not exist.
        text: the settings file.
        key: 32 random bytes.

    Returns:
        Whether the new key was written; False where a usable one was there and was kept.

    Raises:
        FileExistsError: there is a settings file; nothing but perhaps the key was written.
        OSError: something cannot be written.
        SettingsWrong: the key that is there is no key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = _created(folder / KEY_FILE, base64.b64encode(key) + b"\n", 0o600)
    if not new:
        _check_key(folder / KEY_FILE)
    if not _created(folder / SETTINGS_FILE, text.encode(), 0o644):
        raise FileExistsError(17, "exists already", str(folder / SETTINGS_FILE))
    return new


def _check_key(path: Path) -> None:
    problems = Problems()
    environ = {"MAILBOT_MASTER_KEY_FILE": str(path)}
    if read_key("MAILBOT_MASTER_KEY", path.name, environ, problems) is None:
        raise SettingsWrong(problems.lines)


def _created(path: Path, content: bytes, mode: int) -> bool:
    """Create a file that was not there; False, and nothing changed, where it was."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return False
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return True
