"""How far a mail is read: to the end, unless it plainly says one thing and nothing of a breach."""

from datetime import UTC, datetime

import numpy as np
import pytest

from classifiers import learned_classifier
from classifiers.learned.foundation import Floats
from classifiers.learned.judging import says_one_thing
from classifiers.learned.rows import FOUND
from classifiers.learned.understanding import Begun, Understanding, Understood
from classifiers.training.labelled import LABELS
from mailbot.domain.mail import Mail


def place(label: str) -> int:
    return LABELS.index(label)


@pytest.fixture
def rows() -> Floats:
    """What is known of a mail in which nothing was heard."""
    return np.zeros((len(LABELS), FOUND + 2), np.float32)


@pytest.fixture
def lead() -> Floats:
    """A mail that asks for access."""
    chances = np.full(len(LABELS), 0.0005, np.float32)
    chances[place("access")] = 0.99
    return chances


def test_a_plain_wish_is_one_thing(rows: Floats, lead: Floats) -> None:
    assert says_one_thing(LABELS, rows, lead, lead)


def test_a_second_wish_is_heard_by_the_encoder_or_by_what_sums_up(
    rows: Floats, lead: Floats
) -> None:
    belong = lead.copy()
    belong[place("erasure")] = 0.4
    assert not says_one_thing(LABELS, rows, lead, belong)
    rows[place("erasure"), FOUND] = 0.4
    assert not says_one_thing(LABELS, rows, lead, lead)


def test_what_leads_is_no_second_wish(rows: Floats, lead: Floats) -> None:
    rows[place("access"), FOUND] = 0.99
    assert says_one_thing(LABELS, rows, lead, lead)


def test_a_breach_that_is_just_conceivable_keeps_a_mail_from_being_settled(
    rows: Floats, lead: Floats
) -> None:
    """One in a thousand is enough: only the readers together may say that there is none."""
    rows[place("breach"), FOUND] = 0.0015
    assert not says_one_thing(LABELS, rows, lead, lead)


def test_a_breach_that_leads_is_settled_as_one(rows: Floats, lead: Floats) -> None:
    lead[place("breach")], lead[place("access")] = 0.99, 0.0005
    rows[place("breach"), FOUND] = 0.99
    assert says_one_thing(LABELS, rows, lead, lead)


PLAIN = (
    "Goedemiddag, graag ontvang ik een kopie van het dossier van mijn dochter. Met vriendelijke groet",
    "Hello, please delete the photo of my son from the website of the school. Kind regards",
    "Merhaba, kızımın dosyasının bir kopyasını istiyorum. Teşekkürler.",
)
NOT_PLAIN = (
    "Graag ontvang ik een kopie van het dossier van mijn dochter. En haal haar foto van de website.",
    "Graag een kopie van het dossier. Een andere moeder kreeg per ongeluk het verslag van mijn zoon.",
)


def mail(text: str) -> Mail:
    return Mail(
        subject="",
        sender=None,
        message_id=None,
        received=datetime(2026, 11, 22, tzinfo=UTC),
        new_text=text,
    )


@pytest.fixture
def read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> list[Begun]:
    """The mails that all layers read."""
    whole, read = Understanding.to_the_end, []

    def remembering(self: Understanding, begun: Begun) -> Understood:
        read.append(begun)
        return whole(self, begun)

    monkeypatch.setattr(Understanding, "to_the_end", remembering)
    return read


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_mail_is_settled_by_the_first_layers(
    read_to_the_end: list[Begun], text: str
) -> None:
    said = learned_classifier().classify(mail(text))
    assert not said.unsure
    assert not read_to_the_end


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_says_two_things_is_read_to_the_end(read_to_the_end: list[Begun], text: str) -> None:
    said = learned_classifier().classify(mail(text))
    assert len(said.kinds) > 1
    assert read_to_the_end
