"""Flags that the encoder learns to hear: what teaches them, from where they are raised."""

import tomllib
from dataclasses import replace

import numpy as np

from classifiers.flags import NOTHING, Heard, flags_of
from classifiers.folding import read
from classifiers.learned import LearnedClassifier
from classifiers.learned.classifier import HARDLY
from classifiers.learned.encoder import batch_of
from classifiers.learned.foundation import foundation
from classifiers.learned.pipeline import JUDGEMENT
from classifiers.learned.stages import NEVER
from classifiers.learned.understanding import Understood
from classifiers.routes import standing
from classifiers.rules import weigh
from classifiers.training.combining import flags_wanted
from classifiers.training.corpus import as_mail, lay_out
from classifiers.training.joined import joined
from classifiers.training.labelled import FLAGS, LABELS, LabelledText
from classifiers.training.network import Answers, Network
from classifiers.training.train import raised_from
from mailbot.adapters.lesson_file import lesson_file
from mailbot.domain.suggestion import Flag

MAIL = LabelledText(
    voice="nl/a",
    language="nl",
    text="Niemand mag weten waar wij wonen. Ik wil inzage.",
    labels=("access",),
    whole=True,
    flags=("safety", "identity_document"),
    tells_flags=True,
)
DOUBTED = frozenset({Flag.DOUBTFUL_AUTHORITY})
WISH = LabelledText("nl/a", "nl", "Wis alles van Sem.", ("erasure",), whole=False)


def test_only_those_who_tell_flags_teach_them() -> None:
    """A sentence, a joined mail and a board's lesson say nothing of flags, not even a no."""
    pairs = [one for n in range(40) for one in joined([_numbered(n), WISH])]
    assert pairs
    corpus = lay_out([MAIL, WISH, pairs[0]])
    wanted = flags_wanted(corpus)
    assert wanted[0].tolist() == [float(flag == "safety") for flag in FLAGS]
    assert (wanted[1:] == -1).all()
    assert tomllib.loads(lesson_file("sipor", []))["tells_flags"] is False


def _numbered(number: int) -> LabelledText:
    return LabelledText("nl/a", "nl", f"Graag inzage, nummer {number}.", ("access",), whole=True)


def test_what_nobody_said_teaches_nothing() -> None:
    """Of two columns that begin alike, the one that was told moves; the other stays."""
    base, dice = foundation(), np.random.default_rng(0)
    batch = batch_of([dice.integers(100, 200_000, 8).tolist() for _ in range(2)])
    wanted = np.array([[1, -1, 1], [1, -1, 1]], np.float32)
    network = Network(base, 3, 1e-4)
    before = network.tuning().last.belong_offset.copy()
    network.lesson(batch, Answers(wanted, np.zeros(2, np.int64), np.ones(2, np.float32)), pace=1)
    moved = network.tuning().last.belong_offset - before
    assert moved[0] > 0
    assert moved[1] == 0
    assert moved[2] > 0


def test_flags_stand_behind_labels_and_silence() -> None:
    """Of what the encoder says, the flags are the last."""
    belong = np.zeros(len(LABELS) + 1 + len(FLAGS), np.float32)
    belong[len(LABELS) + 1 + FLAGS.index("pupil_16")] = 5
    chances = Understood(belong, belong, belong[None]).flags(len(LABELS))
    assert chances.shape == (len(FLAGS),)
    assert [flag for flag, chance in zip(FLAGS, chances, strict=True) if chance > 0.9] == [
        "pupil_16"
    ]


def test_a_flag_is_raised_where_most_are_found_and_few_in_vain() -> None:
    """The threshold lies between those that have it and those that have not."""
    chance = np.array([0.02] * 50 + [0.3] * 10 + [0.7] * 8)
    has = np.arange(68) >= 60
    assert 0.3 < raised_from(chance, has) <= 0.7
    assert raised_from(chance, np.arange(68) >= 64) == NEVER


def test_each_flag_has_a_chance_of_its_own_from_which_it_is_heard() -> None:
    """Three flags: one above its chance, one that is out of the question, one between."""
    classifier, mail = LearnedClassifier(), as_mail(WISH)
    classifier._flags = ((Flag.SAFETY, 0.4), (Flag.PUPIL_16, 0.4), (Flag.URGENT, 0.6))
    doc = classifier.document(mail, standing(mail, ""))
    judgement = doc.user_data[JUDGEMENT]
    doc.user_data[JUDGEMENT] = replace(judgement, flags=judgement.flags[:0])
    assert classifier._heard(doc) == NOTHING, "what was not asked is not told"
    chances = np.array([0.5, HARDLY / 2, 0.5], np.float32)
    doc.user_data[JUDGEMENT] = replace(judgement, flags=chances)
    heard = Heard(frozenset({Flag.SAFETY}), frozenset({Flag.PUPIL_16}))
    assert classifier._heard(doc) == heard


def test_what_is_heard_is_raised_and_danger_is_urgent() -> None:
    """Words that no table has: the encoder hears them."""
    mail = as_mail(WISH)
    reading = weigh(read(mail.new_text), "nl")
    assert flags_of(mail.new_text, reading, mail, ()) == frozenset()
    raised = flags_of(mail.new_text, reading, mail, (), Heard(plainly=frozenset({Flag.SAFETY})))
    assert raised == {Flag.SAFETY, Flag.URGENT}


def test_words_are_not_believed_where_the_encoder_hears_nothing_but_danger_is() -> None:
    """Better a look too many at a child in danger than one too few."""
    text = "Ik heb geen gezag meer over mijn dochter. Hij bedreigt ons."
    mail = as_mail(LabelledText("nl/a", "nl", text, ("access",), whole=True))
    reading = weigh(read(text), "nl")
    assert flags_of(text, reading, mail, ()) == DOUBTED | {Flag.SAFETY, Flag.URGENT}
    raised = flags_of(text, reading, mail, (), Heard(hardly=DOUBTED | {Flag.SAFETY}))
    assert raised == {Flag.SAFETY, Flag.URGENT}
