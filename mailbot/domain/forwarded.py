"""Traces a mail that a colleague sent on: who wrote it first, and when, as far as it says."""

# ruff: noqa: RUF001 - Turkish letters and full-width colons are the content.

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from mailbot.domain import attributions as words
from mailbot.domain.addresses import read
from mailbot.domain.mail import Address, Mail
from mailbot.domain.moments import read_moment

_FORWARDED_SUBJECT = re.compile(
    r"\s*(?:fwd?|fw|doorst|doorgestuurd|wg|tr|i|ilt|iletilen|pd|rv|تحويل|إعادة توجيه)\s*[:：]",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_WITHIN = 8
"""Lines of one block of header fields."""
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Traced:
    """What a forwarded mail says of its origin; a suggestion, for anybody may have typed it."""

    sender: Address | None = field(default=None, repr=False)
    sent: datetime | date | None = None
    attached: bool = False
    """Whether it came as an attached mail, whose fields are harder to get wrong than typed ones."""


def is_passed_on(mail: Mail, own_domains: Collection[str]) -> bool:
    """
    Say whether somebody of the school sent on a mail of somebody else.

    Args:
        mail: the mail.
        own_domains: the domains of the board and its schools, in lower case.
    """
    if mail.sender is None or _domain(mail.sender.address) not in own_domains:
        return False
    if mail.is_forward or mail.attached_mails:
        return True
    return bool(_FORWARDED_SUBJECT.match(mail.subject)) and traced(mail, own_domains) is not None


def traced(mail: Mail, own_domains: Collection[str], *, depth: int = 0) -> Traced | None:
    """
    Find who first wrote a mail that was sent on, and when.

    1. An attached mail says so in its own fields; what it holds attached comes before itself.
    2. Else the first block of fields above the quoted text whose address is none of the school.

    Args:
        mail: the mail as it came.
        own_domains: the domains of the board and its schools, in lower case.
        depth: how many mails this one was taken out of.

    Returns:
        None where it says nothing of it.
    """
    for inner in mail.attached_mails:
        deeper = traced(inner, own_domains, depth=depth + 1) if depth < _DEEPEST else None
        if deeper is not None:
            return deeper
        if inner.sender is not None and _domain(inner.sender.address) not in own_domains:
            return Traced(inner.sender, inner.sent, attached=True)
    found = list(_blocks(mail.quoted_text or mail.new_text))
    strangers = [
        one for one in found if one.sender and _domain(one.sender.address) not in own_domains
    ]
    return next(iter(strangers or [one for one in found if one.sender is None]), None)


def _blocks(text: str) -> Iterator[Traced]:
    """Read every block of fields, and every line of the sort `Op … schreef …:`."""
    lines = [line.lstrip("> \t") for line in text.split("\n")]
    for at, line in enumerate(lines):
        label = words.FROM_LABEL.match(line)
        if label:
            sent = _sent(lines[at + 1 : at + _WITHIN]) or _sent(lines[max(0, at - 3) : at])
            named = line[label.end() :]
            if sent is not None or _IN_TEXT.search(named):
                yield Traced(_address(named), sent)
        elif line.rstrip().endswith((":", "：")) and words.VERB.search(line):
            whole = " ".join(lines[max(0, at - 1) : at + 1]) if "@" not in line else line
            if sender := _address(whole):
                yield Traced(sender, read_moment(whole.replace(sender.address, " ")))


def _sent(lines: list[str]) -> datetime | date | None:
    for line in lines:
        label = words.SENT_LABEL.match(line)
        if label and (moment := read_moment(line[label.end() :])):
            return moment
    return None


def _address(text: str) -> Address | None:
    """Read the one address of a field as it was typed; brackets, `mailto:` and quotes aside."""
    found = list(dict.fromkeys(_IN_TEXT.findall(text.lower().replace("mailto:", " "))))
    if len(found) != 1:
        return None
    name = re.split(r"[<\[(]", text, maxsplit=1)[0].strip(" \"'*_,")
    known = read(found[0]).addresses
    if not known:
        return None
    plain = name if "@" not in name and not any(one.isdigit() for one in name) else ""
    return Address(plain, known[0].address)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
