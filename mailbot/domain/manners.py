"""Say which mail is automatic, and which may be acknowledged at all (RFC 3834)."""

import re
from collections.abc import Collection

from mailbot.domain.absences import ABSENT_BODY, ABSENT_SUBJECT, UNSURE_SUBJECT
from mailbot.domain.failures import ANSWERED
from mailbot.domain.headers import Headers
from mailbot.domain.letter_addresses import read_message_id
from mailbot.domain.mail import Bounce, Mail

LETTER_HEADER = "x-mailbot-letter"
"""Our own letters carry this field; whoever sends one back is a robot or a copy."""

_ANSWERING = (
    "x-autoreply",
    "x-auto-reply",
    "x-autoreply-from",
    "x-autorespond",
    "x-autoresponder",
    "x-autoresponse",
    "x-auto-respond",
    "x-mail-autoreply",
    "x-vacation",
    "x-away",
    "x-ms-exchange-inbox-rules-loop",
    "x-autoreply-to",
    "autoreply",
)
"""Fields that vacation programs and autoresponders add, and people's mail programs never do."""

_ROBOT = re.compile(
    r"(?:mailer-?daemon|mail-?daemon|majordomo|listserv|auto-?respon(?:der|se)|auto-?reply|bounces?|"
    r"(?:do|please)?[-_.]?(?:no|not)[-_.]?(?:reply|respond|response|answer)|"
    r"niet[-_.]?(?:be)?antwoorden|geen[-_.]?antwoord|(?:ne[-_.]?pas|pas[-_.]?de)[-_.]?re(?:pondre|ponse)|"
    r"no[-_.]?respond(?:er|a)|keine?[-_.]?antwort|non[-_.]?rispondere|yanitlama(?:yin)?)"
    r"(?:[-+._=][^@]*|\d*)@"
)
_READ_RECEIPT = re.compile(r"disposition-notification", re.IGNORECASE)
_POSTED = frozenset(
    {"list-post", "mailing-list", "x-mailing-list", "x-beenthere", "in-reply-to", "references"}
)
"""Fields of a post to a discussion list."""


def why_automatic(
    headers: Headers,
    *,
    sender: str,
    subject: str,
    text: str,
    bounce: Bounce | None,
) -> str | None:
    """
    Say why a mail is automatic.

    The cases, in the order in which they are tried; the first one found is the reason:

    1. `own_letter`: one of our letters came back.
    2. `delivery_report`: a bounce or any other report on a mail.
    3. `read_receipt`: a disposition notification (RFC 8098).
    4. `auto_replied`, `auto_generated`, `auto_submitted`: Auto-Submitted, other than `no`.
       A web form on a school's site may call itself generated while a parent's words stand
       in it, so the reason is kept apart.
    5. `auto_reply_header`: a field only autoresponders write, or Precedence: auto_reply.
    6. `null_sender`: an empty envelope sender.
    7. `absence`: a subject that only autoresponders write.
    8. `says_automatic`: a text that opens by saying so, and is no answer.
    9. `no_reply_sender`: an address that says it reads no answers.
    10. `list`: sent to many at once. A person's post to a discussion list is not automatic,
       though `may_acknowledge` refuses it all the same.

    X-Auto-Response-Suppress alone is no reason: Exchange writes it on people's mail.

    Args:
        headers: the fields of the mail.
        sender: the address in From, or the empty string.
        subject: the decoded subject.
        text: the new text, empty where it was written by somebody else and forwarded.
        bounce: what the reports module found.

    Returns:
        The reason as a code, or None for a person's mail.
    """
    if LETTER_HEADER in headers or read_message_id(headers.first("message-id")):
        return "own_letter"
    if bounce is not None:
        return "delivery_report"
    if _READ_RECEIPT.search(headers.first("content-type")):
        return "read_receipt"
    submitted = headers.first("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    if submitted and submitted != "no":
        known = {"auto-replied": "auto_replied", "auto-generated": "auto_generated"}
        return known.get(submitted, "auto_submitted")
    if _answering(headers):
        return "auto_reply_header"
    if any(value.strip() == "<>" for value in headers.all("return-path")[:1]):
        return "null_sender"
    if _is_absence(headers, subject[:300]):
        return "absence"
    if ABSENT_BODY.match(text.lstrip()[:400]) and not ANSWERED.match(subject):
        return "says_automatic"
    if _ROBOT.match(sender):
        return "no_reply_sender"
    return "list" if _is_mailing(headers, subject) else None


def is_bulk(headers: Headers) -> bool:
    """Say whether this mail went to many: a list (RFC 2919, RFC 2369) or a mailing."""
    precedence = headers.first("precedence").strip().lower()
    if precedence in {"bulk", "junk", "list"}:
        return True
    names = set(headers.names())
    return bool(
        names & {"list-id", "list-unsubscribe", "list-post", "mailing-list", "x-mailing-list"}
    )


def may_acknowledge(mail: Mail, own_addresses: Collection[str]) -> str | None:
    """
    Say why a mail may not be acknowledged.

    The cases, in the order in which they are tried:

    1. `bounce`: it reports on a letter.
    2. an automatic mail: its reason from `why_automatic`.
    3. `list`: it came through a mailing list, even from a person.
    4. `own_letter`: it comes from one of our own addresses or carries our own Message-ID.
    5. `ambiguous_sender`: nobody can tell whom From names.
    6. `no_sender`: there is no address to write to.
    7. `empty_sender`: the envelope has the null sender.
    8. `robot_sender`: nobody reads at the address.

    Args:
        mail: the mail.
        own_addresses: every address of ours, in lower case.

    Returns:
        The reason as a code, or None where an acknowledgement may go out.
    """
    if mail.bounce is not None:
        return "bounce"
    if mail.automatic is not None:
        return mail.automatic
    if mail.listed:
        return "list"
    own = {address.lower() for address in own_addresses}
    # A colleague's Message-ID ends on our domain too; only the form of our letters is ours.
    ours = read_message_id(mail.message_id or "") is not None
    if ours or (mail.sender and mail.sender.address in own):
        return "own_letter"
    if {"ambiguous_sender", "duplicate_from"} & set(mail.warnings):
        return "ambiguous_sender"
    if mail.sender is None:
        return "no_sender"
    if mail.return_path == "":
        return "empty_sender"
    return "robot_sender" if is_robot(mail.sender.address) else None


def is_robot(address: str) -> bool:
    """Say whether nobody reads what is sent to this address."""
    return bool(_ROBOT.match(address)) or address.partition("@")[0] in {"postmaster", "root"}


def _answering(headers: Headers) -> bool:
    if headers.first("precedence").strip().lower().replace("-", "_") in {"auto_reply", "autoreply"}:
        return True
    if headers.first("x-apple-action").strip().lower() == "vacation":
        return True
    if headers.first("x-ms-exchange-generated-message-source"):
        return True
    values = (headers.first(name) for name in _ANSWERING if name in headers)
    return any(value.strip().lower() not in {"no", "false", "0"} for value in values)


def _is_absence(headers: Headers, subject: str) -> bool:
    """Say whether the subject is that of an autoresponder, rather than of a child's absence."""
    if ABSENT_SUBJECT.match(subject):
        return True
    precedence = headers.first("precedence").strip().lower()
    by_server = "x-auto-response-suppress" in headers or precedence in {"bulk", "junk"}
    return by_server and bool(UNSURE_SUBJECT.match(subject))


def _is_mailing(headers: Headers, subject: str) -> bool:
    """
    Say whether a mail is a mailing to many, rather than a person's post to a discussion list.

    A list that takes posts says so, or names itself, or the mail answers another one.
    """
    names = set(headers.names())
    if names & _POSTED or ANSWERED.match(subject):
        return False
    if headers.first("sender").lower().startswith(("owner-", "<owner-")):
        return False
    if "list-unsubscribe" in names:
        return True
    precedence = headers.first("precedence").strip().lower()
    return precedence in {"bulk", "junk"} and "list-id" not in names
