"""What a person writes now is parted from what they quote, and nothing is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.domain.quoting import split

REPLY = "Dank voor uw bericht.\nWij kijken ernaar en bellen u.\n\nGroet, Anna\n\n"
QUOTE = "Dit stond er eerst.\nNog een regel.\n"

ATTRIBUTIONS = {
    "nl gmail": "Op ma 4 mrt 2024 om 10:12 schreef Jan Jansen <jan@example.nl>:",
    "nl iphone": "Op 4 mrt. 2024 om 10:12 heeft Jan <jan@example.nl> het volgende geschreven:",
    "nl wrapped": "Op ma 4 mrt 2024 om 10:12 schreef Stichting Lange Naam <\njan@example.nl>:",
    "nl thunderbird": "Op 4-3-2024 om 10:12 schreef Jan Jansen:",
    "en gmail": "On Mon, Mar 4, 2024 at 10:12 AM John <john@example.com> wrote:",
    "en zoho": "---- On Mon, 4 Mar 2024 10:12:50 +0100 john@example.com wrote ----",
    "de": "Am Mo., 4. März 2024 um 10:12 Uhr schrieb Hans <hans@example.de>:",
    "fr": "Le lun. 4 mars 2024 à 10:12, Jean <jean@example.fr>\na écrit :",
    "es": "El lun, 4 mar 2024 a las 10:12, Juan (<juan@example.es>) escribió:",
    "it": "Il giorno lun 4 mar 2024 alle ore 10:12 Mario <m@example.it> ha scritto:",
    "pt": "Em seg., 4 de mar. de 2024 às 10:12, Rui <rui@example.pt> escreveu:",
    "tr": "Ali <ali@example.tr>, 4 Mar 2024 Pzt, 10:12 tarihinde şunu yazdı:",
    "ar": "في الاثنين، 4 مارس 2024 في 10:12 ص تمت كتابة ما يلي بواسطة \u202aAli\u202c\u200f <\u202aali@example.sy\u202c\u200f>:",
    "pl": "pon., 4 mar 2024 o 10:12 Jan <jan@example.pl> napisał(a):",
    "sv": "Den mån 4 mars 2024 kl 10:12 skrev Sven <sven@example.se>:",
    "fi": "ma 4. maalisk. 2024 klo 10.12 Matti\n<matti@example.fi> kirjoitti:",
    "cs": "po 4. 3. 2024 v 10:12 odesílatel Jan <jan@example.cz> napsal:",
    "ru": "пн, 4 мар. 2024 г. в 10:12, Иван <ivan@example.ru>:",
    "uk": "пн, 4 бер. 2024 р. о 10:12 Іван <ivan@example.ua> пише:",
    "ja": "2024年3月4日(月) 10:12 田中 <tanaka@example.jp>:",
    "zh": "李雷 <li@example.cn> 于2024年3月4日周一 10:12写道：",
    "ko": "2024년 3월 4일 (월) 오전 10:12, 김 <kim@example.kr>님이 작성:",
}
FIELDS = {
    "nl": ("Van: J <j@example.nl>", "Verzonden: ma 4 maart 2024 10:12", "Aan: A", "Onderwerp: x"),
    "nl bold": ("*Van:* J <j@example.nl>", "*Verzonden:* 4 maart", "*Aan:* A", "*Onderwerp:* x"),
    "en": ("From: J <j@example.com>", "Sent: Monday, March 4, 2024", "To: A", "Subject: x"),
    "de": ("Von: J <j@example.de>", "Gesendet: Montag, 4. März", "An: A", "Betreff: x"),
    "fr": ("De : J <j@example.fr>", "Envoyé : lundi 4 mars", "À : A", "Objet : x"),
    "tr": ("Gönderen: J <j@example.tr>", "Gönderildi: 4 Mart", "Kime: A", "Konu: x"),
    "ar": ("من: J <j@example.sy>", "تم الإرسال: 4 مارس", "إلى: A", "الموضوع: x"),
    "pl": ("Od: J <j@example.pl>", "Wysłano: 4 marca", "Do: A", "Temat: x"),
    "uk": ("Від: J <j@example.ua>", "Надіслано: 4 березня", "Кому: A", "Тема: x"),
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
@pytest.mark.parametrize("mark", ["> ", ""], ids=["marked", "unmarked"])
def test_the_line_that_announces_a_quote_is_known_in_every_language(
    attribution: str, mark: str
) -> None:
    """Parents write from every mail program in their own language."""
    quote = "".join(f"{mark}{line}\n" for line in QUOTE.splitlines())
    parted = split(f"{REPLY}{attribution}\n\n{quote}")
    assert parted.new == REPLY.strip()
    assert parted.quoted.startswith(attribution)


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS.keys())
@pytest.mark.parametrize("rule", ["", "________________________________\n"], ids=["bare", "ruled"])
def test_the_fields_outlook_writes_announce_a_quote(fields: tuple[str, ...], rule: str) -> None:
    """Outlook marks no line; its four fields are all there is."""
    parted = split(REPLY + rule + "\n".join(fields) + "\n\n" + QUOTE)
    assert parted.new == REPLY.strip()


def test_a_reply_right_above_the_announcement_is_kept() -> None:
    """A wrapped announcement must not swallow the line above it."""
    parted = split("Prima, tot dan!\nOp ma 4 mrt 2024 om 10:12 schreef Jan <j@example.nl>:\n> hoi")
    assert parted.new == "Prima, tot dan!"


def test_answers_between_quoted_lines_are_new() -> None:
    """Stripping everything below the first quote wipes them out."""
    parted = split(
        "Op 4-3-2024 om 10:12 schreef Jan:\n> Naam?\n\nSem\n\n> School?\n\nDe Kameleon\n"
    )
    assert parted.new == "Sem\n\nDe Kameleon"


def test_the_torn_end_of_a_quoted_line_is_quoted() -> None:
    """Some programs wrap a marked line and mark only its first half."""
    long = (
        "> Dit is een heel lange regel die door het programma is\nafgebroken zonder teken\n> Groet"
    )
    assert split(f"Ja.\n\n{long}").new == "Ja."


def test_a_bare_forward_is_the_text_itself() -> None:
    """A teacher who forwards a request sends us that request."""
    parted = split("-----Doorgestuurd bericht-----\nVan: A\nDatum: x\nAan: B\n\nIk wil inzage.")
    assert (parted.new, parted.is_forward) == ("Ik wil inzage.", True)


def test_a_quote_that_goes_on_behind_its_announcement_is_quoted() -> None:
    """Yahoo on a telephone writes no line break there."""
    line = "  On Mon, 4 Mar 2024 at 10:12, Jan<jan@example.nl> wrote:   Beste Anna, dit stond er."
    assert split(f"Prima.\n\n{line}").new == "Prima."


def test_a_text_of_quotes_alone_is_not_emptied() -> None:
    """An empty mail opens no case."""
    assert split("> alleen dit").new == "> alleen dit"


@pytest.mark.parametrize(
    "story",
    [
        "De juf schreef gisteren een briefje.\nDaarin stond: kom langs.\nKlopt dat?",
        "Van: de ouders\nWij willen graag antwoord.",
        "Op maandag 4 maart om 10:12 ging het mis.\nIk wil weten waarom.",
        "Op 4 maart 2024 om 10:12 schreef ik naar info@school.example het volgende:\nWaar is Sem?",
        "Op 4 maart 2024 om 10:30 belde ik, zie mijn mail aan info@school.example:\nGeen antwoord.",
        "On 4 March 2024 at 10:12 the teacher wrote the following:\nCome and see me.",
        "Bericht via de site:\n\nVan: A\nE-mail: a@x.nl\nDatum: 4 maart\nOnderwerp: x\nTekst: y",
        "Tijden:\n2024-01-15 14:30:25\nJan 15, 2024 at 14:30\n\nWelke klopt?",
    ],
)
def test_a_story_is_no_quote(story: str) -> None:
    """Parents tell what others wrote; that is their own text."""
    assert split(story).new == story


@given(
    st.lists(
        st.sampled_from(
            [*ATTRIBUTIONS.values(), *FIELDS["nl"], "> q", ">> q", "hallo", "", "----", "_____"]
        ),
        max_size=14,
    )
)
def test_new_and_quoted_text_hold_every_line(pieces: list[str]) -> None:
    """Nothing a person wrote is ever thrown away."""
    text = "\n".join(pieces)
    parted = split(text)
    kept = words(f"{parted.new}\n{parted.quoted}")
    assert words(text) == kept
    assert bool(parted.new) == bool(text.strip())


def words(text: str) -> list[str]:
    return sorted(re.findall(r"[^\s>]+", text))
