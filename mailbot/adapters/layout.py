"""Set HTML out as text: hidden nodes dropped, quotes marked with `> `, tables as columns."""

import logging
import re
from html import unescape

from inscriptis import get_text  # type: ignore[import-untyped]
from inscriptis.css_profiles import CSS_PROFILES  # type: ignore[import-untyped]
from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser, LexborNode

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
_FORWARDED = "-----"
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
_UNSEEN = re.compile(
    r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
_ANY_TAG = re.compile(r"<[^>]*>")
_DEEPEST = 150
_LAYOUT = ParserConfig(css=CSS_PROFILES["strict"])

log = logging.getLogger(__name__)


def html_to_text(html: str) -> str:
    """
    Turn HTML into text.

    Args:
        html: a whole document or a piece of one, however broken.

    Returns:
        The text a reader would see; each quoted line begins with `>`.
    """
    tree = LexborHTMLParser(html.replace(_OPEN, "").replace(_CLOSE, ""))
    body = tree.body or tree.root
    if body is None:
        return ""
    if _is_deep(tree.html or ""):
        return _plain(tree.html or "")
    for node in [*body.css(_INVISIBLE), *filter(_is_hidden, body.css("[style]"))]:
        node.decompose()
    for node in body.css(_QUOTES):
        if node.css_matches(".gmail_attr") and _FORWARDED in node.text(deep=True):
            # Here it announces a forward, which is the text itself.
            continue
        node.insert_before(_OPEN)
        node.insert_after(_CLOSE)
    for node in body.css(_QUOTED_FROM):
        if ":" in node.text(deep=True)[:200]:
            node.insert_before(_OPEN)
    return _marked(_laid_out(tree, body))


def _is_hidden(node: LexborNode) -> bool:
    return bool(_HIDING.search(node.attributes.get("style") or ""))


def _laid_out(tree: LexborHTMLParser, body: LexborNode) -> str:
    """Set the text out with its tables, or as plain lines where that would take too long."""
    html = tree.html or ""
    if len(html) < _HUGE and len(body.css("table table")) < _DEEP:
        try:
            return str(get_text(html, _LAYOUT))
        except (RecursionError, ValueError, AssertionError, IndexError):
            log.debug("this HTML cannot be set out")
    return _plain(body.html or "")


def _plain(html: str) -> str:
    """Take the tags off, block by block."""
    html = _UNSEEN.sub(" ", html)
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
