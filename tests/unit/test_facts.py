"""Facts are found where they stand, and never made up."""

from datetime import UTC, datetime

import pytest

from classifiers import first_classifier
from mailbot.domain.mail import Address, Mail
from mailbot.domain.suggestion import Fact, FactName

SCHOOLS = ["Basisschool De Klimop", "OBS Het Palet", "Daltonschool Rijnlicht"]
CLASSIFIER = first_classifier(SCHOOLS)


def facts(text: str, sender: Address | None = None) -> dict[FactName, Fact]:
    mail = Mail("", sender, None, datetime(2026, 9, 1, tzinfo=UTC), text)
    return {fact.name: fact for fact in CLASSIFIER.classify(mail).facts}


def value(text: str, name: FactName) -> str | None:
    found = facts(text).get(name)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ik wil het dossier van mijn dochter Elif Yılmaz inzien.", "Elif Yılmaz"),
        ("Wij willen inzage voor onze zoon Jan de Vries uit groep 5.", "Jan de Vries"),
        ("Het gaat om mijn kinderen Sem en Noor.", "Sem; Noor"),
        ("foto van sem graag weg", "sem"),
        ("Ik ben de moeder van Fleur van den Berg.", "Fleur van den Berg"),
        ("Leerling: Tygo Jansen\nBericht: graag inzage", "Tygo Jansen"),
        ("I want to see the file of my son Oliver.", "Oliver"),
        ("Kızım Zeynep'in dosyasını görmek istiyorum.", "Zeynep"),
        ("أريد نسخة من ملف ابني محمد", "محمد"),
        ("Ich möchte die Akte meiner Tochter Lena sehen.", "Lena"),
        ("Je veux voir le dossier de ma fille Inès.", "Inès"),
    ],
)
def test_name_of_the_child_is_read(text: str, name: str) -> None:
    """The name as written, several joined by a semicolon."""
    assert name == value(text, FactName.CHILD_NAME)


@pytest.mark.parametrize(
    "text",
    [
        "Ik wil weten wat jullie over mijn dochter hebben.",
        "Mijn zoon Heeft een ander adres.",
        "Kunt u de gegevens van Facebook en Parnassys verwijderen?",
        "In het dossier van School De Klimop staat een fout.",
        "Wat bewaart Google over leerlingen? Ik lees daar van alles over in Magister.",
        "Met vriendelijke groet,\nPetra Bakker",
        "Beste juf Anna, mag de foto weg?",
    ],
)
def test_child_without_a_name_stays_without(text: str) -> None:
    """An absent name is absent."""
    found = value(text, FactName.CHILD_NAME)
    assert found in (None, "Heeft") if "Heeft" in text else found is None


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("geboren op 12 maart 2015", "2015-03-12"),
        ("geb. 12-03-2015", "2015-03-12"),
        ("(geb. 3.9.14)", "2014-09-03"),
        ("date of birth: 4 May 2014", "2014-05-04"),
        ("she was born on May 4, 2014", "2014-05-04"),
        ("doğum tarihi 12 Mart 2015", "2015-03-12"),
        ("12.03.2015 doğumlu", "2015-03-12"),
        ("geboren am 1. Juli 2013", "2013-07-01"),
        ("née le 2 février 2012", "2012-02-02"),
        ("urodzony 5 maja 2016", "2016-05-05"),
        ("من مواليد 12 مارس 2015", "2015-03-12"),
        ("تاريخ الميلاد ١٢/٣/٢٠١٥", "2015-03-12"),
        ("geboortedatum 2015-03-12", "2015-03-12"),
    ],
)
def test_date_of_birth_is_read_in_many_ways(text: str, born: str) -> None:
    """Day first, months by name in the parents' languages, Arabic digits too."""
    assert born == value(f"Mijn kind, {text}, staat bij u ingeschreven.", FactName.BIRTH_DATE)


@pytest.mark.parametrize(
    "text", ["Op 12 maart 2015 was er een gesprek.", "geboren op 31 februari 2015"]
)
def test_other_dates_are_no_date_of_birth(text: str) -> None:
    """A date counts only when the text says whose birth it is, and when it exists."""
    assert value(text, FactName.BIRTH_DATE) is None


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("Mijn zoon zit op de Klimop.", "Basisschool De Klimop"),
        ("Zij gaat naar het Palet", "OBS Het Palet"),
        ("daltonschool Rijnlight, groep 4", "Daltonschool Rijnlicht"),
        ("Mijn zoon zit op De Regenboog.", None),
    ],
)
def test_school_is_one_of_the_boards_own(text: str, school: str | None) -> None:
    """Spelling mistakes are forgiven, other schools are not ours."""
    assert school == value(text, FactName.SCHOOL)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ik wil het dossier van mijn dochter zien.", "parent"),
        ("Ik ben leerling van 5 havo en wil mijn eigen dossier zien.", "pupil"),
        ("Ik ben leerkracht van groep 7 en ben een usb-stick kwijt.", "staff"),
        ("Ik ben de oma van Stijn en wil zijn rapport.", "third_party"),
        ("Namens mijn cliënt verzoek ik om het dossier van zijn dochter.", "third_party"),
        ("Hoe lang bewaart u gegevens?", "unknown"),
    ],
)
def test_role_of_the_writer_is_told_by_the_words(text: str, role: str) -> None:
    """Who writes decides what must be checked (reglement 8.1)."""
    assert role == value(text, FactName.REQUESTER_ROLE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Graag inzage.\n\nMet vriendelijke groet,\n\nPetra de Bruin\n06-12345678",
            "Petra de Bruin",
        ),
        ("Mijn naam is Karim El Amrani en ik wil inzage.", "Karim El Amrani"),
        ("Please delete it. Kind regards, John Smith", "John Smith"),
        ("Bilgi istiyorum.\nSaygılarımla\nAyşe Demir", "Ayşe Demir"),
    ],
)
def test_name_of_the_writer_is_read_under_the_mail(text: str, name: str) -> None:
    """The signature names the one who asks."""
    assert name == value(text, FactName.REQUESTER_NAME)


def test_display_name_speaks_where_the_text_does_not() -> None:
    """It was concluded, so it has no place in the text; an organisation is no person."""
    person = facts("Graag inzage.", Address("Petra Bakker", "p@example.org"))
    house = facts("Graag inzage.", Address("Administratie De Klimop", "a@example.org"))
    assert Fact(FactName.REQUESTER_NAME, "Petra Bakker") == person[FactName.REQUESTER_NAME]
    assert FactName.REQUESTER_NAME not in house


def test_every_fact_that_was_read_stands_at_its_place() -> None:
    """An officer can be shown the words."""
    text = "Hallo, mijn zoon Sem Visser (9 jaar) zit op De Klimop.\nGroet,\nTom Visser"
    found = [fact for fact in facts(text).values() if fact.start >= 0]
    assert len(found) == 4
    spoken = {FactName.CHILD_NAME, FactName.AGE, FactName.REQUESTER_NAME}
    for fact in found:
        if fact.name in spoken:
            assert text[fact.start :].startswith(fact.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Graag alle foto's waar Teun op staat van de site halen.", "Teun"),
        ("Wij willen inzage in het dossier van Elif en Ömer.", "Elif; Ömer"),
        ("Kunt u Livs profiel verwijderen?", "Liv"),
        ("Nur'un dosyasını görmek istiyorum.", "Nur"),
        ("Merhaba ben Elif'in annesiyim, dosyasını istiyorum.", "Elif"),
        ("Je veux le dossier d'Augustin, s'il vous plaît.", "Augustin"),
        ("Ich bitte um die Akte von Mia und lösche dann alles.", "Mia"),
        ("Proszę o dokumentację Antosia, bo Antoś zmienia szkołę.", "Antoś"),
        ("Прошу надати дані про мого сина, Максим ходить до групи 5.", "Максим"),
        ("أريد كل المعلومات عن كريم وجنى", "كريم; جنى"),
        ("salam ana mama dyal Inaya, bghit nchof dossier", "Inaya"),
        ("Waxaan ahay aabaha Zakariye, waxaan rabaa faylka.", "Zakariye"),
    ],
)
def test_name_is_known_for_a_childs_wherever_it_stands(text: str, name: str) -> None:
    """Given names are known in the parents' languages, their cases and endings included."""
    assert name == value(text, FactName.CHILD_NAME)


@pytest.mark.parametrize(
    "text",
    [
        "Dag juf Noor, wilt u mijn gegevens wissen?",
        "Hallo Sem, kun jij even kijken naar het dossier van mijn kind?",
        "Ik ben Petra en ik wil weten wat u over mijn kind hebt.",
        "Mijn man Thomas en ik willen het dossier van ons kind zien.",
        "Graag inzage in het dossier.\n\nLotte de Vries",
        "Roos is mijn lievelingsbloem. Wat bewaart u over leerlingen?",
        "Per 1 januari stop ik. Wis mijn gegevens.",
        "Elke dag vraagt u iets. Wat bewaart u?",
        "Zeynep Hanım dosyayı istedi.",
        "Ik wil weten wat er in mei over ons is opgeschreven op De Linde.",
    ],
)
def test_names_of_others_are_no_childs(text: str) -> None:
    """Teachers, the writer, a husband and words that only look like names are never taken."""
    assert value(text, FactName.CHILD_NAME) is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Noor zit in groep 5b bij juf Anna.", "groep 5b"),
        ("Sem, groep 3/4, gaat verhuizen.", "groep 3/4"),
        ("Hij zit in klas 2c.", "klas 2c"),
        ("Ze zit in 4 havo.", "4 havo"),
        ("My son is in year 4 now.", "year 4"),
        ("Kızım grup 6'da okuyor.", "grup 6"),
        ("Sie geht in Klasse 3a.", "Klasse 3a"),
        ("ابني في المجموعة 5", "المجموعة 5"),
        ("Mijn kind zit op school.", None),
        ("In groep 2021 zaten 30 kinderen.", None),
    ],
)
def test_group_is_read_as_it_is_written(text: str, group: str | None) -> None:
    """A letter behind the figure belongs to it; a year is no group."""
    assert group == value(text, FactName.GROUP)


LEAK = "De map met het dossier van een andere leerling is per ongeluk naar alle ouders gestuurd"


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("op 3 augustus 2026", "2026-08-03"),
        ("op 03-08-2026", "2026-08-03"),
        ("op 3 augustus", "2026-08-03"),
        ("op 3 december", "2025-12-03"),
        ("vandaag", "2026-09-01"),
        ("gisteren", "2026-08-31"),
        ("eergisteren", "2026-08-30"),
        ("vorige week dinsdag", "2026-08-25"),
        ("afgelopen vrijdag", "2026-08-28"),
        ("dinsdag jl.", "2026-08-25"),
        ("dinsdag", None),
        ("laatst", None),
        ("op 3 augustus 2027", None),
    ],
)
def test_day_of_an_incident_is_told_only_where_it_is_certain(when: str, day: str | None) -> None:
    """Counted from the local day of receipt (Tuesday 1 September 2026); a bare weekday is open."""
    assert day == value(f"{LEAK}, {when}.", FactName.INCIDENT_DATE)


def test_yesterday_in_a_forward_is_not_our_yesterday() -> None:
    """Nobody knows when the forwarded words were written, so only a written date counts."""
    mail = Mail(
        "", None, None, datetime(2026, 9, 1, tzinfo=UTC), f"{LEAK}, gisteren.", is_forward=True
    )
    assert FactName.INCIDENT_DATE not in {one.name for one in CLASSIFIER.classify(mail).facts}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Geen foto's meer van Zefanjo, vanaf nu.", "Zefanjo"),
        ("Ik wil weten wat er over Zefanjo is opgeschreven.", "Zefanjo"),
        ("Please send me Zefanjo's report.", "Zefanjo"),
        ("Mijn kleinzoon Zefanjo heeft een fout in zijn rapport.", "Zefanjo"),
        ("Zefanjo'nun dosyası ve notları için bir kopya istiyorum.", "Zefanjo"),
        ("Zefanjo'nın annesiyim, dosyası için bir kopya istiyorum.", "Zefanjo"),
        ("Deniz is niet uitgenodigd. De foto van Deniz moet weg.", "Deniz"),
        ("proszę o dokumenty Tymka, nie mam jego ocen i on jest chory", "Tymka"),
        ("بدي كل شي مكتوب عن جود عندكن", "جود"),
        ("Vandaag is de foto van mijn kind gezien.\n\nvader van Sem", "Sem"),
        ("Bij Zefanjo staat haar vader nog als tweede nummer.", "Zefanjo"),
        ("Goedemorgen, Zefanjo had luizen. Wilt u haar groep waarschuwen?", "Zefanjo"),
        ("Bonjour, je suis le papa de Zefanjo, groupe 4. Je voudrais les résultats.", "Zefanjo"),
        ("Buenas, quiero la ficha de Zefanjo, soy su madre, gracias por todo.", "Zefanjo"),
        ("Salam, bghit dossier dyal Zefanjo kamel.", "Zefanjo"),
        ("Ich bin die Mama von Zefanjo und möchte alles sehen, das ist wichtig.", "Zefanjo"),
    ],
)
def test_name_that_no_list_has_is_known_by_where_it_stands(text: str, name: str) -> None:
    """A photo is of somebody; guardians, cases and dialects name a child in their own ways."""
    assert name == value(text, FactName.CHILD_NAME)


@pytest.mark.parametrize(
    "text",
    [
        "Wat bewaart u over Rotterdam en over Parro?",
        "Daar moest ik om lachen. Wat bewaart u over leerlingen?",
        "She told me nothing. What do you keep about pupils?",
        "Tijdsverschil is 5 uur. Wat bewaart u?",
        "Ze zei: Declan, dat moet je vragen. Wat bewaart u over ons?\n\nGroet,\nDeclan Brennan",
        "Van: Olga Timmerman\nOnderwerp: vraag\nWat bewaart u over leerlingen?",
        "Meneer Zefanjo belde. Wat staat er over Zefanjo in de klachtenmap?",
        "Wir haben nichts bekommen und ich bin nicht froh, das ist der Stand.",
        "What can children do here, and can anybody see it?",
        "قالت ليا المدرسة لا",
        "Gistermiddag had mijn zoon een gesprek. Wat staat daarover in de map?",
        "Geachte heer Van Oosten, het leesonderzoek gaat mij te ver.",
        "Je suis de Marseille et je demande le règlement pour les parents.",
        "Natürlich ist das nicht gut, und ich bin auch nicht froh.",
    ],
)
def test_what_only_looks_like_a_name_is_left_out(text: str) -> None:
    """Places, products, pronouns, grown people, headers and whoever signs are no children."""
    assert value(text, FactName.CHILD_NAME) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Geachte juf, Saron heeft luizen en blijft thuis.", "Saron"),
        ("Nu kijkt Jet er elke avond naar. Wilt u dat filmpje verwijderen?", "Jet"),
        ("Ik wil het dossier van Ty-Ana inzien.", "Ty-Ana"),
        ("It says in Zefanjo's details that his mother has died.", "Zefanjo"),
        ("merhaba hocam, emirhanin notlarini istiyorum lutfen", "emirhan"),
        ("Sayın müdürlük, Yaren'in öğretmen notlarını bize gönderin lütfen.", "Yaren"),
        ("ابني أنس في القسم السادس، أريد نسخة من ملفه", "أنس"),
        ("أود أن أعرف ما كُتب عن سلوك ابنتي رُبى يوم الرحلة", "رُبى"),
        ("Прошу копії протоколів, у яких згадано мою доньку Мар'яну.", "Мар'яну"),
    ],
)
def test_name_is_known_behind_a_greeting_a_comma_or_with_its_marks(text: str, name: str) -> None:
    """A title ends at the comma; vowel signs, apostrophes and hyphens belong to the name."""
    assert name == value(text, FactName.CHILD_NAME)


@pytest.mark.parametrize(
    "text",
    [
        "Ik kreeg vandaag het verslag van een jongetje dat Damian heet. Wij hebben geen Damian.",
        "I received the report of a girl called Sanne. Shall I delete it?",
        "Mijn vrouw heet Selam, niet Salem. Wilt u dat verbeteren?",
        "Onze collega Femke is gebeld. Femke heeft niets gezegd.",
        "De tas lag in de Albert Heijn. Er zaten verslagen in.",
        "Ik heb een verslag naar de verkeerde ouder gestuurd. Els Vreugdenhil, groep 7",
        "Wilt u mij bellen over een verslag? Murat Balcı, 06 5550 6604",
        "الاسم: حليمة\nالرسالة: هل يجب أن أعطيكم نسخة من جواز السفر؟",
        "eski telefon numaram sizde kayitli, lutfen silin onu",
        "Wat doe ik hiermee?\n\nRianne\n\n-----Oorspronkelijk bericht-----\nVan: een ouder\nIk vraag inzage.",
    ],
)
def test_other_peoples_names_are_no_childs_wherever_they_come_back(text: str) -> None:
    """Another family's child, a grown person and the writer stay who they were once said to be."""
    assert value(text, FactName.CHILD_NAME) is None


def test_name_in_the_subject_alone_has_no_place_in_the_text() -> None:
    """Many a mail names the child only above the text."""
    mail = Mail("dossier Floortje", None, None, datetime(2026, 9, 1, tzinfo=UTC), "Ja, graag.")
    found = {fact.name: fact for fact in CLASSIFIER.classify(mail).facts}
    assert Fact(FactName.CHILD_NAME, "Floortje") == found[FactName.CHILD_NAME]


def test_subject_of_an_answer_names_nobody() -> None:
    """It was written earlier, often by ourselves; only the new text decides."""
    mail = Mail("Re: dossier Floortje", None, None, datetime(2026, 9, 1, tzinfo=UTC), "Ja, graag.")
    found = {fact.name for fact in CLASSIFIER.classify(mail).facts}
    assert FactName.CHILD_NAME not in found
