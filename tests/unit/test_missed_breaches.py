"""Breaches that hide: told beside a louder wish, or in hardly a sentence."""

from datetime import UTC, datetime

import pytest

from classifiers import learned_classifier
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Suggestion

BESIDE_A_REQUEST = """\
Graag ontvang ik een kopie van het dossier van mijn dochter Lotte.
Ik vraag het omdat de moeder van een klasgenoot mij vrijdag vertelde wat er in haar laatste \
verslag staat. Ze had het gelezen op het bureau van de juf. Ik wil het nu zelf weten.
Met vriendelijke groet,
Anna de Wit"""


DROWNED = """\
Ik wil graag inzage in het volledige dossier van mijn zoon en een kopie van alles. \
De voetbaltrainer wist gisteren precies wat de orthopedagoog had geschreven, zijn vrouw werkt bij \
u op kantoor. Daar sta je dan langs de lijn. Groet, Kees Blom"""
TWO_SENTENCES_TR = """\
Kızımın dosyasının bir kopyasını istiyorum. Komşumuz kızımın psikoloğa gittiğini biliyordu, biz \
bunu sadece öğretmenine söylemiştik. Saygılarımla, Ayşe Demir"""
TWO_SENTENCES_PL = """\
Składam skargę na szkołę. Sąsiadka wiedziała, że syn bierze leki, a mówiłam o tym tylko \
wychowawczyni. Proszę o odpowiedź na piśmie. Anna Nowak"""


def suggestion(text: str) -> Suggestion:
    return learned_classifier().classify(
        Mail("", None, None, datetime(2026, 9, 1, tzinfo=UTC), text)
    )


def kinds(text: str) -> list[Kind]:
    return [one.kind for one in suggestion(text).kinds]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (BESIDE_A_REQUEST, Kind.ACCESS),
        (TWO_SENTENCES_TR, Kind.ACCESS),
        (TWO_SENTENCES_PL, Kind.COMPLAINT),
    ],
)
def test_a_breach_told_beside_a_loud_wish_reaches_a_person(text: str, wish: Kind) -> None:
    """Letters are sure of the wish; that they hear no breach settles nothing beyond a sentence."""
    assert [wish, Kind.BREACH] == kinds(text)


def test_what_a_wish_drowns_is_heard_without_it() -> None:
    """The encoder too hears the loud wish first: the rest is read by itself."""
    assert [Kind.ACCESS, Kind.BREACH] == kinds(DROWNED)


def test_what_is_heard_only_so_stays_a_hint_with_its_sentence() -> None:
    """A person is asked and shown where it stands; nothing is believed."""
    (hint,) = [one for one in suggestion(DROWNED).kinds if one.kind is Kind.BREACH]
    assert hint.confidence < 0.5
    assert "voetbaltrainer" in hint.evidence[0].text


def test_another_childs_papers_that_open_are_a_possible_breach() -> None:
    """Who writes few words leaves out the verb that would tell what happened."""
    assert Kind.BREACH in kinds("kan bij verslagen buurmeisje klopt dat")
