"""Two readers that learned apart read a mail that the first layers do not settle, and agree on it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifiers.learned.tuning import Tuning
from classifiers.learned.understanding import Understanding, agreed, in_pieces
from classifiers.learned.weights import ModelMissing, load, save
from classifiers.training.tuner import PACES

SENTENCES = ["Foto van Noor", "Haal die foto van de site.", "En stuur mij haar dossier."]


@pytest.fixture(scope="module")
def first() -> Tuning:
    return load().tunings[0]


@pytest.fixture(scope="module")
def other(first: Tuning) -> Tuning:
    """Another that hears differently: each label looks where its neighbour did."""
    return replace(first, last=replace(first.last, look=np.roll(first.last.look, 1, axis=1)))


def heard(*tunings: Tuning) -> tuple[np.ndarray, ...]:
    understanding = Understanding(tunings)
    laid = in_pieces(SENTENCES, [0.0] * len(SENTENCES), answers=False)
    begun = understanding.begin(*laid, len(SENTENCES))
    early, last = understanding.early(begun), understanding.to_the_end(begun)
    return early.lead, last.lead, last.belong, last.said


def test_the_shipped_readers_learned_apart() -> None:
    """There are as many as training makes, and no two are alike."""
    tunings = load().tunings
    assert len(tunings) == len(PACES) == len(set(PACES))
    assert not np.array_equal(tunings[0].last.lead, tunings[1].last.lead)
    assert not np.array_equal(tunings[0].added["0.q"], tunings[1].added["0.q"])


def test_each_reader_has_the_same_say(first: Tuning, other: Tuning) -> None:
    """What two readers make of a mail lies half-way between what each makes of it alone."""
    one, two, both = heard(first), heard(other), heard(first, other)
    assert not np.allclose(one[1], two[1])
    for place in (1, 2):
        assert both[place] == pytest.approx((one[place] + two[place]) / 2, abs=1e-4)


def test_first_reader_settles_alone_and_shows_the_sentences(first: Tuning, other: Tuning) -> None:
    """A plain mail is not read by the second; evidence is never put together from two."""
    one, both = heard(first), heard(first, other)
    assert np.array_equal(one[0], both[0])
    assert np.array_equal(one[3], both[3])


def test_one_reader_agrees_with_itself(first: Tuning) -> None:
    """A candidate that was trained while there was one reader judges as it did."""
    understanding = Understanding([first])
    laid = in_pieces(SENTENCES, [0.0] * len(SENTENCES), answers=False)
    said = understanding.to_the_end(understanding.begin(*laid, len(SENTENCES)))
    again = agreed([said])
    assert np.array_equal(said.belong, again.belong)
    assert np.array_equal(said.lead, again.lead)


def test_a_model_keeps_each_reader(tmp_path: Path, first: Tuning, other: Tuning) -> None:
    """What was saved for two is read for two; without the second's file there is no model."""
    save(replace(load(), tunings=(first, other)), tmp_path)
    found = load(tmp_path).tunings
    assert len(found) == 2
    assert np.array_equal(found[1].last.look, other.last.look)
    (tmp_path / "tuning-2.npz").unlink()
    with pytest.raises(ModelMissing):
        load(tmp_path)


def test_an_older_candidate_has_one_reader(tmp_path: Path, first: Tuning) -> None:
    """Its settings do not say how many."""
    save(replace(load(), tunings=(first,)), tmp_path)
    path = tmp_path / "settings.json"
    settings = json.loads(path.read_text("utf-8"))
    del settings["readers"]
    path.write_text(json.dumps(settings), "utf-8")
    assert len(load(tmp_path).tunings) == 1
