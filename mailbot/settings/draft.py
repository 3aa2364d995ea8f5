"""Write the first settings file, from what is known and what can be guessed."""

import json
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from string import Template

from mailbot import profiles
from mailbot.domain.board import BoardProfile
from mailbot.settings.sheets import is_loopback
from mailbot.settings.values import Security


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the first settings file is made from."""

    profile: str
    """A shipped name or a path."""
    board: BoardProfile
    privacy_address: str | None
    """Where it is not the profile's own."""
    imap_host: str
    smtp_host: str
    database: str
    cutoff: datetime


def guessed_host(protocol: str, board: BoardProfile) -> str:
    """Guess a mail server by the name that mail programs try first: `imap.` and the domain."""
    return f"{protocol}.{board.domain}"


def write(draft: Draft) -> str:
    """
    Return the text of a settings file, every key in it with a comment.

    Args:
        draft: what is known.

    Returns:
        TOML that loads as it stands, once the secrets are set.
    """
    words = Template(files("mailbot.settings").joinpath("commented.toml").read_text("utf-8"))
    return words.substitute(
        shipped=", ".join(profiles.shipped()),
        profile=_quoted(draft.profile),
        code=_quoted(draft.board.code),
        privacy_address=_line("privacy_address", draft.privacy_address),
        imap_host=_quoted(draft.imap_host),
        imap_security=_quoted(_security(draft.imap_host)),
        smtp_host=_quoted(draft.smtp_host),
        smtp_security=_quoted(_security(draft.smtp_host)),
        smtp_user=_sign_in(draft),
        database=_quoted(draft.database),
        cutoff=draft.cutoff.isoformat(timespec="seconds"),
    )


def _security(host: str) -> Security:
    return Security.NONE if is_loopback(host) else Security.TLS


def _sign_in(draft: Draft) -> str:
    # A relay on this machine takes mail from its own users without a sign-in.
    line = _line("user", draft.board.privacy_address)
    return f"# {line}" if is_loopback(draft.smtp_host) else line


def _line(key: str, value: str | None) -> str:
    return f"{key} = {_quoted(value)}" if value else f"# {key}: as in the profile"


def _quoted(text: str) -> str:
    """Write a TOML string; JSON's form is one, except that TOML wants DEL escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
