"""What stands around a name, and tells a child's from everybody else's."""

import re

from classifiers.folding import fold

WORD = re.compile(
    r"(?<!\w)(?:[^\W\d_][\u064b-\u0652]*)+"
    r"(?:(?:-|(?<=[а-яіїєґ])['’ʼ](?=[яюєї]))[^\W\d_]+)*(?!\w)"
)
FOLLOWING = re.compile(
    r"(?: (?:van der|van den|van de|van 't|van|von|de la|de|der|den|ter|ten|el|al|ben|bin|di|da|dos|du|'t))?"
    r" (?:[A-ZÀ-ÖØ-ÞĞİŞŁŚŻŹĆČŠŽА-ЯЄІЇҐ][\w'’-]+(?<!['’]s)|[A-Z]\.(?= [A-Z]))"
)
_KIN = (
    r"man|vrouw|ex|ex-\w+|zus|broer|moeder|vader|partner|vriend|vriendin|schoondochter|schoonzus|schoonzoon|schoonmoeder|schoonvader|cliënte?|clienten?|"
    r"wife|husband|sister|brother|mother|father|mum|mom|dad|boyfriend|girlfriend|client|"
    r"frau|mann|schwester|bruder|mutter|vater|mandantin|mandant|femme|soeur|sœur|mère|cliente|mari|frère|père"
)
TITLE = re.compile(
    r"(?i)(?:\b(?:juf(?:frouw)?|jufs|meester|mevr(?:ouw)?\.?|mw\.?|dhr\.?|meneer|mijnheer|heer|mr\.?|mrs\.?|ms\.?|miss|sir|dr\.?|drs\.?|prof\.?|"
    r"directeur|directrice|ib'?er|maître|maitre|maîtresse|madame|mme|monsieur|frau|herrn?|pan|pani|pania|panią|pana|panem|p\.|señora?|señor|sra?\.?|"
    r"hoca|öğretmen|teacher|coach|oom|tante|oma|opa|aunt|uncle|macallin\w*|shefe?|ha|hé)"
    r"|(?<!\w)(?:السيده?|السيدة|الاستاذه?|الأستاذة?|المعلمه?|المعلمة|مس|ميس))[\s:]+$"
)
"""A title stands right before a name; behind a comma somebody else is spoken of."""
ADULT = re.compile(
    rf"(?i)(?:\b(?:mentor|collega|colleague|kollegin|kollege|buurvrouw|buurman|"
    rf"(?:mijn|m'n|mn|onze|zijn|haar|my|his|her|our|meine?r?|ihre?|seine?|ma|sa|mon|son) (?:{_KIN})(?: (?:heet|is called|heißt|s'appelle|zijn))?|"
    rf"(?:tante|man|vrouw|moeder|vader|juf|meester|zus|broer|partner|vriend|collega|buurman|oom|mevrouw|meneer|dame|frau|woman|lady|mother|father|teacher) (?:heet|is called|heißt|heisst)|"
    r"eşim|annem|babam|ablam|abim|kocam|żona|żony|mąż|męża|siostra|brat|mama|papa|mamma|vader|moeder|mother|father|vriend(?:in)?(?:je|jes)?|vriendje|klasgenoot|klasgenootje|ene|partner|vriendin van|fiancée? of|girlfriend of|dziewczyną|wujek|wujkiem|ciocia|kuzyn\w*|friend|classmate|arkadaşı|"
    r"groetjes|groeten|groet|gr|mvg|dank|bedankt|thanks|regards|cheers|liefs|merci|cordialement|grüße|selamlar|saygılar|pozdrawiam)"
    r"|(?<!\w)و?(?:زوجي|زوجتي|مراتي|اختي|أختي|اخي|أخي|خويا|امي|أمي|ابي|انا|أنا|آني|اني|اسمي|معاكم|معكم))[\s,:]+$"
)
TITLE_AFTER = re.compile(
    r"(?i)^ ?(?:hanım|hanim|bey|hoca|öğretmen|ogretmen|abla|teyze|amca|üniversite)\w*"
)
GREETING = re.compile(
    r"(?im)(?:^|[\n>])\W*(?:beste|hallo|hoi|hai|dag|dear|hi|hey|hello|lieve|geachte|goede?(?:morgen|middag|avond|ndag)?|merhaba|sayın|liebe[rs]?|bonjour|cher|chère|droga|drogi|"
    r"szanowna|szanowny|estimad[oa]|hola|salam|salaan|bon dia|مرحبا|عزيزتي|عزيزي)\b[ \t]*(?:(?!zit|heeft|is|mag|kan|was|w |in )[^\s,.!?:]+[ \t]+)?$"
)
WRITER = re.compile(
    r"(?i)(?:\b(?:ik ben|ik heet|mijn (?:voor)?naam is|my first name is|mon prénom est|السمية ديالي|السمية ديالي الكاملة|hier(?: is)?|my name is|i am|i'm|this is|ich bin|ich heiße|mein name ist|hier ist|je suis|je m'appelle|c'est|moi c'est|"
    r"ben|benim adım|adım|jestem|nazywam się|mam na imię|me llamo|soy|мене звати|мене звуть|я|hej,? tu|cześć,? tu|to znowu|im|waxaan ahay|magacayg\w* waa|mi nomber ta|ana|smiti|smiyti|naam ouder:|naam:|name:))\s+$"
)
OF = re.compile(
    r"^['’](?:s|in|ın|un|ün|nin|nın|nun|nün|i|ı|u)\b| (?:zijn|haar|z'n|d'r) ", re.IGNORECASE
)
_CHILD = (
    r"meisje|jongen|jongetje|kind|kindje|girl|boy|child|kid|mädchens?|jungen?|kindes|"
    r"fille|fillette|garçon|enfant|niñ[oa]|kız|erkek|çocuk|dziewczynk\w*|chłop\w*|dzieck\w*|дитин\w*|дівчинк\w*|хлопч\w*"
)
NEGATED = re.compile(
    r"(?i)(?:\b(?:niet|geen|not|nicht|kein|keine|pas|machi|nie|не)|(?<!\w)(?:ماشي|مش|وليس|ليس))\s+$"
)
"""What a name is not: a wrong spelling, or nobody the writer knows."""
ENGLISH = re.compile(r"(?i)\b(?:the|and|is|my|you|have|for|that|please|with)\b")
OTHER_CHILD = re.compile(
    rf"(?i)(?:\b(?:(?:een|ander[e]?|a(?! l[ao]s? )|another|one|ein|eines|eine[mnrs]?|anderes|autre|un|une|una|otr[oa]|bir|başka|baska|innego|innej|іншо\w*) (?:\w+ )?(?:{_CHILD})"
    r"(?:,? (?:dat|die|met de naam|genaamd|namens|named|called|whose name is|nommée?|qui s'appelle|llamad[oa]|que se llama|mit namen|namens|imieniem|adı|adi|на ім'я))?|"
    r"one|een zekere|a certain|ene|eine[mr]? gewissen|une? certaine?|niejak\w+|"
    r"(?:bij|met|naar|with|con|avec|chez|mit|bei) (?:de |the |la |le |el |der |dem |zijn |haar )?(?:vader|moeder|mama|mamá|papa|papá|ouders|familie|family|famille|familia|mother|father|mum|mom|dad|parents|mère|père|maman|madre|padre|mutter|vater|eltern) (?:van|of|de|von))"
    r"|(?<!\w)(?:طفله|طفلة|طفل|بنت|ولد|تلميذ|تلميذة|طالب|طالبة)(?: \w+)? (?:اسمه|اسمها|سميتها|سميته|سميتو))[\s,:]+$|\been $"
)
SCHOOL = re.compile(
    r"(?:\b(?i:obs|bs|rkbs|pcbs|ikc|sbo|sint|st\.?|school|basisschool|college|lyceum|straat|laan|plein|weg|station|metrostation|halte|[Vv]an (?:der|den|de|het|'t))|\b(?:De|Het|'t|La|São|San|Santa|Saint|Aït|Ait))\s+$|[@./]$"
)
PLACE = re.compile(r"(?i)\b(?:in|te|naar|uit|from|to|nach|aus|à|w|do|z|en)\s+$")
RELATION = re.compile(
    r"(?i)(?:\b(?:dochters?|dochtertje|zoon|zoontje|zonen|kind|kinderen|jongste|oudste|middelste|leerling(?:e)?|meisje|jongen|pleegkind|kleinkind|kleinzoon|kleindochter|nichtje|neefje|broertje|zusje|"
    r"son|sons|daughter|daughters|child|children|kid|kids|boy|girl|eldest|youngest|pupil|nephew|niece|grandson|granddaughter|"
    r"sohn|sohnes|tochter|kindes|kinder|enkel|enkelin|schüler|schülerin|fils|fille|enfant|enfants|petit|petite|élève|"
    r"kızım\w*|oğlum\w*|çocuğum\w*|kızımız\w*|oğlumuz\w*|kızı|oğlu|torunum|kizim\w*|oglum\w*|kardeşim|bizim|öğrenci|"
    r"syn\w*|córk\w*|córec\w*|cork\w*|corec\w*|dzieck\w*|wnucz\w*|wnuk\w*|uczeń|uczni\w*|hijo|hija|hijos|niño|niña|"
    r"yu|yiu|mucha|wiilkay\w*|gabadhay\w*|ilmah\w*|carruurt\w*|weldi|wldi|benti|bnti|wladi|син\w*|доньк\w*|доньц\w*|дочк\w*|дитин\w*|"
    r"(?:moeder|vader|mama|papa|ouders?|voogd|oma|opa|tante|oom|pleegmoeder|pleegvader|stiefvader|stiefmoeder|moeke) van|(?:mother|father|mum|mom|mam|mama|papa|dad|mummy|mammy|daddy|parents?|guardian|grandmother|grandfather|aunt|uncle) of|"
    r"(?:mutter|vater|eltern|mama|papa|oma|opa|tante|onkel) von(?: der| dem)?|(?:mère|père|papa|maman|mama|mamie|papi|parents?|tante|oncle|madre|padre|mamá|papá|abuel[oa]|tí[oa]|padrastro|madrastra) (?:de|d')|(?:mama|tata|babcia|dziadek|babcią|dziadkiem)|(?:mama|papa|baba|lmama) (?:dyal|d|dial)|dyal|"
    r"heet|genaamd|named|called|heißt|s'appelle|adı|ismi|imię|imieniu|nazywa się|magac\w* waa|yiraahdaa|nomber ta|yama|aabaha|hooyada|adeerka|namely|nl\.|betreft|betreffende|inzake|dossier van|file of|akte von)"
    r"|(?<!\w)[وفلب]?(?:(?:مي|ام|أم|با|بابا|ماما|جدة|الجدة|الجد|خالة|عمة|ولد|بنت) ديال|ابنتي|ابني|بنتي|بتي|ولدي|طفلي|طفلتي|ابننا|ابنتنا|لابنتي|لابني|لبنتي|اسمها|اسمه|ابنه|ابنته|ابنتها|ابنتهم|ابنهم|ابنكم|ابنتكم|بنتها|ابنها|بنته|وبنتي|وابني|وولدي|بنتنا|ولدنا|بنتك|ابنك|حفيدتي|حفيدي|والد|والده|والدة|ام|أم|وأم|عمة|عمه|عم|خال|خاله|خالة|جد|جدة|جده|ابو|أبو|الطفل|الطفله|الطالب|الطالبه|التلميذ|التلميذه|الصغير|الصغيره|الكبير|الكبيره|الكبيرة|التاني|ام|أم|الطفلة))[\s,:('\"-]+$"
)
PLAIN_RELATION = re.compile(
    r"(?i)\b(?:wiilkayga|gabadhayda|wiilkayga la yiraahdo|aabaha|hooyada|adeerka|magac\w* waa|wela di|tata di|mama di|mi yu(?: muhé| hòmber)?|"
    r"mama dyal|papa dyal|lmama d|baba d|benti|bnti|weldi|wldi|kızım|oğlum|kızımız|oğlumuz|torunum|mojego syna|mojej córki|mojego wnuka|моєї доньки|мого сина|"
    r"mijn (?:kleinzoon|kleindochter|pleegzoon|pleegdochter|stiefzoon|stiefdochter|jongste|oudste|middelste|neefje|nichtje|zoontje|dochtertje)|"
    r"(?:my|our) (?:grandson|granddaughter|nephew|niece|boy|girl|eldest|youngest|wee one|little one|foster son|foster daughter|stepson|stepdaughter)|"
    r"mon petit|ma petite|mon neveu|ma nièce|mon petit-fils|ma petite-fille|mon aîné|mon enfant|"
    r"mój syn|moja córka|moją córkę|moim synem|mojemu synowi|nasz syn|nasza córka|naszego syna|naszej córki|moja corka|mojej corki|moj syn|"
    r"mein enkel|meine enkelin|unsere enkelin|mein pflegekind|yeğenim|oğlumun|kızımın|мій син|моя донька|"
    r"mon fils|ma fille|notre fils|notre fille|mi hijo|mi hija|my son|my daughter|our son|our daughter|mijn zoon|mijn dochter|onze zoon|onze dochter|mein sohn|meine tochter|meiner tochter|meines sohnes|unser sohn|unsere tochter) $"
)
LIKE_A_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{2,}(?<!school)(?<!land)(?<!se)\Z")
ABOUT = re.compile(
    r"(?i)(?:\b(?:dat|omdat|als|toen|waar|hoe|of|over|voor|van|that|because|if|when|about|for|of|que|sur|pour|ku|di)\s)$"
)
ONLY_PEOPLE = re.compile(
    r" (?:heeft haar|heeft zijn|moest huilen|huilde|kwam huilend|zelf niet|durft|slaapt|speelt|vertelde|is jarig|is bang|is ziek|is verhuisd|is geboren|zit in groep|gaat naar groep|"
    r"zijn (?:moeder|vader|dossier|rapport|foto|gegevens|cijfers)|haar (?:moeder|vader|dossier|rapport|foto|gegevens|cijfers)|z'n (?:moeder|vader|dossier|rapport)|"
    r"started crying|was crying|told me|is in year|is in group|has been crying|'s (?:file|report|photo|mother|father|teacher|records))\b"
)
NEAR = re.compile(
    r"(?i)(?:\b(?:van|over|voor|met|aan|dat|omdat|of|als|toen|bij|door|waar|wat|hoe|en|about|for|that|with|on|if|when|of|and|über|für|dass|von|mit|wenn|sur|pour|que|avec|de|d'|"
    r"dla|że|o|czy|od|u|do|u|para|sobre|con|pa|di|ku|ee|iyo|la|ile|f|dial|l|про|для|що|з|у|та)"
    r"|عن|ان|أن|مع|ملف|انو|إنه|انه|وضع|مدرسه|مدرسة|خلي|عند|وأم|وام|بيانات|صور|صوره|تقرير|درجات|علامات|اسم|يا|بتاع|تبع|حق)\s+$|\b(?:d|l|qu|lorsqu|puisqu)['’]$"
)
DOES = re.compile(
    r"(?i)^(?:['’](?:s|in|ın|un|ün|nin|nın|nun|nün|yi|yı|ya|ye|a|e|i|ı|u|da|de|dan|den|la|le)\b|[,]? (?:is|zit|heeft|gaat|staat|moet|komt|doet|wordt|werd|was|kan|mag|wil|had|haar|zijn|z'n|d'r|zelf|slaapt|stapt|begint|blijft|"
    r"krijgt|kreeg|ging|vond|vindt|voelt|liep|gaf|left|has|goes|had|does|did|will|should|can|and his|and her|hat|kann|soll|wird|war|ist|geht|kommt|est|a |va|ne |entre|doit|peut|nie|jest|ma |chodzi|idzie|"
    r"rozpocznie|не|є|ходить|ve|hakkında|için|ile|okuyor|çok|ta|tin|a keda|por|waxaa|waxay|wuu|wuxuu|sawir|iyo|f |mcha|msha|w |"
    r"كان|كانت|عندو|عندها|عنده|عمرو|عمرها|عمره|صار|عم |بت|بي|لازم|تحسن|في|عند|مش|ما|لا|راح|تطلع|يطلع|اتصور|اتصورت)\b|[.,]? (?:groep|klas|group|year|grade|\(?\d{1,2}\b))"
)
WRITER_AFTER = re.compile(r"(?i)^,? (?:here|hier|again|weer|ben)\b(?! (?:je|jij|u)\b)")
"""What follows whoever says at the beginning who writes: "Nico hier", "Hatice ben"."""
GUARDIAN_AFTER = re.compile(
    r"(?i)^['’]?n?[ıiuü]n (?:anne|baba|dede|nine|teyze|hala|amca|dayı|abla|abi|veli|vasi|koruyucu|üvey)"
    r"|^['’]?s (?:oma|opa|mama|papa|mutter|vater|mum|mom|mam|dad|daddy|mammy|mummy|mother|father|gran\w*|nan|aunt\w*|tante|moeder|vader)\b"
)
PARENT_AFTER = re.compile(
    r"(?i)^(?: [\w'’-]+){0,3}(?:, ?|\s*\n\s*| \()(?:de |the |the |la |le |die |der )?"
    r"(?:moeder|vader|mama|papa|mum|mom|mam|dad|mother|father|mère|père|maman|mutter|vater|tata|baba|anne|oma|opa|tante|oom)"
    r"(?: van | of | de | von | dyal | di |\)|\s*$|\n|[,.])"
    r"|^[،,] ?(?:مي|ماما|بابا|والده?|والدة|أم|ام|أبو|ابو|جدة|خالة|عمة) "
)
FOREIGN = re.compile(r"(?i)\b(?:in|te|naar|uit|nach|aus)\s+$")
TELEPHONE = re.compile(r"(?i)^\W*(?:(?:hoi|hallo|hai|hey|hi|dag|goede\w*)\W+)?met\s+$")
PARAGRAPH = re.compile(r"[,.!?:]\s*\n|\n\s*\n")
HEADER = re.compile(
    r"(?i)^\W*(?:van|aan|cc|bcc|from|to|von|an|de|à|kimden|kime|od|do|від|ad|adı|من|الى|إلى|الاسم|imię|naam|name|nom|nombre|isim|ім['’]я)\s*: "
)
ARABIC_PAPER = re.compile(
    r"(?:عن|ملف|صوره|صورة|صور|تصوير|تقرير|تقارير|درجات|علامات|بيانات|نتيجه|نتيجة|نتائج|ميلاد|ورق|ورقة|رسمة|رسومات|ديانة|اسم|بتاع|بتاعة|تبع|مال|مالت|ديال|وضع|وام|وأم|ام|أم|والد|ابو|أبو|خناقة)\s+$"
)
STREET_WORDS = frozenset(fold("علي عليا ليا هاني سلام كمال طيبه").split())
"""What dialects say at every turn: "to me", "about me", "wait"."""

KNOWN_TO_ALL = re.compile(r"^ (?:Heijn|Frank|Lindgren|Schweitzer|Montessori|en Janneke)\b")
"""What follows the given name of a shop, or of somebody every child has heard of."""
MONTHS = frozenset(("jan", "mart", "april", "mei", "august", "eylul", "mars", "mai", "ene"))
"""Names that are also a month's, which has a capital within a sentence too."""
ARTICLE = re.compile(r"(?i)\b(?:de|het|een|the|an?|le|la|les|une?|el|los|las)\s+$")
SIGNED = re.compile(
    r"(?: [A-Z][\w'’-]+){0,2}(?:,? \(?(?:directeur|directrice|directie|secretariaat|secrétariat|administratie|office|ib)\)?)?"
    r"[ \t]*\n\s*(?:>|-{3}|_{3}|van: |from: |de : |von: )",
    re.IGNORECASE,
)
"""What follows whoever passes a mail on: the mail itself."""
