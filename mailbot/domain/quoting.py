"""Part what a person wrote now from what they quote."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mailbot.domain import attributions as words

_QUOTED = re.compile(r"[ \t\u200e\u200f]{0,3}(?:>|\|[ \t]?>)")
_MARKS = re.compile(r"[ \t\u200e\u200f]{0,3}(?:>[ \t]?)+")
_MARKS_ONCE = re.compile(r"^[ \t\u200e\u200f]{0,3}>[ \t]?")
_BLANKS = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_RULE = re.compile(r"\s*(?:[-_=*—–─]\s?){5,}\s*$")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h時时시]\s?\d{2}")
_DAY = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s(?:de\s)?[^\W\d]{3,}"
)
_ADDRESS = re.compile(r"[^\s<>()\[\]\"]+@[^\s<>()\[\]\"]+")
_ENDS = re.compile(r"[:：][\s\u200e\u200f\u202a-\u202e*_]*$")
_RULED_VERB = re.compile(r"\b(?:wrote|schreef|schrieb|a écrit|escribió|skrev)\s*-*$", re.IGNORECASE)
"""Zoho and Samsung write no colon, but a rule."""
_DATED_ADDRESS = re.compile(
    r"(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\s[^<>]{0,100}<[^<>\s]+@[^<>\s]+>:?$"
)
_VERB_DATE = re.compile(
    r"^[^.!?]{2,60}\s(?:schreef|wrote|schrieb|a écrit|skrev|escribió|ha scritto)\s(?:op|on|am|le|den|el|il)\s\d",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"(.*?\S)(?:\s+|(?=---))((?:-{2,}\s*)?(?:On|Op|Am|Le)\s(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|ma|di|wo|do|vr|za|zo|"
    r"lun|mar|mer|jeu|ven|sam|dim|Mo|Di|Mi|Do|Fr|Sa|So)[\w.]*,?\s.*)$"
)
_MOST_LINES = 20_000
"""What stands below so many lines is not looked through; it stays with what stands above it."""
_CLOSES = re.compile(
    r"(?:[:：>-]|wrote|schreef|schrieb|écrit|escribió|skrev)[\s\u200e\u200f\u202a-\u202e*_]*$"
)
_FULL_LINE = 55
"""A marked line this long may have been wrapped."""
_LONGEST_ATTRIBUTION = 400
_WRAPPED = 4
"""An attribution is wrapped over this many lines at most."""


@dataclass(frozen=True, slots=True)
class Parted:
    """One text in its two halves; together they hold every line that is not blank."""

    new: str
    quoted: str
    is_forward: bool = False


def split(text: str, *, depth: int = 0) -> Parted:
    """
    Part the new text of a mail from its quotes.

    1. Find where each quoted mail is announced: a line such as `Op … schreef …:`, a block of
       header fields, a rule with words.
    2. After an announcement followed by `>` only the marked lines are quoted, so that an
       answer between or below them is new; after any other, all that follows is.
    3. Where nothing new remains and the quote is a forward, the forwarded text is the new
       text; where it is none, everything is: a text is never emptied.

    Args:
        text: the text of a mail, line ends as `\\n`.
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
        if _is_quoted(line) or (quoted and _is_wrapped(lines, at)):
            quoted.append(line)
            at += 1
            continue
        length, kind = _announcement(lines, at)
        if not length:
            new.append(line)
            at += 1
            continue
        before, first = _shared(line) if kind == "attribution" else ("", line)
        new.extend(filter(None, [before]))
        quoted.extend((first, *lines[at + 1 : at + length]))
        at += length
        forward = forward or kind == "forward"
        if kind == "attribution" and _next_is_marked(lines, at):
            continue
        if _blank(new) and kind != "attribution":
            return _opened(lines, at, quoted, depth, forward=forward or kind == "block")
        quoted.extend(lines[at:])
        break
    (quoted if quoted else new).extend(beyond)
    if _blank(new):
        return _all_quoted(text, depth, forward=forward)
    return Parted(_tidy(new), _tidy(quoted), is_forward=forward)


def _all_quoted(text: str, depth: int, *, forward: bool) -> Parted:
    """Take a text of nothing but quotes as the new one; a forward inside the marks is opened."""
    lines = [_MARKS_ONCE.sub("", line) for line in text.strip("\n").split("\n")]
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    length, kind = _announcement(lines, first)
    if depth < 3 and length and kind in {"forward", "block", "original"}:
        return split("\n".join(lines), depth=depth + 1)
    return Parted(text.strip(), "", is_forward=forward)


def _opened(lines: list[str], at: int, quoted: list[str], depth: int, *, forward: bool) -> Parted:
    """Take the forwarded text as the new one, and part it in turn."""
    rest = lines[at:]
    if rest and all(_is_quoted(line) for line in rest if line.strip()):
        rest = [_MARKS.sub("", line, count=1) for line in rest]
    if _blank(rest) or depth > 3:
        return Parted("\n".join([*quoted, *rest]).strip(), "", is_forward=forward)
    inner = split("\n".join(rest), depth=depth + 1)
    return Parted(inner.new, _tidy([*quoted, inner.quoted]), is_forward=True)


def _announcement(lines: list[str], at: int) -> tuple[int, str]:
    """Return how many lines from *at* announce a quoted mail, and in which way."""
    line = lines[at].strip()
    if not line or len(line) > _LONGEST_ATTRIBUTION:
        return 0, ""
    if words.FORWARDED_LINE.match(line):
        return 1 + _block(lines, at + 1), "forward"
    if words.ORIGINAL_LINE.match(line):
        return 1 + _block(lines, at + 1), "original"
    if _RULE.match(line):
        block = _block(lines, at + 1)
        return (1 + block, "block") if block else (0, "")
    block = _block(lines, at) if _label(line) else 0
    if block:
        return block, "block"
    return _attribution(lines, at), "attribution"


def _block(lines: list[str], at: int) -> int:
    """Return how many lines from *at* are a block of header fields such as `Van: … Verzonden: …`."""
    seen: set[str] = set()
    length, blanks, wrapped = 0, 0, 0
    for offset, line in enumerate(lines[at : at + 24]):
        if not line.strip():
            blanks += 1
            # Some programs put a blank line between each field; two end the block.
            if blanks > 1 or len(seen) >= 3:
                break
            continue
        label = _label(line)
        if label:
            wrapped = 0
            seen.add(label)
            length = offset + 1
        elif seen and wrapped < 6 and not blanks:
            wrapped += 1
        else:
            break
        blanks = 0
    return length if _is_header(seen) else 0


def _is_header(seen: set[str]) -> bool:
    return "from" in seen and len(seen & {"sent", "to", "subject"}) >= 2


_LABELS = (
    ("from", words.FROM_LABEL),
    ("sent", words.SENT_LABEL),
    ("to", words.TO_LABEL),
    ("subject", words.SUBJECT_LABEL),
    ("copy", words.COPY_LABEL),
)


@lru_cache(maxsize=512)
def _label(line: str) -> str:
    """Name the header field this line looks like, or nothing."""
    head = line[:60]
    if ":" not in head and "：" not in head:
        return ""
    return next((name for name, pattern in _LABELS if pattern.match(head)), "")


def _attribution(lines: list[str], at: int) -> int:
    """Return how many lines from *at* are an attribution such as `On … wrote:`, else 0."""
    joined = ""
    for offset, line in enumerate(lines[at : at + _WRAPPED]):
        if not line.strip() or _is_quoted(line):
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LONGEST_ATTRIBUTION:
            return 0
        if not _CLOSES.search(joined):
            continue
        marked = _next_is_marked(lines, at + offset + 1)
        alone = at == 0 or not lines[at - 1].strip()
        if _is_attribution(joined, marked=marked, alone=alone):
            rest = " ".join(one.strip() for one in lines[at + 1 : at + offset + 1])
            # The last line of a reply may stand right above the attribution of the quote.
            return 0 if _is_whole(rest) else offset + 1
    return 0


def _is_whole(line: str) -> bool:
    """Say whether these lines are an attribution by themselves, date and all."""
    return bool(line and _DAY.search(line)) and _is_attribution(line, marked=False, alone=True)


def _is_attribution(line: str, *, marked: bool, alone: bool) -> bool:
    """
    Say whether a (joined) line announces a quote.

    Args:
        line: the line, or the lines it was wrapped over.
        marked: whether `>` follows.
        alone: whether a blank line stands before it.

    Returns:
        Whether it does. A person telling what somebody wrote has as a rule no address and
        no clock time in that line, so at least two of date, time, address and mark are asked.
    """
    if marked and _DATED_ADDRESS.match(line):
        return True
    ruled = bool(_RULED_VERB.search(line))
    if not ruled and not _ENDS.search(line):
        return False
    dated = bool(_DAY.search(line))
    timed = bool(_CLOCK.search(line))
    addressed = bool(_ADDRESS.search(line))
    verb = ruled or bool(words.VERB.search(line))
    opened = bool(words.OPENING.match(line))
    if ruled and (line.startswith("--") or not (dated and timed)):
        return line.startswith("--") and len(line) < 100
    if verb and dated and (addressed or marked):
        return True
    if verb and marked and len(line) < 200:
        return True
    if verb and dated and timed and alone and len(line) < 100:
        return opened or bool(_VERB_DATE.search(line))
    return dated and timed and addressed and len(line) < 250


def _shared(line: str) -> tuple[str, str]:
    """Part a line on which both the end of a reply and the attribution of a quote stand."""
    match = _SHARED.match(line)
    return (match[1].rstrip(), match[2]) if match else ("", line)


def _is_quoted(line: str) -> bool:
    """Say whether a line is marked with `>`, and is no `>>> decoration <<<`."""
    return bool(_QUOTED.match(line)) and not line.rstrip().endswith("<<")


def _is_wrapped(lines: list[str], at: int) -> bool:
    """
    Say whether this line is the torn-off end of the marked line above it.

    Some programs wrap a long marked line without marking its rest. An answer between two
    marked lines begins with a capital, or the line above it is short.
    """
    if at == 0 or at + 1 >= len(lines) or not lines[at].strip():
        return False
    above, line, below = lines[at - 1], lines[at].lstrip(), lines[at + 1]
    if not _is_quoted(above) or not _is_quoted(below):
        return False
    link = line.startswith(("(http", "<http", "http")) or "http" in above[-80:]
    return link or (len(above) >= _FULL_LINE and line[:1].islower())


def _next_is_marked(lines: list[str], at: int) -> bool:
    """Say whether the next line that is not blank is quoted with `>`."""
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return _is_quoted(following)


def _blank(lines: list[str]) -> bool:
    return not any(line.strip() for line in lines)


def _tidy(lines: list[str]) -> str:
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
