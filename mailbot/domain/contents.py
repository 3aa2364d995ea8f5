"""Decode the bodies of parts: transfer encodings and text."""

import binascii
import re

from mailbot.domain import charsets
from mailbot.domain.structure import Part

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_WORDS = re.compile(rb"[a-z]{2,} [a-z]{2,} ")
_FOOTER = re.compile(rb"[^A-Za-z0-9+/=\r\n]")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([a-zA-Z0-9_-]{2,40})", re.IGNORECASE)
_MOST_BROKEN = 100
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def content(part: Part) -> tuple[bytes, tuple[str, ...]]:
    """
    Undo the transfer encoding of a part.

    Never raises; what is damaged is decoded as far as it goes.

    Args:
        part: a part without children.

    Returns:
        The bytes, and the warning `broken_encoding` where the encoding is not what it says.
    """
    encoding = part.headers.first("content-transfer-encoding").partition(";")[0].strip().lower()
    encoding = encoding.strip("\"'")
    if encoding == "base64":
        return _base64(part.body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.body), ()
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _uuencode(part.body)
    return part.body, ()


def size(part: Part) -> int:
    """Estimate the decoded size of a part without decoding it."""
    encoded = part.headers.first("content-transfer-encoding").strip().lower() == "base64"
    length = part.end - part.start
    return length * 3 // 4 if encoded else length


def text(part: Part) -> tuple[str, tuple[str, ...]]:
    r"""
    Decode a text part, line ends as `\n`.

    Args:
        part: a part of type text/*.

    Returns:
        The text, and warnings: `broken_encoding`, `wrong_charset`.
    """
    raw, warnings = content(part)
    label = part.parameters.get("charset", "")
    if not label and part.media_type == "text/html":
        declared = _META.search(raw[:4096])
        label = declared[1].decode("ascii") if declared else ""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in raw[:200]:
        label = "utf-16"
    decoded, told = charsets.decode(raw, label)
    if not told:
        warnings = (*warnings, "wrong_charset")
    return clean(decoded), warnings


def clean(decoded: str) -> str:
    """Return text with one kind of line end and no control characters."""
    lines = decoded.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    return _CONTROL.sub("", lines.removeprefix("\ufeff"))


def _base64(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    if _WORDS.search(raw[:2000]):
        # Some mailing lists declare base64 and then write plain words.
        return raw, ("broken_encoding",)
    closed = raw.find(b"=")
    if closed < 0 or not raw[closed:].strip(b"=\r\n\t "):
        try:
            # Nearly every mail: one piece, whole. Large files are not copied more than once.
            return binascii.a2b_base64(raw), ()
        except binascii.Error:
            pass
    footer = raw[closed:].lstrip(b"=\r\n") if closed >= 0 else b""
    if _FOOTER.search(footer[:2000]):
        # A mailing list has put its plain footer below the encoded text.
        return _torn_base64(_NOT_BASE64.sub(b"", raw[:closed]))[0] + b"\n" + footer, (
            "broken_encoding",
        )
    return _torn_base64(_NOT_BASE64.sub(b"", raw))


def _torn_base64(letters: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Decode what is cut short, or several encoded pieces one after the other."""
    closed = letters.find(b"=")
    tail = letters[closed:].strip(b"=") if closed >= 0 else b""
    if tail:
        pieces = [piece for piece in letters.split(b"=") if piece]
        return b"".join(map(_quads, pieces)), ("broken_encoding",)
    letters = letters.rstrip(b"=")
    return _quads(letters), ("broken_encoding",) if len(letters) % 4 == 1 else ()


def _quads(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"==="[: -len(letters) % 4])


def _uuencode(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    out: list[bytes] = []
    lines = iter(raw.splitlines())
    for line in lines:
        if line.startswith(b"begin "):
            break
    broken = 0
    for line in lines:
        if line in {b"end", b""} or broken > _MOST_BROKEN:
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders write too long a last line; the workaround is uudecode's own.
            count = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out.append(binascii.a2b_uu(line[:count]))
            except binascii.Error:
                broken += 1
    return b"".join(out), ("broken_encoding",) if broken else ()
