"""Who asks: how that is established, and what may never be kept of it (reglement 8.2)."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mailbot.domain.attached import attachment
from mailbot.domain.limits import Budget, Limits
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.ports import TextTools
from mailbot.domain.structure import Part, read
from mailbot.domain.suggestion import Flag


class How(StrEnum):
    """Ways to establish an identity, the least intrusive first (reglement 8.2.2 and 8.2.3)."""

    KNOWN_ADDRESS = "known_address"
    """The address is the one the school has on file."""
    CALL_BACK = "call_back"
    """Called back on a number the school has on file."""
    AT_SCHOOL = "at_school"
    """Known in person, or came to the school."""
    SHOWN_DOCUMENT = "shown_document"
    """Showed a document, of which nothing was kept."""
    AUTHORISED = "authorised"
    """An agent, by the written authorisation of a person entitled."""
    OTHER = "other"
    """Another way, which the note describes."""


TIME_TO_LOOK = timedelta(days=3)
"""How long a copy stays hidden that only the words of the mail speak of: a complaint about a
passport looks much the same, so a person can say in that time that it is none."""

_NAMED = re.compile(
    r"paspoort|passport|passeport|pasaport|reisepass|paszport|pasaporte|"
    r"id[-_ ]?kaart|id[-_ ]?card|id[-_ ]?bewijs|identit|"
    r"(?:^|[^a-z])id[-_ ]?(?:front|back|recto|verso|voor|achter|vader|moeder|ouder|parent|mother|father|famil|scan|kopie|copy)|"
    r"(?:^|[^a-z])cin[-_ ](?:recto|verso)|driving[-_ ]?licen[cs]e|permis[-_ ]?de[-_ ]?conduire|prawo[-_ ]?jazdy|ehliyet|"
    r"ausweis|kimlik|nufus|nüfus|rijbewijs|driver|f[üu]hrerschein|"
    r"dow[oó]d[-_ ]?osob|legitimatie|verblijfs|\bdni\b|جواز|هوية|بطاقة",
    re.IGNORECASE,
)
_PICTURES = ("image/",)
_MAY_SHOW = ("image/", "application/pdf", "application/vnd.")
_SHORTEST_MAIL = 20


@dataclass(frozen=True, slots=True)
class HiddenCopy:
    """A mail that holds a copy of an identity document, until the copy is destroyed."""

    mail_id: int
    case_id: int | None
    found_at: datetime
    destroy_at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """A mail whose attached pictures wait to be looked at for identity documents."""

    mail_id: int
    case_id: int | None
    tries: int


def copy_in(
    mail: Mail,
    flags: frozenset[Flag],
    *,
    mail_id: int,
    case_id: int | None,
    found: datetime,
    days: int,
) -> HiddenCopy | None:
    """
    Say that a mail must be hidden: it is flagged and something is attached to it.

    Args:
        mail: as it was read.
        flags: what the classifier raised.
        mail_id: its number.
        case_id: the case it is filed in, if any.
        found: the instant it is filed.
        days: how long a copy may lie; the reglement wants none kept (8.2.2).
    """
    files = [*mail.attachments, *(file for one in mail.attached_mails for file in one.attachments)]
    if Flag.IDENTITY_DOCUMENT not in flags or not files:
        return None
    wait = timedelta(days=days)
    if not any(named_as_identity_document(file.filename) for file in files):
        wait = max(wait, TIME_TO_LOOK)
    return HiddenCopy(mail_id, case_id, found, found + wait)


def named_as_identity_document(filename: str) -> bool:
    """
    Say whether a file is named like a copy of an identity document.

    Args:
        filename: as the mail gives it.
    """
    return bool(_NAMED.search(filename))


def wants_look(mail: Mail) -> bool:
    """Say whether a mail carries a picture or a paper that may show an identity document."""
    if mail.bounce is not None or mail.automatic is not None:
        return False
    files = [*mail.attachments, *(file for one in mail.attached_mails for file in one.attachments)]
    return any(file.content_type.startswith(_MAY_SHOW) for file in files)


def files_in(raw: bytes, tools: TextTools) -> list[tuple[int, Attachment]]:
    """
    Take the attached files out of a mail, numbered as `without_copies` counts them.

    Args:
        raw: the mail as it came.
        tools: names the type the bytes show.

    Returns:
        Number and file, those of attached mails included.

    Raises:
        UnreadableMail: a limit is passed.
    """
    root = read(raw, Budget(Limits()))
    numbered = [(n, leaf) for n, leaf in enumerate(_with_body(root)) if not _is_text(leaf)]
    return [
        (number, attachment(replace(leaf, raw=root.raw), tools, Budget(Limits())))
        for number, leaf in numbered
    ]


def without_copies(raw: bytes, seen: frozenset[int] = frozenset()) -> bytes:
    """
    Take the copies of identity documents out of a mail; every other byte stays.

    1. Files named like an identity document go, and those in which its lines were read.
    2. Where there is none of these, every picture goes: a photograph of a passport is seldom named.
    3. Where there is no picture either, every paper goes, for the mail says it holds one.

    The bodies of these parts are emptied; their headers stay, so that one sees what was there.

    Args:
        raw: the mail as it came.
        seen: the numbers of the files in which machine-readable lines were read.

    Returns:
        The mail without them; *raw* itself where it has no attached part.

    Raises:
        UnreadableMail: a limit is passed.
    """
    root = read(raw, Budget(Limits()))
    leaves = _with_body(root)
    read_in = [leaf for number, leaf in enumerate(leaves) if number in seen]
    named = [leaf for leaf in leaves if not _is_text(leaf) and _is_named(leaf)]
    chosen = list({leaf.start: leaf for leaf in (*read_in, *named)}.values()) or _chosen(leaves)
    redacted = root.raw
    for leaf in sorted(chosen, key=lambda one: one.start, reverse=True):
        redacted = redacted[: leaf.start] + redacted[leaf.end :]
    return redacted


def _chosen(leaves: list[Part]) -> list[Part]:
    files = [leaf for leaf in leaves if not _is_text(leaf)]
    return [leaf for leaf in files if _is_picture(leaf)] or files


def _with_body(root: Part) -> list[Part]:
    return [leaf for leaf in _leaves(root) if leaf.end > leaf.start]


def _leaves(part: Part) -> list[Part]:
    if part.children:
        return [leaf for child in part.children for leaf in _leaves(child)]
    if part.media_type != "message/rfc822" or part.end - part.start < _SHORTEST_MAIL:
        return [part]
    inner = read(part.body, Budget(Limits()), part.depth + 1)
    if len(inner.raw) != part.end - part.start or not inner.children:
        # Encoded as a whole, or with line ends of its own: it goes or stays as a whole.
        return [part]
    return [
        replace(leaf, start=leaf.start + part.start, end=leaf.end + part.start)
        for leaf in _leaves(inner)
    ]


def _is_text(leaf: Part) -> bool:
    return leaf.media_type.startswith("text/") and leaf.disposition != "attachment"


def _is_named(leaf: Part) -> bool:
    return named_as_identity_document(leaf.filename)


def _is_picture(leaf: Part) -> bool:
    return leaf.media_type.startswith(_PICTURES)
