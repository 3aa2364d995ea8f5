"""Says when what is attached to a mail must be read for its words to be understood."""

# ruff: noqa: RUF001 - Turkish and Cyrillic letters are the content.

import re

from mailbot.domain.mail import AttachedText, Attachment, Mail
from mailbot.domain.suggestion import Suggestion

FEW_WORDS = 20
"""A mail of no more words than this, greeting and name left out, may leave its request to a file."""

_POINTS = re.compile(
    # Dutch
    r"\bbijlagen?\b|\bbijgevoegd\w*|\bbijgesloten\b|\bbijgaand\w*|\bingesloten\b|\battachments?\b|"
    r"\bbijgeleverd\w*|\btoegevoegd (?:als|in)\b|\bhierbij (?:mijn|ons|onze|een|de|het|stuur\w*|zend\w*|ontvang\w*)|"
    r"\b(?:zie|lees|open|bekijk) (?:(?:de|het|mijn|onze|ons|dit|deze|die|dat|bijgaande?) )?(?:\w+ )?(?:brief|bestand|document|foto'?s?|scan|pdf|word|formulier|screenshot|afbeelding|schermafdruk)\b|"
    r"\bin (?:de|mijn|onze|deze|het) (?:brief|bestand|document|pdf|word\w*|scan|foto|formulier)\b|"
    # English
    r"\battached\b|\benclosed\b|\benclosure\b|\b(?:see|read|open|find) (?:the|my|our|this) (?:\w+ )?(?:letter|file|document|photo|picture|scan|pdf|form|image|screenshot)\b|"
    # Turkish
    r"\bekte(?:dir|yim|ki\w*)?\b|\bekli\b|\bekinde\w*|\bekimde\w*|\bekler\w*|\bekledim\b|\bekliyorum\b|\bili[sş]ikte\w*|\bdosya(?:da|yı|ya) (?:bak|oku)\w*|"
    # German, French, Spanish
    r"\banhang\b|\bangehängt\w*|\banbei\b|\bbeigefügt\w*|\banlage\b|\bbeiliegend\w*|"
    r"\bpièces? jointes?\b|\bpiece jointe\b|\bci-?joint\w*|\ben annexe\b|\bp\.?j\.?\b|\bjoint[es]? (?:à|au)\b|"
    r"\badjunt\w+|"
    # Polish, Ukrainian, Papiamento, Somali
    r"\bza[lł][aą]cz\w+|\bвкладен\w+|\bдодат(?:ок|ку|ках)\b|\bдодаю\b|\bдодається\b|\bприкріп\w+|"
    r"\bdocumento aki\b|\baden di e (?:documento|karta)\b|\blifaaq\w*|\bku lifaaq\w*|"
    # Arabic, and Darija in Latin letters
    r"مرفق|المرفق|بالمرفق|ارفق|أرفق|ملحق|بالملحق|\bmor?f[ae]9\w*|\bl'?fichier\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\W*(?:beste|geachte|hallo|hoi|hai|dag|goede(?:n)?(?:morgen|middag|avond|dag)|l\.?s\.?|dear|hi|hello|good (?:morning|afternoon|evening)|"
    r"merhaba\w*|sayın|sayin|sehr geehrte\w*|guten (?:tag|morgen)|hallo|bonjour|madame|monsieur|dzień dobry|szanown\w+|"
    r"السلام|السادة|مرحبا|салют|добрий|шановн\w+|hola|estimad\w+|bon (?:dia|tardi))[^\n.!?]{0,60}(?:[,.!?:،]|\n|$)",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?im)^\W*(?:met (?:vriendelijke|hartelijke)|vriendelijke groet|hartelijke groet|groet|groetjes|mvg|m\.?v\.?g|hoogachtend|"
    r"(?:kind|best|warm)? ?regards|sincerely|yours|cheers|thanks|saygı|saygi|teşekkür|tesekkur|selam|mit freundlich|freundliche|viele grüße|mfg|"
    r"cordialement|bien à vous|salutations|pozdraw|z poważaniem|saludos|atentamente|مع (?:خالص )?(?:التحية|الشكر)|تحياتي|شكرا|з повагою|"
    r"sent from|verzonden vanaf|verstuurd vanaf|gönderildi|envoyé de|gesendet von|wysłane z|get outlook|outlook voor|--\s*$).*",
)
_NO_PAPER = frozenset(
    {
        "application/ics",
        "application/ms-tnef",
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/vnd.ms-tnef",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "message/disposition-notification",
        "message/global",
        "message/rfc822",
        "text/calendar",
        "text/rfc822-headers",
        "text/vcard",
        "text/x-vcard",
    }
)
"""Signatures, invitations and cards hold no request; attached mails are opened by parsing."""


def points_at_attachment(text: str) -> bool:
    """Say whether a text sends its reader to something attached, in the languages of parents."""
    return bool(_POINTS.search(text))


def says_little(text: str) -> bool:
    """Say whether a text holds so few words that what is meant may stand elsewhere."""
    end = _SIGN_OFF.search(text)
    own = text[: end.start()] if end else text
    return len(_GREETING.sub("", own.strip(), count=1).split()) <= FEW_WORDS


def wants_attachments(mail: Mail) -> bool:
    """Say whether the words of this mail alone do not tell what it asks."""
    return says_little(mail.new_text) or points_at_attachment(f"{mail.subject}\n{mail.new_text}")


def papers_of(mail: Mail) -> tuple[Attachment, ...]:
    """
    Name the attached files that may hold words of a request, those of attached mails included.

    What is only repeated (winmail.dat beside the files that were in it) and what never holds a
    request, such as a signature, is left out.
    """
    own = [file for file in mail.attachments if _may_ask(file)]
    within = [file for inner in mail.attached_mails for file in papers_of(inner)]
    return (*own, *within)


def left_unread(mail: Mail, suggestion: Suggestion) -> tuple[AttachedText, ...]:
    """
    Name the files a person must look at because the machine could not read them.

    A photograph without letters says nothing more where the mail itself is understood.
    """
    return tuple(one for one in mail.not_read if suggestion.unsure or one.problem != "no_text")


def _may_ask(file: Attachment) -> bool:
    if file.content_type in _NO_PAPER or file.declared_type in _NO_PAPER:
        return False
    return not file.filename.lower().endswith(
        (".eml", ".ics", ".vcf", ".p7s", ".asc", "winmail.dat")
    )
