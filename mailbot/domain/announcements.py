"""Find where a text announces a quoted mail."""

# ruff: noqa: RUF001 - Full-width colons and dashes are the content.

import re
from functools import lru_cache

from mailbot.domain import attributions as words
from mailbot.domain.marks import is_marked, next_is_marked

_RULE = re.compile(r"\s*(?:[-_=*—–─]\s?){5,}\s*$")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h時时시]\s?\d{2}")
_DAY = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s(?:de\s)?[^\W\d]{3,}"
)
_ADDRESS = re.compile(
    r"[<(\[\"]\s*[\u200e\u200f\u202a-\u202e]?(?:mailto:)?[^\s<>()\[\]\"]+@|@[^\s<>()]+\s*[>)\]]|"
    r"@[^\s<>()]+\s+(?:wrote|schreef|said)\b"
)
"""An address in brackets, or right before the verb: as programs write it and people hardly do."""
_FORM_FIELD = re.compile(r"[*\s]*[^\W\d][\w /'-]{1,24}[*\s]*:\s")
_NAMED_LAST = re.compile(
    r"[>)\]][\s\u200e\u200f\u202a-\u202e*_]*[:：]?[\s\u200e\u200f\u202a-\u202e*_]*$"
)
_TOLD = re.compile(
    r"\b(?:schreef|schreven)\s(?:ik|wij|we|hij|zij|ze|u|jij|de|het|een|mijn|onze)\b|"
    r"\b(?:I|we|he|she|they|teacher|school)\s(?:wrote|said|sent)\b|"
    r"\b(?:de volgende|het volgende|the following)\s*:",
    re.IGNORECASE,
)
"""A person tells what was written; no mail program uses a pronoun."""
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
    r"(?!\s*-)(.*?\S)(?:\s+|(?=---))((?:-{2,}\s*)?(?:On|Op|Am|Le)\s(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|ma|di|wo|do|vr|za|zo|"
    r"lun|mar|mer|jeu|ven|sam|dim|Mo|Di|Mi|Do|Fr|Sa|So)[\w.]*,?\s.*)$"
)
_RUN_ON = re.compile(
    r"(?:On|Op|Am|Le|El|Il|Em)\s.{5,250}?@[^\s<>]+>?\)?\s*"
    r"(?:wrote|schreef|schrieb|a écrit|escribió|ha scritto|escreveu)\s*:\s{2,}\S"
)
"""Yahoo on a telephone goes on with the quoted text on the same line."""
_CLOSES = re.compile(
    r"(?:[:：>-]|wrote|schreef|schrieb|écrit|escribió|skrev)[\s\u200e\u200f\u202a-\u202e*_]*$"
)
_LONGEST_ATTRIBUTION = 400
_WRAPPED = 4
"""An attribution is wrapped over this many lines at most."""


def announcement(lines: list[str], at: int) -> tuple[int, str]:
    """
    Say whether a quoted mail is announced at a line.

    Args:
        lines: the lines of the text.
        at: the line to look at.

    Returns:
        How many lines the announcement takes, 0 for none, and its sort: `forward`,
        `original` (a rule with words), `block` (header fields) or `attribution`.
    """
    line = lines[at].strip()
    if _RUN_ON.match(line[:_LONGEST_ATTRIBUTION]):
        return 1, "original"
    if not line or len(line) > _LONGEST_ATTRIBUTION:
        return 0, ""
    if words.FORWARDED_LINE.match(line):
        return 1 + _block(lines, at + 1), "forward"
    if words.ORIGINAL_LINE.match(line):
        return 1 + _block(lines, at + 1), "original"
    if _RULE.match(line):
        block = _block(lines, at + 1, enough=1)
        return (1 + block, "block") if block else (0, "")
    block = _block(lines, at) if _label(line) else 0
    if block:
        return block, "block"
    return _attribution(lines, at), "attribution"


def _block(lines: list[str], at: int, *, enough: int = 2) -> int:
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
        elif seen and _FORM_FIELD.match(line) and not _is_header(seen, enough):
            if not (_DAY.search(line) and _CLOCK.search(line)):
                # `Van:`, `E-mail:`, `Telefoon:` are the fields of a form, filled in by a person.
                return 0
            seen.add("sent")
            length = offset + 1
        elif seen and wrapped < 6 and not blanks:
            wrapped += 1
        else:
            break
        blanks = 0
    return length if _is_header(seen, enough) else 0


def _is_header(seen: set[str], enough: int) -> bool:
    return "from" in seen and len(seen & {"sent", "to", "subject"}) >= enough


_LABELS = (
    ("from", words.FROM_LABEL),
    ("sent", words.SENT_LABEL),
    ("to", words.TO_LABEL),
    ("subject", words.SUBJECT_LABEL),
    ("copy", words.COPY_LABEL),
)


def _label(line: str) -> str:
    """Name the header field this line looks like, or nothing."""
    head = line[:60]
    colon = min((at for at in (head.find(":"), head.find("：")) if at >= 0), default=-1)
    return _field(head[: colon + 1]) if colon >= 0 else ""


@lru_cache(maxsize=256)
def _field(head: str) -> str:
    """Name the header field that the beginning of a line, up to its colon, stands for."""
    return next((name for name, pattern in _LABELS if pattern.match(head)), "")


def _attribution(lines: list[str], at: int) -> int:
    """Return how many lines from *at* are an attribution such as `On … wrote:`, else 0."""
    joined = ""
    for offset, line in enumerate(lines[at : at + _WRAPPED]):
        if not line.strip() or is_marked(line):
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LONGEST_ATTRIBUTION:
            return 0
        if not _CLOSES.search(joined):
            continue
        marked = next_is_marked(lines, at + offset + 1)
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
    if not marked and not addressed and _TOLD.search(line):
        return False
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
    return dated and timed and addressed and len(line) < 250 and bool(_NAMED_LAST.search(line))


def shared(line: str) -> tuple[str, str]:
    """Part a line on which both the end of a reply and the attribution of a quote stand."""
    match = _SHARED.match(line)
    return (match[1].rstrip(), match[2]) if match else ("", line)
