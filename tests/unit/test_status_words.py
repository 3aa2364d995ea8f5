"""Recognising that a mail asks how things stand, and nothing else, in the parents' languages."""

import pytest

from classifiers.conversation import language_is_sure
from classifiers.language import language_of
from classifiers.status import asks_status
from handlers.status import SURE

ASKS = (
    "Wat is de stand van mijn verzoek?",
    "Hoe staat het ermee?",
    (
        "Beste FG,\n\nOp 2 november heb ik inzage gevraagd in het dossier van mijn dochter. "
        "Ik heb nog niets gehoord. Hoe staat het met mijn verzoek?\n\nMet vriendelijke groet,\nMarieke"
    ),
    "Hallo, is er al iets bekend over de foto van Daan? Hij staat er nog op.\n\nJeroen Bakker",
    "hoi hoe ver zijn jullie met mijn verzoek gr Samira",
    "Graag hoor ik hoe het staat met mijn verzoek. Alvast bedankt!",
    "Wanneer krijg ik antwoord?",
    "Dear madam,\nCould you please tell me the status of my request?\nKind regards,\nJohn",
    "Hi, I sent a request three weeks ago and I haven't heard anything. Any update? Thanks",
    "Where does my request stand?",
    "What is the status of the request, please? Kind regards, Mary",
    "Any news on my request, because I have not heard anything?",
    "Mag ik voorzichtig vragen of er al iets bekend is over mijn verzoek?",
    "Merhaba, talebimle ilgili bir gelişme var mı? Teşekkürler, Ayşe",
    "Başvurum ne durumda?",
    "Ne zaman cevap alacağım?",
    "السلام عليكم، ما هو وضع طلبي؟ شكرا",
    "متى سأحصل على الرد؟",
    "مرحبا، أين وصل طلبي؟ أرسلت الطلب قبل أسبوعين. مع التحية، أحمد",
    "Guten Tag, wie ist der Stand meiner Anfrage? Mit freundlichen Grüßen, Anna",
    "Gibt es schon etwas Neues?",
    "Bonjour, où en est ma demande ? Merci",
    "Quand vais-je recevoir une réponse ?",
    "Dzień dobry, na jakim etapie jest mój wniosek? Pozdrawiam, Ewa",
    "Czy wiadomo coś w mojej sprawie?",
)
ASKS_SOMETHING_ELSE = (
    "Graag inzage in het dossier van mijn dochter.",
    "Hoe staat het met mijn verzoek? Ik wil ook dat jullie de foto's van Daan verwijderen.",
    "Hoe staat het ermee? En wie kan die foto's op dit moment nog zien?",
    "Hoe lang bewaren jullie gegevens?",
    "Wanneer wordt het dossier vernietigd?",
    "Laat maar, het is opgelost. Hoe staat het met school?",
    "Het duurt veel te lang, ik dien een klacht in. Hoe staat het ermee?",
    "Hoe gaat het met Daan in de klas?",
    "Zij heet Noor Visser en zit op Het Kompas.",
    "Wanneer is de ouderavond?",
    (
        "Hoe staat het ermee? Overigens was mijn ex-man gisteren op school en hij dreigde dat hij haar "
        "mee zou nemen, dus geef hem alsjeblieft ons adres niet."
    ),
    "Hoe staat het ermee, want mijn ex heeft gedreigd haar mee te nemen?",
    "Any news on my request, because my ex-husband threatened to take her with him?",
    "Başvurum ne durumda, çünkü eski eşim çocuğu kaçırmakla tehdit etti.",
    "How long do you keep my data?",
    "How is my son doing at school?",
    "When will the photos be deleted? Also I want a copy of the file.",
    "Any news on my request? By the way I withdraw my consent for photos.",
    "Verilerimi ne kadar süre saklıyorsunuz?",
    "كم من الوقت تحتفظون ببيانات ابنتي؟",
    "Wie lange speichern Sie die Daten?",
    "Combien de temps gardez-vous les données ?",
    "Jak długo przechowujecie dane?",
    "",
)


@pytest.mark.parametrize("text", ASKS)
def test_a_question_after_the_state_of_things_is_recognised(text: str) -> None:
    """It is answered at once, so it must be sure, in every language of the parents."""
    assert asks_status(text, language_of(text)) >= SURE


@pytest.mark.parametrize("text", ASKS_SOMETHING_ELSE)
def test_a_mail_that_asks_more_is_never_taken_for_it(text: str) -> None:
    """Half an answer would leave the other half unread."""
    assert asks_status(text, language_of(text)) < SURE


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Dank u wel voor het snelle bericht, ik wacht het af.", True),
        ("Cevabınız için çok teşekkür ederim, bekliyorum.", True),
        ("شكرا جزيلا على ردكم السريع وأنا أنتظر", True),
        ("ok", False),
        ("Noor Visser, Het Kompas", False),
        ("Emre Yılmaz\nHet Kompas\nannesiyim", False),
    ],
)
def test_letters_follow_a_language_only_where_it_is_plain(text: str, sure: bool) -> None:
    """Names and single words turn no letter around."""
    assert sure == language_is_sure(text, language_of(text))
