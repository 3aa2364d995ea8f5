"""What a mail says to its own conversation: taking back, yes, another address; and what only looks so."""

from datetime import UTC, datetime

import pytest

from classifiers.says import said, withdraws
from mailbot.domain.mail import Address, Mail
from mailbot.domain.suggestion import Says

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)

TAKES_BACK = (
    ("nl", "Laat maar."),
    ("nl", "Hierbij trek ik mijn aanvraag in, bedankt."),
    ("nl", "Ik wil mijn verzoek intrekken."),
    ("nl", "Het hoeft niet meer, de juf heeft me gebeld."),
    ("nl", "Wij zien af van ons verzoek."),
    ("en", "Never mind, I would like to withdraw my request."),
    ("en", "Please cancel my request."),
    ("en", "I no longer need the copy."),
    ("tr", "Talebimi geri çekiyorum."),
    ("tr", "Vazgeçtim, teşekkürler."),
    ("ar", "أريد إلغاء طلبي."),
    ("ar", "لم أعد بحاجة إلى ذلك"),
    ("de", "Ich ziehe meinen Antrag zurück."),
    ("de", "Die Sache hat sich erledigt."),
    ("fr", "Je souhaite annuler ma demande."),
    ("fr", "Laissez tomber."),
    ("pl", "Chcę wycofać swój wniosek."),
    ("pl", "To już nieważne."),
)
DOES_NOT = (
    ("nl", "Ik trek mijn toestemming in voor foto's."),
    ("nl", "Laat maar weten wanneer het klaar is."),
    ("nl", "Ik trek mijn verzoek niet in."),
    ("nl", "Hoe trek ik mijn verzoek in?"),
    ("nl", "Als ik niets hoor trek ik mijn verzoek in."),
    ("nl", "Dank u wel!"),
    ("en", "I withdraw my consent for photos."),
    ("en", "I do not withdraw my request."),
    ("en", "Can I withdraw my request?"),
    ("tr", "Fotoğraf için verdiğim izni geri çekiyorum."),
    ("tr", "Talebimden vazgeçmiyorum."),
    ("ar", "أسحب موافقتي على الصور"),
    ("ar", "لن أسحب طلبي"),
    ("de", "Ich ziehe meine Einwilligung zurück."),
    ("de", "Ich ziehe meinen Antrag nicht zurück."),
    ("fr", "Je ne retire pas ma demande."),
    ("pl", "Cofam zgodę na zdjęcia."),
    ("pl", "Nie wycofuję wniosku."),
)


@pytest.mark.parametrize(("language", "text"), TAKES_BACK)
def test_taking_a_request_back_is_heard_in_seven_languages(language: str, text: str) -> None:
    """Somebody is asked whether it is so; unheard, the case would run to its end for nothing."""
    assert withdraws(text, language)


@pytest.mark.parametrize(("language", "text"), DOES_NOT)
def test_what_only_looks_like_it_takes_nothing_back(language: str, text: str) -> None:
    """A consent taken back is a request; a denial, a condition or a question is none of it."""
    assert not withdraws(text, language)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ja, dat klopt.", {Says.YES}),
        ("Nee, toch liever niet.", set()),
        ("Mijn nieuwe mailadres is m@nieuw.test.", {Says.NEW_ADDRESS}),
        ("Dit is voortaan mijn nieuwe mailadres.", {Says.NEW_ADDRESS}),
        ("Wij wonen op een nieuw adres: Dorpsstraat 1.", set()),
        ("Mijn mailadres is marieke@visser.test.", set()),
    ],
)
def test_a_yes_and_a_new_address_are_told_from_what_is_near(text: str, says: set[Says]) -> None:
    """Where somebody lives is no mail address, and the sender's own one is not new."""
    sender = Address("Marieke Visser", "marieke@visser.test")
    assert says == said(Mail("", sender, None, NOW, text), "nl")


def test_a_forward_says_nothing_of_its_sender() -> None:
    """Its words are somebody else's."""
    mail = Mail("", None, None, NOW, "Ik trek mijn verzoek in.", is_forward=True)
    assert frozenset() == said(mail, "nl")
