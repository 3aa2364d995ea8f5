"""Read the header fields of one part, and what is written inside their values."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from mailbot.domain import charsets

_WORD = re.compile(
    r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]{0,4000}|[^ ]{0,300}?)\?="
)
_BETWEEN = re.compile(r"[ \t\r\n]*")
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_TYPE = re.compile(r"\s*\"?([a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+-]+)")
_CONTINUED = re.compile(r"(.+?)\*(\d{1,3})(\*?)$")
_ESCAPED = re.compile(r"\\(.)")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_LONGEST_WORDS = 100_000
_LONGEST_STRUCTURED = 20_000
"""A field with parameters longer than this is cut: no real mail comes near."""


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one part in their order, names in lower case, values unfolded."""

    fields: tuple[tuple[str, bytes], ...]
    charset: str = ""
    """The charset of the text, for fields that hold its bytes unencoded."""

    def all(self, name: str) -> list[str]:
        """Return each value of this field as text, encoded words still encoded."""
        return [self._text(value) for field, value in self.fields if field == name]

    def first(self, name: str, default: str = "") -> str:
        """Return the first value of this field as text, encoded words still encoded."""
        for field, value in self.fields:
            if field == name:
                return self._text(value)
        return default

    def _text(self, value: bytes) -> str:
        # UTF-8 is hardly ever valid by accident, so the text's charset comes second.
        text, told = charsets.decode(value, "utf-8")
        return text if told or not self.charset else charsets.decode(value, self.charset)[0]

    def __contains__(self, name: str) -> bool:
        return any(field == name for field, _ in self.fields)

    def names(self) -> Iterator[str]:
        """Name each field that is there."""
        return (field for field, _ in self.fields)


def one_line(text: str) -> str:
    """
    Return text that fits in one header, one row, one log line.

    Line breaks and control characters of every alphabet become one blank, so that a subject
    can never carry a header along.
    """
    return _BREAKS.sub(" ", text).strip()


def decode_words(value: str) -> str:
    """
    Decode the encoded words of a header value (RFC 2047).

    Words split in the middle of a character are joined before decoding, because several mail
    programs cut where the line is full. What is no well-formed word stays as written.

    Args:
        value: an unfolded header value.

    Returns:
        The text a person would see.
    """
    if "=?" not in value:
        return value
    value = value[:_LONGEST_WORDS]
    out: list[str] = []
    pending: tuple[str, bytes] | None = None
    end = 0
    for match in _WORD.finditer(value):
        gap = value[end : match.start()]
        content = _word_bytes(match[2], match[3])
        if pending is not None and _BETWEEN.fullmatch(gap):
            gap = ""
            if pending[0] == match[1].lower():
                pending = (pending[0], pending[1] + content)
                end = match.end()
                continue
        out.extend((_text(pending), gap))
        pending, end = (match[1].lower(), content), match.end()
    out.extend((_text(pending), value[end:]))
    return "".join(out)


def _text(pending: tuple[str, bytes] | None) -> str:
    return charsets.decode(pending[1], pending[0])[0] if pending else ""


def _word_bytes(encoding: str, content: str) -> bytes:
    raw = content.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"==="[: -len(letters) % 4])


def media_type(value: str, default: str) -> str:
    """Return the lower-cased type/subtype of a Content-Type, or *default* where it is none."""
    match = _TYPE.match(value[:_LONGEST_STRUCTURED])
    return match[1].lower() if match else default


def parameters(value: str) -> dict[str, str]:
    """
    Return the parameters of a structured field, names in lower case.

    Understands quoted values, values with blanks and no quotes, continuations and charsets
    (RFC 2231), and encoded words where they do not belong (RFC 2047, section 5, which many
    mail programs ignore).

    Args:
        value: the unfolded value of Content-Type or Content-Disposition.

    Returns:
        Each parameter once; the first of two with the same name counts.
    """
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    text = value[:_LONGEST_STRUCTURED]
    if "=" in text.partition(";")[0]:
        # `Content-Type: charset=utf-8` has parameters and no type.
        text = ";" + text
    for match in _PARAMETER.finditer(text):
        name, written = match[1].lower(), _unquote(match[2])
        continued = _CONTINUED.match(name)
        if continued:
            found = pieces.setdefault(continued[1], {})
            found.setdefault(int(continued[2]), (written, bool(continued[3])))
        elif name.endswith("*"):
            pieces.setdefault(name[:-1], {}).setdefault(0, (written, True))
        else:
            plain.setdefault(name, decode_words(written))
    plain.update({name: _joined(found) for name, found in pieces.items()})
    return plain


def _unquote(written: str) -> str:
    written = written.strip()
    if len(written) > 1 and written[0] == '"' == written[-1]:
        return _ESCAPED.sub(r"\1", written[1:-1])
    return written.strip('"')


def _joined(found: dict[int, tuple[str, bool]]) -> str:
    charset, content = "", b""
    for number, (_, (written, encoded)) in enumerate(sorted(found.items())):
        text = written
        if number == 0 and encoded and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        raw = text.encode("utf-8", "replace")
        content += unquote_to_bytes(raw) if encoded else raw
    return decode_words(charsets.decode(content, charset)[0])
