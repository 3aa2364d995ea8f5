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
_ROMANCE_WORDS = re.compile(
    r"\b(?:je|les|vous|est|pour|bonjour|une|mon|ma|los|por|para|una|que|hola|buenas|gracias|merci|con|del)\b"
)
_ROMANCE_THING = re.compile(
    r"(?i)(?:\b(?:le|la|les|un|une|el|los|las|en|à|au|école|escuela|colegio|groep|app|juf)|['’])\s+$"
)
_ROMANCE = re.compile(
    r"(?<=[a-zà-ÿ] )(?:que|pour|avec|para|con|si|cuando|quand) $"
    r"|\b(?:dossiers?|copie|photos?|vidéos?|images?|absences?|présences|résultats|notes?|tests?|scores?|bulletins?|cahiers?|fiche|nom|prénom|données|suivi|parcours|avis|"
    r"place|sac|maître|maîtresse|classe|anniversaire|frère|sœur|père|mère|papa|maman|parents|"
    r"expediente|legajo|ficha|notas|fotos?|video|datos|carpeta|archivo|informes?|boletín|historial|apellido|nombre|cara|copia|maestra|audios|dibujos|asistencia|hij[oa]|"
    r"mam[aá]|pap[aá]|madre|padre) de $"
    r"|\b(?:filmar|grabar|fotografiar|quiten|saquen|sacar|borrar|mandar|poner|pusieron|ver|visto|hola,|dejen|lleva|llama) a $"
)
"""Where a name stands in French and Spanish, whose "de" is no article."""
_SURNAME = re.compile(rf"[{_UPPER}][\w'’.-]* (?:(?:van|de|der|den|el|von) (?:der |den |de )?)?$")
_PARTICLES = frozenset(("van", "von", "de", "der", "den", "el", "al", "ter", "ten"))
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
_GUARDIAN = re.compile(
    r"(?i)\b(?:(?:dossiers?|rapport|foto['’]?s?|gegevens|cijfers|moeder|vader|ouders|mama|papa|oma|opa|tante|oom|voogd) van|"
    r"(?:record|records|file|report|photos?|mother|father|mum|mom|dad|parents|guardian|aunt|uncle|grandmother|grandfather|brother|sister) of|"
    r"(?:dossier|bulletin|photos?|données|mère|père|maman|papa|parents|tante|oncle|frère|sœur|mamie|papi|tuteur|tutrice) (?:scolaire )?de|"
    r"(?:expediente|legajo|ficha|notas|fotos?|datos|mam[aá]|pap[aá]|madre|padre|padres|abuel\w+|t[ií][oa]|herman[oa]) de|"
    r"(?:akte|daten|fotos?|bilder|noten|zeugnisse?|mutter|vater|mama|papa|eltern|oma|opa|tante|onkel|vormund) von|"
    r"(?:dossier|rapport|tsawer|video|noskha|mama|papa|baba|bba|mmha|3emm\w*|khou|khal\w*|khti|jedda\w*|tswera|talab|kopie|copie) (?:dyal|dial|d)|"
    r"(?:jongste|oudste|middelste|eldest|youngest|oldest|a[iî]né|cadette?|l['’]enfant|l['’]élève|el niño|la niña|alumn[oa]|mi hij[oa]|leerling|pupil|smitha|smito|smitou|weldi|bnti|benti|wladi),?) $"
)
_GERMAN_BARE = re.compile(r"\b(?:dass|ob|weil|warum|damit) $")
_GERMAN_ACTS = re.compile(
    r" (?:hat|ist|geht|kommt|braucht|zieht|verlässt|muss|darf|möchte|soll|will|kann|war|hatte|macht|schreibt|liest|spielt|bekommt|wechselt|fängt|bleibt|sagt|weint|fehlt)\b"
)
_ABOUT = re.compile(
    r"(?i)\b(?:ik|wij|hebben|staat|gaat|wordt|werd|hoe|om|waarom|nu|over|van|voor|met|dat|omdat|als|toen|waar|waarin|zonder|of|about|for|of|with|that|because|when|if|"
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
    r"|,? \((?:\d{1,2}|groep|group|gr\.?|grp) ?\d?\w?\)|, (?:\d{1,2}|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf) (?:jaar|years|yaş\w*|ans|años|lat)\b|,? (?:geboren|born|née?|nacid[oa]|geb\.|ur\.) "
    r"|['’]s (?:file|report|photo|picture|mother|father|mum|dad|mam|daddy|mammy|mummy|teacher|records?|results?|name|class|school|data|parents|desk|bag|coat|papers?)"
    r"|['’](?:n?[ıiuü]n) (?:anne|baba|dosya|karne|veri|kay[ıi]|resim|resm|foto|not|rapor|test|s[ıi]n[ıi]f|okul|ad[ıi]|ismi|ses|çocuk|velisi|dede|nine|teyze|abla|abi|ders|öğretmen|üç|dört)"
)
_OWNS = re.compile(
    r"['’]s (?:file|report|photo|picture|mother|father|mum|dad|mam|daddy|mammy|mummy|teacher|records?|results?|name|details|form|results|class|data|parents|desk|bag|coat|papers?)\b"
    r"|['’](?:n?[ıiuü]n) (?:anne|baba|dosya|karne|veri|kay[ıi]|resim|resm|foto|not|rapor|test|s[ıi]n[ıi]f|velisi)"
)
"""What only somebody has: after it even "in" comes before a name."""


_ACTS = re.compile(
    r" (?:heeft|had|gaat|ging|moet|mag|zit|zat|stond|krijgt|kreeg|komt|kwam|doet|vond|vindt|leest|las|stapt|begint|weet|vraagt|vroeg|bracht|droeg|stottert|wilde|"
    r"is (?:aangenomen|door|volgens|vorige?|net|overgeslagen|afwezig|verkouden|dyslectisch|vandaag|morgen|gisteren|sinds|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)|"
    r"has|had|goes|went|gets|got|reads|needs|will|can|could|brought|wrote|stays|stayed|didn['’]t|hasn['’]t|(?:is|was) (?:not|going|put|placed|moved|invited|admitted|told|off|back|unwell)|is (?:four|five|six|seven|eight|nine|ten|eleven|absent|home)|"
    r"tiene|dejó|dejo|entra|irá|va a|sale|est|viendra|commence|intégrera|ma|mia[lł]a?|będzie|bedzie|robi|chodzi)\b"
)
"""What a person does; a thing at the beginning of a sentence does some of it too."""
_NO_NAMES_END = re.compile(
    r"(?:lijk|middag|avond|ochtend|nacht|dag|dien|door|mee|uit|ing|heid|teit|schap|besluit|rapport|straat|plein|singel|laan|tion|ment|ness)$"
)
_OF_SOMEBODY = re.compile(
    r"(?i)\b(?:hij|zij|haar|hem|z'n|d'r|zoon|dochter|he|she|his|her|him|son|daughter|elle|son fils|sa|fils|fille|hij[oa]|su|jej|jego|jemu|syn\w*|córk\w*)\b"
)


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
    a surname or a grown person. In German, where every noun has a capital, one without an
    article shows a name before the verb of a single person.

    Args:
        text: what the person wrote.
        known: names that need no such proof.
    """
    german, somebody = is_german(text), bool(_OF_SOMEBODY.search(text))
    romance = len(set(_ROMANCE_WORDS.findall(text.lower()))) > 2
    thing = _ROMANCE_THING if romance else _THING_BEFORE
    small = set(_SMALL.findall(text))
    told: set[str] = set()
    barred: set[str] = set()
    for found in _CAPITAL.finditer(text):
        word = fold(found.group())
        if word in known or word in never_names() or found.group().lower() in small:
            continue
        if _NO_NAMES_END.search(word):
            continue
        before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() :][:70]
        surname = _surname_before(before)
        if (_OWNS.match(after) or _GUARDIAN.search(before)) and not surname:
            told.add(word)
        elif surname or thing.search(before) or _GROWN.search(before):
            barred.add(word)
        elif german:
            told |= {word} if _tells_in_german(before, after) else set()
        elif (somebody and _ACTS.match(after)) or _tells(before, after, romance=romance):
            told.add(word)
    return frozenset(told - barred)


def _tells_in_german(before: str, after: str) -> bool:
    """Say whether a word without an article is the subject of a single person's verb."""
    return bool(_GERMAN_BARE.search(before) and _GERMAN_ACTS.match(after))


def _surname_before(before: str) -> bool:
    """Say whether a name stands before a word, and no word that merely begins the sentence."""
    found = _SURNAME.search(before)
    if found is None:
        return False
    first = fold(found.group().split()[0])
    return first in _PARTICLES or first not in never_names()


def _tells(before: str, after: str, *, romance: bool) -> bool:
    """Say whether what stands around a word fits nothing but a person."""
    if re.match(rf" [{_UPPER}]", after):
        return romance and bool(_ROMANCE.search(before))
    if romance and _ROMANCE.search(before):
        return True
    if _SOMEBODY.match(after) or _PAPER.search(before):
        return True
    inside = not _FIRST.search(before)
    return inside and bool(_ABOUT.search(before) or re.match(r"['’]s [a-z]", after))


def is_german(text: str) -> bool:
    """Say whether a text is German, where a capital shows no name."""
    return len(re.findall(r"\b(?:und|ich|nicht|ist|der|wir|das|mein|auch|mit)\b", text)) > 2
