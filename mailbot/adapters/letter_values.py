"""Show a value in a letter, as text and as HTML, so that it can never become markup."""

import re
from dataclasses import dataclass
from html import escape

LEFT_TO_RIGHT_MARK = "\u200e"
RIGHT_TO_LEFT_MARK = "\u200f"

_DROPPED = re.compile(
    # Controls; bidi marks, overrides and isolates; surrogates; the private-use
    # characters that mark places in a letter.
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_WEB_ADDRESS = re.compile(r"https?://[!-~]+")
_HELD = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+){2,}|\+?[0-9][0-9 ()-]{5,18}")
"""A case number or a telephone number: broken over two lines it is copied wrongly."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it stands in the plain text and in the HTML."""

    text: str
    html: str


def clean(value: str) -> str:
    """Return *value* with one kind of line break and without controls and bidi marks."""
    return _DROPPED.sub("", _BREAKS.sub("\n", value))


def word(value: str, direction: str) -> Shown:
    """
    Show a short value on one line.

    In a right-to-left letter, a value without right-to-left characters
    (a reference, a telephone number) is held together by marks in the text
    and by `bdi` in the HTML.
    """
    text = " ".join(clean(value).split())
    html = escape(text)
    held = ' class="held"' if _HELD.fullmatch(text) else ""
    foreign = bool(_RIGHT_TO_LEFT.search(text)) != (direction == "rtl")
    if not foreign:
        return Shown(text, f"<span{held}>{html}</span>" if held else html)
    if direction == "rtl":
        text = f"{LEFT_TO_RIGHT_MARK}{text}{LEFT_TO_RIGHT_MARK}"
    return Shown(text, f"<bdi{held}>{html}</bdi>")


def link(value: str, direction: str) -> Shown:
    """
    Show a web or mail address as a link, or as a mere word when it is neither.

    Only addresses from the board's profile and the house's own deep links
    go through here; what people typed never becomes a link.
    """
    shown = word(value, direction)
    if _WEB_ADDRESS.fullmatch(value):
        target = value
    elif _MAIL_ADDRESS.fullmatch(value):
        target = f"mailto:{value}"
    else:
        return shown
    return Shown(shown.text, f'<a href="{escape(target)}" dir="ltr">{escape(value)}</a>')


def typed(value: str, language: str) -> Shown:
    """Show what a person typed, with its own paragraphs, its language and its own direction."""
    text = re.sub("\n{3,}", "\n\n", clean(value).strip())
    opening = f'<span class="typed" lang="{escape(language)}" dir="auto">'
    html = escape(text).replace("\n\n", f"</span></p>\n<p>{opening}").replace("\n", "<br>\n")
    return Shown(text, f"{opening}{html}</span>")
