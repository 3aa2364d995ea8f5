"""Part what a person wrote now from what they quote."""

import re
from dataclasses import dataclass

from mailbot.domain.announcements import announcement, shared
from mailbot.domain.marks import is_marked, is_wrapped, next_is_marked

_MARKS = re.compile(r"[ \t\u200e\u200f]{0,3}(?:>[ \t]?)+")
_MARKS_ONCE = re.compile(r"^[ \t\u200e\u200f]{0,3}>[ \t]?")
_BLANKS = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_MOST_LINES = 20_000
"""What stands below so many lines is not looked through; it stays with what stands above it."""


@dataclass(frozen=True, slots=True)
class Parted:
    """One text in its two halves; together they hold every line that is not blank."""

    new: str
    quoted: str
    is_forward: bool = False


def split(text: str, *, depth: int = 0) -> Parted:
    r"""
    Part the new text of a mail from its quotes.

    1. Find where each quoted mail is announced: a line such as `Op … schreef …:`, a block of
       header fields, a rule with words.
    2. After an announcement followed by `>` only the marked lines are quoted, so that an
       answer between or below them is new; after any other, all that follows is.
    3. Where nothing new remains and the quote is a forward, the forwarded text is the new
       text; where it is none, everything is: a text is never emptied.

    Args:
        text: the text of a mail, line ends as `\n`.
        depth: how many forwards this text was taken out of.

    Returns:
        Both halves. Signatures stay where they stand.
    """
    lines = text.split("\n")
    lines, beyond = lines[:_MOST_LINES], lines[_MOST_LINES:]
    new: list[str] = []
    quoted: list[str] = []
    forward = False
    at = 0
    while at < len(lines):
        line = lines[at]
        if is_marked(line) or (quoted and is_wrapped(lines, at)):
            quoted.append(line)
            at += 1
            continue
        length, kind = announcement(lines, at)
        if not length:
            new.append(line)
            at += 1
            continue
        before, first = shared(line) if kind == "attribution" else ("", line)
        new.extend(filter(None, [before]))
        quoted.extend((first, *lines[at + 1 : at + length]))
        at += length
        forward = forward or kind == "forward"
        if kind == "attribution" and next_is_marked(lines, at):
            continue
        if _blank(new) and kind != "attribution":
            return _opened(lines, at, quoted, depth, forward=forward or kind == "block")
        quoted.extend(lines[at:])
        break
    (quoted or new).extend(beyond)
    if _blank(new):
        return _all_quoted(text, depth, forward=forward)
    return Parted(_tidy(new), _tidy(quoted), is_forward=forward)


def _all_quoted(text: str, depth: int, *, forward: bool) -> Parted:
    """Take a text of nothing but quotes as the new one; a forward inside the marks is opened."""
    lines = [_MARKS_ONCE.sub("", line) for line in text.strip("\n").split("\n")]
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    length, kind = announcement(lines, first)
    if depth < 3 and length and kind in {"forward", "block", "original"}:
        return split("\n".join(lines), depth=depth + 1)
    return Parted(text.strip(), "", is_forward=forward)


def _opened(lines: list[str], at: int, quoted: list[str], depth: int, *, forward: bool) -> Parted:
    """Take the forwarded text as the new one, and part it in turn."""
    rest = lines[at:]
    if rest and all(is_marked(line) for line in rest if line.strip()):
        rest = [_MARKS.sub("", line, count=1) for line in rest]
    if _blank(rest) or depth > 3:
        return Parted("\n".join([*quoted, *rest]).strip(), "", is_forward=forward)
    inner = split("\n".join(rest), depth=depth + 1)
    return Parted(inner.new, _tidy([*quoted, inner.quoted]), is_forward=True)


def _blank(lines: list[str]) -> bool:
    return not any(line.strip() for line in lines)


def _tidy(lines: list[str]) -> str:
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
