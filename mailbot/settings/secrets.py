"""Secrets come from the environment, as `NAME` or as the file named by `NAME_FILE`."""

import base64
import binascii
import hmac
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Generic, TypeVar

from mailbot.profiles.problems import Problems

KEY_BYTES = 32

Value = TypeVar("Value", str, bytes)


class Secret(Generic[Value]):
    """A value that shows itself only where it is asked for by `reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: Value) -> None:
        self._value: Value = value

    def reveal(self) -> Value:
        """Return the value; call this where it is used and keep it nowhere."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(hidden)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self._value), _bytes(other._value))

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str:
        raise TypeError("a secret is never written out")


def read_secret(
    name: str, key: str, environ: Mapping[str, str], problems: Problems
) -> Secret[str] | None:
    """
    Read one secret.

    Args:
        name: the name of the environment variable.
        key: the setting that asks for it, for the problem's line.
        environ: the environment.
        problems: takes a line where the secret is missing, empty, unreadable or given twice.

    Returns:
        The secret without its final line break, or None where there was a problem.
    """
    path_name = f"{name}_FILE"
    if name in environ and path_name in environ:
        problems.add(key, f"both {name} and {path_name} are set", "allowed: one of the two")
        return None
    if path_name in environ:
        return _from_file(Path(environ[path_name]), path_name, key, problems)
    if name not in environ:
        allowed = f"set the environment variable {name}, or {path_name} to the path of a file"
        problems.add(key, f"neither {name} nor {path_name} is set", allowed)
        return None
    return _not_empty(environ[name], f"{name} is empty", key, problems)


def read_key(
    name: str, key: str, environ: Mapping[str, str], problems: Problems
) -> Secret[bytes] | None:
    """Read a secret that is a key: 32 bytes in base64."""
    secret = read_secret(name, key, environ, problems)
    if secret is None:
        return None
    value = _base64(secret.reveal().strip())
    if len(value) != KEY_BYTES:
        found = f"{name} holds {len(value)} bytes" if value else f"{name} holds no base64"
        problems.add(key, found, f"allowed: {KEY_BYTES} random bytes in base64")
        return None
    return Secret(value)


def open_to_others(name: str, environ: Mapping[str, str]) -> str | None:
    """Say so when the file of a secret can be read by more people than its owner."""
    path = Path(environ.get(f"{name}_FILE", ""))
    if f"{name}_FILE" not in environ or not path.is_file():
        return None
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return f"{name}_FILE: {path} has mode {mode:04o}; others than its owner can use it (wise: 0600)"
    return None


def _from_file(path: Path, name: str, key: str, problems: Problems) -> Secret[str] | None:
    try:
        value = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problems.add(key, f"{name} names {path}, which is no text", "allowed: a text file")
        return None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no path"
        problems.add(
            key,
            f"{name} names {path}, not readable ({why})",
            "allowed: a file that mailbot can read",
        )
        return None
    return _not_empty(value, f"{name} names {path}, which is empty", key, problems)


def _not_empty(value: str, found: str, key: str, problems: Problems) -> Secret[str] | None:
    # Editors and `echo` end a file with one line break that belongs to no password.
    value = value.removesuffix("\n").removesuffix("\r")
    if not value.strip():
        problems.add(key, found, "allowed: the secret itself")
        return None
    return Secret(value)


def _base64(text: str) -> bytes:
    """Read base64 in either alphabet; nothing where it is none."""
    try:
        return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value
