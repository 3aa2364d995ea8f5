"""Freeze a letter into the bytes that go on the wire, the same for the same arguments."""

from base64 import b32encode
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from mailbot.domain.errors import LetterIncomplete, NaiveInstant, UnsafeHeader
from mailbot.domain.letter_headers import (
    checked_address,
    mailbox,
    safe_header_text,
    tokens,
    unstructured,
    well_formed_ids,
)
from mailbot.domain.letters import LETTERS, AutoSubmitted, Trigger
from mailbot.domain.mail import Address
from mailbot.domain.ports import Rendered

HEADERS = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Mailbot-Letter",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
)
"""Every field a letter can have, in this order; nothing else ever leaves the house."""

LONGEST_NAME = 80
"""Characters of a recipient's name that are kept."""

_ASCII = bytes(range(128))

MOST_REFERENCES = 12
"""How many references are kept: the first of the thread and the latest."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One letter to one recipient, ready to be frozen; there is no Cc and no Bcc."""

    letter: str
    """A code of `LETTERS`."""
    sender: Address
    recipient: Address
    """The name is made safe, and left out of automatic letters."""
    reply_to: str
    """The case's own address, see `mailbot.domain.letter_addresses`."""
    rendered: Rendered
    languages: tuple[str, ...]
    date: datetime
    message_id: str
    in_reply_to: str | None = None
    """The Message-ID of the mail that is answered; left out when it is malformed."""
    references: tuple[str, ...] = ()


def boundary(randomness: bytes) -> str:
    """Make a boundary that no encoded body can hold: neither encoding writes `=_` (RFC 2045)."""
    return f"=_{b32encode(randomness).decode().rstrip('=').lower()}"


def freeze(posting: Posting, boundary: str) -> bytes:
    """
    Write the letter as the bytes of one mail.

    Args:
        posting: the letter with its addresses, date and Message-ID.
        boundary: from the function of that name.

    Returns:
        ASCII bytes with CRLF; the same for the same arguments.

    Raises:
        UnsafeHeader: a value could break out of its header, or is no address.
        NaiveInstant: the date carries no zone.
        LetterIncomplete: there is no such letter.
    """
    head = "\r\n".join(_head(posting, boundary))
    text = _body("plain", posting.rendered.text)
    html = _body("html", posting.rendered.html)
    line = f"\r\n--{boundary}"
    return b"".join(
        (
            f"{head}\r\n{line}\r\n".encode("ascii"),
            text,
            f"{line}\r\n".encode("ascii"),
            html,
            f"{line}--\r\n".encode("ascii"),
        )
    )


def _head(posting: Posting, boundary: str) -> Iterator[str]:
    """Write the header fields, in the order of `HEADERS`."""
    if posting.letter not in LETTERS:
        raise LetterIncomplete(f"there is no letter {posting.letter!r}")
    if posting.date.tzinfo is None:
        raise NaiveInstant("the date of a letter needs a zone")
    own_id = well_formed_ids([posting.message_id])
    if not own_id:
        raise UnsafeHeader("the Message-ID of a letter must be well-formed")
    submitted = LETTERS[posting.letter].auto_submitted
    yield mailbox("From", posting.sender)
    yield mailbox("To", _addressee(posting))
    yield f"Reply-To: {checked_address(posting.reply_to)}"
    yield unstructured("Subject", posting.rendered.subject)
    yield f"Date: {format_datetime(posting.date)}"
    yield tokens("Message-ID", own_id)
    yield from _thread(posting)
    if submitted is not AutoSubmitted.NO:
        yield f"Auto-Submitted: {submitted}"
        yield "X-Auto-Response-Suppress: All"
    yield f"X-Mailbot-Letter: {posting.letter}"
    yield unstructured("Content-Language", ", ".join(posting.languages))
    yield "MIME-Version: 1.0"
    yield f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"'


def _addressee(posting: Posting) -> Address:
    """
    Address the letter, with the recipient's name only where a person wrote it.

    The name comes from the From of an incoming mail. An automatic letter
    repeats no words of that mail, so that nobody can have us carry their text
    to a third person whose address they forged.
    """
    if LETTERS[posting.letter].trigger is Trigger.AUTOMATIC:
        return Address("", posting.recipient.address)
    name = safe_header_text(posting.recipient.name)[:LONGEST_NAME]
    return Address(name.strip(), posting.recipient.address)


def _thread(posting: Posting) -> Iterator[str]:
    """Write where the letter stands in its thread, as far as the incoming ids are well-formed."""
    answered = well_formed_ids([posting.in_reply_to] if posting.in_reply_to is not None else [])
    known = tuple(dict.fromkeys((*well_formed_ids(posting.references), *answered)))
    if len(known) > MOST_REFERENCES:
        known = (known[0], *known[1 - MOST_REFERENCES :])
    if answered:
        yield tokens("In-Reply-To", answered)
    if known:
        yield tokens("References", known)


def _body(subtype: str, text: str) -> bytes:
    """Write one part with the encoding that suits its script."""
    plain = "\r\n".join(text.splitlines()).encode("utf-8", "replace") + b"\r\n"
    latin = len(plain.translate(None, _ASCII)) * 6 < len(plain)
    encoding = "quoted-printable" if latin else "base64"
    encoded = b2a_qp(plain, istext=True) if latin else _base64_lines(plain)
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    )
    return head.encode("ascii") + b"\r\n" + encoded


def _base64_lines(content: bytes) -> bytes:
    """Write base64 in lines of 76 characters."""
    encoded = b2a_base64(content, newline=False)
    return b"".join(encoded[at : at + 76] + b"\r\n" for at in range(0, len(encoded), 76))
