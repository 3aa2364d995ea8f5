"""Reads the words of a PDF, of a Word or OpenDocument file and of plain text."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from docx import Document
from docx.oxml.ns import qn
from pypdf import PageObject, PdfReader
from pypdf.errors import PdfReadError

from mailbot.adapters import layout
from mailbot.adapters.attached_limits import ReadingLimits
from mailbot.adapters.attached_lines import paragraphs
from mailbot.adapters.attached_mrz import holds_machine_readable_lines
from mailbot.adapters.attached_pictures import Pictures
from mailbot.domain import charsets

# It tells of every odd object in a file, with words of the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_LITTLE = 20
"""A page of fewer letters than this is looked at as a picture."""
_ODT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODT_LINES = frozenset({f"{_ODT}p", f"{_ODT}h"})
_PICTURE_NAME = re.compile(
    r"(?:word/media|Pictures)/[^/]+\.(?:jpe?g|png|gif|tiff?|bmp|webp)", re.IGNORECASE
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = (
    PdfReadError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    MemoryError,
    OSError,
    NotImplementedError,
    AssertionError,
)
"""How pypdf fails on a file that is not what it says."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_GLYPHS = re.compile(r"/(?:g|G|uni|C|cid)?\d{1,5}(?=/|\s)")


class NotRead(Exception):
    """A file that cannot be read; why, as a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pdf(content: bytes, limits: ReadingLimits, pictures: Pictures) -> tuple[str, bool, str | None]:
    """
    Read a PDF: its text, its filled-in fields, and the scanned pages as pictures.

    Args:
        content: the file.
        limits: how many pages are read.
        pictures: recognises scanned pages.

    Returns:
        The text; whether it shows an identity document; and why it was not wholly read, if so.

    Raises:
        NotRead: nothing of it can be read.
    """
    try:
        reader = _unlocked(content)
        count = len(reader.pages)
        texts, problem = [_fields(reader)], None
        for number in range(min(count, limits.pages)):
            text, document, trouble = _page(reader.pages[number], pictures)
            if document:
                return "", True, None
            problem = problem or trouble
            texts.append(text)
            if sum(map(len, texts)) > limits.letters:
                break
    except NotRead:
        raise
    except _BROKEN as error:
        raise NotRead("damaged") from error
    whole = "\n\n".join(filter(None, texts))
    if count > limits.pages:
        problem = problem or "too_long"
    return whole, False, problem if whole or problem else "no_text"


def _unlocked(content: bytes) -> PdfReader:
    """Open a PDF; one that anybody may read, though not print or change, opens without a word."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotRead("encrypted")
    return reader


def _page(page: PageObject, pictures: Pictures) -> tuple[str, bool, str | None]:
    said = page.extract_text() or ""
    if holds_machine_readable_lines(said):
        return "", True, None
    clean = _CONTROL.sub("", said)
    # Some programs name a few letters wrongly: what is left is used, and a person looks too.
    torn = "damaged" if len(said) - len(clean) > 0.03 * len(said) else None
    text = paragraphs(clean)
    if len(text) >= _LITTLE and not _is_gibberish(text):
        return text, False, torn
    largest = max(_drawn(page), key=len, default=b"")
    if not largest:
        # An empty page is nothing unread; one of letters without a key to them is.
        return ("", False, "no_text") if _is_gibberish(text) else (text, False, None)
    found, document, problem = pictures.text_of(largest)
    if problem == "too_small":
        return text, False, None
    return "\n".join(filter(None, (found, "" if _is_gibberish(text) else text))), document, problem


def _drawn(page: PageObject) -> Iterator[bytes]:
    for number, image in enumerate(page.images):
        if number < 3:
            yield bytes(image.data)


def _is_gibberish(text: str) -> bool:
    """Say whether the file names shapes of letters and not letters."""
    odd = sum(len(found) for found in _GLYPHS.findall(text)) + text.count("\ufffd")
    return odd > 0.3 * len(text) > 0


def _fields(reader: PdfReader) -> str:
    fields = reader.get_form_text_fields() or {}
    return "\n".join(f"{name}: {value}" for name, value in list(fields.items())[:200] if value)


def word(content: bytes, limits: ReadingLimits, pictures: Pictures) -> tuple[str, bool, str | None]:
    """Read a Word document: paragraphs, tables, text boxes; the scans in it where it has no words."""
    archive = _archive(content, limits)
    try:
        document = Document(io.BytesIO(content))
        lines = list(_word_lines(document.element.body))
    except (KeyError, ValueError, OSError, SyntaxError, zipfile.BadZipFile) as error:
        raise NotRead("damaged") from error
    return _with_pictures("\n".join(lines), archive, limits, pictures)


def _word_lines(body: Any) -> Iterator[str]:
    for line in body.iter(qn("w:p")):
        said = [
            (node.text or "") if node.tag == qn("w:t") else " "
            for node in line.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
            if _belongs(node, line)
        ]
        yield " ".join("".join(said).split())


def _belongs(node: Any, line: Any) -> bool:
    """Leave out the words of a text box within this line, which are lines of their own."""
    above = node.iterancestors()
    for one in above:
        if one.tag == _FALLBACK:
            # Older programs find the same text box here once more.
            return False
        if one.tag == qn("w:p"):
            return one is line and not any(other.tag == _FALLBACK for other in above)
    return False


def open_document(
    content: bytes, limits: ReadingLimits, pictures: Pictures
) -> tuple[str, bool, str | None]:
    """Read an OpenDocument text."""
    archive = _archive(content, limits)
    try:
        # No entity is fetched or multiplied: expat knows none from outside and counts its own.
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314
    except (KeyError, ET.ParseError, OSError, RuntimeError, zipfile.BadZipFile) as error:
        raise NotRead("damaged") from error
    lines = ["".join(node.itertext()) for node in root.iter() if node.tag in _ODT_LINES]
    return _with_pictures("\n".join(lines), archive, limits, pictures)


def pictures_in(kind: str, content: bytes, limits: ReadingLimits) -> Iterator[bytes]:
    """
    Give the pictures of a PDF or an office document, page by page.

    Raises:
        NotRead: it cannot be opened.
    """
    if kind != "application/pdf":
        archive = _archive(content, limits)
        names = [name for name in archive.namelist() if _PICTURE_NAME.fullmatch(name)]
        yield from (archive.read(name) for name in names[: limits.pictures])
        return
    try:
        reader = _unlocked(content)
        for number, page in enumerate(reader.pages):
            if number < limits.pictures:
                yield from _drawn(page)
    except NotRead:
        raise
    except _BROKEN as error:
        raise NotRead("damaged") from error


def plain(content: bytes, kind: str, limits: ReadingLimits) -> tuple[str, bool, str | None]:
    """Read a file of plain text, or a page of HTML."""
    head = content[: 4 * limits.letters]
    text, _ = charsets.decode(head, "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "")
    if kind == "text/html":
        text = layout.html_to_text(text)
    problem = None if len(content) <= len(head) else "too_long"
    return text.strip(), False, problem if text.strip() else "no_text"


def _archive(content: bytes, limits: ReadingLimits) -> zipfile.ZipFile:
    """Open an office document, whose size is counted before any of it is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        encrypted = content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        raise NotRead("encrypted" if encrypted else "damaged") from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotRead("encrypted")
    if len(entries) > limits.entries or sum(e.file_size for e in entries) > limits.unpacked:
        raise NotRead("too_large")
    return archive


def _with_pictures(
    text: str, archive: zipfile.ZipFile, limits: ReadingLimits, pictures: Pictures
) -> tuple[str, bool, str | None]:
    """Look at the pictures in a document that has next to no words: somebody pasted a scan."""
    cut = text[: limits.letters].strip()
    if len(cut) >= _LITTLE:
        return cut, False, None
    texts = [cut]
    for name in archive.namelist():
        if not _PICTURE_NAME.fullmatch(name):
            continue
        found, document, _ = pictures.text_of(archive.read(name))
        if document:
            return "", True, None
        texts.append(found)
    whole = "\n\n".join(filter(None, texts))
    return whole, False, None if whole else "no_text"
