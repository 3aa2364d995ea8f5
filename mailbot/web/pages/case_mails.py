"""The mails of a case, made safe to be shown: text alone, masked, with the phrases that counted."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.domain.deskbooks import MailOnFile
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.masking import mask_bsn
from mailbot.domain.suggestion import Route
from mailbot.web.languages import N_
from mailbot.web.pages.case_words import DANGEROUS
from mailbot.work.reading import ReadMail

TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
"""Signs that turn the reading order; a page isolates each text by itself (Unicode UAX 9)."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")

PROVEN = N_("Our mail server vouches for this address.")
NOT_PROVEN = N_("Our mail server could not establish that this address is real.")
FAILED = N_("Careful: the check of the sender failed; this address may be forged.")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; *marked* where it led to the suggestion."""

    text: str = field(repr=False)
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ShownFile:
    """An attached file, by the type its bytes show."""

    number: int
    name: str = field(repr=False)
    type: str
    declared: str
    size: int
    warnings: tuple[str, ...]
    dangerous: bool


@dataclass(frozen=True, slots=True)
class ShownMail:
    """One mail as a page may show it; nothing in it is markup."""

    number: int
    received: datetime
    readable: bool
    is_note: bool = False
    """Whether an officer wrote it, in answer to a mail of ours."""
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    proof: str = ""
    proof_tone: str = "note"
    reply_to: tuple[str, ...] = field(default=(), repr=False)
    """Addresses an answer would go to elsewhere; we never write there."""
    subject: str = field(default="", repr=False)
    text: tuple[Piece, ...] = field(default=(), repr=False)
    quoted: str = field(default="", repr=False)
    quoted_lines: int = 0
    has_html: bool = False
    files: tuple[ShownFile, ...] = ()
    hidden: bool = False
    """Whether it holds a copy of an identity document, which nobody is shown."""
    destroyed: bool = False
    warnings: tuple[str, ...] = ()
    within: tuple["ShownMail", ...] = ()
    """Mails that were attached to it."""


def shown_mails(
    opened: Sequence[ReadMail],
    on_file: Sequence[MailOnFile],
    hidden: Collection[int],
    destroyed: Collection[int],
) -> tuple[ShownMail, ...]:
    """Make the mails of a case safe to be shown, oldest first."""
    listed = {one.id: one for one in on_file}
    return tuple(
        _shown(
            one.number,
            one.received,
            one.mail,
            listed[one.number],
            hidden=one.number in hidden,
            destroyed=one.number in destroyed,
        )
        for one in opened
    )


def _shown(
    number: int,
    received: datetime,
    mail: Mail | None,
    listed: MailOnFile,
    *,
    hidden: bool,
    destroyed: bool,
) -> ShownMail:
    if mail is None:
        return ShownMail(number, received, readable=False, destroyed=destroyed)
    proof, tone = _proof(mail)
    own = mail.sender.address if mail.sender else ""
    return ShownMail(
        number,
        received,
        readable=True,
        is_note=listed.route == Route.NOTE,
        name=one_line(mail.sender.name) if mail.sender else "",
        address=one_line(own),
        proof=proof,
        proof_tone=tone,
        reply_to=tuple(one_line(to.address) for to in mail.reply_to if to.address != own),
        subject=safe(mask_bsn(mail.subject)),
        text=marked(mail.new_text, evidence_of(listed.suggestion)),
        quoted=safe(mask_bsn(mail.quoted_text)),
        quoted_lines=len(mail.quoted_text.splitlines()),
        has_html=bool(mail.html) and not hidden,
        files=() if hidden else tuple(_file(n, one) for n, one in enumerate(mail.attachments)),
        hidden=hidden,
        destroyed=destroyed,
        warnings=mail.warnings,
        within=tuple(
            _shown(number, one.received, one, listed, hidden=True, destroyed=False)
            for one in mail.attached_mails
        ),
    )


def _proof(mail: Mail) -> tuple[str, str]:
    if mail.sender is None:
        return NOT_PROVEN, "warning"
    if mail.authentication.verified:
        return PROVEN, "done"
    failed = "fail" in {mail.authentication.dmarc, mail.authentication.spf}
    return (FAILED, "danger") if failed else (NOT_PROVEN, "note")


def _file(number: int, one: Attachment) -> ShownFile:
    return ShownFile(
        number,
        one_line(mask_bsn(one.filename)),
        one.content_type,
        one.declared_type,
        one.size,
        one.warnings,
        any(word in one.content_type for word in DANGEROUS),
    )


def evidence_of(suggestion: dict[str, object]) -> tuple[str, ...]:
    """Read from a stored suggestion the phrases that led to it."""
    kinds = suggestion.get("kinds")
    if not isinstance(kinds, list):
        return ()
    return tuple(str(phrase) for kind in kinds for phrase in kind.get("evidence", ()) if phrase)


def marked(text: str, phrases: Sequence[str]) -> tuple[Piece, ...]:
    """Cut a text into pieces, those that led to the suggestion marked; numbers are hidden first."""
    text = safe(mask_bsn(text))
    spans = sorted(_spans(text, [safe(mask_bsn(one)) for one in phrases]))
    pieces, at = [], 0
    for start, end in spans:
        if start < at:
            continue
        pieces += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)


def _spans(text: str, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    lowered = text.lower()
    for phrase in phrases:
        start = lowered.find(phrase.strip().lower())
        if start >= 0 and phrase.strip() and len(lowered) == len(text):
            yield start, start + len(phrase.strip())


def safe(text: str) -> str:
    """Take out what turns the reading order or controls a screen; line ends stay."""
    return CONTROLS.sub("", TURNS.sub("", text))


def one_line(text: str) -> str:
    """Make a name or address safe, on one line."""
    return " ".join(safe(text).split())
