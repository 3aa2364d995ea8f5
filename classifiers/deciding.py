"""Chooses the text that decides what a mail asks, and says where in the mail a word of it stands."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TypeVar

from mailbot.domain.mail import Mail
from mailbot.domain.pointing import wants_attachments
from mailbot.domain.suggestion import Evidence, Fact, Suggestion

Placed = TypeVar("Placed", Evidence, Fact)

MOST_OF_A_FILE = 12_000
"""Letters of one attached text that are judged: nobody asks on page six of a letter."""
_APART = "\n\n"


@dataclass(frozen=True, slots=True)
class DecidingText:
    """The text that decides, put together from the mail and what is attached to it."""

    text: str
    starts: tuple[int, ...]
    """Where each piece begins, in order."""
    sources: tuple[str, ...]
    """The file each piece was read from; empty for the mail's own words."""

    def place(self, start: int) -> tuple[str, int]:
        """Say in which file a word stands, and where in the text of that file."""
        if start < 0 or not self.starts:
            return "", start
        number = bisect_right(self.starts, start) - 1
        return self.sources[number], start - self.starts[number]


def deciding(mail: Mail) -> DecidingText:
    """
    Put the text together that decides.

    1. The new text; quoted text never counts.
    2. The new text of attached mails, where the mail's own words say little or point at them.
    3. What was read of attached files; whoever read them saw that they are needed.

    Args:
        mail: the mail, with what was read of its files.

    Returns:
        The text with its pieces.
    """
    pieces = [("", mail.new_text), *_attached(mail)]
    chosen = [(source, text) for source, text in pieces if text.strip()]
    starts, length = [], 0
    for _, text in chosen:
        starts.append(length)
        length += len(text) + len(_APART)
    return DecidingText(
        _APART.join(text for _, text in chosen),
        tuple(starts),
        tuple(source for source, _ in chosen),
    )


def deciding_text(mail: Mail) -> str:
    """Return the text that decides, in one piece."""
    return deciding(mail).text


def placed(suggestion: Suggestion, mail: Mail) -> Suggestion:
    """
    Say of every fact and every piece of evidence in which file it stands.

    Args:
        suggestion: with places in the text that decides.
        mail: the mail it is about.

    Returns:
        The same, with places in the mail's new text or in the text of the file named.
    """
    joined = deciding(mail)
    if not any(joined.sources):
        return suggestion
    kinds = tuple(
        replace(kind, evidence=tuple(_moved(one, joined) for one in kind.evidence))
        for kind in suggestion.kinds
    )
    facts = tuple(_moved(fact, joined) for fact in suggestion.facts)
    return replace(suggestion, kinds=kinds, facts=facts)


def _moved(one: Placed, joined: DecidingText) -> Placed:
    source, start = joined.place(one.start)
    return replace(one, source=source, start=start)


def _attached(mail: Mail) -> list[tuple[str, str]]:
    pieces = []
    if mail.attached_mails and wants_attachments(mail):
        pieces = [(inner.subject or "mail", _said(inner)) for inner in mail.attached_mails]
    read = [(one.source or "?", one.text[:MOST_OF_A_FILE]) for one in mail.attached_texts]
    return [*pieces, *read]


def _said(inner: Mail) -> str:
    """Give what an attached mail says, its subject first, for that may name what is asked."""
    text = inner.new_text[:MOST_OF_A_FILE]
    deeper = "" if text.strip() else "\n".join(_said(one) for one in inner.attached_mails[:3])
    return "\n".join(filter(None, (inner.subject, text, deeper)))
