"""Says who writes, by the words people use of themselves and of the child."""

import re

_WORD = r"\b(?=\w)"
"""Where a word begins: asked once for all that begin there, it fails at most letters."""
_ARABIC = r"(?=[\u0600-\u06ff])"
"""Arabic joins small words to the next one, so there a word may begin anywhere."""
_OWN_CHILD = re.compile(
    rf"{_WORD}(?:"
    r"(?:mijn|m'n|mn|onze|ons|me|mij) (?:\w+ ){0,2}?(?:dochters?|dochtertje|dogter|zoon|zoontje|zonen|soon|kind|kinderen|kids|jongste|oudste|middelste|jongen|meisje|meiden|jongens|tweeling|kleuter|puber|zoons|kleine)\b|"
    r"(?:ik ben|wij zijn|ben) (?:\w+ ){0,3}?(?:moeder|vader|mama|papa|ouders?|mam|pap|ma|pa) van\b|als (?:moeder|vader|ouders?)\b|(?:de|zijn|haar) (?:moeder|vader|ouders)\s*$|"
    r"(?:my|our) (?:\w+ ){0,2}?(?:sons?|daughters?|child|children|kids?|boys?|girls?|eldest|youngest|twins|little one|toddler|lad|wee one)\b|as (?:a|his|her|their|the) (?:mother|father|mum|mom|dad|parents?)\b|"
    r"(?:i am|i'm|we are) (?:\w+ ){0,3}?(?:mother|father|mum|mom|dad|parents?)\b|his (?:mother|father)\b\s*$|"
    r"(?:kızım|oğlum|çocuğum|kızımız|oğlumuz|çocuklarım|çocuğumuz|çocuklarımız|kizim|oglum|cocugum|oğlan|kuzum|yavrum)\w*|\w+(?:['’]\w*)? (?:annesiyim|babasıyım|annesiyiz|annesi olarak|babası olarak|velisiyim|annesi\b|babasi\b|babası\b)|"
    r"(?:mein|meine|meinen|meiner|meinem|meines|unser|unsere|unseren|unserer|unserem|unseres) (?:\w+ ){0,2}?(?:sohn|sohnes|tochter|töchter|söhne|kind|kinder|kindes|kindern|großer|große|kleiner|kleine|jüngste\w*|älteste\w*)\b|als (?:mutter|vater|eltern)\b|ich bin (?:die |der )?(?:mutter|vater|mama|papa)\b|"
    r"(?:mon|ma|mes|notre|nos) (?:\w+ ){0,2}?(?:fils|filles?|enfants?|garçons?|petite?s?|gamin\w*|aînée?|cadette?|grande?|puce|loulou)\b|(?:la|le) (?:maman|mère|papa|père) (?:de|d')|en tant que (?:mère|père|parent)|"
    r"(?:mój|moja|moje|mojej|moją|mojego|moim|mojemu|moich|nasz|nasza|nasze|naszego|naszej|naszym|naszych|naszą) (?:\w+ ){0,2}?(?:syn\w*|córk\w*|córec\w*|córci\w*|dziec\w*|dziecka|dziecko)|jako (?:matka|ojciec|rodzic\w*|mama|tata)\b|jestem (?:mamą|tatą|matką|ojcem)|"
    r"(?:mi|mis|nuestro|nuestra|nuestros) (?:\w+ ){0,1}?(?:hij[oa]s?|niñ[oa]s?)\b|(?:mi|nos) (?:yu|yunan|mucha|muchanan)\b|mama di\b|tata di\b|soy (?:la|el) (?:madre|padre)|"
    r"(?:мій|моя|мого|моєї|мою|моїй|моєму|моїх|наш\w*|син|сина|доньк\w*) ?(?:син\w*|доньк\w*|доньц\w*|дочк\w*|дитин\w*|діт\w*)|"
    r"(?:wiilkayg\w*|gabadhayd\w*|ilmahayg\w*|carruurtayd\w*|wiilkayga|gabdhahayg\w*|aabaha|hooyada)\b|"
    r"(?:weldi|wldi|benti|bnti|bnati|wladi|wladna|wlidi|bnita dyali|mama dyal|papa dyal|lmama dyal|baba dyal|mmi dyal)\b"
    r")|"
    r"babasıyım|annesiyim|babasi olarak|babasi|"
    rf"{_ARABIC}(?:"
    r"ابنتي|ابني|بنتي|ولدي|اولادي|أولادي|طفلي|طفلتي|ابننا|ابنتنا|أطفالي|اطفالي|ولادي|بناتي|عيالي|والدة|والده? الطفل|أم |(?:انا|أنا|آني) (?:ام|أم|ابو|أبو|والد|والدة|والده)|العيال|ابنيّ|صغيري|صغيرتي"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
_STAFF = re.compile(
    rf"{_WORD}(?:"
    r"(?:ik ben|ik werk|werk ik|als) (?:\w+ ){0,4}?(?:leerkracht|juf|meester|invaljuf|invalkracht|ib'?er|intern begeleider|directeur|conciërge|concierge|administratie\w*|onderwijsassistent|stagiaire?|schoolleider|medewerker|leraar|lerares|gymdocent|vakleerkracht|logopediste?|overblijf\w*|bestuurssecretaris|systeembeheerder|ict'er)\b|"
    r"(?:mijn|onze) (?:klas|leerlingen|groep|collega'?s?|leerlingendossiers?|team|duo-?collega|stagiaire?)\b|een (?:ouder|moeder|vader|oma|leerling) (?:vroeg|mailde|belde|stuurde|vraagt|komt)|ik (?:heb|had) (?:per ongeluk |gisteren |vanmorgen |net )?(?:de|een) (?:mail|lijst|klassenlijst|nieuwsbrief) (?:\w+ ){0,4}(?:gestuurd|verstuurd|gemaild)|"
    r"(?:i am|i'm|i work as) (?:\w+ ){0,3}?(?:teacher|teaching assistant|secretary|caretaker|principal|head ?teacher|office manager|ta|supply teacher|coordinator)\b|my (?:class|pupils|students|colleague)\b|"
    r"(?:öğretmenim|öğretmeniyim|okul müdürüyüm|sınıfımda|öğrencilerim)\b|ich (?:bin|arbeite) (?:\w+ ){0,3}?(?:lehrer\w*|erzieher\w*|sekretär\w*|hausmeister\w*|referendar\w*)\b|meine (?:klasse|schüler)\b|"
    r"je suis (?:\w+ ){0,3}?(?:enseignante?|institut\w+|professeur\w*|secrétaire|remplaçante?|directrice|directeur|concierge)\b|mes élèves\b|ma classe\b|(?:jestem|pracuję jako) (?:\w+ ){0,2}?(?:nauczyciel\w*|sekretark\w*|woźn\w*|wychowawc\w*)\b|moi(?:ch)? uczni\w*|moja klasa\b"
    r")|"
    rf"{_ARABIC}(?:"
    r"(?:انا|أنا) (?:معلم|معلمة|معلمه|مدرس|مدرسة|سكرتير\w*)\b|تلاميذي|طلابي"
    r")",
    re.IGNORECASE,
)
_PUPIL = re.compile(
    rf"{_WORD}(?:"
    r"ik (?:zit|zat|ga) (?:\w+ ){0,4}?(?:in groep|in de brugklas|op jullie school|bij jullie op|in \d|op het mbo|in klas|in havo|in vwo)\b|ik ben (?:\w+ ){0,3}?(?:leerling|oud-leerling|scholier)\b|mijn (?:ouders|moeder|vader|pa|ma|mam|pap) (?:zegt|zeggen|wil|willen|weet|weten|mag|mogen|heeft|hebben|denkt|denken|is|zijn|zei)\b|mijn (?:eigen )?(?:dossier|cijfers|basisschooladvies|schooladvies|advies|oude school|meester|juf|mentor|klasgenoten|leerlingdossier)\b|"
    r"i (?:am|was|'m) (?:\w+ ){0,4}?(?:pupil|student|years old|in year \d)\b|my (?:parents|mum|mom|dad) (?:say|says|said|want|wants|know|knows|think|thinks)\b|"
    r"ich (?:bin \d+|gehe in|war bei euch|gehe in die)|meine eltern (?:sagen|wissen|wollen)|j'ai \d+ ans\b|mes parents (?:disent|savent|veulent)|mam \d+ lat\b|moi rodzice\b|\d+ yaşındayım\b|annem (?:\w+ ){0,2}(?:diyor|biliyor|istemiyor)|ane \d+ snin\b|tengo \d+ años\b|ami tin \d+ aña\b"
    r")|"
    r"мені \d+|"
    rf"{_ARABIC}(?:"
    r"عمري \d+"
    r")",
    re.IGNORECASE,
)
_OUTSIDER = re.compile(
    rf"{_WORD}(?:"
    r"(?:ik ben|als|hier) (?:\w+ ){0,4}?(?:oma|opa|grootmoeder|grootvader|tante|oom|stiefvader|stiefmoeder|nieuwe (?:vriend|vriendin|partner)|buurvrouw|buurman|advocaat|tolk|trainer|oppas|peettante|peetoom|pleegmoeder|pleegvader|pleegouder|gezinsvoogd|schoondochter|vriendin)\b|"
    r"mijn (?:cliënte?|kleinkind|kleinzoon|kleindochter|kleinkinderen|nichtje|neefje|neef|stiefzoon|stiefdochter|buurmeisje|buurjongen|pleegkind|pleegzoon|pleegdochter|broertje|zusje)\b|namens (?:mijn |de )?(?:cliënte?|mevrouw|de heer|ouders)\b|(?:wij|ik) (?:vertegenwoordig|behartig)\w*|"
    r"(?:i am|i'm|as) (?:\w+ ){0,3}?(?:grandmother|grandfather|nan|gran|aunt|uncle|stepmother|stepfather|solicitor|lawyer|attorney|neighbou?r|partner|girlfriend|boyfriend|foster (?:mother|father|parent)|interpreter|coach)\b|(?:my|our) (?:clients?|grandson|granddaughter|grandchild\w*|nephew|niece|godson|goddaughter)\b|on behalf of\b|"
    r"\w+(?:['’]\w*)? (?:babaannesiyim|anneannesiyim|dedesiyim|halasıyım|teyzesiyim|amcasıyım|dayısıyım|abisiyim|ablasıyım)\b|"
    r"(?:ich bin|bin) (?:\w+ ){0,3}?(?:oma|opa|tante|onkel|großmutter|großvater|anwalt|anwältin|pflegemutter|pflegevater|stiefvater|stiefmutter|nachbarin|trainer)\b|unsere mandant\w*|mein(?:e|er|en)? (?:enkel\w*|mandant\w*|nichte|neffe)\b|ich vertrete\b|wir vertreten\b|"
    r"je suis (?:\w+ ){0,3}?(?:grand-mère|grand-père|mamie|papi|tante|oncle|beau-père|belle-mère|compagne|compagnon|avocate?|voisine?)\b|ma cliente\b|mon client\b|mon petit-fils\b|ma petite-fille\b|conseil de\b|"
    r"moj(?:a|ej|ą) (?:wnuczk\w*|mocodawczyn\w*|klientk\w*)|mój wnuk\w*|"
    r"wela di\b|welo di\b|tanta di\b|omo di\b|adeerka\b|habaryarta\b|ayeeyada\b|soy (?:la abuela|el abuelo|la tía|el tío)"
    r")|"
    r"müvekkil\w*|torunum\w*|yeğenim\w*|"
    r"w imieniu i na rzecz|"
    rf"{_ARABIC}(?:"
    r"(?:انا|أنا) (?:جد|جدة|جدته|عم|عمة|خال|خالة|محامي)|موكل\w*|أمثل السيد"
    r")",
    re.IGNORECASE,
)


def told_role(text: str) -> str:
    """
    Say who writes, by the plainest words of the text.

    Args:
        text: what the person wrote.

    Returns:
        `third_party`, `staff`, `parent`, `pupil`, or `unknown`.
    """
    for role, shape in (
        ("third_party", _OUTSIDER),
        ("staff", _STAFF),
        ("parent", _OWN_CHILD),
        ("pupil", _PUPIL),
    ):
        if shape.search(text):
            return role
    return "unknown"
