"""Every letter says, in every language, everything it must say (reglement, section 8.9 and GDPR)."""

import re
from datetime import UTC, date, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from mailbot.adapters.stationery import PaperStationery
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_examples import example_words
from mailbot.domain.letter_words import STAGES, StatusWords
from mailbot.domain.letters import LETTERS, Trigger, elements

LANGUAGES = ("nl", "en", "tr", "ar")

# One row for each element: the words that show it, in the order of LANGUAGES. A row of one
# holds for all four. `letter.element` is for where a letter has its own words.
NEEDLES: dict[str, tuple[str, ...]] = {
    "fg_contact": ("fg@bestuur.example",),
    "automatic": (
        "automatisch gemaakt",
        "written automatically",
        "otomatik olarak hazırlandı",
        "أُعدّت هذه الرسالة تلقائيًا",
    ),
    "people_decide": (
        "mensen beslissen. De computer beslist niets",
        "people decide. The computer decides nothing",
        "kararı insanlar verir. Bilgisayar hiçbir karar vermez",
        "وهم من يتخذون القرار. الحاسوب لا يقرّر شيئًا",
    ),
    "reference": ("SIPOR-2026-000123-Q",),
    "received": (
        "27 november 2026",
        "27 November 2026",
        "27 Kasım 2026",
        "27 نوفمبر (تشرين الثاني) 2026",
    ),
    "received_at": (
        "27 november 2026 om 10:15 uur",
        "27 November 2026 at 10:15",
        "27 Kasım 2026, saat 10:15",
        "27 نوفمبر (تشرين الثاني) 2026 الساعة 10:15",
    ),
    "kind": ("inzage", "access to data", "verileri görme", "الاطلاع على البيانات"),
    "kind_understood": (
        "u vraagt ons om gegevens te wissen",
        "you ask us to erase data",
        "verileri silmemizi istiyorsunuz",
        "تطلبون منا محو بيانات",
    ),
    "how_to_correct": (
        "Klopt dit niet? Antwoord dan op deze mail",
        "Is this not right? Then reply to this email",
        "Bu doğru değil mi? O zaman bu iletiyi yanıtlayın",
        "هل أخطأنا في الفهم؟ ردّوا على هذه الرسالة",
    ),
    "due": (
        "25 december 2026",
        "25 December 2026",
        "25 Aralık 2026",
        "25 ديسمبر (كانون الأول) 2026",
    ),
    "old_due": (
        "25 december 2026",
        "25 December 2026",
        "25 Aralık 2026",
        "25 ديسمبر (كانون الأول) 2026",
    ),
    "new_due": (
        "22 januari 2027",
        "22 January 2027",
        "22 Ocak 2027",
        "22 يناير (كانون الثاني) 2027",
    ),
    "questions": (
        "Om welk kind gaat het?",
        "Which child is it about?",
        "Hangi çocukla ilgili?",
        "من هو الطفل المقصود؟",
    ),
    "clock_runs": (
        "De tijd loopt door",
        "The time keeps running",
        "işlemeye devam e",
        "تستمر المدة",
    ),
    "identity_request.clock_runs": (
        "Loopt de tijd door? Ja.",
        "Does the time keep running? Yes.",
        "Süre işlemeye devam ediyor mu? Evet.",
        "هل تستمر المدة؟ نعم.",
    ),
    "clarification_request.clock_runs": (
        "Loopt de tijd door? Ja.",
        "Does the time keep running? Yes.",
        "Süre işlemeye devam ediyor mu? Evet.",
        "هل تستمر المدة؟ نعم.",
    ),
    "no_identity_copy": (
        "Stuur geen kopie van een paspoort of ID-kaart",
        "Do not send a copy of a passport or identity card",
        "Pasaport veya kimlik kartı kopyası göndermeyin",
        "لا ترسلوا نسخة من جواز السفر أو بطاقة الهوية",
    ),
    "do_not_open": (
        "Open ze niet",
        "Do not open it",
        "Bunları açmayın",
        "لا تفتحوها",
    ),
    "do_not_spread": (
        "Stuur ze niet door",
        "Do not pass it on",
        "Bunları başkasına göndermeyin",
        "لا ترسلوها إلى أحد",
    ),
    "keep": ("Bewaar wat u hebt", "Keep what you have", "Elinizdekileri saklayın", "احتفظوا بما"),
    "no_verdict": (
        "Deze mail zegt daar dus niets over",
        "So this email says nothing about that",
        "bu konuda bir şey söylemiyoruz",
        "لا تقول هذه الرسالة شيئًا عن ذلك",
    ),
    "complaints": ("https://www.bestuur.example/klachten",),
    "authority": ("Autoriteit Persoonsgegevens",),
    "court": (
        "U kunt naar de rechter gaan",
        "You can go to court",
        "Mahkemeye başvurabilirsiniz",
        "يمكنكم اللجوء إلى المحكمة",
    ),
    "person_reads": (
        "Een medewerker leest uw mail",
        "A member of staff reads your email",
        "Bir çalışanımız e-postanızı okur",
        "يقرأ أحد موظفينا رسالتكم",
    ),
    "next_step": (
        "Hierna: wij maken het antwoord",
        "What happens next: we are preparing the answer",
        "Bundan sonra: yanıtı hazırlıyoruz",
        "الخطوة التالية: نُعِدّ الجواب",
    ),
    "stage": (
        "wij zijn ermee bezig",
        "we are working on it",
        "üzerinde çalışıyoruz",
        "نعمل على طلبكم",
    ),
    "shows_nothing": (
        "vertellen wij niet of er een verzoek bij ons loopt",
        "We do not say in an email whether there is a request",
        "bir başvuru olup olmadığını e-postayla söylemiyoruz",
        "لا نذكر في رسالة إلكترونية إن كان هناك طلب",
    ),
    "how_to_ask": (
        "vanaf het mailadres waarmee u het verzoek hebt gedaan",
        "from the email address you used for the request",
        "başvuruyu yaptığınız e-posta adresinden",
        "من عنوان البريد الإلكتروني الذي قدّمتم منه الطلب",
    ),
    "passage": (
        "U krijgt antwoord binnen vier weken.",
        "You get an answer within four weeks.",
        "Dört hafta içinde yanıt alırsınız.",
        "يصلكم الجواب خلال أربعة أسابيع.",
    ),
    "article": ("artikel 8.9, lid 2, van ons privacyreglement",),
    "reach_person": (
        "Een medewerker helpt u verder",
        "A member of staff will help you",
        "Bir çalışanımız size yardımcı olur",
        "وسيساعدكم أحد موظفينا",
    ),
    "identity_request.why": (
        "Waarom vragen wij dit? Wij geven gegevens alleen aan iemand die er recht op heeft",
        "Why do we ask this? We give data only to somebody who has a right to it",
        "Bunu neden soruyoruz? Verileri yalnızca buna hakkı olan kişilere veririz",
        "لماذا نسأل عن ذلك؟ لا نعطي البيانات إلا لمن له حق فيها",
    ),
    "options": (
        "vanaf het mailadres dat de school al heeft",
        "from the address that the school already has",
        "Okulda kayıtlı olan e-posta adresinizden",
        "من عنوان البريد الإلكتروني المسجّل لدى المدرسة",
    ),
    "question": ("Gaat het u om alle jaren, of alleen om groep 7?",),
    "clarification_request.why": ("Dan kunnen wij gerichter zoeken.",),
    "everything": (
        "Wilt u alles? Dat mag ook.",
        "Do you want everything? That is fine too.",
        "Her şeyi mi istiyorsunuz? Bu da olur.",
        "هل تريدون كل شيء؟ هذا ممكن أيضًا.",
    ),
    "extension_notice.reason": ("Een deel van de gegevens staat bij een vorige school.",),
    "restriction_lift.reason": ("Een deel van de gegevens staat bij een vorige school.",),
    "earlier_part": (
        "Dan sturen wij u dat deel eerder",
        "we will send you that part earlier",
        "o kısmı size daha erken göndeririz",
        "فسنرسل إليكم هذا الجزء في وقت أبكر",
    ),
    "what": ("Wij hebben een kopie gemaakt van alles wat wij over uw kind hebben.",),
    "when": (
        "17 december 2026",
        "17 December 2026",
        "17 Aralık 2026",
        "17 ديسمبر (كانون الأول) 2026",
    ),
    "where": ("De kopie ligt voor u klaar bij de school.",),
    "access": ("Vijf jaar na het einde van de schooltijd.",),
    "decision_refused.ground": ("Artikel 15, lid 4, van de AVG.",),
    "decision_safety.ground": ("Artikel 8.9, lid 3, van ons privacyreglement.",),
    "weighed": ("Op deze bladzijde staat de naam van een ander kind.",),
    "six_weeks": ("binnen zes weken", "within six weeks", "altı hafta içinde", "خلال ستة أسابيع"),
    "fg_advice": (
        "16 december 2026",
        "16 December 2026",
        "16 Aralık 2026",
        "16 ديسمبر (كانون الأول) 2026",
    ),
    "lifts_on": (
        "11 januari 2027",
        "11 January 2027",
        "11 Ocak 2027",
        "11 يناير (كانون الثاني) 2027",
    ),
    "before": (
        "dus voordat het zover is",
        "before it happens",
        "kullanmaya başlamadan önce",
        "قبل أن يحدث",
    ),
    "nature": ("Een lijst met namen en telefoonnummers is naar een verkeerd adres gestuurd.",),
    "consequences": ("Iemand die u niet kent, kan u bellen.",),
    "measures": ("Wij hebben gevraagd om de lijst te wissen.",),
    "advice": ("Geef aan de telefoon geen wachtwoord en geen code.",),
    "apology": (
        "Wij bieden u onze excuses aan",
        "We apologise to you",
        "Sizden özür dileriz",
        "نعتذر إليكم",
    ),
    "cause": ("Het zoeken in het oude archief duurde langer dan wij dachten.",),
    "receipt_only": (
        "alleen een bewijs dat uw bericht er is",
        "only proof that your message has arrived",
        "yalnızca iletinizin bize ulaştığını gösterir",
        "مجرد إشعار بوصول رسالتكم",
    ),
    "confirms_nobody": (
        "Wij zeggen hiermee niet of iemand bij ons op school zit of zat",
        "does not say whether somebody is or was a pupil",
        "öğrenci olup olmadığı konusunda bir şey söylemiyoruz",
        "لا تقول إن كان شخص ما تلميذًا",
    ),
    "destroyed": (
        "Wij hebben de kopie vernietigd op 28 november 2026",
        "We destroyed the copy on 28 November 2026",
        "Kopyayı 28 Kasım 2026 tarihinde yok ettik",
        "أتلفنا النسخة يوم 28 نوفمبر (تشرين الثاني) 2026",
    ),
    "do_not_send": (
        "Stuur ons geen nieuwe kopie",
        "do not send us a new copy",
        "bize yeni bir kopya göndermeyin",
        "لا ترسلوا إلينا نسخة جديدة",
    ),
    "seen": ("28 mails", "28 emails", "28 iletinin", "عدد الرسائل 28"),
    "places": (
        "Bij een lopende zaak gelegd: 7",
        "Added to a running case: 7",
        "Açık bir dosyaya eklendi: 7",
        "أضيفت إلى ملف مفتوح: 7",
    ),
    "waits": (
        "Mails bij geen zaak: 3, de oudste sinds 27 november 2026",
        "Emails that belong to no case: 3, the oldest since 27 November 2026",
        "Dosyası olmayan iletiler: 3; en eskisi 27 Kasım 2026 tarihinden beri",
        "رسائل بلا ملف: 3، الأقدم منذ 27 نوفمبر (تشرين الثاني) 2026",
    ),
    "leaves_term": (
        "SIPOR-2026-000123-Q, inzage: 25 december 2026",
        "SIPOR-2026-000123-Q, access to data: 25 December 2026",
        "SIPOR-2026-000123-Q, verileri görme: 25 Aralık 2026",
        "SIPOR-2026-000123-Q، الاطلاع على البيانات: 25 ديسمبر (كانون الأول) 2026",
    ),
    "answered": (
        "Stand van zaken gegeven: 2",
        "Said where a case stands: 2",
        "Dosyanın durumu bildirildi: 2",
        "أُبلغ عن وضع ملف: 2",
    ),
    "confirm": (
        "Ja, ik trek mijn verzoek in.",
        "Yes, I withdraw my request.",
        "Evet, başvurumu geri çekiyorum.",
        "نعم، أسحب طلبي.",
    ),
}

# Words that would tell, or hint at, how a case ends.
OUTCOMES = (
    r"toegewezen|toegekend|afgewezen|afwijz|geweigerd|weiger|\bgelijk\b|gegrond|schuld|waarschijnlijk",
    r"granted|refus|reject|approv|denied|entitled|fault|probably|likely",
    r"kabul|redd|onayla|haklısınız|suç|muhtemelen",
    r"رفض|قبول|موافقة على طلب|مرفوض|على الأرجح",
)


@pytest.fixture(scope="module")
def stationery() -> PaperStationery:
    return PaperStationery()


def plain(text: str) -> str:
    """Give the text without direction marks, on one line."""
    return " ".join(re.sub("[\u200e\u200f]", "", text).split())


def needle(letter: str, element: str, language: str) -> str:
    row = NEEDLES.get(f"{letter}.{element}") or NEEDLES[element]
    return row[0] if len(row) == 1 else row[LANGUAGES.index(language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_says_everything_it_must_say(
    stationery: PaperStationery, letter: str, language: str
) -> None:
    """Every mandatory element stands in the text and in the HTML, in every language."""
    rendered = stationery.write(letter, (language,), example_words(letter))
    body = HTMLParser(rendered.html).body
    assert body is not None
    html = "".join(plain(body.text()).split())

    needed = {element: needle(letter, element, language) for element in elements(letter)}

    assert [] == [element for element, words in needed.items() if words not in plain(rendered.text)]
    assert [] == [e for e, words in needed.items() if "".join(words.split()) not in html]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_needs_only_its_mandatory_words(
    stationery: PaperStationery, letter: str, language: str
) -> None:
    """Optional words may be left out, and a poor board profile still makes a letter."""
    words = {k: v for k, v in example_words(letter).items() if k not in LETTERS[letter].may}
    if letter == "decision_granted":
        words["kind"] = Kind.ERASURE

    rendered = stationery.write(letter, (language,), words)

    assert "None" not in rendered.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "letter", [c for c, r in LETTERS.items() if r.trigger is Trigger.AUTOMATIC]
)
def test_no_automatic_letter_states_or_hints_at_an_outcome(
    stationery: PaperStationery, letter: str, language: str
) -> None:
    """GDPR 22 and reglement 8.9.2a: an outcome is a person's to tell."""
    rendered = stationery.write(letter, (language,), example_words(letter))

    found = re.findall(OUTCOMES[LANGUAGES.index(language)], rendered.text, re.IGNORECASE)

    assert [] == found


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_stage_tells_how_a_case_ends(
    stationery: PaperStationery, language: str, stage: str
) -> None:
    case = StatusWords(Kind.ACCESS, "SIPOR-2026-000123-Q", date(2026, 11, 27), stage)
    words = {**example_words("status"), "cases": [case]}

    text = stationery.write("status", (language,), words).text

    assert [] == re.findall(OUTCOMES[LANGUAGES.index(language)], text, re.IGNORECASE)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_can_be_named_in_every_language(
    stationery: PaperStationery, language: str, kind: Kind
) -> None:
    """One mail may open cases of any kinds, acknowledged in one letter."""
    words = example_words("ack_request")
    rows = [type(words["kinds"][0])(kind, "SIPOR-2026-000123-Q", date(2026, 12, 25))]

    text = plain(stationery.write("ack_request", (language,), {**words, "kinds": rows}).text)

    assert needle("ack_request", "due", language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_that_also_reports_a_breach_gets_the_advice_for_both(
    stationery: PaperStationery, language: str
) -> None:
    """A breach and an access request together are acknowledged in one letter."""
    words = example_words("ack_request")
    breach = type(words["kinds"][0])(Kind.BREACH, "SIPOR-2026-000124-V")
    complaint = type(words["kinds"][0])(Kind.COMPLAINT, "SIPOR-2026-000125-H")
    words["kinds"] = (words["kinds"][0], breach, complaint)

    text = plain(stationery.write("ack_request", (language,), words).text)

    for element in ("do_not_open", "keep", "complaints", "court", "due"):
        assert needle("ack_request", element, language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_acknowledgement_asks_only_for_what_is_missing(
    stationery: PaperStationery, language: str
) -> None:
    words = example_words("ack_request")

    asked = plain(stationery.write("ack_request", (language,), words).text)
    words["questions"] = ("school",)
    less = plain(stationery.write("ack_request", (language,), words).text)
    words["questions"] = ()
    nothing = plain(stationery.write("ack_request", (language,), words).text)

    question = needle("ack_request", "questions", language)
    running = needle("ack_request", "clock_runs", language)
    assert question in asked
    assert question not in less
    assert running in less
    assert running not in nothing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [14, 1, 0, -1, -9])
def test_a_reminder_counts_the_days_that_are_left_or_over(
    stationery: PaperStationery, language: str, days: int
) -> None:
    words = {**example_words("reminder"), "due": date(2026, 12, 25), "days_left": days}

    rendered = stationery.write("reminder", (language,), words)

    assert needle("reminder", "due", language) in plain(rendered.subject)
    if abs(days) > 1:
        assert str(abs(days)) in rendered.text
    assert "--" not in rendered.text.split("----------")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_breach_reminder_gives_the_moment_once_a_person_set_the_awareness(
    stationery: PaperStationery, language: str
) -> None:
    """GDPR 33(1): 72 hours from awareness, which only a person sets."""
    words = {
        "board": example_words("reminder")["board"],
        "reference": "SIPOR-2026-000123-Q",
        "kind": Kind.BREACH,
        "received_on": date(2026, 11, 26),
        "hours": 24,
    }

    unaware = plain(stationery.write("reminder", (language,), words).text)
    words["due_at"] = datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
    aware = plain(stationery.write("reminder", (language,), words).text)

    assert "72" in unaware
    assert needle("reminder", "received_at", language) in aware
    assert "72" not in aware
