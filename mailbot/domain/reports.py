"""Recognise delivery reports: bounces, delays, deliveries, complaints."""

import json
import re
from collections.abc import Callable, Sequence

from mailbot.domain import addresses, contents
from mailbot.domain.charsets import decode
from mailbot.domain.failures import (
    ANSWERED,
    COMPLAINT_SUBJECT,
    DELAYED,
    REPORT_SENDER,
    REPORT_SUBJECT,
    REPORT_TEXT,
)
from mailbot.domain.headers import Headers
from mailbot.domain.mail import Bounce
from mailbot.domain.structure import Part

_STATUS_TYPES = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "message/delivery-report"}
)
_FIELD = re.compile(r"^([A-Za-z-]+)[ \t]*:[ \t]*(.*)$")
_SES = '"notificationType"'
_FINAL = re.compile(r"^final-recipient\s*:", re.IGNORECASE | re.MULTILINE)
_LONGEST_TEXT = 16_000
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,100}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CODE = re.compile(r"\b([45])\.\d{1,3}\.\d{1,3}\b|(?:^|[\s:(#<\[])([45])\d\d[\s\-:]", re.MULTILINE)


def read(
    parts: Sequence[Part],
    headers: Headers,
    *,
    sender: str,
    subject: str,
    text: str,
    ask: Callable[[], Bounce | None],
) -> Bounce | None:
    """
    Read a delivery report.

    1. The machine-readable part of RFC 3464, or of a complaint (RFC 5965), is believed first.
    2. `X-Failed-Recipients`, as Exim and Gmail write it.
    3. A mail that looks like a report by its sender, subject and words is read by patterns,
       and by the second voice *ask*.

    Args:
        parts: every part of the mail, attached mails not opened.
        headers: the fields of the mail.
        sender: the address in From, or the empty string.
        subject: the decoded subject.
        text: the text of the mail.
        ask: another reader of reports, asked only where the mail looks like one.

    Returns:
        Who was not reached and whether for good, or None where this is no report.
    """
    for part in parts:
        if part.media_type in _STATUS_TYPES:
            return _delivery_status(part, text)
        if part.media_type == "message/feedback-report":
            return _complaint(part)
    if text.lstrip().startswith('{"notificationType"') or _SES in text[:2_000]:
        return _ses(text)
    failed = addresses.read_all(headers.all("x-failed-recipients"))
    if failed.addresses:
        names = tuple(dict.fromkeys(a.address for a in failed.addresses))
        return Bounce(names, permanent=not DELAYED.search(subject))
    if not looks_like_report(headers, sender=sender, subject=subject, text=text):
        return None
    return _by_words(headers, subject, text, ask())


def looks_like_report(headers: Headers, *, sender: str, subject: str, text: str) -> bool:
    """Say whether sender, subject and words together are those of a mail server's report."""
    head = text[:_LONGEST_TEXT]
    kind = headers.first("content-type").lower()
    if "multipart/report" in kind and "disposition-notification" not in kind:
        return True
    by_sender = bool(REPORT_SENDER.match(_between_angles(sender)))
    # Who answers or forwards a report is a person.
    by_subject = not ANSWERED.match(subject) and bool(REPORT_SUBJECT.search(subject[:300]))
    by_text = bool(REPORT_TEXT.search(head))
    paths = [value.strip() for value in headers.all("return-path")[:1]]
    null = any(path in {"<>", "<MAILER-DAEMON>"} for path in paths) or "<>" in headers.first("from")
    if COMPLAINT_SUBJECT.match(subject):
        return True
    return by_subject + by_text + 2 * by_sender + null >= 2 and (by_subject or by_text)


def _between_angles(sender: str) -> str:
    """Return what stands in angle brackets, for senders such as `"Mail" <MAILER-DAEMON>`."""
    return sender.rpartition("<")[2].rstrip("> ")


def _delivery_status(part: Part, text: str) -> Bounce:
    """Read the per-recipient groups of message/delivery-status (RFC 3464, section 2.3)."""
    return _groups(_unfolded(part), text)


def _groups(status: str, text: str) -> Bounce:
    recipients: dict[str, str] = {}
    for group in re.split(r"\n[ \t]*\n", status):
        fields = _fields(group)
        name = fields.get("final-recipient") or fields.get("original-recipient") or ""
        original = fields.get("original-recipient") or name
        address = _recipient(name) or _recipient(original)
        if address:
            recipients.setdefault(address, _verdict(fields))
    verdicts = set(recipients.values())
    if not verdicts:
        return Bounce(tuple(_named(text)), permanent=_is_permanent("", text))
    failed = tuple(a for a, verdict in recipients.items() if verdict == "failed")
    return Bounce(failed or tuple(recipients), permanent=bool(failed))


def _verdict(fields: dict[str, str]) -> str:
    action = fields.get("action", "").split("(")[0].strip().lower()
    status = fields.get("status", "").strip()[:1]
    if action in {"failed", "failure", "fail", "undeliverable"}:
        return "failed" if status != "4" else "delayed" if "persist" in action else "failed"
    if action in {"delayed", "delivered", "relayed", "expanded"}:
        return action
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get(status, "failed")


def _recipient(value: str) -> str:
    """Read `rfc822; someone@example.nl`."""
    written = value.rpartition(";")[2].strip().strip("<>")
    found = _ADDRESS.search(written)
    if found:
        return addresses.normalised(found[0])
    return addresses.normalised(written) if "@" in written and " " not in written else ""


def _complaint(part: Part) -> Bounce:
    fields = _fields(_unfolded(part))
    named = (fields.get(n, "") for n in ("original-rcpt-to", "removal-recipient"))
    found = dict.fromkeys(a for a in map(_recipient, named) if a)
    return Bounce(tuple(found), permanent=False)


def _ses(text: str) -> Bounce | None:
    """Read the JSON that Amazon SES sends instead of a report."""
    start, end = text.find("{"), text.rfind("}")
    try:
        told = json.loads(text[start : end + 1])
        told = json.loads(told["Message"]) if isinstance(told.get("Message"), str) else told
        bounce = told.get("bounce") or {}
        named = bounce.get("bouncedRecipients") or told.get("complaint", {}).get(
            "complainedRecipients", []
        )
        found = tuple(addresses.normalised(str(one["emailAddress"])) for one in named)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Bounce(found, permanent=bounce.get("bounceType") == "Permanent")


def _unfolded(part: Part) -> str:
    children = part.children or (part,)
    text = "\n\n".join(contents.clean(decode(contents.content(child)[0])[0]) for child in children)
    return re.sub(r"\n[ \t]+(?=\S)", " ", text[:_LONGEST_TEXT])


def _fields(group: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in group.splitlines():
        match = _FIELD.match(line.strip())
        if match:
            found.setdefault(match[1].lower(), match[2])
    return found


def _by_words(headers: Headers, subject: str, text: str, voice: Bounce | None) -> Bounce:
    own = {
        a.address
        for n in ("from", "to", "reply-to")
        for a in addresses.read(headers.first(n)).addresses
    }
    if voice is not None and voice.recipients:
        return Bounce(tuple(map(addresses.normalised, voice.recipients)), voice.permanent)
    if _FINAL.search(text):
        return _groups(text[:_LONGEST_TEXT], text)
    found = [address for address in _named(text) if address not in own]
    return Bounce(tuple(found), permanent=_is_permanent(subject, text))


def _named(text: str) -> list[str]:
    """Name the addresses near words of failure, above the copy of the failed mail."""
    head = re.split(
        r"\n(?:-{3,}|\s*received:|\s*return-path:)", text[:_LONGEST_TEXT], flags=re.IGNORECASE
    )[0]
    found = [
        addresses.normalised(a) for a in _ADDRESS.findall(head if "@" in head else text[:5_000])
    ]
    return list(dict.fromkeys(found))[:20]


def _is_permanent(subject: str, text: str) -> bool:
    head = text[:_LONGEST_TEXT]
    if DELAYED.search(subject) or DELAYED.search(head[:2_000]):
        return False
    codes = [one or two for one, two in _CODE.findall(head)]
    return "5" in codes if codes else True
