"""Recognise delivery reports: bounces, delays, deliveries, complaints."""

import re
from collections.abc import Callable, Sequence

from mailbot.domain import addresses, contents
from mailbot.domain.charsets import decode
from mailbot.domain.failures import DELAYED, FAILED, REPORT_SENDER, REPORT_SUBJECT, REPORT_TEXT
from mailbot.domain.headers import Headers
from mailbot.domain.mail import Bounce
from mailbot.domain.structure import Part

_STATUS_TYPES = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "message/delivery-report"}
)
_FIELD = re.compile(r"^([A-Za-z-]+)[ \t]*:[ \t]*(.*)$")
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
    by_sender = bool(REPORT_SENDER.match(sender))
    by_subject = bool(REPORT_SUBJECT.search(subject[:300]))
    by_text = bool(REPORT_TEXT.search(head))
    null = any(value.strip() in {"<>", "<MAILER-DAEMON>"} for value in headers.all("return-path"))
    return by_subject + by_text + 2 * by_sender + null >= 2 and (by_subject or by_text)


def _delivery_status(part: Part, text: str) -> Bounce:
    """Read the per-recipient groups of message/delivery-status (RFC 3464, section 2.3)."""
    recipients: dict[str, str] = {}
    groups = re.split(r"\n[ \t]*\n", _unfolded(part))
    for group in groups:
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
    found = [address for address in _named(text) if address not in own]
    return Bounce(tuple(found), permanent=_is_permanent(subject, text))


def _named(text: str) -> list[str]:
    """Name the addresses near words of failure, above the copy of the failed mail."""
    head = re.split(r"\n(?:-{3,}|\s*received:|\s*return-path:)", text[:_LONGEST_TEXT], flags=re.I)[
        0
    ]
    found = [
        addresses.normalised(a) for a in _ADDRESS.findall(head if "@" in head else text[:5_000])
    ]
    return list(dict.fromkeys(found))[:20]


def _is_permanent(subject: str, text: str) -> bool:
    head = text[:_LONGEST_TEXT]
    if DELAYED.search(subject) or DELAYED.search(head[:2_000]):
        return False
    codes = [one or two for one, two in _CODE.findall(head)]
    if codes:
        return "5" in codes
    return bool(FAILED.search(f"{subject}\n{head}")) or True
