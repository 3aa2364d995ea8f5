"""Turn bytes into text whatever charset they claim."""

import codecs
import re

ALIASES = {
    # What is labelled by the smaller set is as a rule written in its larger sibling.
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8-mac": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "cp950",
    "x-big5": "cp950",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "cp-850": "cp850",
    "ansi": "cp1252",
    "x-ansi": "cp1252",
}
"""Charset labels seen on real mail that Python does not know, or knows too narrowly."""

_UNSAFE = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Python codecs that are no charsets; two of them take quadratic time."""

_LABEL = re.compile(r"[a-z0-9][a-z0-9_.:+-]{0,39}")
_SURROGATE = re.compile("[\ud800-\udfff\0]")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(content: bytes, charset: str = "") -> tuple[str, bool]:
    """
    Decode text, if need be against its label.

    Never raises. Characters no database or page can carry (NUL, lone surrogates) become U+FFFD.

    Args:
        content: the bytes of the text.
        charset: the label it came with, as written, or the empty string.

    Returns:
        The text, and whether the label told the truth (an absent label never lies).
    """
    codec = _codec(charset)
    told = codec is not None
    try:
        text = content.decode(codec or "utf-8")
    except (UnicodeError, ValueError):
        text, told = _guess(content, codec or "utf-8"), told and not charset
    return _SURROGATE.sub("\ufffd", text), told


def known(charset: str) -> bool:
    """Say whether this label names a charset that can be read."""
    return _codec(charset) is not None


def _codec(charset: str) -> str | None:
    label = charset.strip().strip("\"'").strip().lower()
    if not label:
        return "utf-8"
    label = ALIASES.get(label, label)
    if not _LABEL.fullmatch(label) or label.replace("_", "-") in _UNSAFE:
        return None
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _guess(content: bytes, codec: str) -> str:
    """Read text whose label is wrong: UTF-8 where it is, else its own codec, else Windows-1252."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode(codec, "replace")
    except (UnicodeError, ValueError):
        text = "\ufffd" * len(content)
    # One torn character should not turn a whole UTF-8 mail into gibberish, yet a
    # Windows-1252 mail labelled UTF-8 shows nearly every accent as broken.
    if text.count("\ufffd") * 3 < len(_HIGH.findall(content)):
        return text
    return content.decode("cp1252", "replace") if codec in {"utf-8", "cp1252"} else text
