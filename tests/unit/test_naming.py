"""Which of the names in a mail are the child's is learned; what was learned stays within its bounds."""

from dataclasses import replace
from pathlib import Path

import pytest

from classifiers.naming import (
    BUCKETS,
    WORDS,
    Chooser,
    NamesMissing,
    Words,
    candidates,
    chooser,
    load,
    save,
)
from classifiers.training.naming import NamedMail, common_words, is_child

NOBODY = Words(bytes(WORDS))
TEXT = "Ik wil het dossier van mijn dochter Elif inzien. Lisette weet ervan."


def test_every_name_is_put_forward_once() -> None:
    """A name that comes back, also in the subject, is one candidate, and keeps its place."""
    found = candidates("Foto van Noor graag weg. Noor wil dat niet.", "Noor", NOBODY)
    assert [("Noor", 9)] == [(one.value, one.start) for one in found if one.said]


def test_name_of_the_subject_has_no_place_in_the_text() -> None:
    """It stands at -1."""
    found = candidates("Graag inzage.", "Dossier van Noor", NOBODY)
    assert [-1] == [one.start for one in found if one.said]


def test_plain_word_is_no_candidate() -> None:
    """A word that several voices write in small letters is nobody's name."""
    voices = [NamedMail(f"nl/{at}", "de klok slaat", "", {}) for at in range(3)]
    common = common_words(voices)
    assert common.has("klok")
    found = candidates("Klok kapot", "", common)
    assert "Klok" not in [one.value for one in found]
    assert not common_words(voices[:2]).has("klok")


def test_weights_decide_between_the_names_that_the_rules_allow() -> None:
    """With nothing learned against it a name of the rules stays; enough against it takes it away."""
    indifferent = Chooser((0.0,) * BUCKETS, 0.0, 0.0, NOBODY)
    assert "Elif" in [name.value for name in indifferent.children(TEXT, "")]
    assert () == replace(indifferent, offset=-1.0).children(TEXT, "")


def test_name_that_the_rules_refuse_is_never_taken() -> None:
    """What the rules know for a grown person's stays one, whatever the weights say."""
    text = "Ik wil het verslag. Mijn man heet Yusuf."
    eager = Chooser((0.0,) * BUCKETS, 9.0, 0.0, NOBODY)
    assert [True] == [one.refused for one in candidates(text, "", NOBODY) if one.value == "Yusuf"]
    assert "Yusuf" not in [name.value for name in eager.children(text, "")]


def test_names_joined_by_and_are_both_the_childrens() -> None:
    """The second of two is marked by what stands beside it."""
    assert ["Sem", "Noor"] == [
        name.value for name in chooser().children("Het gaat om mijn kinderen Sem en Noor.", "")
    ]


def test_what_was_learned_is_kept_in_eight_bits(tmp_path: Path) -> None:
    """Reading gives back what was written, to a 127th of the largest weight."""
    weights = (1.0, -0.5, *(0.0,) * (BUCKETS - 2))
    save(Chooser(weights, -2.0, 0.25, NOBODY), tmp_path / "names.npz")
    again = load(tmp_path / "names.npz")
    assert (-2.0, 0.25, NOBODY) == (again.offset, again.least, again.common)
    assert again.weights[:2] == pytest.approx((1.0, -0.5), abs=1 / 127)


def test_missing_numbers_are_said(tmp_path: Path) -> None:
    """Nothing takes their place silently."""
    with pytest.raises(NamesMissing):
        load(tmp_path / "names.npz")


@pytest.mark.parametrize(
    ("said", "label", "same"),
    [
        ("Elif", "Elif Yılmaz", True),
        ("Kacpra", "Kacper", True),
        ("Ediz", "Ediz'in", True),
        ("Adeyinka", "T. Adeyinka", True),
        ("Anna", "Anouk", False),
    ],
)
def test_label_is_recognised_in_every_case(said: str, label: str, *, same: bool) -> None:
    """Cases of a name are that name, another that begins alike is not."""
    assert same is is_child(said, [label])
