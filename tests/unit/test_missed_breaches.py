"""Breaches that hide: told beside a louder wish, or in hardly a sentence."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from classifiers import learned_classifier
from classifiers.learned.beside import LOUDEST_HINT, breach_beside
from classifiers.learned.judging import by_cheap_means
from classifiers.learned.reading import read_mail
from classifiers.learned.understanding import Understood
from classifiers.learned.weights import load
from classifiers.training.corpus import as_mail
from classifiers.training.labelled import labelled_texts
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail

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
TWO_SENTENCES = """\
Składam skargę na szkołę. Sąsiadka wiedziała, że syn bierze leki, a mówiłam o tym tylko \
wychowawczyni. Proszę o odpowiedź na piśmie. Anna Nowak"""
WISH, ELSE, BREACH = 0, 1, 1
SAYS_MUCH, SAYS_LITTLE = 3.0, -6.0


def mail(text: str) -> Mail:
    return Mail("", None, None, datetime(2026, 9, 1, tzinfo=UTC), text)


def kinds(text: str) -> list[Kind]:
    return [one.kind for one in learned_classifier().classify(mail(text)).kinds]


class Hearing:
    """An encoder that hears as much of a breach as it is told, and remembers what it read."""

    def __init__(self, of_breach: float) -> None:
        self._of_breach = of_breach
        self.read: list[str] = []

    def __call__(
        self, sentences: Sequence[str], loudness: Sequence[float], *, answers: bool
    ) -> Understood:
        """Say what was told."""
        assert len(loudness) == len(sentences) and not answers
        self.read = list(sentences)
        row = np.array([SAYS_LITTLE, self._of_breach], np.float32)
        return Understood(row, -np.abs(row) * [0, 1], np.tile(row, (len(sentences), 1)))


def test_a_breach_told_beside_a_loud_wish_reaches_a_person() -> None:
    """Letters are sure of the request; what they do not hear may stand there all the same."""
    assert {Kind.ACCESS, Kind.BREACH} == set(kinds(BESIDE_A_REQUEST))


def test_what_a_wish_drowns_is_heard_without_it() -> None:
    """The encoder too hears the loud wish first: the rest is read by itself."""
    assert Kind.BREACH in kinds(DROWNED)


def test_letters_alone_settle_one_sentence_only() -> None:
    """However sure they are of the first, the second may tell of a breach."""
    model = load()
    for text in (BESIDE_A_REQUEST, DROWNED, TWO_SENTENCES):
        assert not by_cheap_means(model, read_mail(mail(text)), replies=False, quotes=False).settled


def test_the_rest_is_read_without_the_wish_and_stays_a_hint() -> None:
    """What is heard only where the wish is left out is asked of a person, and shown where it is."""
    hearing = Hearing(SAYS_MUCH)
    found = breach_beside(hearing, ["Een kopie graag.", "Zij las mee."], [1.0, 0.0], WISH, BREACH)
    assert ["Zij las mee."] == hearing.read
    assert found is not None
    assert LOUDEST_HINT == found.chance
    assert ELSE == found.said.argmax()


def test_a_rest_that_tells_of_nothing_puts_nothing_forward() -> None:
    """Else every second sentence would be a hint."""
    hearing = Hearing(SAYS_LITTLE)
    assert breach_beside(hearing, ["Een kopie graag.", "Dank u."], [1.0, 0.0], WISH, BREACH) is None


def test_another_childs_papers_that_open_are_a_possible_breach() -> None:
    """Who writes few words leaves out the verb that would tell what happened."""
    assert Kind.BREACH in kinds("kan bij verslagen buurmeisje klopt dat")


def test_who_is_angry_tells_a_breach_in_passing() -> None:
    """A small chance is put forward: these two mails were missed without it."""
    said = {("nl/managementassistente", "FW: assessment"), ("tr/lokantaci-anne", "ikinci kez aynı")}
    told = [text for text in labelled_texts() if (text.voice.split("--")[0], text.subject) in said]
    assert len(told) == len(said)
    for text in told:
        found = learned_classifier().classify(as_mail(text)).kinds
        assert Kind.BREACH in [one.kind for one in found]
