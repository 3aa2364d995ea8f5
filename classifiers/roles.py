"""Says who writes, by the words people use of themselves and of the child."""

import re

_OWN_CHILD = re.compile(
    r"\b(?:mijn|m'n|mn|onze|ons|me|mij) (?:\w+ ){0,2}?(?:dochters?|dochtertje|dogter|zoon|zoontje|zonen|soon|kind|kinderen|kids|jongste|oudste|middelste|jongen|meisje|meiden|jongens|tweeling|kleuter|puber|zoons|kleine)\b|"
    r"\b(?:ik ben|wij zijn|ben) (?:\w+ ){0,3}?(?:moeder|vader|mama|papa|ouders?|mam|pap|ma|pa) van\b|\bals (?:moeder|vader|ouders?)\b|\b(?:de|zijn|haar) (?:moeder|vader|ouders)\s*$|"
    r"\b(?:my|our) (?:\w+ ){0,2}?(?:sons?|daughters?|child|children|kids?|boys?|girls?|eldest|youngest|twins|little one|toddler|lad|wee one)\b|\bas (?:a|his|her|their|the) (?:mother|father|mum|mom|dad|parents?)\b|"
    r"\b(?:i am|i'm|we are) (?:\w+ ){0,3}?(?:mother|father|mum|mom|dad|parents?)\b|\bhis (?:mother|father)\b\s*$|"
    r"\b(?:kızım|oğlum|çocuğum|kızımız|oğlumuz|çocuklarım|çocuğumuz|çocuklarımız|kizim|oglum|cocugum|oğlan|kuzum|yavrum)\w*|\b\w+['’]?\w* (?:annesiyim|babasıyım|annesiyiz|annesi olarak|babası olarak|velisiyim|annesi\b|babasi\b|babası\b)|babasıyım|annesiyim|babasi olarak|babasi|"
    r"\b(?:mein|meine|meinen|meiner|meinem|meines|unser|unsere|unseren|unserer|unserem|unseres) (?:\w+ ){0,2}?(?:sohn|sohnes|tochter|töchter|söhne|kind|kinder|kindes|kindern|großer|große|kleiner|kleine|jüngste\w*|älteste\w*)\b|\bals (?:mutter|vater|eltern)\b|\bich bin (?:die |der )?(?:mutter|vater|mama|papa)\b|"
    r"\b(?:mon|ma|mes|notre|nos) (?:\w+ ){0,2}?(?:fils|filles?|enfants?|garçons?|petite?s?|gamin\w*|aînée?|cadette?|grande?|puce|loulou)\b|\b(?:la|le) (?:maman|mère|papa|père) (?:de|d')|\ben tant que (?:mère|père|parent)|"
    r"\b(?:mój|moja|moje|mojej|moją|mojego|moim|mojemu|moich|nasz|nasza|nasze|naszego|naszej|naszym|naszych|naszą) (?:\w+ ){0,2}?(?:syn\w*|córk\w*|córec\w*|córci\w*|dziec\w*|dziecka|dziecko)|\bjako (?:matka|ojciec|rodzic\w*|mama|tata)\b|\bjestem (?:mamą|tatą|matką|ojcem)|"
    r"\b(?:mi|mis|nuestro|nuestra|nuestros) (?:\w+ ){0,1}?(?:hij[oa]s?|niñ[oa]s?)\b|\b(?:mi|nos) (?:yu|yunan|mucha|muchanan)\b|\bmama di\b|\btata di\b|\bsoy (?:la|el) (?:madre|padre)|"
    r"\b(?:мій|моя|мого|моєї|мою|моїй|моєму|моїх|наш\w*|син|сина|доньк\w*) ?(?:син\w*|доньк\w*|доньц\w*|дочк\w*|дитин\w*|діт\w*)|"
    r"\b(?:wiilkayg\w*|gabadhayd\w*|ilmahayg\w*|carruurtayd\w*|wiilkayga|gabdhahayg\w*|aabaha|hooyada)\b|"
    r"\b(?:weldi|wldi|benti|bnti|bnati|wladi|wladna|wlidi|bnita dyali|mama dyal|papa dyal|lmama dyal|baba dyal|mmi dyal)\b|"
    r"ابنتي|ابني|بنتي|ولدي|اولادي|أولادي|طفلي|طفلتي|ابننا|ابنتنا|أطفالي|اطفالي|ولادي|بناتي|عيالي|والدة|والده? الطفل|أم |(?:انا|أنا|آني) (?:ام|أم|ابو|أبو|والد|والدة|والده)|العيال|ابنيّ|صغيري|صغيرتي",
    re.IGNORECASE | re.MULTILINE,
)
_STAFF = re.compile(
    r"\b(?:ik ben|ik werk|werk ik|als) (?:\w+ ){0,4}?(?:leerkracht|juf|meester|invaljuf|invalkracht|ib'?er|intern begeleider|directeur|conciërge|concierge|administratie\w*|onderwijsassistent|stagiaire?|schoolleider|medewerker|leraar|lerares|gymdocent|vakleerkracht|logopediste?|overblijf\w*|bestuurssecretaris|systeembeheerder|ict'er)\b|"
    r"\b(?:mijn|onze) (?:klas|leerlingen|groep|collega'?s?|leerlingendossiers?|team|duo-?collega|stagiaire?)\b|\been (?:ouder|moeder|vader|oma|leerling) (?:vroeg|mailde|belde|stuurde|vraagt|komt)|\bik (?:heb|had) (?:per ongeluk |gisteren |vanmorgen |net )?(?:de|een) (?:mail|lijst|klassenlijst|nieuwsbrief) (?:\w+ ){0,4}(?:gestuurd|verstuurd|gemaild)|"
    r"\b(?:i am|i'm|i work as) (?:\w+ ){0,3}?(?:teacher|teaching assistant|secretary|caretaker|principal|head ?teacher|office manager|ta|supply teacher|coordinator)\b|\bmy (?:class|pupils|students|colleague)\b|"
    r"\b(?:öğretmenim|öğretmeniyim|okul müdürüyüm|sınıfımda|öğrencilerim)\b|\bich (?:bin|arbeite) (?:\w+ ){0,3}?(?:lehrer\w*|erzieher\w*|sekretär\w*|hausmeister\w*|referendar\w*)\b|\bmeine (?:klasse|schüler)\b|"
    r"\bje suis (?:\w+ ){0,3}?(?:enseignante?|institut\w+|professeur\w*|secrétaire|remplaçante?|directrice|directeur|concierge)\b|\bmes élèves\b|\bma classe\b|\b(?:jestem|pracuję jako) (?:\w+ ){0,2}?(?:nauczyciel\w*|sekretark\w*|woźn\w*|wychowawc\w*)\b|\bmoi(?:ch)? uczni\w*|\bmoja klasa\b|"
    r"(?:انا|أنا) (?:معلم|معلمة|معلمه|مدرس|مدرسة|سكرتير\w*)\b|تلاميذي|طلابي",
    re.IGNORECASE,
)
_PUPIL = re.compile(
    r"\bik (?:zit|zat|ga) (?:\w+ ){0,4}?(?:in groep|in de brugklas|op jullie school|bij jullie op|in \d|op het mbo|in klas|in havo|in vwo)\b|\bik ben (?:\w+ ){0,3}?(?:leerling|oud-leerling|scholier)\b|\bmijn (?:ouders|moeder|vader|pa|ma|mam|pap) (?:zegt|zeggen|wil|willen|weet|weten|mag|mogen|heeft|hebben|denkt|denken|is|zijn|zei)\b|\bmijn (?:eigen )?(?:dossier|cijfers|basisschooladvies|schooladvies|advies|oude school|meester|juf|mentor|klasgenoten|leerlingdossier)\b|"
    r"\bi (?:am|was|'m) (?:\w+ ){0,4}?(?:pupil|student|years old|in year \d)\b|\bmy (?:parents|mum|mom|dad) (?:say|says|said|want|wants|know|knows|think|thinks)\b|"
    r"\bich (?:bin \d+|gehe in|war bei euch|gehe in die)|\bmeine eltern (?:sagen|wissen|wollen)|\bj'ai \d+ ans\b|\bmes parents (?:disent|savent|veulent)|\bmam \d+ lat\b|\bmoi rodzice\b|\b\d+ yaşındayım\b|\bannem (?:\w+ ){0,2}(?:diyor|biliyor|istemiyor)|عمري \d+|\bane \d+ snin\b|\btengo \d+ años\b|\bami tin \d+ aña\b|мені \d+",
    re.IGNORECASE,
)
_OUTSIDER = re.compile(
    r"\b(?:ik ben|als|hier) (?:\w+ ){0,4}?(?:oma|opa|grootmoeder|grootvader|tante|oom|stiefvader|stiefmoeder|nieuwe (?:vriend|vriendin|partner)|buurvrouw|buurman|advocaat|tolk|trainer|oppas|peettante|peetoom|pleegmoeder|pleegvader|pleegouder|gezinsvoogd|schoondochter|vriendin)\b|"
    r"\bmijn (?:cliënte?|kleinkind|kleinzoon|kleindochter|kleinkinderen|nichtje|neefje|neef|stiefzoon|stiefdochter|buurmeisje|buurjongen|pleegkind|pleegzoon|pleegdochter|broertje|zusje)\b|\bnamens (?:mijn |de )?(?:cliënte?|mevrouw|de heer|ouders)\b|\b(?:wij|ik) (?:vertegenwoordig|behartig)\w*|"
    r"\b(?:i am|i'm|as) (?:\w+ ){0,3}?(?:grandmother|grandfather|nan|gran|aunt|uncle|stepmother|stepfather|solicitor|lawyer|attorney|neighbou?r|partner|girlfriend|boyfriend|foster (?:mother|father|parent)|interpreter|coach)\b|\b(?:my|our) (?:clients?|grandson|granddaughter|grandchild\w*|nephew|niece|godson|goddaughter)\b|\bon behalf of\b|"
    r"\b\w+['’]?\w* (?:babaannesiyim|anneannesiyim|dedesiyim|halasıyım|teyzesiyim|amcasıyım|dayısıyım|abisiyim|ablasıyım)\b|müvekkil\w*|torunum\w*|yeğenim\w*|"
    r"\b(?:ich bin|bin) (?:\w+ ){0,3}?(?:oma|opa|tante|onkel|großmutter|großvater|anwalt|anwältin|pflegemutter|pflegevater|stiefvater|stiefmutter|nachbarin|trainer)\b|\bunsere mandant\w*|\bmein(?:e|er|en)? (?:enkel\w*|mandant\w*|nichte|neffe)\b|\bich vertrete\b|\bwir vertreten\b|"
    r"\bje suis (?:\w+ ){0,3}?(?:grand-mère|grand-père|mamie|papi|tante|oncle|beau-père|belle-mère|compagne|compagnon|avocate?|voisine?)\b|\bma cliente\b|\bmon client\b|\bmon petit-fils\b|\bma petite-fille\b|\bconseil de\b|"
    r"\bmoj(?:a|ej|ą) (?:wnuczk\w*|mocodawczyn\w*|klientk\w*)|\bmój wnuk\w*|w imieniu i na rzecz|"
    r"\bwela di\b|\bwelo di\b|\btanta di\b|\bomo di\b|\badeerka\b|\bhabaryarta\b|\bayeeyada\b|\bsoy (?:la abuela|el abuelo|la tía|el tío)|(?:انا|أنا) (?:جد|جدة|جدته|عم|عمة|خال|خالة|محامي)|موكل\w*|أمثل السيد",
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
