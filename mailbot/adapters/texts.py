"""What parsing borrows from libraries: HTML, file types, winmail.dat, bounces."""

import email
import logging
import re
from email import policy
from html import unescape

import puremagic
from flufl.bounce import all_failures
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tnefparse import TNEF

from mailbot.domain.mail import Bounce

_INVISIBLE = (
    "head, script, style, noscript, template, title, object, embed, iframe, svg, [hidden], "
    ".preheader, .preview-text"
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|"
    r"font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|!|$)|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_QUOTES = (
    "blockquote, .gmail_attr, .yahoo_quoted, .protonmail_quote, .tutanota_quote, .zmail_extra, "
    ".moz-cite-prefix, #reply-intro, #OLK_SRC_BODY_SECTION, .ms-outlook-mobile-reference-message, "
    "#mail-editor-reference-message-container"
)
"""Nodes in which mail programs keep what is quoted."""
_QUOTED_FROM = (
    '#divRplyFwdMsg, [id^="divRpF"], [id^="divRplyFwdMsg"], .OutlookMessageHeader, '
    'div[style*="border-top:solid #B5C4DF"], div[style*="border-top:solid #E1E1E1"], '
    'div[style*="border-top: solid #E1E1E1"], div[style*="border-top: 1pt solid rgb(225, 225, 225)"]'
)
"""Nodes from which on everything is quoted."""
_HUGE = 400_000
_DEEP = 60
"""More tables within one another than this are read as plain lines."""
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
"""Private characters that mark where a quote begins and ends in the text."""
_MARKS = re.compile(f"([{_OPEN}{_CLOSE}])")
_MANY_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")
_TAG = re.compile(
    r"<(/)?(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|!))[a-zA-Z]"
)
_SPACES = re.compile(r"\s+")
_BLOCK_TAG = re.compile(
    r"<(?:br|hr|/?(?:p|div|tr|li|ul|ol|h[1-6]|table|pre|blockquote))\b[^>]*>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[^>]*>")
_DEEPEST = 150
_LAYOUT = ParserConfig(css=CSS_PROFILES["strict"])

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

log = logging.getLogger(__name__)


class Texts:
    """The libraries behind `TextTools`; keeps nothing between two mails."""

    def html_to_text(self, html: str) -> str:
        """
        Turn HTML into text, hidden nodes dropped, quotes marked with `> `.

        Args:
            html: a whole document or a piece of one, however broken.

        Returns:
            The text a reader would see, tables as columns.
        """
        if _is_deep(html):
            return _plain(html)
        tree = LexborHTMLParser(html.replace(_OPEN, "").replace(_CLOSE, ""))
        body = tree.body or tree.root
        if body is None:
            return ""
        for node in [*body.css(_INVISIBLE), *filter(_is_hidden, body.css("[style]"))]:
            node.decompose()
        for node in body.css(_QUOTES):
            node.insert_before(_OPEN)
            node.insert_after(_CLOSE)
        for node in body.css(_QUOTED_FROM):
            if ":" in node.text(deep=True)[:200]:
                node.insert_before(_OPEN)
        return _marked(_laid_out(tree, body))

    def true_type(self, content: bytes, declared: str, filename: str) -> str:
        """Name the type the bytes show, else the declared one."""
        return _office(content, filename) or _magic(content, declared, filename)

    def open_tnef(self, content: bytes) -> tuple[str, list[tuple[str, bytes]]]:
        """
        Open a winmail.dat.

        Args:
            content: its bytes.

        Returns:
            Its text, and its files as name and bytes.

        Raises:
            ValueError: it is none, or too damaged.
        """
        try:
            opened = TNEF(content, do_checksum=False)
            body = opened.body or ""
            files = [
                (one.long_filename() or one.name or "", one.data or b"")
                for one in opened.attachments
            ]
        except Exception as error:
            # The library reads offsets from the file and fails on a damaged one in any way.
            raise ValueError("no readable TNEF") from error
        text = body.decode("cp1252", "replace") if isinstance(body, bytes) else str(body)
        return text, [(str(name), bytes(data)) for name, data in files]

    def scan_bounce(self, raw: bytes) -> Bounce | None:
        """Recognise a delivery report by its text, with flufl.bounce."""
        try:
            message = email.message_from_bytes(raw[:300_000], policy=policy.compat32)
            temporary, permanent = all_failures(message)
        except Exception:
            # A second voice may fall silent; the first one has read the mail already.
            log.debug("the second reader of reports gave up")
            return None
        named = sorted(_text(one) for one in (permanent or temporary))
        return Bounce(tuple(named), permanent=bool(permanent)) if named else None


def _is_hidden(node: LexborNode) -> bool:
    return bool(_HIDING.search(node.attributes.get("style") or ""))


def _laid_out(tree: LexborHTMLParser, body: LexborNode) -> str:
    """Set the text out with its tables, or as plain lines where that would take too long."""
    html = tree.html or ""
    if len(html) < _HUGE and len(body.css("table table")) < _DEEP:
        try:
            return get_text(html, _LAYOUT)
        except (RecursionError, ValueError, AssertionError, IndexError):
            log.debug("this HTML cannot be set out")
    return _plain(body.html or "")


def _plain(html: str) -> str:
    """Take the tags off, block by block."""
    return unescape(_ANY_TAG.sub("", _BLOCK_TAG.sub("\n", _SPACES.sub(" ", html))))


def _is_deep(html: str) -> bool:
    """Say whether tags stand so deep in one another that a recursive reader would fall."""
    depth = deepest = 0
    for closing in _TAG.findall(html):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _marked(text: str) -> str:
    """Put `> ` before each line that stands between the marks of a quote."""
    out: list[str] = []
    depth = 0
    for line in text.split("\n"):
        for piece in _MARKS.split(line):
            if piece == _OPEN:
                depth += 1
            elif piece == _CLOSE:
                depth = max(0, depth - 1)
            elif piece.strip() or not _MARKS.search(line):
                out.append(f"{'>' * depth} {piece.strip()}" if depth else piece.rstrip())
    return _MANY_BLANKS.sub("\n\n", "\n".join(out)).strip("\n")


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
    if not content or declared.startswith("text/") and _is_readable(content):
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


def _text(name: bytes | str) -> str:
    return (name.decode("ascii", "replace") if isinstance(name, bytes) else name).lower()
