"""Gives an officer the HTML of a mail in a sandbox, and its attached files to keep."""

from urllib.parse import quote

import nh3
from starlette.responses import HTMLResponse, Response

from mailbot.domain.errors import UnknownCase
from mailbot.domain.mail import Mail
from mailbot.domain.masking import mask_bsn
from mailbot.web.asked import PageRequest
from mailbot.web.headers import FRAMED_MAIL
from mailbot.work.handling.page import hidden_copies
from mailbot.work.reading import CaseMails

FILE_POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
)
# No picture, no address, no form, no class of ours: what is left are words and their arrangement.
TAGS = {
    *("p", "br", "div", "span", "blockquote", "pre", "hr", "center"),
    *("b", "i", "u", "s", "em", "strong", "small", "sub", "sup", "font"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col", "colgroup"),
}
ATTRIBUTES = {
    "*": {"dir", "lang", "align", "style"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "font": {"color"},
    "ol": {"start"},
}
STYLES = {
    *("color", "font-weight", "font-style", "font-size", "text-align", "text-decoration"),
    *("margin-left", "padding-left", "direction", "unicode-bidi", "border", "border-collapse"),
}
"""Nothing that names an address, moves text out of its place or paints over it."""
DROPPED = {"script", "style", "title", "head", "svg", "math", "template", "noscript", "object"}


def framed_html(page: PageRequest) -> Response:
    """Answer with the cleaned HTML of one mail; the headers forbid it everything."""
    mail = _mail(page)
    if mail.html is None:
        raise UnknownCase("this mail has no HTML")
    answer = HTMLResponse(
        "<!doctype html><meta charset=utf-8><title>mail</title>"
        "<style>body{font:16px/1.5 sans-serif;color:#1d232b;background:#fff;margin:1rem;"
        "overflow-wrap:break-word}table{border-collapse:collapse}</style>"
        f"<body dir=auto>{cleaned(mail.html)}"
    )
    answer.headers["Content-Security-Policy"] = FRAMED_MAIL
    return answer


def cleaned(html: str) -> str:
    """Take from the HTML of a mail everything but words, tables and a few harmless styles."""
    return nh3.clean(
        mask_bsn(html),
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        filter_style_properties=STYLES,
        url_schemes=set(),
        link_rel=None,
    )


def attached_file(page: PageRequest) -> Response:
    """Give an attached file to be kept: never shown in the browser, whatever it says it is."""
    files = _mail(page).attachments
    number = page.names["file"]
    if not number.isdigit() or int(number) >= len(files):
        raise UnknownCase("there is no such file")
    one = files[int(number)]
    answer = Response(one.content, media_type="application/octet-stream")
    name = quote(mask_bsn(one.filename) or "file", safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer


def _mail(page: PageRequest) -> Mail:
    """
    Open one mail of the case in the path.

    Raises:
        UnknownCase: it is not of this case, cannot be read, or holds what nobody may see.
    """
    reference, number = page.names["reference"], page.names["mail"]
    if not number.isdigit() or int(number) in hidden_copies(page.desk, page.officer, reference):
        raise UnknownCase("there is no such mail to be shown")
    mail = CaseMails(page.desk, page.office.read).one(page.officer, reference, int(number))
    if mail is None:
        raise UnknownCase("there is no such mail to be shown")
    return mail
