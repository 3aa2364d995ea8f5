"""Turn the attached parts of a mail into attachments with their true type."""

import re
from collections.abc import Iterable

from mailbot.domain import addresses, bodies, contents
from mailbot.domain.limits import Budget
from mailbot.domain.mail import Attachment
from mailbot.domain.ports import TextTools
from mailbot.domain.structure import Part

_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_UNKNOWN = frozenset(
    {"application/octet-stream", "application/binary", "application/x-download", ""}
)
_ODD = re.compile(r'[\x00-\x1f\x7f<>|"*?]')


def attachment(part: Part, tools: TextTools, budget: Budget) -> Attachment:
    """
    Describe one attached part.

    Never unpacks an archive; a part above the limit is listed without its content.

    Args:
        part: the part.
        tools: names the type the bytes show.
        budget: how much may be kept.

    Returns:
        The attachment, its file name without folders and deceiving characters.
    """
    estimate = contents.size(part)
    if not budget.may_keep(estimate):
        name, odd = _filename(part.filename)
        return Attachment(
            name, part.media_type, part.media_type, estimate, b"", (*odd, "too_large")
        )
    content, warnings = contents.content(part)
    return described(part.filename, part.media_type, content, tools, warnings)


def described(
    filename: str,
    declared: str,
    content: bytes,
    tools: TextTools,
    warnings: Iterable[str] = (),
) -> Attachment:
    """Describe a file by its name, its declared type and its bytes."""
    name, odd = _filename(filename)
    shown = tools.true_type(content, declared, name)
    codes = [*warnings, *odd]
    if shown != declared and declared not in _UNKNOWN and not _kin(shown, declared):
        codes.append("type_differs")
    if _encrypted(content):
        codes.append("encrypted")
    return Attachment(name, shown, declared, len(content), content, tuple(dict.fromkeys(codes)))


def opened(whole: Attachment, tools: TextTools) -> tuple[str, list[Attachment]]:
    """
    Open a winmail.dat.

    Args:
        whole: any attachment.
        tools: opens TNEF.

    Returns:
        The text and the files in it; nothing where it is no TNEF or cannot be opened.
    """
    if whole.declared_type not in _TNEF and whole.filename.lower() != "winmail.dat":
        return "", []
    try:
        text, files = tools.open_tnef(whole.content)
    except ValueError:
        return "", []
    return contents.clean(text), [
        described(name, "application/octet-stream", content, tools) for name, content in files
    ]


def is_openable_mail(part: Part, budget: Budget) -> bool:
    """Say whether this part is a whole mail, neither too large nor too deep to be opened."""
    limits = budget.limits
    return (
        bodies.is_mail(part)
        and budget.mails < limits.mails_within
        and contents.size(part) <= limits.attachment
    )


def _filename(written: str) -> tuple[str, list[str]]:
    base = re.split(r"[/\\]", written)[-1] or written
    name, warnings = addresses.clean_name(_ODD.sub("_", base.strip()))
    return name.strip(". ") and name[:255], [w.replace("name", "filename") for w in warnings]


def _kin(one: str, other: str) -> bool:
    """Say whether two names stand for types nobody would call different."""
    if (
        one.split("/", maxsplit=1)[0] == other.split("/", maxsplit=1)[0]
        and one.split("/", maxsplit=1)[0] != "application"
    ):
        return True
    return one.rsplit("/", maxsplit=1)[-1].removeprefix("x-") == other.rsplit("/", maxsplit=1)[
        -1
    ].removeprefix("x-")


def _encrypted(content: bytes) -> bool:
    if content[:4] == b"PK\x03\x04":
        return bool(content[6:7] and content[6] & 1)
    return content[:5] == b"%PDF-" and b"/Encrypt" in content[-4096:]
