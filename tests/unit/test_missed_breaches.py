"""Breaches that hide: told beside a louder wish, or in hardly a sentence."""

from datetime import UTC, datetime

from classifiers import learned_classifier
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail

BESIDE_A_REQUEST = """\
Graag ontvang ik een kopie van het dossier van mijn dochter Lotte.
Ik vraag het omdat de moeder van een klasgenoot mij vrijdag vertelde wat er in haar laatste \
verslag staat. Ze had het gelezen op het bureau van de juf. Ik wil het nu zelf weten.
Met vriendelijke groet,
Anna de Wit"""


def kinds(text: str) -> list[Kind]:
    mail = Mail("", None, None, datetime(2026, 9, 1, tzinfo=UTC), text)
    return [one.kind for one in learned_classifier().classify(mail).kinds]


def test_a_breach_told_beside_a_loud_wish_reaches_a_person() -> None:
    """Letters are sure of the request; of a longer mail their word for no breach is not taken."""
    assert [Kind.ACCESS, Kind.BREACH] == kinds(BESIDE_A_REQUEST)


def test_another_childs_papers_that_open_are_a_possible_breach() -> None:
    """Who writes few words leaves out the verb that would tell what happened."""
    assert Kind.BREACH in kinds("kan bij verslagen buurmeisje klopt dat")
