"""Raises the flags that an officer should see first."""

from dataclasses import dataclass

from classifiers.ages import ages_in
from classifiers.rules import Reading
from classifiers.weighing import RIGHTS
from mailbot.domain.identity import named_as_identity_document
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.masking import find_bsn
from mailbot.domain.suggestion import BELIEVED, Flag, KindSuggestion

_IDENTITY_TYPES = ("image/", "application/pdf", "application/octet-stream")
_GROWN, _OLDEST = 16, 21
_WITH_A_FILE = 0.25
"""With a file attached a hint of a passport is enough: it must not lie about (reglement 8.2.2)."""
PLAINLY = 0.6
"""A kind said less strongly than this does not count as a second request."""

_MARKS = (("feared", "unnamed"), ("guarded",), ("found",), ("whereabouts",))
"""A mere "he" tells of danger only among other marks: a stolen laptop is a "he" too."""
_OF_MARKS = 3
_INSISTS = 0.9
"""A question that is put in two sentences reaches this; once is what every outsider asks."""

# Each flag with the label of the word tables that raises it and how strong that must be.
BY_WORDS: tuple[tuple[Flag, str, float], ...] = (
    (Flag.URGENT, "urgent", 0.6),
    (Flag.INSTRUCTIONS_IN_MAIL, "instructions", 0.6),
    (Flag.DOUBTFUL_AUTHORITY, "doubtful_authority", 0.6),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the encoder hears of the flags it learned."""

    plainly: frozenset[Flag] = frozenset()
    """It raises these, whatever the words."""
    hardly: frozenset[Flag] = frozenset()
    """It finds these out of the question, whatever the words."""


NOTHING = Heard()
"""What is heard where no encoder was asked."""


def _files(mail: Mail) -> list[Attachment]:
    """List the files of a mail and of the mails attached to it."""
    return [*mail.attachments, *(file for one in mail.attached_mails for file in one.attachments)]


def _attached_identity(mail: Mail) -> bool:
    """Say whether a file is named as an identity document, or shows one's machine-readable lines."""
    if any(one.identity_document for one in mail.attached_texts):
        return True
    return any(
        named_as_identity_document(file.filename) and file.content_type.startswith(_IDENTITY_TYPES)
        for file in _files(mail)
    )


def _speaks_of_identity(mail: Mail, reading: Reading) -> bool:
    """Say whether the words tell of a copy that came along; without a file only plain words do."""
    least = _WITH_A_FILE if _files(mail) else PLAINLY
    return reading.strength("identity_document") >= least


def _in_danger(reading: Reading, kinds: tuple[KindSuggestion, ...]) -> bool:
    """
    Say whether a child or a parent may be in danger.

    1. The words say so.
    2. Three of these stand in it: somebody who is feared, if only as "he"; a secret or the police;
       that they were found; where they live.
    3. Exposed is where somebody lives, and somebody who is feared is named.
    4. An outsider asks where a child lives, in so many words.
    """
    if reading.strength("safety") >= PLAINLY:
        return True
    if sum(any(map(reading.has, mark)) for mark in _MARKS) >= _OF_MARKS:
        return True
    if _leads(kinds) is Kind.BREACH and kinds[0].confidence >= BELIEVED:
        return reading.has("feared") and reading.has("whereabouts")
    return _leads(kinds) is Kind.THIRD_PARTY_REQUEST and reading.strength("seeks") >= _INSISTS


def _leads(kinds: tuple[KindSuggestion, ...]) -> Kind | None:
    return kinds[0].kind if kinds else None


def _by_age(text: str, reading: Reading) -> set[Flag]:
    """Say whether a grown pupil writes, or the parent of one (reglement 8.1.2)."""
    grown = [one for one in ages_in(text, reading) if _GROWN <= one.years <= _OLDEST]
    if any(one.own for one in grown):
        return {Flag.PUPIL_16}
    return {Flag.PARENT_OF_PUPIL_16} if any(one.child for one in grown) else set()


def flags_of(
    text: str,
    reading: Reading,
    mail: Mail,
    kinds: tuple[KindSuggestion, ...],
    heard: Heard = NOTHING,
) -> frozenset[Flag]:
    """
    Raise the flags of one mail.

    Args:
        text: the text that decides.
        reading: what its words say.
        mail: the whole mail, for its attachments.
        kinds: the kinds put forward.
        heard: what the encoder hears of them, where one was asked.

    Returns:
        The flags; none of them is ever a reason to refuse by itself.
    """
    flags = {flag for flag, label, least in BY_WORDS if reading.strength(label) >= least}
    flags |= _by_age(text, reading)
    flags = (flags - heard.hardly) | heard.plainly
    if find_bsn(text) or find_bsn(mail.subject):
        flags.add(Flag.BSN)
    if _in_danger(reading, kinds):
        flags.add(Flag.SAFETY)
    if _attached_identity(mail) or _speaks_of_identity(mail, reading):
        flags.add(Flag.IDENTITY_DOCUMENT)
    if sum(k.kind in RIGHTS and k.confidence >= PLAINLY for k in kinds) > 1:
        flags.add(Flag.SEVERAL_REQUESTS)
    if not any(k.kind is not Kind.OTHER for k in kinds) and Flag.SAFETY not in flags:
        # Sales and newsletters are always in a hurry.
        flags.discard(Flag.URGENT)
    if Flag.SAFETY in flags or _presses(kinds):
        flags.add(Flag.URGENT)
    return frozenset(flags)


def _presses(kinds: tuple[KindSuggestion, ...]) -> bool:
    """Say whether the kind itself cannot wait; a mere hint of one does not press."""
    return bool(kinds) and KINDS[kinds[0].kind].urgent and kinds[0].confidence >= BELIEVED
