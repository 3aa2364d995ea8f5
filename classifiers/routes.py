"""Says where a mail belongs: a case, a running case, the automatic, spam or other pile."""

import re
from dataclasses import dataclass

from classifiers.rules import Reading
from classifiers.weighing import RIGHTS
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import KindSuggestion, Route

_FIELD = re.compile(r"(?m)^[ \t]*[*-]?[ \t]*([^\W\d_][\w /'’-]{1,30}?)\*?[ \t]*:[ \t]*\S")
_FIELD_NAMES = re.compile(
    r"naam|name|e-?mail|bericht|message|vraag|onderwerp|subject|telefoon|phone|opmerking|"
    r"verzoek|toelichting|formulier|school|kind|leerling|question|nom|nachricht|ad soyad|mesaj",
    re.IGNORECASE,
)
_FORM_SUBJECT = re.compile(
    r"(?i)(?:contact|web|aanvraag|verzoek|privacy|meld)?formulier|contact form|web ?form|"
    r"form submission|formular\b|formulaire|via de website",
)
_BY_FORMS = frozenset({"auto_generated", "auto_submitted", "no_reply_sender"})
"""Why parsing calls a form's mail automatic; absences and lists are never forms."""
_OWN_REFERENCE = r"\b{prefix}[- ]\d{{4}}[- ]\d{{3,}}(?:[- ]?[0-9A-Z])?\b"
_ANY_REFERENCE = r"\b[A-Z][A-Z-]{2,11}-\d{4}-\d{6}\b"
_TAGGED = "+c-"

_NEVER_OTHER = (Kind.BREACH, Kind.AUTHORITY, Kind.THIRD_PARTY_REQUEST)
SURE_SPAM = 0.85
SURE_OTHER = 0.6
SURE_FOLLOW_UP = 0.8


@dataclass(frozen=True, slots=True)
class Standing:
    """What surrounds the words: whether the mail answers one of ours or came by a form."""

    replies: bool
    form: bool
    automatic: bool


def _names_reference(mail: Mail, prefix: str) -> bool:
    shape = _OWN_REFERENCE.format(prefix=re.escape(prefix)) if prefix else _ANY_REFERENCE
    return any(re.search(shape, text) for text in (mail.subject, mail.new_text))


def _is_tagged(mail: Mail) -> bool:
    addresses = [*mail.delivered_to, *(recipient.address for recipient in mail.recipients)]
    return any(_TAGGED in address for address in addresses)


def is_form(mail: Mail) -> bool:
    """Whether this is a filled-in web form: its subject says so, or several lines name a field."""
    if _FORM_SUBJECT.search(mail.subject):
        return True
    text = mail.new_text
    names = [found for found in _FIELD.findall(text) if _FIELD_NAMES.search(found)]
    return len(names) >= 2


def standing(mail: Mail, reference_prefix: str) -> Standing:
    """
    Look at what surrounds the words.

    Args:
        mail: the mail.
        reference_prefix: how the board's references begin; empty where it is not known.

    Returns:
        How the mail stands to what came before it.
    """
    form = is_form(mail)
    threaded = bool(mail.in_reply_to or mail.references) and not mail.is_forward
    return Standing(
        replies=threaded or _is_tagged(mail) or _names_reference(mail, reference_prefix),
        form=form,
        # A form's mail says Auto-Submitted, and yet a person filled it in.
        automatic=mail.automatic is not None and not (form and mail.automatic in _BY_FORMS),
    )


def _strongest(kinds: tuple[KindSuggestion, ...], *, of: tuple[Kind, ...] | None = None) -> float:
    return max((k.confidence for k in kinds if of is None or k.kind in of), default=0.0)


def is_spam(reading: Reading, kinds: tuple[KindSuggestion, ...]) -> bool:
    """Whether this is surely sales or phishing: a parent's words are never put there."""
    sure = reading.strength("spam") >= SURE_SPAM
    asks = _strongest(kinds, of=(*RIGHTS, Kind.AUTHORITY, Kind.COMPLAINT))
    return sure and reading.strength("parent") < 0.6 and asks < 0.8


def is_other(reading: Reading, kinds: tuple[KindSuggestion, ...]) -> bool:
    """Whether this is a newsletter or a matter of the school day, and nothing of privacy."""
    if reading.strength("newsletter") >= 0.8:
        asks = _strongest(kinds, of=(*RIGHTS, Kind.AUTHORITY))
        return reading.strength("parent") < 0.6 and asks < 0.6 and not reading.has("lost")
    if reading.strength("privacy") >= 0.6 or _strongest(kinds, of=(*RIGHTS, *_NEVER_OTHER)) >= 0.28:
        return False
    if _strongest(kinds, of=(Kind.COMPLAINT,)) >= 0.5:
        # A complaint that is not about personal data belongs to the school itself.
        return not reading.has("handling") and reading.strength("privacy") < 0.25
    daily = reading.strength("school_matter")
    return daily >= SURE_OTHER and _strongest(kinds) < (0.8 if daily >= 0.85 else 0.5)


def route_of(
    mail: Mail,
    place: Standing,
    reading: Reading,
    kinds: tuple[KindSuggestion, ...],
) -> Route:
    """
    Say where the mail belongs.

    In doubt it is a case: a person then looks within the term, which nobody does for spam.

    Args:
        mail: the mail.
        place: what surrounds the words.
        reading: what the words say.
        kinds: the kinds put forward.

    Returns:
        The route.
    """
    if mail.bounce is not None:
        return Route.BOUNCE
    if place.automatic:
        return Route.AUTOMATIC
    if place.replies:
        return Route.FOLLOW_UP
    if is_spam(reading, kinds):
        return Route.SPAM
    if is_other(reading, kinds):
        return Route.OTHER
    if reading.strength("follow_up") >= SURE_FOLLOW_UP and _strongest(kinds) < SURE_FOLLOW_UP:
        return Route.FOLLOW_UP
    return Route.CASE
