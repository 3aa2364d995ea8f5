"""Takes addresses, schools, dates and numbers out of a text; their shape stays."""

import re
from collections.abc import Sequence

from classifiers.folding import fold
from classifiers.schools import school_in

MAIL, SITE, HANDLE = "naam@voorbeeld.example", "https://voorbeeld.example", "@voorbeeld"
STREET, SCHOOL = "Dorpsstraat 1", "De Voorbeeldschool"
OWN_WORDS = frozenset(re.findall(r"[^\W\d_]+", fold(f"{MAIL} {SITE} {STREET} {SCHOOL} NL BANK")))
"""The words of these stand-ins; they are nobody's name."""
_MAIL = re.compile(r"[\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_SITE = re.compile(
    r"(?i)(?:https?://|www\.)\S+|\b[\w-]+\.(?:nl|com|org|net|eu|be|de|app)(?:/\S*)?\b"
)
_HANDLE = re.compile(r"(?<![\w@.])@(?!voorbeeld\b)\w[\w.]*")
_STREET = re.compile(
    r"(?i)(?<!\w)[\w'’-]{2,}(?:straat|laan|weg|plein|singel|gracht|kade|dijk|hof|pad|steeg"
    r"|dreef|street|avenue|straße|strasse|sokak|sokağı|caddesi)\s+\d{1,5}(?:[\s-]?[a-z]{1,3})?(?!\w)"
    r"|(?<!\w)(?:rue|avenue|calle|ul\.|ulica|شارع)\s+(?:[\w'’-]+\s+){1,3}\d{1,5}(?!\w)"
)
_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Za-z]{2}\b")
_BANK = re.compile(r"\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}[ ]?(?:\d[ ]?){8,12}\b")
_DIGITS = re.compile(r"\d+")
_ARTICLE = re.compile(
    r"(?i)(?:artikel(?:en)?|art\.?|articles?|artikels?|madde(?:si)?|artykuł\w*|artículo|ст\.|статт\w+|المادة"
    r"|avg|gdpr|dsgvo|rgpd|kvkk|rodo)\s*[:.]?\s*\Z"
)
_LONGEST_ARTICLE = 2
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december",
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
)
_FIRST = {month: row.split()[0] for row in reversed(_MONTHS) for month in row.split()}
_NEAR_DIGIT = re.compile(
    rf"(?i)(?<=\d)(\W{{1,3}}(?:de |of )?)({'|'.join(_FIRST)})(?!\w)|(?<!\w)({'|'.join(_FIRST)})(?=\W{{1,2}}\d)"
)


def without_addresses(text: str) -> str:
    """Replace mail addresses, web addresses, handles, streets, postcodes and bank accounts."""
    text = _MAIL.sub(MAIL, text)
    text = _SITE.sub(_site, text)
    text = _HANDLE.sub(HANDLE, text)
    text = _STREET.sub(STREET, text)
    text = _BANK.sub("NL11BANK1111111111", text)
    return _POSTCODE.sub("1111 AA", text)


def _site(found: re.Match[str]) -> str:
    """Leave the stand-in of a mail address as it is."""
    before = found.string[: found.start()]
    return found.group() if before.endswith("@") else SITE


def without_schools(text: str, schools: Sequence[str]) -> str:
    """Replace every school of the board, also one spelled wrongly."""
    for name in schools:
        while (found := school_in(text, [name])) is not None:
            wide = len(name.split()) + 1
            end = _end_of(text, found.start, name, wide)
            text = text[: found.start] + SCHOOL + text[end:]
            if fold(name) in fold(SCHOOL):
                break
    return text


def _end_of(text: str, start: int, name: str, wide: int) -> int:
    """Find where a school's name ends: behind the last of its words that stand there."""
    own = re.findall(r"\w+", fold(name))
    end = start
    for found in list(re.finditer(r"\w+", text[start:]))[:wide]:
        word = fold(found.group())
        like = any(word[:3] == one[:3] for one in own) if len(word) >= 3 else word in own
        if not like and end > start:
            break
        end = start + found.end()
    return end


def without_months(text: str) -> str:
    """Replace the month of a date that is written in words."""
    return _NEAR_DIGIT.sub(_month, text)


def _month(found: re.Match[str]) -> str:
    word = found[2] or found[3]
    first = _FIRST.get(word.lower(), "januari")
    return (found[1] or "") + (first.capitalize() if word[0].isupper() else first)


def in_shape(text: str) -> str:
    """Give every number ones for its digits, so that its shape stays and its value does not."""
    return _DIGITS.sub(_ones, text)


def _ones(found: re.Match[str]) -> str:
    digits = found.group()
    if len(digits) <= _LONGEST_ARTICLE and _ARTICLE.search(found.string[: found.start()][-14:]):
        return digits
    one = "١" if "٠" <= digits[0] <= "٩" else "1"
    first = digits[0] if digits[0] == "0" and len(digits) > 1 else one
    return first + one * (len(digits) - 1)
