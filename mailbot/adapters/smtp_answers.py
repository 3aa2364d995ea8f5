"""Say to an SMTP server what a letter needs, and name what its answers mean for the letter."""

import re
from email.utils import parseaddr

import aiosmtplib

from mailbot.domain.errors import LetterRefused, PostOfficeUnavailable
from mailbot.domain.ports import Envelope

# Answers about the connection or our sign-in. They would be the same for every letter, so no
# letter is refused for them: all of them wait (RFC 5321, 4.2.3; RFC 4954, 6).
_ABOUT_US = frozenset({421, 503, 530, 534, 535, 538})

_PLAIN = re.compile(r"[^\s\x00-\x20\x7f-\xa0\ud800-\udfff<>,;]*")

MAILBOX_NAME_NOT_ALLOWED = 553
"""Our own answer to an address that cannot be written on this wire."""


def mail_options(session: aiosmtplib.SMTP, envelope: Envelope, letter: bytes) -> list[str]:
    """
    Say in MAIL FROM what the letter needs: its size, 8 bit, UTF-8 addresses.

    Raises:
        LetterRefused: the address is not ASCII and the server does not speak SMTPUTF8.
    """
    options = []
    if session.supports_extension("size"):
        options.append(f"SIZE={len(letter)}")
    if not letter.isascii() and session.supports_extension("8bitmime"):
        options.append("BODY=8BITMIME")
    if not is_ascii(envelope):
        if not session.supports_extension("smtputf8"):
            raise LetterRefused(permanent=True, code=MAILBOX_NAME_NOT_ALLOWED)
        options.append("SMTPUTF8")
    return options


def refuse_unwritable(envelope: Envelope) -> None:
    """
    Refuse addresses that would not stand in the command exactly as they are given.

    The library strips what it takes for a display name or a comment, and a letter must go to
    the recorded address or to nobody.

    Raises:
        LetterRefused: for good, since it would be the same every time.
    """
    for address in (envelope.return_path, envelope.recipient):
        if not _PLAIN.fullmatch(address) or parseaddr(address)[1] != address:
            raise LetterRefused(permanent=True, code=MAILBOX_NAME_NOT_ALLOWED)
    if "@" not in envelope.recipient:
        raise LetterRefused(permanent=True, code=MAILBOX_NAME_NOT_ALLOWED)


def is_ascii(envelope: Envelope) -> bool:
    """Whether both addresses can be written without SMTPUTF8 (RFC 6531)."""
    return envelope.return_path.isascii() and envelope.recipient.isascii()


def meaning(
    host: str, error: aiosmtplib.SMTPException | OSError
) -> LetterRefused | PostOfficeUnavailable:
    """
    Tell whether an error is about this letter or about the connection.

    Args:
        host: the server's name.
        error: what the library raised while a letter was handed over.
    """
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0
    if code in _ABOUT_US or not 400 <= code < 600:
        return unavailable(host, error)
    return LetterRefused(permanent=code >= 500, code=code)


def unavailable(host: str, error: Exception) -> PostOfficeUnavailable:
    """Name what happened without the server's words, which may hold an address."""
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else ""
    return PostOfficeUnavailable(f"{host}: {type(error).__name__} {code}".rstrip())
