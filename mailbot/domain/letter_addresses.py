"""The addresses and ids by which bounces and answers find their letter again."""

import hmac
import re
from base64 import b32encode
from hashlib import sha256

from mailbot.domain.errors import UnsafeHeader
from mailbot.domain.letter_headers import checked_address

SIGNATURE_LENGTH = 16
"""Characters of base32: 80 bits, beyond guessing, short enough for a local part."""

_LETTER = re.compile(r"[a-z0-9]{1,32}\Z")
_TOKEN = re.compile(r"[a-z2-7]{16,40}\Z")
_BOUNCE = re.compile(r"(?P<box>.+)\+b-(?P<letter>[a-z0-9]{1,32})-(?P<signature>[a-z2-7]{16})\Z")
_CASE = re.compile(r".+\+c-(?P<token>[a-z2-7]{16,40})\Z")
_MESSAGE_ID = re.compile(
    r"<mailbot\.(?P<letter>[a-z0-9]{1,32})\.(?P<token>[a-z2-7]{16,40})@[a-z0-9.-]+>\Z"
)


def new_token(randomness: bytes) -> str:
    """Write random bytes (16 are good) as the secret token of a case."""
    return b32encode(randomness).decode("ascii").rstrip("=").lower()


def return_path(mailbox_address: str, letter_id: str, key: bytes) -> str:
    """
    Sign the envelope sender of a letter, such as `privacy+b-17-abc…@sipor.nl`.

    Args:
        mailbox_address: the address of the board's mailbox.
        letter_id: 1 to 32 characters of a-z and 0-9.
        key: the secret the signature is made with.

    Raises:
        UnsafeHeader: the local part would pass 64 characters, or the id is not of this form.
    """
    signature = _signature(mailbox_address, letter_id, key)
    return _with_detail(mailbox_address, f"b-{_safe(_LETTER, letter_id)}-{signature}")


def read_return_path(address: str, key: bytes) -> str | None:
    """Return the letter this signed address belongs to, or None when the signature is not ours."""
    local, _, domain = address.strip().lower().rpartition("@")
    found = _BOUNCE.match(local)
    if not found:
        return None
    expected = _signature(f"{found['box']}@{domain}", found["letter"], key)
    if not hmac.compare_digest(expected, found["signature"]):
        return None
    return found["letter"]


def reply_to(mailbox_address: str, token: str) -> str:
    """
    Write the case's own address, such as `privacy+c-<token>@sipor.nl`.

    Raises:
        UnsafeHeader: the local part would pass 64 characters, or the token is not of its form.
    """
    return _with_detail(mailbox_address, f"c-{_safe(_TOKEN, token)}")


def read_reply_to(address: str) -> str | None:
    """Return the token in a case's own address, or None."""
    found = _CASE.match(address.strip().lower().rpartition("@")[0])
    return found["token"] if found else None


def message_id(letter_id: str, token: str, domain: str) -> str:
    """
    Write the Message-ID of a letter; the case's token in it makes answers find their case.

    Raises:
        UnsafeHeader: a piece is not of its form.
    """
    checked_address(f"x@{domain}")
    return f"<mailbot.{_safe(_LETTER, letter_id)}.{_safe(_TOKEN, token)}@{domain.lower()}>"


def read_message_id(message_id: str) -> tuple[str, str] | None:
    """Return letter and token of one of our own Message-IDs, or None."""
    found = _MESSAGE_ID.match(message_id.strip())
    return (found["letter"], found["token"]) if found else None


def _signature(mailbox_address: str, letter_id: str, key: bytes) -> str:
    """Sign letter and mailbox together (HMAC-SHA256, RFC 2104, cut to 80 bits)."""
    content = f"return-path\0{mailbox_address.lower()}\0{letter_id}".encode()
    digest = hmac.new(key, content, sha256).digest()
    return b32encode(digest).decode("ascii").lower()[:SIGNATURE_LENGTH]


def _with_detail(mailbox_address: str, detail: str) -> str:
    """Put a detail behind the local part (RFC 5233)."""
    local, _, domain = mailbox_address.rpartition("@")
    return checked_address(f"{local}+{detail}@{domain}")


def _safe(form: re.Pattern[str], value: str) -> str:
    """Return *value* if it has this form."""
    if not form.match(value):
        raise UnsafeHeader("an id or token in an address must be of its form")
    return value
