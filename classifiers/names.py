"""Finds the names of children and of the person who writes, and never makes one up."""

import re
from dataclasses import dataclass

from classifiers.children import NEVER, RELATED, Heard, children_in, hear
from classifiers.folding import fold
from classifiers.given_names import also_words, given_names
from classifiers.strangers import never_names
from mailbot.domain.mail import Address

_UPPER = "A-ZÀ-ÖØ-ÞĞİŞŁŚŻŹĆŃĄĘČŠŽĐА-ЯЄІЇҐ"
_PART = rf"[{_UPPER}][\w-]*(?:['’](?:[{_UPPER}]|(?=[яюєї]))[\w-]+)?"
_LINK = r"(?:van der|van den|van de|van 't|van|von|de la|de|der|den|ter|ten|te|el|al|bin|ben|di|du|da|la|le|dos|ibn|op de|in 't|'t)"
_FULL = rf"{_PART}(?:[ ](?:{_LINK} )?{_PART}){{0,4}}"
_LIST = rf"{_FULL}(?:(?:, | en | and | und | et | ve | i | y | & ){_FULL}){{0,4}}"
_SEVERAL = re.compile(r", | en | and | und | et | ve | i | y | & ")

_NL_CHILD = r"(?:dochter(?:s|tje)?|zoon(?:s|tje)?|zonen|kind(?:eren|je)?|meisjes?|jongens?|pleegkind|pleegzoon|pleegdochter|stiefzoon|stiefdochter|kleinzoon|kleindochter|kleinkind|leerling|tweeling|pupil)"
_BEFORE_A_CHILD = "|".join(
    (
        rf"(?:mijn|m'n|mn|onze|ons|haar|zijn|de|van|uw|betreffende) (?:\w+ )?{_NL_CHILD}(?: heet| genaamd| is)?",
        r"(?:naam (?:van (?:het|mijn|ons) )?(?:kind|leerling|dochter|zoon)|kind|leerling|betreft|voor leerling|child(?:'s name)?|pupil|student|name of (?:the )?(?:child|pupil)|nom de l'enfant|name des kindes|öğrenci|çocuğun adı|uczeń|dziecko)\s*[:=]",
        r"(?:(?:moeder|vader|mama|papa|ouders?|voogd|oma|opa|tante|oom|pleegmoeder|pleegvader|stiefvader|stiefmoeder) van|(?:mother|father|mum|mom|dad|parents?|guardian|grandmother|grandfather) of|(?:mutter|vater|eltern) von|(?:mère|père|parents?) de)",
        r"(?:(?:het )?gaat(?: hier)? om|it is about|it concerns|es geht um|il s'agit de)(?: mijn| onze)?",
        r"(?:(?:hij|zij|ze|dochter|zoon|kind) heet|(?:haar|zijn) naam is|(?:her|his) name is|(?:she|he) is called|(?:er|sie|tochter|sohn) heißt|(?:elle|il) s'appelle|(?:jej|jego) imię to|ma na imię|(?:onun )?adı|se llama)",
        r"(?:my|our|his|her|the|their) (?:\w+ )?(?:sons?|daughters?|child(?:ren)?|kids?|boys?|girls?|grandson|granddaughter|stepson|stepdaughter|foster child|pupil|student|twins)(?: is)?(?: called| named)?",
        r"(?:mein|meine|meinen|meiner|meinem|meines|unser|unsere|unseren|unserer|unserem|unseres) (?:\w+ )?(?:sohn|sohnes|tochter|kind|kindes|kinder|töchter|söhne)",
        r"(?:mon|ma|mes|notre|nos) (?:\w+ )?(?:fils|filles?|enfants?|garçon)",
        r"(?:kızım|oğlum|çocuğum|kızımız|oğlumuz|kızımın|oğlumun|çocuklarım|kizim|oglum|cocugum)(?: adı)?",
        r"(?:mój|moja|moje|mojej|moją|mojego|moim|mojemu|nasz|nasza|naszego|naszej|naszym) (?:\w+ )?(?:syn\w*|córk\w*|córec\w*|dzieck\w*)",
        r"(?:mi|mis|nuestro|nuestra) (?:hij[oa]s?|niñ[oa])",
        r"(?:мій|моя|мого|моєї|мою|моїй|моєму|наш\w*) (?:син\w*|доньк\w*|доньц\w*|дочк\w*|дитин\w*)",
    ),
)
_CHILD = re.compile(rf"(?<!\w)(?i:{_BEFORE_A_CHILD}),?\s+(?P<names>{_LIST})")
_WITH_GROUP = re.compile(
    rf"(?<!\w)(?P<names>{_FULL})(?:,? \(?(?i:uit |zit in |in |from |is in )?(?i:groep|klas|group|year|grade|klasse|classe|grup|sınıf)[ ]?\d)",
)
_ARABIC = re.compile(
    r"(?:ابنتي|ابني|بنتي|ولدي|طفلي|طفلتي|ابننا|ابنتنا|لابنتي|لابني|اسمها|اسمه)\s+(?P<names>[\u0621-\u0652]+)"
)

_NO_NAME = frozenset(
    fold(
        "he she they it his her him er sie il elle on ik wij we u jullie de het een hij zij ze school basisschool sipor spo avg gdpr cbs nco fg ap bsn facebook "
        "instagram insta youtube google whatsapp parnassys magister somtoday esis snappet squla social parro microsoft "
        "teams januari februari maart april mei juni juli augustus september oktober november december maandag "
        "dinsdag woensdag donderdag vrijdag zaterdag zondag nederland dutch juf meester mevrouw meneer mr mrs ms "
        "dr drs graag geboren geachte beste hallo dag hoi met vriendelijke groet groeten dank bedankt alvast daten foto fotos "
        "monday tuesday wednesday thursday friday i the please thank thanks dear best kind regards jeugdzorg "
        "politie gemeente veilig thuis groep klas samenwerkingsverband cito iep oso vmbo havo vwo mbo informationen unterlagen "
        "akte fotos bilder schule noten bild zeugnis adhd iq autisme pdf bayan bey hanım hakkında okul okulda kan kunnen wat waarom",
    ).split(),
)
_TITLE_BEFORE = re.compile(
    r"(?i)(?:juf|meester|mevrouw|meneer|beste|hallo|hoi|dag|geachte|dear|hi|hello|mr\.?|mrs\.?|ms\.?|merhaba|mentor|directeur|ex|man|vrouw|partner|obs|bs|school|basisschool|de|het|op|naar|the)\s*$"
)

_SIGN_OFF = re.compile(
    r"(?im)^[ \t]*(?:met (?:vriendelijke|hartelijke|warme|beleefde) groet(?:en)?|vriendelijke groet(?:en)?|hartelijke groet(?:en)?|"
    r"groet(?:en|jes)?|hoogachtend|m\.?v\.?g\.?|vr\.? ?gr\.?|gr\.?|liefs|alvast (?:hartelijk )?(?:bedankt|dank)|(?:kind|best|warm|many)? ?regards|best|sincerely|"
    r"yours (?:sincerely|faithfully|truly)|thanks|thank you|many thanks|cheers|saygılar\w*|saygilar\w*|teşekkür\w*(?: ederim)?|selamlar|iyi günler|"
    r"(?:mit )?(?:freundlichen|besten|herzlichen|lieben|viele) grüßen?|viele grüße|mfg|cordialement|bien (?:à vous|cordialement)|"
    r"(?:sincères )?salutations|merci|pozdrawiam|z poważaniem|serdecznie pozdrawiam|dziękuję|saludos|atentamente|gracias|"
    r"مع (?:خالص )?(?:التحية|الشكر|تحياتي)|تحياتي|شكرا(?: جزيلا)?|з повагою|дякую|danki|mahadsanid|bedankt|dank (?:u|je)(?: wel)?)[ \t]*[,.!،]*[ \t]*(?:\n\s*|[ \t]+)(?P<rest>[^\n]{2,60})",
)
_INLINE_SIGN_OFF = re.compile(
    r"(?:^|[.!?\n,] ?)(?i:met vriendelijke groet(?:en)?|hartelijke groet(?:en)?|groet(?:en|jes)?|(?:fijne|prettige|goede) (?:dag|avond|weekend|week)|fijn weekend|mvg|vr\. ?gr\.?|gr\.|hoogachtend|dank|alvast bedankt|bedankt|"
    r"(?:kind |best )?regards|best|thanks|teşekkürler|saygılarımla|mit freundlichen grüßen|viele grüße|cordialement|pozdrawiam|saludos|gracias|дякую)[, !.]+(?P<rest>[^\n.!?]{2,60})",
)
_I_AM = re.compile(
    rf"(?<!\w)(?i:mijn naam is|ik heet|my name is|i am called|ich heiße|mein name ist|je m'appelle|benim adım|adım|nazywam się|mam na imię|me llamo|мене звати|naam(?: ouder| aanvrager| melder)?\s*:|your name\s*:|name\s*:)\s+(?P<name>{_FULL})",
)
_I_AM_PARENT = re.compile(
    rf"(?<!\w)(?i:ik ben|i am|ich bin|je suis)\s+(?P<name>{_FULL}), (?i:de |the |die |la |le )?(?i:moeder|vader|ouder|mother|father|mum|mom|dad|mutter|vater|mère|père|leerkracht|oma|opa)"
)
_NAME_AT_START = re.compile(
    rf"(?P<name>(?:(?i:mr|mw|dhr|drs|fam|familie|mevr|dr)\.? )?(?:[A-Z]\.[ ]?)*(?:{_LINK} )?{_FULL})"
)
_ARABIC_NAME = re.compile(r"(?P<name>[\u0621-\u064a]+(?: [\u0621-\u064a]+){0,3})")


# Words are parted by at least one sign: else a long run of letters could be cut in endless ways.
_LAST_NAME = re.compile(
    r"(?:\n|[.!?…)] +)[ \t]*(?P<name>(?:[^\W\d_]{1,4}\.|[^\W\d_][\w'’-]*)(?:[ ,،]+(?:[^\W\d_]{1,4}\.|[^\W\d_][\w'’-]*)){0,3}[ ,،]*"
    r"(?:(?<=[^ ], )(?i:gr(?:oe)?p|gro[u]pe?|grupo|gruppe|grupa|grup|klas|class|year|klasse|classe) ?\d\w{0,2}(?: ?[/-] ?\w{1,2})?|,? ?[0+][\d -]{7,})?)[^\w?]*\Z"
)


_OWN_NAME = re.compile(
    rf"(?:(?i:mr|mw|mevr|dhr|drs|dr|fam|familie)\.? )?(?:[A-Z]\. ?)*(?:{_LINK} )?{_PART}(?: (?:{_LINK} )?{_PART}){{0,3}}|[\u0621-\u064a]+(?: [\u0621-\u064a]+){{0,2}}"
)
_LAST_BLOCK = re.compile(
    r"\n[ \t]*\n(?P<name>[ \t]*[^\s]+(?:[ \t]+[^\s]+){0,4}[ \t]*"
    r"(?:\n[ \t]*[^\s]+(?:[ \t]+[^\s]+){0,4}[ \t]*){0,2})\Z"
)
"""A paragraph of a few words at the end: a name, and what its bearer is."""

_ANSWERED = re.compile(r"(?i)\s*(?:re|aw|antw|odp|ynt|yan|rv|sv|رد)\s*: ?[^\n]*\Z")
"""The one line that is the subject of an answer."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in the text."""

    value: str
    start: int


def _trimmed(value: str) -> str:
    """Cut a name at the first word that is none."""
    kept: list[str] = []
    for word in value.split():
        if fold(word).strip("'") in _NO_NAME and not (kept and word.islower()):
            break
        kept.append(word)
    while kept and kept[-1].islower():
        kept.pop()
    return " ".join(kept).strip("'’-")


def _spread(found: re.Match[str]) -> list[Name]:
    """Take a row of names apart, each with its place."""
    names: list[Name] = []
    start = found.start("names")
    for part in _SEVERAL.split(found["names"]):
        place = found.string.index(part, start)
        value = _trimmed(part)
        if len(value) > 1:
            names.append(Name(value, place))
        start = place + len(part)
    return names


def _plain(text: str, end: int) -> list[Name]:
    """Names that the words before or after them show to be a child's."""
    names: list[Name] = []
    for shape in (_CHILD, _WITH_GROUP):
        for found in shape.finditer(text):
            if shape is _WITH_GROUP and not (found.start() < end and _is_pupil(found, text)):
                continue
            names += _spread(found)
    for found in _ARABIC.finditer(text):
        if fold(found["names"]) in given_names() - also_words():
            names.append(Name(found["names"], found.start("names")))
    return names


def _is_pupil(found: re.Match[str], text: str) -> bool:
    """Say whether what stands before a group is a pupil's name, and no teacher's or thing's."""
    if _TITLE_BEFORE.search(text[max(0, found.start() - 20) : found.start()]):
        return False
    first = fold(found["names"].split()[0])
    comma = found.group()[len(found["names"])] == ","
    return first in given_names() or (comma and first not in never_names())


def _unlike(names: list[Name], taken: list[Name]) -> list[Name]:
    """Leave out a name that is part of one already found."""
    kept = list(taken)
    for name in sorted(names, key=lambda one: one.start):
        first = name.value.split()[0]
        if all(fold(first) not in fold(other.value).split() for other in kept):
            kept.append(name)
    return kept


def child_names(text: str) -> tuple[Name, ...]:
    """
    Return the names of the children the text is about.

    Args:
        text: what the person wrote.

    Returns:
        Each name once, in the order of the text; empty where none is named, and in the subject
        of an answer, which was written earlier, often by ourselves.
    """
    return heard_names(text)[0]


def heard_names(text: str) -> tuple[tuple[Name, ...], Heard]:
    """Return the names of the children, and every given name they were chosen from."""
    heard = hear(text)
    if _ANSWERED.match(text):
        return (), heard
    end = closing(text)
    certain = _longest_first(
        sorted(filter(_sound, _plain(text, end)), key=lambda one: (-len(one.value), one.start))
    )
    listed = children_in(text, end, heard)
    own = [Name(one.value, one.start) for one in listed if not certain or one.weight >= RELATED]
    names = _unlike(own, certain) if certain else own
    return tuple(sorted(names, key=lambda one: one.start)[:6]), heard


def _sound(name: Name) -> bool:
    """Leave out a word with a capital that is no name: it begins a sentence, or is shouted."""
    first = fold(name.value.split()[0])
    return first in given_names() or not (
        first in NEVER or first in never_names() or name.value.isupper()
    )


def closing(text: str) -> int:
    """
    Say where the closing of a mail begins, with the name of whoever writes.

    Args:
        text: what the person wrote.

    Returns:
        The offset of the words of farewell, or of a name that stands alone at the end.
    """
    end = len(text.rstrip())
    farewells = [
        found.start() for shape in (_SIGN_OFF, _INLINE_SIGN_OFF) for found in shape.finditer(text)
    ]
    late = [start for start in farewells if start > len(text) / 3]
    if late:
        return max(late)
    alone = _LAST_NAME.search(text[:end])
    block = _LAST_BLOCK.search(text[:end])
    found = [one.start("name") for one in (alone, block) if one and one.start() > 0]
    return min(found, default=end)


def _longest_first(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in names:
        first = fold(name.value.split()[0])
        if all(first not in fold(other.value).split() for other in kept):
            kept.append(name)
    return kept


def _signed(text: str) -> Name | None:
    for shape in (_SIGN_OFF, _INLINE_SIGN_OFF):
        last = None
        for found in shape.finditer(text):
            rest = found["rest"].strip(" ,.-")
            name = _NAME_AT_START.match(rest) or _ARABIC_NAME.match(rest)
            if name and fold(name["name"].split()[0]) not in _NO_NAME | {"moeder", "vader"}:
                last = Name(
                    name["name"].strip(" ,."),
                    found.start("rest") + found["rest"].index(name["name"]),
                )
        if last is not None:
            return last
    return None


def _alone_at_the_end(text: str) -> Name | None:
    """Take the name that stands by itself under a mail, without a word of farewell."""
    start = closing(text)
    line = text[start:].strip().split("\n")[0].strip(" ,.-!")
    shape = _OWN_NAME.fullmatch(line)
    if start == 0 or shape is None or fold(line.split()[0]) in _NO_NAME | NEVER:
        return None
    known = fold(line.split()[0]) in given_names()
    # One word may be anything; two with capitals, or one of the list, are a name.
    return Name(line, start + text[start:].index(line)) if known or " " in line else None


def _from_sender(sender: Address | None) -> Name | None:
    """Take the display name where it reads as a person's: two words with capitals, no address."""
    if sender is None or "@" in sender.name:
        return None
    name = sender.name.strip(" \"'")
    if not re.fullmatch(_FULL, name) or " " not in name:
        return None
    organisation = re.search(
        r"(?i)school|admin|info|team|bestuur|stichting|gemeente|politie|b\.?v|noreply|service|support|advocat|rechtbank|autoriteit",
        name,
    )
    return None if organisation else Name(name, -1)


def requester_name(text: str, sender: Address | None) -> Name | None:
    """
    Return the name of the person who writes.

    Args:
        text: what the person wrote.
        sender: the address in From; its display name speaks where the text does not.

    Returns:
        The name, or None where neither tells.
    """
    for shape in (_I_AM, _I_AM_PARENT):
        found = shape.search(text)
        if found and _trimmed(found["name"]):
            return Name(_trimmed(found["name"]), found.start("name"))
    return _signed(text) or _alone_at_the_end(text) or _from_sender(sender)
