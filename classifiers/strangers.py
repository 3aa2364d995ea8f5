"""Finds names no list has by where they stand: a file is of somebody, and somebody is brave or ill."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from classifiers.folding import fold

_UPPER = "A-ZÀ-ÖØ-ÞĞİŞŁŚŻŹĆČŠŽ"
_CAPITAL = re.compile(
    rf"(?<![\w'’@./-])[{_UPPER}][a-zß-öø-ÿğışłśżźćńąęčšž]{{2,}}"
    rf"(?:-[{_UPPER}]?[a-zß-öø-ÿğışłśżźćńąęčšž]+)?(?![\w@/-]|\.\w)"
)
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]{2,}")
_FIRST = re.compile(r"(?:^|[.!?:;\n\"“”«»(*•>–—-])\s*$")
_THING_BEFORE = re.compile(
    r"(?i)(?:\b(?:de|het|een|'t|the|an?|le|la|les|un|une|el|los|las|in|te|naar|uit|at|near|à|au|"
    r"per|sinds|since|vanaf|tot|via|école|school|groep|app)|['’])\s+$"
)
_SURNAME = re.compile(rf"[{_UPPER}][\w'’.-]* (?:(?:van|de|der|den|el|von) (?:der |den |de )?)?$")
_GROWN = re.compile(
    r"(?i)\b(?:meneer|mevrouw|mevr|mw|dhr|juf|juffrouw|meester|mr|mrs|ms|miss|sir|familie|family|fam|dokter|doctor|dr|"
    r"ene|rol|collega|baas|directeur|mentor|pan|pani|madame|monsieur|mme|señora|señor|coach|trainer)\.? $"
)
_PAPER = re.compile(
    r"(?i)\b(?:dossiers?|foto['’]?s?|fotos?|filmpjes?|video['’]?s?|rapport(?:en)?|verslag(?:en)?|cijfers|gegevens|toets\w*|scores?|"
    r"toestemming|plan|map|tekening|adres|naam|moeder|vader|ouders?|mama|papa|oma|opa|juf|"
    r"files?|records?|photos?|pictures?|reports?|results?|data|name|"
    r"dossier|bulletins?|données|nom|résultats|cahiers?|carnet|notes|fiche|images?|mère|père|maman|classe|maîtresse|"
    r"fotonan|dato|potrèt|portrèt) (?:meer )?(?:van|over|voor|of|about|on|for|de|sur|di) $"
    r"|(?i:\b(?:zdjęci\w+|dokument\w+|ocen\w*|teczk\w+|akta|dane|danych|danymi|imię|mam[ay]|tata|konto|wynik\w*|zeszyt\w*) )$"
)
_ABOUT = re.compile(
    r"(?i)\b(?:over|van|voor|met|dat|omdat|als|toen|waar|waarin|zonder|of|about|for|of|with|that|because|when|if|"
    r"sur|pour|avec|que|ku|ons|our|wee|little|kleine|let|bij|aan|door|"
    r"haalt|haal|brengt|laat|zag|ziet|vroeg|kreeg|krijgt|kan|mag|moet|wil|noemde|dla|od|przez|że|bo|gdy|kiedy|o|u|про|для|що|has|did|does|saw|di|con|para) $"
)
_SOMEBODY = re.compile(
    r" (?:zelf|zei|zegt|huilt|huilde|praat|vertelt|vertelde|speelt|slaapt|durft|doet mee|wil niet|wil ook|mag niet|moet niet|moest|kwam thuis|kwam huilend|"
    r"komt thuis|zit (?:nu )?(?:in (?:groep|klas)|bij (?:juf|meester|u|jullie)|op school)|zat in|heeft (?:gehuild|gepraat|een (?:beugel|bril))|is (?:nu )?(?:\d+ jaar|jarig|bang|ziek|verhuisd|geboren|afgewezen|verdrietig|blij|boos|nog jong|pas \w+)|"
    r"zijn (?:moeder|vader|dossier|rapport|foto|gegevens|cijfers|naam)|haar (?:moeder|vader|dossier|rapport|foto|gegevens|cijfers|naam)|z'n \w+|d'r \w+|"
    r"says|said|told|cried|cries|sleeps|likes|loves|doesn['’]t (?:want|like|sleep)|is (?:in (?:year|group|groep)|ill|sick|afraid|shy)|was born|came home|comes home|can read|"
    r"(?:is|gaat|mag|heeft|moet|wil|kan|zit|was|had|krijgt|mist|komt) (?!(?:ik|hij|zij|ze|we|wij|u|je|jij|jullie|er|het|men|dat|die)\b)[^.!?\n]{0,40}\b(?:haar|z'n|d'r|hij|zij|ze)\b|"
    r"(?:is|has|had|was|can|will|should|goes|came|comes|needs|lost) (?!(?:i|he|she|they|we|you|it|there)\b)[^.!?\n]{0,40}\b(?:his|her|he|she)\b|"
    r"hakkında|dit que|pleure|a \d+ ans|a peur|aime|dort)\b"
    r"|['’]s (?:file|report|photo|picture|mother|father|mum|dad|mam|daddy|mammy|mummy|teacher|records?|results?|name|class|school|data|parents|desk|bag|coat|papers?)"
    r"|['’](?:n?[ıiuü]n) (?:anne|baba|dosya|karne|veri|kay[ıi]|resim|resm|foto|not|rapor|test|s[ıi]n[ıi]f|okul|ad[ıi]|ismi|ses|çocuk|velisi|dede|nine|teyze|abla|abi|ders|öğretmen|üç|dört)"
)
_OWNS = re.compile(
    r"['’]s (?:file|report|photo|picture|mother|father|mum|dad|mam|daddy|mammy|mummy|teacher|records?|results?|name|details|form|results|class|data|parents|desk|bag|coat|papers?)\b"
    r"|['’](?:n?[ıiuü]n) (?:anne|baba|dosya|karne|veri|kay[ıi]|resim|resm|foto|not|rapor|test|s[ıi]n[ıi]f|velisi)"
)
"""What only somebody has: after it even "in" comes before a name."""


@cache
def never_names() -> frozenset[str]:
    """Words with a capital that are nobody's given name, folded."""
    table = tomllib.loads((files("classifiers") / "never_names.toml").read_text("utf-8"))
    return frozenset(fold(" ".join(table.values())).split())


def stands_as_somebody(after: str) -> bool:
    """Say whether what follows a word is what only a person does or has."""
    return bool(_SOMEBODY.match(after))


def strangers_in(text: str, known: frozenset[str]) -> frozenset[str]:
    """
    Return the words that are somebody's given name although no list has them, folded.

    A word with a capital counts where a file, a photo or a mother is said to be of it, or where
    it does what only a person does. It never counts where it once stands as a thing, a place,
    a surname or a grown person, nor in German, where every noun has a capital.

    Args:
        text: what the person wrote.
        known: names that need no such proof.
    """
    if is_german(text):
        return frozenset()
    small = set(_SMALL.findall(text))
    told: set[str] = set()
    barred: set[str] = set()
    for found in _CAPITAL.finditer(text):
        word = fold(found.group())
        if word in known or word in never_names() or found.group().lower() in small:
            continue
        before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() :][:70]
        if _OWNS.match(after) and not _SURNAME.search(before):
            told.add(word)
        elif any(shape.search(before) for shape in (_THING_BEFORE, _SURNAME, _GROWN)):
            barred.add(word)
        elif _tells(before, after):
            told.add(word)
    return frozenset(told - barred)


def _tells(before: str, after: str) -> bool:
    """Say whether what stands around a word fits nothing but a person."""
    if re.match(rf" [{_UPPER}]", after):
        return False
    if _SOMEBODY.match(after) or _PAPER.search(before):
        return True
    inside = not _FIRST.search(before)
    return inside and bool(_ABOUT.search(before) or re.match(r"['’]s [a-z]", after))


def is_german(text: str) -> bool:
    """Say whether a text is German, where a capital shows no name."""
    return len(re.findall(r"\b(?:und|ich|nicht|ist|der|wir|das|mein|auch|mit)\b", text)) > 2
