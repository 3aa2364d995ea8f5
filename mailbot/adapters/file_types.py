"""Name the type of a file by its bytes."""

import re

import puremagic

_SURE = 0.8
_MIMETYPE = re.compile(rb"mimetype(application/[a-zA-Z0-9.+-]{3,80})")
_OPEN_XML = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_MACROS = {
    _OPEN_XML[0][1]: "application/vnd.ms-word.document.macroenabled.12",
    _OPEN_XML[1][1]: "application/vnd.ms-excel.sheet.macroenabled.12",
    _OPEN_XML[2][1]: "application/vnd.ms-powerpoint.presentation.macroenabled.12",
}
_BY_EXTENSION = {
    "docx": _OPEN_XML[0][1],
    "xlsx": _OPEN_XML[1][1],
    "pptx": _OPEN_XML[2][1],
    "jar": "application/java-archive",
}
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/x-msdownload"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
"""The types parents send most, and the ones that are dangerous under another name."""
_HEIF = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})


def true_type(content: bytes, declared: str, filename: str) -> str:
    """
    Name the type the bytes show.

    Args:
        content: the file; archives are not unpacked.
        declared: the type the mail says.
        filename: its name, which decides only between kinds of ZIP archive.

    Returns:
        The type found, else the declared one.
    """
    return _office(content, filename) or _magic(content, declared, filename)


def _office(content: bytes, filename: str) -> str:
    """Tell the office formats apart, which are all ZIP archives, by the names inside."""
    if content[:4] != b"PK\x03\x04":
        return ""
    head, tail = content[:8192], content[-65_536:]
    first = _MIMETYPE.search(head[:200])
    if first:
        return first[1].decode("ascii")
    for folder, kind in _OPEN_XML:
        if folder in head or folder in tail:
            return _MACROS.get(kind, kind) if b"vbaProject.bin" in tail else kind
    return _BY_EXTENSION.get(filename.lower().rpartition(".")[2], "application/zip")


def _magic(content: bytes, declared: str, filename: str) -> str:
    """Name the type by its first bytes, where these leave no doubt."""
    for start, kind in _SIGNATURES:
        if content.startswith(start):
            return kind
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return "image/heic" if brand in _HEIF else "audio/mp4" if brand == b"M4A " else "video/mp4"
    if not content or (declared.startswith("text/") and _is_readable(content)):
        return declared
    try:
        found = puremagic.magic_string(
            content[:65_536] if len(content) > 65_536 else content, filename
        )
    except (puremagic.PureError, ValueError):
        return declared
    best = found[0] if found else None
    if best is None or not best.mime_type or best.confidence < _SURE:
        return declared
    return str(best.mime_type)


def _is_readable(content: bytes) -> bool:
    return b"\0" not in content[:4096]
