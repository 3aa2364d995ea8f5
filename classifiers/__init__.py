"""Judgement, exchangeable: each classifier sees a Mail and returns a Suggestion."""

from collections.abc import Collection, Sequence
from pathlib import Path

from classifiers.combined import CombinedClassifier
from classifiers.learned import LearnedClassifier
from mailbot.domain.kinds import Kind
from mailbot.domain.ports import Classifier


def first_classifier(
    schools: Sequence[str] = (),
    enabled_kinds: Collection[Kind] | None = None,
    reference_prefix: str = "",
) -> Classifier:
    """
    Put together the classifier that works with word tables.

    Args:
        schools: the names of the board's schools, as its profile has them.
        enabled_kinds: the kinds this board has turned on; all when left out.
        reference_prefix: how the board's case references begin, such as `SIPOR`.

    Returns:
        A classifier that needs no model and no network.
    """
    return CombinedClassifier(schools, enabled_kinds, reference_prefix)


def learned_classifier(
    schools: Sequence[str] = (),
    enabled_kinds: Collection[Kind] | None = None,
    reference_prefix: str = "",
    folder: Path | None = None,
) -> Classifier:
    """
    Put together the classifier that learned from texts.

    Args:
        schools: the names of the board's schools, as its profile has them.
        enabled_kinds: the kinds this board has turned on; all when left out.
        reference_prefix: how the board's case references begin, such as `SIPOR`.
        folder: where the model lies; the shipped one in `classifiers/model/` when left out.

    Returns:
        A classifier that needs no network.

    Raises:
        ModelMissing: the model is not there; nothing takes its place silently.
    """
    if folder is None:
        return LearnedClassifier(schools, enabled_kinds, reference_prefix)
    return LearnedClassifier(schools, enabled_kinds, reference_prefix, folder)
