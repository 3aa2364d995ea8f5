"""When the files of a mail must be opened for it to be understood."""

import pytest

from mailbot.adapters.attached_lines import paragraphs, recognised
from mailbot.adapters.attached_mrz import holds_machine_readable_lines
from mailbot.domain.pointing import points_at_attachment, says_little

LONG = "Wij hebben een fijne vakantie gehad en zijn weer terug. " * 4


@pytest.mark.parametrize(
    "text",
    [
        "Mijn verzoek vindt u in de bijlage.",
        "Bijgevoegd mijn brief aan het bestuur.",
        "Zie de scan hieronder.",
        "Hierbij stuur ik u ons verzoek.",
        "Please find attached my request.",
        "Dilekçem ektedir.",
        "Ekteki dosyayı okuyun.",
        "Mein Schreiben finden Sie im Anhang.",
        "Vous trouverez ci-joint ma lettre.",
        "Moje pismo jest w załączniku.",
        "Мій лист у вкладенні.",
        "Adjunto mi carta.",
        "تجدون طلبي في المرفق",
        "Waxaan ku lifaaqay warqaddayda.",
    ],
)
def test_a_mail_may_point_at_what_is_attached_in_every_language(text: str) -> None:
    """However long it is besides."""
    assert points_at_attachment(LONG + text)


@pytest.mark.parametrize(
    "text", ["De foto hangt in de gang.", "Ik wil mijn dossier zien.", LONG, "Bekijk het maar."]
)
def test_other_words_point_at_nothing(text: str) -> None:
    """Files cost seconds; they are opened where somebody speaks of them."""
    assert not points_at_attachment(text)


def test_greeting_and_name_do_not_make_a_mail_long() -> None:
    """What counts are the words between them."""
    mail = (
        "Geachte functionaris voor de gegevensbescherming,\n\nGraag uw aandacht.\n\n"
        "Met vriendelijke groet,\nPetra de Vries-van den Berg\nKerkstraat 1\n1234 AB Dorp\n06 12345678"
    )
    assert (True, False) == (says_little(mail), says_little(LONG))


def test_lines_of_a_page_become_sentences_and_a_list_stays_a_list() -> None:
    """A sentence over two lines is read as one, a torn word mended, a bar read as I."""
    page = (
        "Hierbij vraag ik u om alle gege-\nvens over mijn dochter te\nsturen.\n- cijfers\n- foto's"
    )
    assert (
        "Hierbij vraag ik u om alle gegevens over mijn dochter te sturen.\n- cijfers\n- foto's"
        == paragraphs(page)
    )
    assert "I would like a copy" == recognised("| would like a copy")


@pytest.mark.parametrize(
    ("line", "shows"),
    [
        ("SPECI20142NLD1503128F2901019999999990<<<<<86", True),
        ("SPECI 20142NLD15O3128F29O1019999999990<<<<<86", True),
        ("1503128F2901019NLD<<<<<<<<<<<0", True),
        ("SPECI20142NLD1503127F2901019999999990<<<<<86", False),
        ("Bestelling 1503128 F 2901019", False),
        ("IBAN NL91ABNA0417164300 kenmerk 20260901", False),
        ("", False),
    ],
)
def test_machine_readable_lines_need_dates_that_fit_their_check_digits(
    line: str, shows: bool
) -> None:
    """Letters read for digits are forgiven, a wrong check digit is not."""
    assert shows is holds_machine_readable_lines(line)
