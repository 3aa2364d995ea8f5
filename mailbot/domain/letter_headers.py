"""Write header fields that can only say what they were meant to say (RFC 5322, RFC 2047)."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator

from mailbot.domain.errors import UnsafeHeader
from mailbot.domain.mail import Address

_UNSAFE = re.compile(
    # C0 and C1 controls (CR, LF, NUL, \x1c-\x1e and U+0085 among them), the line
    # and paragraph separators, everything that turns the reading direction, and
    # lone surrogates, which have no bytes.
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BREAKING = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_ADDRESS = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)"
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\Z"
)
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>\Z")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+\Z")
_LINE = 76
_ENCODED_BYTES = 42
"""As many UTF-8 bytes as one encoded word holds beside the longest field name."""


def safe_header_text(text: str) -> str:
    """
    Return *text* on one line: breaks and controls become a space, direction marks vanish.

    Raises:
        UnsafeHeader: it is no plain `str`.
    """
    if type(text) is not str:
        raise UnsafeHeader("a header value must be plain text")
    return " ".join(_UNSAFE.sub("", _BREAKING.sub(" ", text)).split())


def checked(value: str) -> str:
    """
    Return *value* if it is plain, safe text.

    A header object of the email package is a `str` too, and can carry a
    line break that shows only when it is written; so only `str` itself will do.

    Raises:
        UnsafeHeader: it is no plain `str`, or holds a control or direction character.
    """
    if type(value) is not str or _UNSAFE.search(value):
        raise UnsafeHeader("a header value must be plain text without control characters")
    return value


def checked_address(address: str) -> str:
    """
    Return *address* if it is a plain ASCII `local@domain` (RFC 5321).

    Raises:
        UnsafeHeader: it is anything else.
    """
    if not is_plain_address(address):
        raise UnsafeHeader("an address must be a plain local@domain")
    return address


def is_plain_address(address: str) -> bool:
    """Say whether a letter can be sent to *address*: a plain ASCII `local@domain`."""
    return type(address) is str and bool(_ADDRESS.match(address))


def well_formed_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Keep those message ids of an incoming mail that may be repeated in a letter."""
    return tuple(one for one in ids if type(one) is str and _MESSAGE_ID.match(one))


def unstructured(name: str, text: str) -> str:
    """Write a field of free text, such as Subject, encoded where it must be."""
    text = checked(text)
    if text.isascii() and "=?" not in text and all(len(word) < _LINE for word in text.split()):
        return _folded(name, text.split())
    return _folded(name, _encoded_words(text))


def mailbox(name: str, address: Address) -> str:
    """Write a field that holds one address with its display name."""
    spec = f"<{checked_address(address.address)}>"
    display = checked(address.name).strip()
    if not display:
        return _folded(name, [spec[1:-1]])
    if _PLAIN_NAME.match(display) and "=?" not in display and len(display) < _LINE:
        return _folded(name, [*display.split(), spec])
    return _folded(name, [*_encoded_words(display), spec])


def tokens(name: str, values: Iterable[str]) -> str:
    """Write a field of words that are safe by their form, such as message ids."""
    return _folded(name, values)


def _encoded_words(text: str) -> Iterator[str]:
    """Split *text* between characters into encoded words (RFC 2047, section 5)."""
    chunk = b""
    for character in text:
        encoded = character.encode()
        if len(chunk) + len(encoded) > _ENCODED_BYTES:
            yield f"=?utf-8?B?{b64encode(chunk).decode()}?="
            chunk = b""
        chunk += encoded
    yield f"=?utf-8?B?{b64encode(chunk).decode()}?="


def _folded(name: str, words: Iterable[str]) -> str:
    """Put words after the field name, on a new line where the line gets too long."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + len(word) + 1 > _LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines)
