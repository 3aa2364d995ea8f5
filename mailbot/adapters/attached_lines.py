"""Puts the lines of a page back together as paragraphs."""

import re
import unicodedata

_ENDS = re.compile(r"[.!?:;؟،,]\s*$")
_CLOSES = re.compile(r"[.!?:;؟]\s*$")
_OPENS = re.compile(r"\s*(?:[-*•·\u2013]|\d{1,2}[.)]\s|[a-z]\)\s)")
_TORN = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010]$")
_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=[\s'\u2019])", re.MULTILINE)
_FULL = 0.72
"""A line this long beside the longest one was broken by the margin and not by the writer."""


def paragraphs(text: str) -> str:
    """
    Join the lines that only the margin parted.

    A sentence that runs over two lines must be read as one; a greeting, a list or a name below
    a letter must not. Letter shapes of Arabic (presentation forms) become plain letters.

    Args:
        text: the lines as they stood on the page.

    Returns:
        The text, one paragraph a line.
    """
    plain = unicodedata.normalize("NFKC", text) if _has_shapes(text) else text
    lines = [" ".join(line.split()) for line in plain.replace("\r", "\n").split("\n")]
    widest = max((len(line) for line in lines), default=0)
    out: list[str] = []
    for line in lines:
        if out and _continues(out[-1], line, widest):
            out[-1] = _joined(out[-1], line)
        else:
            out.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def recognised(text: str) -> str:
    """Mend what letter recognition commonly gets wrong, and join the lines."""
    return paragraphs(_BAR.sub("I", text))


def _continues(above: str, line: str, widest: int) -> bool:
    last = above.rsplit("\n", maxsplit=1)[-1]
    if not last or not line or _OPENS.match(line) or _CLOSES.search(last):
        return False
    tail = last[-widest:]
    if line[:1].islower() and not _ENDS.search(last):
        return True
    return len(tail) >= _FULL * widest


def _joined(above: str, line: str) -> str:
    torn = _TORN.search(above)
    if torn and line[:1].islower():
        return above[: torn.end() - 1] + line
    return f"{above} {line}"


def _has_shapes(text: str) -> bool:
    return any("\ufb00" <= letter <= "\ufefc" for letter in text)
