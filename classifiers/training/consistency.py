"""Refuses labels that contradict what the README says counts as what."""

from collections.abc import Iterable, Iterator

from classifiers.training.labelled import LabelledText
from mailbot.domain.kinds import Kind

_ALONE = frozenset({Kind.OTHER.value, "spam", "automatic"})
"""What nothing else can stand beside: where a right is asked, the mail is not of these."""


class LabelsContradict(ValueError):
    """Two labels, or two texts, cannot both be right."""


def _order(text: LabelledText) -> Iterator[str]:
    """The primary label comes first: exposed data, then the rest, and `follow_up` last."""
    labels = text.labels
    if len(set(labels)) < len(labels):
        yield "names a label twice"
    if Kind.BREACH.value in labels[1:]:
        yield "names exposed data after something else"
    if "follow_up" in labels[:-1]:
        yield "names what the new text asks after that it follows up"
    if len(labels) > 1 and _ALONE & set(labels):
        yield "names a kind beside a label that means there is none"


def contradictions(texts: Iterable[LabelledText]) -> list[str]:
    """
    Find labels that cannot be right.

    Args:
        texts: the labelled texts.

    Returns:
        One line for each, which names the file and quotes nothing.
    """
    found: list[str] = []
    said: dict[tuple[str, str, bool], LabelledText] = {}
    for text in texts:
        found += [f"{text.voice}: a text {fault}: {text.labels}" for fault in _order(text)]
        words = (" ".join(text.text.casefold().split()), text.subject, text.reply)
        twin = said.setdefault(words, text)
        if twin.labels != text.labels:
            found.append(f"{text.voice}: the same text is {twin.labels} in {twin.voice}")
    return found


def refuse_contradictions(texts: Iterable[LabelledText]) -> None:
    """
    Stop before anything is learned from labels that contradict each other.

    Raises:
        LabelsContradict: some do; all of them are named.
    """
    if found := contradictions(texts):
        raise LabelsContradict("; ".join(found))
