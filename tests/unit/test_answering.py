"""Which mails a passage may answer: one general question, surely understood, and nothing else."""

from datetime import UTC, datetime

import pytest

from classifiers.answering import AnsweringClassifier
from classifiers.answering.general import General, Silence, general_question
from classifiers.answering.matching import load, placed
from classifiers.training.answering import examples
from mailbot.adapters.passages import read_passages
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Address, Attachment, Mail
from mailbot.domain.suggestion import Fact, FactName, Flag, KindSuggestion, Route, Suggestion

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
QUESTION = "Hoe lang bewaart de school gegevens van leerlingen?"
PLAIN = Suggestion(Route.CASE, "nl", (KindSuggestion(Kind.QUESTION, 0.9),), unsure=False)


class Saying:
    """A classifier that always says the same."""

    name = "saying"

    def __init__(self, suggestion: Suggestion) -> None:
        self._suggestion = suggestion

    def classify(self, mail: Mail) -> Suggestion:
        """Say it."""
        return self._suggestion


def mail(text: str, **more: object) -> Mail:
    return Mail(
        subject="Vraag",
        sender=Address("Jan Ouder", "ouder@gezin.test"),
        message_id="<1@gezin.test>",
        received=NOW,
        new_text=text,
        **more,  # type: ignore[arg-type]
    )


def passage_for(
    text: str,
    said: Suggestion = PLAIN,
    codes: frozenset[str] = frozenset(read_passages()),
    **more: object,
) -> str | None:
    found = AnsweringClassifier(Saying(said), codes).classify(mail(text, **more)).passage
    return found.passage if found else None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hoe lang bewaart u het dossier van mijn zoon?", Silence.OWN),
        ("Oğlumun dosyasını ne kadar saklıyorsunuz?", Silence.OWN),
        ("كم تحتفظون بملف ابنتي؟", Silence.OWN),
        ("Hoe lang bewaart u gegevens? En wie is de FG?", Silence.MORE_THAN_ONE),
        ("Hoe lang bewaart u gegevens? Ik wil een klacht indienen.", Silence.ASKS),
        ("Is er gisteren een datalek geweest?", Silence.HAPPENED),
        ("Mag een stiefvader foto's zien?", Silence.OTHERS),
        ("Hangen er camera's op De Wilg?", Silence.NAMES),
        ("Hoe snel krijgt iemand antwoord op een verzoek van 3 november?", Silence.NAMES),
        ("Ik ben de vader van een leerling.", Silence.NO_QUESTION),
        ("Graag inzage in het dossier.", Silence.NO_QUESTION),
        (f"{'Een lang verhaal over de school. ' * 30}{QUESTION}", Silence.TOO_LONG),
    ],
)
def test_a_mail_that_is_personal_or_asks_more_is_no_general_question(
    text: str, why: Silence
) -> None:
    """A right, a child, an event, a name or a second question: a person answers."""
    assert why == general_question(text)


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        f"Beste meneer Jansen,\n\nIk heb een vraag.\n\n{QUESTION}\n\nAlvast bedankt!\n\nMet vriendelijke groet,\nJan Ouder",
        f"Goedemiddag, {QUESTION[0].lower()}{QUESTION[1:]} Hartelijk dank.",
        f"{QUESTION}\n\nMvg,\nJan Ouder\n06-moeder",
    ],
)
def test_courtesies_around_a_question_do_not_matter(text: str) -> None:
    found = general_question(text)

    assert isinstance(found, General)
    assert QUESTION.casefold() == found.question.casefold()


def test_a_sure_question_gets_its_passage() -> None:
    said = AnsweringClassifier(Saying(PLAIN), frozenset(read_passages())).classify(mail(QUESTION))

    assert said.passage is not None
    assert said.passage.passage == "retention"
    assert Kind.QUESTION is said.primary
    assert not said.unsure


@pytest.mark.parametrize(
    "more",
    [
        {"quoted_text": "> Op 3 november schreef u"},
        {"in_reply_to": ("<eerder@sipor.nl>",)},
        {"is_forward": True},
        {"listed": True},
        {
            "attachments": (
                Attachment("brief.pdf", "application/pdf", "application/pdf", 3, b"pdf"),
            )
        },
    ],
)
def test_anything_beside_the_words_leaves_the_answer_to_a_person(more: dict[str, object]) -> None:
    assert passage_for(QUESTION, **more) is None


@pytest.mark.parametrize(
    "said",
    [
        Suggestion(Route.FOLLOW_UP, "nl"),
        Suggestion(Route.SPAM, "nl"),
        Suggestion(Route.CASE, "nl", PLAIN.kinds, flags=frozenset({Flag.SAFETY})),
        Suggestion(Route.CASE, "nl", PLAIN.kinds, facts=(Fact(FactName.CHILD_NAME, "Noor"),)),
        Suggestion(Route.CASE, "nl", PLAIN.kinds, asks_status=0.9),
        Suggestion(Route.CASE, "nl", (KindSuggestion(Kind.AUTHORITY, 0.9),)),
    ],
)
def test_what_the_classifier_sees_beside_a_question_leaves_it_to_a_person(
    said: Suggestion,
) -> None:
    assert passage_for(QUESTION, said) is None


def test_a_question_about_a_breach_is_no_breach_and_a_person_still_looks() -> None:
    """The word tables take the word for the thing; the hint of it stays for a person to see."""
    said = Suggestion(
        Route.CASE,
        "nl",
        (KindSuggestion(Kind.BREACH, 0.85),),
        unsure=False,
        flags=frozenset({Flag.URGENT}),
    )

    found = AnsweringClassifier(Saying(said), {"breach"}).classify(mail("Wat is een datalek?"))

    assert [Kind.QUESTION, Kind.BREACH] == [one.kind for one in found.kinds]
    assert 0.2 <= found.kinds[1].confidence < 0.4
    assert found.passage is not None


def test_a_passage_of_another_board_answers_nothing_and_no_other_takes_its_place() -> None:
    ours = frozenset(read_passages()) - {"research"}

    assert passage_for("Welke gegevens gaan er naar het CBS?") == "research"
    assert passage_for("Welke gegevens gaan er naar het CBS?", codes=ours) is None


def test_a_language_without_passages_is_left_to_a_person() -> None:
    german = Suggestion(Route.CASE, "de", PLAIN.kinds)

    assert passage_for("Wie lange bewahrt die Schule Daten auf?", german) is None


def test_a_short_dutch_question_taken_for_german_is_answered_in_dutch() -> None:
    taken_for = Suggestion(Route.CASE, "de", PLAIN.kinds)
    judge = AnsweringClassifier(Saying(taken_for), frozenset(read_passages()))

    said = judge.classify(mail("Wie is de functionaris gegevensbescherming?"))

    assert said.passage is not None
    assert said.language == "nl"


def test_the_shipped_model_learned_from_the_shipped_questions() -> None:
    """Whoever changes a question runs `make train-answers`."""
    assert sorted(load().example_texts) == sorted(one.text for one in examples())


def test_the_shipped_model_was_learned_with_the_encoders_of_this_tree() -> None:
    """Other encoders place a question elsewhere, and every chance would be worthless."""
    model = load()

    again = placed(list(model.example_texts[:3]))

    nearness = (again * model.examples[:3]).sum(axis=1) / 2
    assert all(one > 0.99 for one in nearness)
