"""Raises the flags that an officer should see first."""

from classifiers.ages import age_in
from classifiers.rules import Reading
from classifiers.weighing import RIGHTS
from mailbot.domain.identity import named_as_identity_document
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.masking import find_bsn
from mailbot.domain.suggestion import Flag, KindSuggestion

_IDENTITY_TYPES = ("image/", "application/pdf", "application/octet-stream")
_GROWN = 16
PLAINLY = 0.6
"""A kind said less strongly than this does not count as a second request."""

# Each flag with the label of the word tables that raises it and how strong that must be.
BY_WORDS: tuple[tuple[Flag, str, float], ...] = (
    (Flag.IDENTITY_DOCUMENT, "identity_document", 0.6),
    (Flag.SAFETY, "safety", 0.6),
    (Flag.URGENT, "urgent", 0.6),
    (Flag.INSTRUCTIONS_IN_MAIL, "instructions", 0.6),
    (Flag.DOUBTFUL_AUTHORITY, "doubtful_authority", 0.6),
)


def _attached_identity(mail: Mail) -> bool:
    """Say whether a file is named as an identity document, or shows one's machine-readable lines."""
    if any(one.identity_document for one in mail.attached_texts):
        return True
    files = [*mail.attachments, *(file for one in mail.attached_mails for file in one.attachments)]
    return any(
        named_as_identity_document(file.filename) and file.content_type.startswith(_IDENTITY_TYPES)
        for file in files
    )


def _by_age(text: str, reading: Reading) -> set[Flag]:
    """Say whether a grown pupil writes, or the parent of one (reglement 8.1.2)."""
    found = age_in(text, reading)
    if found is None or not _GROWN <= found.years <= 21:
        return set()
    return {Flag.PUPIL_16} if found.own else {Flag.PARENT_OF_PUPIL_16}


def flags_of(
    text: str,
    reading: Reading,
    mail: Mail,
    kinds: tuple[KindSuggestion, ...],
) -> frozenset[Flag]:
    """
    Raise the flags of one mail.

    Args:
        text: the text that decides.
        reading: what its words say.
        mail: the whole mail, for its attachments.
        kinds: the kinds put forward.

    Returns:
        The flags; none of them is ever a reason to refuse by itself.
    """
    flags = {flag for flag, label, least in BY_WORDS if reading.strength(label) >= least}
    flags |= _by_age(text, reading)
    if find_bsn(text) or find_bsn(mail.subject):
        flags.add(Flag.BSN)
    if _attached_identity(mail):
        flags.add(Flag.IDENTITY_DOCUMENT)
    asked = [k for k in kinds if k.kind in (*RIGHTS, Kind.COMPLAINT, Kind.BREACH)]
    if sum(k.confidence >= PLAINLY for k in asked) > 1:
        flags.add(Flag.SEVERAL_REQUESTS)
    if not any(k.kind is not Kind.OTHER for k in kinds) and Flag.SAFETY not in flags:
        # Sales and newsletters are always in a hurry.
        flags.discard(Flag.URGENT)
    return frozenset(flags)
