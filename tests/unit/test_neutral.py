"""Taking the people out of a mail, before its words may leave the house."""

import re

import pytest

from classifiers.folding import fold
from classifiers.neutral import Neutral, People, neutral
from classifiers.training.labelled import LabelledText
from classifiers.training.plain_words import words_of
from mailbot.domain.mail import Address

NL = (
    "Hallo, ik ben Fatima El Amrani, moeder van Yusuf el Amrani uit groep 5, geboren 3 maart 2015."
    " Haal de foto van Yusuf van de website van basisschool De Regenboog. Yusufs vriendje Daan Visser"
    " staat er ook op. Wij wonen aan de Kerkstraat 12, 3511 AB. Bel 06-12345678 of mail naar"
    " fatima.elamrani@gmail.com, zie www.familie-elamrani.nl/foto. Mijn BSN is 123456782."
    " Juf Anita weet ervan. Ik beroep mij op artikel 17. Groetjes, Fatima"
)
EN = (
    "Dear Sir, my son Oliver Smith-Jones is in year 4. Please send me Oliver's file. We live at"
    " 27 Baker Street. You can call +44 7700 900123. Kind regards, Emma Smith"
)
TR = (
    "Merhaba, kızım Elif'in fotoğrafını siteden kaldırın. Elif 7 yaşında, 12 Mayıs 2018 doğumlu."
    " Telefonum +31 6 98 76 54 32. Saygılarımla, Ayşe Yılmaz"
)
AR = "السلام عليكم، انا ام يوسف الحسن. اريد نسخة من ملف يوسف ولمحمد ايضا. رقمي ٠٦١٢٣٤٥٦٧٨. شكرا، فاطمة"

MAILS = [
    (
        NL,
        People(
            sender=Address("fatima.elamrani@gmail.com", "Fatima El Amrani"),
            schools=("Basisschool De Regenboog",),
        ),
        "Fatima Amrani Yusuf Daan Visser Regenboog Kerkstraat elamrani Anita",
    ),
    (
        EN,
        People(names=("Oliver Smith-Jones",), sender=Address("e@mail.test", "Emma Smith")),
        "Oliver Smith Jones Emma Baker",
    ),
    (TR, People(sender=Address("ayse@mail.test", "Ayşe Yılmaz")), "Elif Ayşe Yılmaz"),
    (AR, People(names=("يوسف الحسن", "محمد الحسن", "فاطمة")), "يوسف الحسن محمد فاطمة"),
]


def people_out(text: str, people: People) -> str:
    """Take the people out of one text that must be fit afterwards."""
    found = neutral((text,), people)
    assert found.fit
    return found.texts[0]


@pytest.mark.parametrize(("text", "people", "canaries"), MAILS, ids=["nl", "en", "tr", "ar"])
def test_no_name_of_a_mail_is_left_in_its_neutral_text(
    text: str, people: People, canaries: str
) -> None:
    """A text leaves the house without a name, in Dutch, English, Turkish and Arabic."""
    said = fold(people_out(text, people))
    assert [name for name in fold(canaries).split() if name in said] == []


@pytest.mark.parametrize(("text", "people", "canaries"), MAILS, ids=["nl", "en", "tr", "ar"])
def test_no_number_of_a_mail_is_left_but_that_of_an_article(
    text: str, people: People, canaries: str
) -> None:
    """Telephone, BSN, dates, ages and house numbers lose their value and keep their shape."""
    numbers = set(re.findall(r"\d+", people_out(text, people)))
    assert {n for n in numbers if set(n) - set("01٠١")} <= {"17"}


def test_addresses_are_replaced_by_others_of_the_same_sort() -> None:
    """What is learned from still reads as a mail: an address where one stood."""
    said = people_out(NL, MAILS[0][1])
    assert "naam@voorbeeld.example" in said
    assert "Dorpsstraat 1, 1111 AA" in said
    assert "https://voorbeeld.example" in said
    assert "Voorbeeldschool" in said
    assert "gmail" not in said


def test_one_person_has_one_stand_in_in_subject_and_text() -> None:
    """Who is who can still be told apart, and the subject fits the text."""
    found = neutral(("Foto van Yusuf", "Haal de foto van Yusuf weg. Daan mag blijven."), People())
    stand_in = found.texts[0].split()[-1]
    assert f"foto van {stand_in} weg" in found.texts[1]
    assert f"{stand_in} mag" not in found.texts[1]


def test_a_name_written_small_is_found_where_the_file_knows_it() -> None:
    """Phone mails have no capitals; what the file knows is looked for whatever its letters."""
    said = people_out("graag alles over jorrick inzien, groet", People(names=("Jorrick Zwaan",)))
    assert "jorrick" not in said


def test_a_text_in_which_a_known_name_hides_within_a_word_is_not_fit() -> None:
    """What cannot be taken out for certain stays in the house."""
    found = neutral(("zie map fotosjorrickklein",), People(names=("Jorrick Zwaan",)))
    assert Neutral(found.texts, fit=False) == found


def test_the_wish_itself_is_left_whole() -> None:
    """There must be something left to learn from."""
    said = people_out("Ik wil inzage in het dossier van mijn zoon Daan (AVG artikel 15).", People())
    assert said.startswith("Ik wil inzage in het dossier van mijn zoon ")
    assert said.endswith("(AVG artikel 15).")


def test_words_of_ours_with_a_capital_are_no_names() -> None:
    """The words of the shipped texts stay; a capital that none of them has is taken for a name."""
    voices = [
        LabelledText(voice, "nl", "de leerplicht belt", (), whole=False) for voice in ("a", "b")
    ]
    people = People(plain_words=words_of(voices))
    said = people_out("de Leerplicht belt in Zwalmerdam", people)
    assert "Leerplicht" in said
    assert "Zwalmerdam" not in said
