"""Finds the children a mail is about by their given names, wherever they stand in a sentence."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from classifiers.folding import fold

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)*(?!\w)")
_FOLLOWING = re.compile(
    r"(?: (?:van der|van den|van de|van 't|van|von|de la|de|der|den|ter|ten|el|al|ben|bin|di|da|dos|du|'t))?"
    r" (?:[A-ZÀ-ÖØ-ÞĞİŞŁŚŻŹĆČŠŽА-ЯЄІЇҐ][\w'’-]+(?<!['’]s)|[A-Z]\.(?= [A-Z]))"
)
_ADULT = re.compile(
    r"(?i)(?:\b(?:juf(?:frouw)?|jufs|meester|mevr(?:ouw)?\.?|mw\.?|dhr\.?|meneer|mijnheer|heer|mr\.?|mrs\.?|ms\.?|miss|sir|dr\.?|drs\.?|prof\.?|"
    r"mentor|directeur|directrice|ib'?er|maître|maitre|maîtresse|madame|mme|monsieur|frau|herrn?|pan|pani|pania|panią|pana|panem|señora?|señor|sra?\.?|"
    r"hoca|öğretmen|teacher|coach|collega|buurvrouw|buurman|oom|tante|oma|opa|aunt|uncle|macallin\w*|shefe?|"
    r"(?:mijn|m'n|mn|onze|zijn|haar) (?:man|vrouw|ex|ex-\w+|zus|broer|moeder|vader|partner|vriend|vriendin|schoondochter|schoonzus|schoonzoon|cliënte?|clienten?)|"
    r"(?:my|his|her|our) (?:wife|husband|ex|sister|brother|mother|father|partner|mum|mom|dad|boyfriend|girlfriend|client)|"
    r"(?:meine?r?|ihre?|seine?) (?:frau|mann|ex|schwester|bruder|mutter|vater|mandantin|mandant)|(?:ma|sa) (?:femme|soeur|sœur|mère|cliente)|(?:mon|son) (?:mari|frère|père|ex)|"
    r"(?:moeder|vader|juf|meester|mother|father|teacher|zus|broer) (?:heet|is|is called)|eşim|annem|babam|ablam|abim|kocam|żona|żony|mąż|męża|siostra|brat|mama|papa|mamma|vader|moeder|mother|father|vriend(?:in)?(?:je|jes)?|vriendje|klasgenoot|klasgenootje|friend|classmate|arkadaşı|"
    r"groetjes|groeten|groet|gr|mvg|dank|bedankt|thanks|regards|cheers|liefs|merci|cordialement|grüße|selamlar|saygılar|pozdrawiam|namens)"
    r"|(?:السيده?|السيدة|الاستاذه?|الأستاذة?|المعلمه?|المعلمة|مس|ميس|زوجي|زوجتي|اختي|أختي|اخي|أخي|امي|أمي|ابي|انا|أنا|اسمي))[\s,:]+$"
)
_TITLE_AFTER = re.compile(
    r"(?i)^['’]?\w{0,3} ?(?:hanım|hanim|bey|hoca|öğretmen|ogretmen|abla|teyze|amca|üniversite)\w*"
)
_GREETING = re.compile(
    r"(?im)(?:^|[\n>])\W*(?:beste|hallo|hoi|hai|dag|dear|hi|hey|hello|lieve|geachte|goede?(?:morgen|middag|avond|ndag)?|merhaba|sayın|liebe[rs]?|bonjour|cher|chère|droga|drogi|"
    r"szanowna|szanowny|estimad[oa]|hola|salam|salaan|bon dia|مرحبا|عزيزتي|عزيزي)\b[^\n,.!?:]{0,30}$"
)
_WRITER = re.compile(
    r"(?i)(?:\b(?:ik ben|ik heet|mijn naam is|hier(?: is)?|met|my name is|i am|i'm|this is|ich bin|ich heiße|mein name ist|hier ist|je suis|je m'appelle|c'est|moi c'est|"
    r"ben|benim adım|adım|jestem|nazywam się|mam na imię|me llamo|soy|мене звати|мене звуть|я|magacaygu waa|mi nomber ta|ana|smiti|smiyti|naam ouder:|naam:|name:))\s+$"
)
_OF = re.compile(
    r"^['’](?:s|in|ın|un|ün|nin|nın|nun|nün|i|ı|u)\b| (?:zijn|haar|z'n|d'r) ", re.IGNORECASE
)
_OTHER_CHILD = re.compile(
    r"(?i)\b(?:ander[e]? (?:kind|leerling|meisje|jongen)|another (?:child|pupil|kid)|autre (?:enfant|élève)|anderes kind|başka (?:bir )?(?:çocuk|öğrenci)|innego dziecka|one)[\s,:]+$"
)
_SCHOOL = re.compile(
    r"(?:\b(?i:obs|bs|rkbs|pcbs|ikc|sbo|sint|st\.?|school|basisschool|college|lyceum|straat|laan|plein|weg)|\b(?:De|Het|'t))\s+$|[@./]$"
)
_PLACE = re.compile(r"(?i)\b(?:in|te|naar|uit|from|to|nach|aus|à|w|do|z|en)\s+$")
_RELATION = re.compile(
    r"(?i)(?:\b(?:dochters?|dochtertje|zoon|zoontje|zonen|kind|kinderen|jongste|oudste|middelste|leerling(?:e)?|meisje|jongen|pleegkind|kleinkind|kleinzoon|kleindochter|nichtje|neefje|broertje|zusje|"
    r"son|sons|daughter|daughters|child|children|kid|kids|boy|girl|eldest|youngest|pupil|nephew|niece|grandson|granddaughter|"
    r"sohn|sohnes|tochter|kindes|kinder|enkel|enkelin|schüler|schülerin|fils|fille|enfant|enfants|petit|petite|élève|"
    r"kızım\w*|oğlum\w*|çocuğum\w*|kızımız\w*|oğlumuz\w*|kızı|oğlu|torunum|kizim\w*|oglum\w*|kardeşim|bizim|öğrenci|"
    r"syn\w*|córk\w*|córec\w*|dzieck\w*|wnucz\w*|wnuk\w*|uczeń|uczni\w*|hijo|hija|hijos|niño|niña|"
    r"yu|yiu|mucha|wiilkay\w*|gabadhay\w*|ilmah\w*|carruurt\w*|weldi|wldi|benti|bnti|wladi|син\w*|доньк\w*|доньц\w*|дочк\w*|дитин\w*|"
    r"(?:moeder|vader|mama|papa|ouders?|voogd|oma|opa|tante|oom|pleegmoeder|pleegvader|stiefvader|stiefmoeder|moeke) van|(?:mother|father|mum|mom|dad|mummy|daddy|parents?|guardian|grandmother|grandfather|aunt|uncle) of|"
    r"(?:mutter|vater|eltern|oma|opa|tante) von(?: der| dem)?|(?:mère|père|papa|maman|parents?|tante|oncle) (?:de|d')|(?:mama|tata|babcia|dziadek|babcią|dziadkiem)|(?:mama|papa|baba|lmama) (?:dyal|d|dial)|dyal|"
    r"heet|genaamd|named|called|heißt|s'appelle|adı|ismi|imię|imieniu|nazywa się|magac\w* waa|yiraahdaa|nomber ta|yama|aabaha|hooyada|adeerka|namely|nl\.|betreft|betreffende|inzake|dossier van|file of|akte von)"
    r"|(?:ابنتي|ابني|بنتي|ولدي|طفلي|طفلتي|ابننا|ابنتنا|لابنتي|لابني|لبنتي|اسمها|اسمه|ابنه|ابنته|والد|والده|والدة|ام|أم|وأم|عمة|عمه|خاله|خالة|ابو|أبو|الطفل|الطفله|الطالب|الطالبه|التلميذ|التلميذه|الصغير|الصغيره))[\s,:('\"-]+$"
)
_PLAIN_RELATION = re.compile(
    r"(?i)\b(?:wiilkayga|gabadhayda|wiilkayga la yiraahdo|aabaha|hooyada|adeerka|magac\w* waa|wela di|tata di|mama di|mi yu(?: muhé| hòmber)?|"
    r"mama dyal|papa dyal|lmama d|baba d|benti|bnti|weldi|wldi|kızım|oğlum|kızımız|oğlumuz|torunum|mojego syna|mojej córki|mojego wnuka|моєї доньки|мого сина|"
    r"mon fils|ma fille|notre fils|notre fille|mi hijo|mi hija|my son|my daughter|our son|our daughter|mijn zoon|mijn dochter|onze zoon|onze dochter|mein sohn|meine tochter|meiner tochter|meines sohnes|unser sohn|unsere tochter) $"
)
_LIKE_A_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{2,}(?<!school)(?<!land)(?<!se)\Z")
_ABOUT = re.compile(
    r"(?i)(?:\b(?:dat|omdat|als|toen|waar|hoe|of|over|voor|van|that|because|if|when|about|for|of|que|sur|pour|ku|di)\s)$"
)
_ONLY_PEOPLE = re.compile(
    r" (?:heeft haar|heeft zijn|moest huilen|huilde|kwam huilend|zelf niet|durft|slaapt|speelt|vertelde|is jarig|is bang|is ziek|is verhuisd|is geboren|zit in groep|gaat naar groep|"
    r"zijn (?:moeder|vader|dossier|rapport|foto|gegevens|cijfers)|haar (?:moeder|vader|dossier|rapport|foto|gegevens|cijfers)|z'n (?:moeder|vader|dossier|rapport)|"
    r"started crying|was crying|told me|is in year|is in group|has been crying|'s (?:file|report|photo|mother|father|teacher|records))\b"
)
_NEAR = re.compile(
    r"(?i)(?:\b(?:van|over|voor|met|aan|dat|omdat|of|als|toen|bij|door|waar|wat|hoe|en|about|for|that|with|on|if|when|of|and|über|für|dass|von|mit|wenn|sur|pour|que|avec|de|d'|"
    r"dla|że|o|czy|od|u|do|u|para|sobre|con|pa|di|ku|ee|iyo|la|ile|f|dial|l|про|для|що|з|у|та)"
    r"|عن|ان|أن|مع|ملف|انو|إنه|انه|وضع|مدرسه|مدرسة|خلي|عند|وأم|وام|بيانات|صور|صوره|تقرير|درجات|علامات|اسم|يا|بتاع|تبع|حق)\s+$|\b(?:d|l|qu|lorsqu|puisqu)['’]$"
)
_DOES = re.compile(
    r"(?i)^(?:['’](?:s|in|ın|un|ün|nin|nın|nun|nün|yi|yı|ya|ye|a|e|i|ı|u|da|de|dan|den|la|le)\b|[,]? (?:is|zit|heeft|gaat|staat|moet|komt|doet|wordt|werd|was|kan|mag|wil|had|haar|zijn|z'n|d'r|zelf|slaapt|stapt|begint|blijft|"
    r"krijgt|kreeg|ging|vond|vindt|voelt|liep|gaf|left|has|goes|had|does|did|will|should|can|and his|and her|hat|kann|soll|wird|war|ist|geht|kommt|est|a |va|ne |entre|doit|peut|nie|jest|ma |chodzi|idzie|"
    r"rozpocznie|не|є|ходить|ve|hakkında|için|ile|okuyor|çok|ta|tin|a keda|por|waxaa|waxay|wuu|wuxuu|sawir|iyo|f |mcha|msha|w |"
    r"كان|كانت|في|عند|مش|ما|لا|راح|تطلع|يطلع|اتصور|اتصورت)\b|[.,]? (?:groep|klas|group|year|grade|\(?\d{1,2}\b))"
)
_SIGN_OFF_LINE = re.compile(r"^[\s,.-]*(?:[^\s\d]+[.,]?\s*){1,4}$")
_POLISH = re.compile(r"[ąęłśżźćń]", re.IGNORECASE)
_STEMS = (
    "owi",
    "em",
    "ą",
    "ę",
    "a",
    "i",
    "y",
    "e",
    "u",
    "ові",
    "ом",
    "а",
    "у",
    "і",
    "и",
    "ю",
    "ї",
    "єю",
    "ою",
)
_ENOUGH = 2
RELATED = 5
"""The weight of a name that the words before it call a child's."""
_SENTENCE_END = re.compile(r"[.!?:;]['\"”)]?\s*$")
NEVER = frozenset(
    fold(
        "in maar heeft en dat wat die dit want dus toen nu na door om of als bij voor met van aan is was zijn wij mag moet kan wil haar hij zij ze het de een "
        "und der das die ist aber hat and but the that this there then when has his her et mais alors puis est ve ama bu şu ancak i ale to jest "
        "gewoon vandaag gisteren morgen alles niemand iemand niet geen wel ook nog al zo zelf sinds per vanaf selam merhaba",
    ).split(),
)
"""Words that stand with a capital at the beginning of a sentence and are no name."""


@dataclass(frozen=True, slots=True)
class Child:
    """A given name in a text, and how strongly its surroundings show that a child is meant."""

    value: str
    start: int
    given: str
    weight: int


@cache
def _table() -> dict[str, str]:
    return tomllib.loads((files("classifiers") / "given_names.toml").read_text("utf-8"))


@cache
def given_names() -> frozenset[str]:
    """Every given name of the list, folded."""
    kept = (row for key, row in _table().items() if not key.endswith("words"))
    return frozenset(fold(" ".join(kept)).split())


@cache
def also_words() -> frozenset[str]:
    """The names that are also words, folded."""
    return frozenset(fold(f"{_table()['words']} {_table()['arabic_words']}").split())


def children_in(text: str, sign_off: Callable[[str], int]) -> tuple[Child, ...]:
    """
    Return the given names of children, those the text speaks of most plainly first.

    A name counts where it is on the list, is not the writer's, a teacher's or another grown
    person's, and stands where a person stands. A name that is also a word needs a capital
    within a sentence, or words around it that only fit a child.

    Args:
        text: what the person wrote.
        sign_off: says where the closing and the writer's own name begin.
    """
    end = sign_off(text)
    found = [one for one in _candidates(text) if one.start < end]
    weights: dict[str, int] = {}
    for one in found:
        weights[one.given] = max(weights.get(one.given, 0), one.weight) + (one.given in weights)
    strong = max(weights.values(), default=0)
    if strong < _ENOUGH:
        return ()
    # Where words name a child as the writer's own, whoever else is mentioned is somebody else.
    least = max(_ENOUGH, strong - 1) if strong >= RELATED else _ENOUGH
    best: dict[str, Child] = {}
    for one in sorted(found, key=_plainness):
        if weights[one.given] >= least and one.given not in best:
            best[one.given] = one
    return tuple(sorted(best.values(), key=lambda one: one.start))


def _plainness(one: Child) -> tuple[int, bool, int, int]:
    """Prefer a name in its own form over a case of it, and a full name over a given one."""
    bent = not fold(one.value).startswith(one.given)
    return (
        -one.weight,
        bent or len(one.value.split()[0]) != len(one.given),
        -len(one.value),
        one.start,
    )


def _candidates(text: str) -> Iterator[Child]:
    shouted = sum(c.isupper() for c in text) > 0.6 * max(1, sum(c.isalpha() for c in text))
    lower = not any(c.isupper() for c in text if c.isalpha()) or _mostly_lower(text)
    beside: tuple[int, int] = (-9, 0)
    past = 0
    for found in _WORD.finditer(text):
        if found.start() < past:
            continue
        given, cut = _given(found.group(), text, shouted=shouted)
        if given is None:
            given = _called(found, text, shouted=shouted)
        if given is None:
            continue
        before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() - cut :]
        start = found.start() + _clitic(found.group())
        weight = _weight(found.group(), given, before, after, plain=shouted or lower)
        if beside[0] >= 0 and re.fullmatch(
            r",? (?:en |and |und |et |ve |i |y |& |iyo |w )?|، ?| و", text[beside[0] : start]
        ):
            weight = max(weight, beside[1] - 1)
        if weight <= 0:
            continue
        value = text[start : found.end() - cut]
        if value[:1].isupper() and not shouted:
            value += _surname(text[start + len(value) :])
        past = start + len(value)
        beside = (past, weight)
        yield Child(value, start, given, weight)


def _mostly_lower(text: str) -> bool:
    """Say whether sentences begin without capitals, as telephones write them."""
    starts: list[str] = re.findall(r"(?:^|[.!?\n]\s*)([^\W\d_])", text)
    return 2 * sum(letter.islower() for letter in starts) > len(starts)


def _clitic(word: str) -> int:
    """Return how many letters of an Arabic word stand before the name (`و`, `ل`, `ب`)."""
    folded = fold(word)
    if "\u0600" <= word[0] <= "\u06ff" and folded not in given_names():
        for length in (1, 2):
            if folded[length:] in given_names() and folded[:length] in {
                "و",
                "ل",
                "ب",
                "ول",
                "وب",
                "ف",
            }:
                return length
    return 0


def _given(word: str, text: str, *, shouted: bool) -> tuple[str | None, int]:
    """Return the name a word holds, and how many letters at its end do not belong to it."""
    names, folded = given_names(), fold(word).strip("-")
    clitic = _clitic(word)
    if clitic:
        return folded[clitic:], 0
    if folded in names:
        return folded, 0
    if "-" in folded and folded.split("-")[0] in names and word[0].isupper():
        return folded, 0
    if len(folded) < 4 or not word[0].isupper():
        return None, 0
    if folded.endswith("s") and folded[:-1] in names - also_words():
        return folded[:-1], 1
    if shouted:
        for suffix in ("i", "in", "un", "a", "e", "u", "yi", "nin"):
            if folded.endswith(suffix) and folded[: -len(suffix)] in names - also_words():
                return folded[: -len(suffix)], len(suffix)
    if not shouted and (_POLISH.search(text) or "\u0400" <= word[0] <= "\u04ff"):
        return _stem(folded), 0
    return None, 0


def _stem(folded: str) -> str | None:
    """Return the Polish or Ukrainian name of which a word is a case, such as `Antosia` of `Antoś`."""
    names = given_names() - also_words()
    for ending in map(fold, _STEMS):
        if folded.endswith(ending):
            root = folded[: -len(ending)]
            soft = root.removesuffix("i")
            for base in (
                root,
                root + "a",
                soft,
                soft + "a",
                soft + "ia",
                root + "а",
                root + "я",
                root + "й",
            ):
                if len(base) > 2 and base in names:
                    return base
    return None


def _called(found: re.Match[str], text: str, *, shouted: bool) -> str | None:
    """Take a name no list has, where the words before it call it a child's."""
    word, before = found.group(), text[max(0, found.start() - 40) : found.start()]
    folded = fold(word)
    if shouted or len(word) < 3 or not word[0].isupper() or word.isupper() or folded in NEVER:
        return None
    if before[-1:] == " " and _PLAIN_RELATION.search(before):
        return folded
    return folded if _LIKE_A_NAME.match(word) and _stands_as_person(found, text, before) else None


def _stands_as_person(found: re.Match[str], text: str, before: str) -> bool:
    """Say whether a word with a capital stands where only somebody's name does."""
    after = text[found.end() :]
    told = bool(_ABOUT.search(before)) and not re.match(r" [A-ZÀ-Þ]|['’-]?\w", after)
    return (told and bool(_DOES.match(after))) or bool(_ONLY_PEOPLE.match(after))


def _weight(word: str, given: str, before: str, after: str, *, plain: bool) -> int:
    """Weigh what stands around a name; 0 where it is no child's."""
    line = before.rsplit("\n", maxsplit=1)[-1]
    owned, related = bool(_OF.match(after)), bool(_RELATION.search(before))
    if _is_somebody_else(line, before, after, owned=owned, related=related):
        return 0
    if related:
        return RELATED
    arabic, capital = "\u0600" <= word[0] <= "\u06ff", word[0].isupper()
    near, does = bool(_NEAR.search(before)), bool(_DOES.match(after))
    if given in also_words():
        if arabic:
            return _ENOUGH if near and does else 0
        if not capital or plain or _PLACE.search(before):
            return 0
        inside = bool(line.strip()) and not _SENTENCE_END.search(line)
        return 3 if owned or (inside and (near or does)) else int(does)
    if not (capital or arabic or plain):
        return 0
    if _PLACE.search(before) and not (does or near):
        return 1
    return 3 if near or does else _ENOUGH


def _is_somebody_else(line: str, before: str, after: str, *, owned: bool, related: bool) -> bool:
    """Say whether a name is the writer's, a grown person's, another child's or a school's."""
    if _ADULT.search(before) or _TITLE_AFTER.match(after) or _OTHER_CHILD.search(before):
        return True
    if _GREETING.search(f"\n{line}") and not (owned or related):
        return True
    if _WRITER.search(before) and not owned:
        return True
    return bool(_SCHOOL.search(line[-14:])) or after[:1] in {"@", "/"}


def _surname(rest: str) -> str:
    taken = ""
    for _ in range(3):
        found = _FOLLOWING.match(rest, len(taken))
        if found is None:
            break
        taken = rest[: found.end()]
    return taken.rstrip(".") if not re.search(r"\b[A-Z]\.$", taken) else taken
