"""Turn the raw bytes of one mail into a Mail, however malformed they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from mailbot.domain import (
    addresses,
    attached,
    authentication,
    bodies,
    contents,
    manners,
    quoting,
    reports,
)
from mailbot.domain.errors import NaiveInstant, UnreadableMail
from mailbot.domain.headers import Headers, decode_words, one_line
from mailbot.domain.limits import Budget, Limits
from mailbot.domain.mail import Address, Attachment, Mail
from mailbot.domain.ports import TextTools
from mailbot.domain.structure import Part, read

__all__ = ["Limits", "parse"]

_ID = re.compile(r"<[^<>]{1,998}>")
_BIDI = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What stays the same for a mail and all mails inside it."""

    received: datetime
    tools: TextTools
    own_mx: Sequence[str]
    budget: Budget


def parse(
    raw: bytes,
    received: datetime,
    tools: TextTools,
    *,
    own_mx: Sequence[str] = (),
    limits: Limits = Limits(),  # noqa: B008 - frozen, so it may be shared
) -> Mail:
    """
    Read one mail.

    What is odd but readable (an unknown charset, torn base64, two From fields) is read and
    leaves a warning code. Attached mails are read in turn, within the same limits.

    Args:
        raw: the bytes as the server handed them over.
        received: when the mail server received it.
        tools: what parsing borrows from libraries.
        own_mx: the authserv-ids whose Authentication-Results are believed.
        limits: how large, deep and laborious a mail may be.

    Returns:
        The mail.

    Raises:
        UnreadableMail: a limit is passed; its `reason` is a code.
        NaiveInstant: if *received* carries no zone.
    """
    if received.tzinfo is None:
        raise NaiveInstant("received")
    reading = _Reading(received, tools, own_mx, Budget(limits))
    try:
        return _mail(raw, reading, 0)
    except UnreadableMail:
        raise
    except Exception as error:
        # Whatever a mail can break must end here: the next mail waits behind this one.
        raise UnreadableMail(f"unforeseen_{type(error).__name__}") from error


def _mail(raw: bytes, reading: _Reading, depth: int) -> Mail:
    limits = reading.budget.limits
    root = read(raw, reading.budget, depth)
    headers = replace(root.headers, charset=_charset(root))
    found = bodies.gather(root, limits)
    text = found.text(reading.tools)
    attachments, extra = _attachments(found.attached, reading)
    if not text.strip():
        text = extra
    parted = quoting.split(text)
    sender, warnings = _sender(headers)
    subject = _line(headers.first("subject"))
    bounce = reports.read(
        list(bodies.every(root)),
        headers,
        sender=sender.address if sender else headers.first("from").lower(),
        subject=subject,
        text=text,
        ask=lambda: reading.tools.scan_bounce(raw),
    )
    return Mail(
        subject=subject,
        sender=sender,
        message_id=_message_id(headers.first("message-id")),
        received=reading.received,
        new_text=parted.new,
        quoted_text=parted.quoted,
        html=found.html,
        recipients=addresses.read_all([*headers.all("to"), *headers.all("cc")]).addresses,
        delivered_to=_delivered(headers),
        reply_to=addresses.read_all(headers.all("reply-to")).addresses,
        return_path=_return_path(headers),
        in_reply_to=_ids(headers.all("in-reply-to")),
        references=_ids(headers.all("references")),
        attachments=attachments,
        attached_mails=_attached_mails(found.attached, reading),
        is_forward=parted.is_forward,
        sent=_sent(headers),
        automatic=manners.why_automatic(
            headers,
            sender=sender.address if sender else "",
            subject=subject,
            text="" if parted.is_forward else parted.new,
            bounce=bounce,
        ),
        listed=manners.is_bulk(headers),
        bounce=bounce,
        authentication=authentication.read(headers, reading.own_mx),
        warnings=tuple(dict.fromkeys((*warnings, *found.warnings, *_oddities(headers)))),
    )


def _charset(root: Part) -> str:
    """Name the charset of the text, in which some programs write the fields as well."""
    named = (part.parameters.get("charset", "") for part in bodies.every(root))
    return next(filter(None, named), "")


def _sender(headers: Headers) -> tuple[Address | None, tuple[str, ...]]:
    """Return the one address of From, or None and why there is not exactly one."""
    fields = headers.all("from")
    reading = addresses.read_all(fields)
    distinct = {one.address: one for one in reading.addresses}
    warnings = dict.fromkeys(reading.warnings)
    if len(fields) > 1:
        warnings["duplicate_from"] = None
    if len(distinct) > 1:
        warnings["ambiguous_sender"] = None
    if not distinct:
        warnings["no_sender"] = None
    if len(distinct) != 1 or "ambiguous_sender" in warnings:
        return None, tuple(warnings)
    return reading.addresses[0], tuple(warnings)


def _attachments(parts: Sequence[Part], reading: _Reading) -> tuple[tuple[Attachment, ...], str]:
    """Describe the attachments, opened winmail.dat after itself, and any text found in one."""
    out: list[Attachment] = []
    texts: list[str] = []
    for part in parts:
        whole = attached.attachment(part, reading.tools, reading.budget)
        text, files = attached.opened(whole, reading.tools)
        out.extend((whole, *files))
        texts.append(text)
    return tuple(out), "\n\n".join(filter(None, texts))


def _attached_mails(parts: Sequence[Part], reading: _Reading) -> tuple[Mail, ...]:
    """Open the attached mails, each within what the limits leave."""
    budget = reading.budget
    chosen = [part for part in parts if attached.is_openable_mail(part, budget)]
    budget.mails += 1
    opened = []
    for part in chosen:
        budget.take_scan(part.end - part.start)
        opened.append(_mail(contents.content(part)[0], reading, part.depth + 1))
    budget.mails -= 1
    return tuple(opened)


def _oddities(headers: Headers) -> list[str]:
    """Name what is odd about the fields other than From."""
    codes = []
    if len(headers.all("subject")) > 1:
        codes.append("duplicate_subject")
    if _BIDI.search(decode_words(headers.first("subject"))):
        codes.append("bidi_in_subject")
    if len(headers.all("message-id")) > 1:
        codes.append("duplicate_message_id")
    return codes


def _sent(headers: Headers) -> datetime | None:
    """Read the Date field, as a claim that is shown to people."""
    try:
        found = parsedate_to_datetime(headers.first("date")[:200])
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else None


def _line(value: str) -> str:
    return one_line(_BIDI.sub("", decode_words(value)))[:10_000]


def _message_id(value: str) -> str | None:
    """Return the Message-ID with its brackets; what has none keeps its own form."""
    match = _ID.search(value)
    return one_line(match[0] if match else value.strip()[:998]) or None


def _ids(values: Sequence[str]) -> tuple[str, ...]:
    found = (one_line(name) for value in values[:10] for name in _ID.findall(value[:100_000]))
    return tuple(dict.fromkeys(found))[:1_000]


def _delivered(headers: Headers) -> tuple[str, ...]:
    values = [value for name in _DELIVERED for value in headers.all(name)]
    return tuple(dict.fromkeys(a.address for a in addresses.read_all(values).addresses))


def _return_path(headers: Headers) -> str | None:
    values = headers.all("return-path")
    if not values:
        return None
    found = addresses.read(values[0]).addresses
    return found[0].address if found else ""
