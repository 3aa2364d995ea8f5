"""The classifier that also says which passage answers a question; it asks another one first."""

from collections.abc import Collection
from dataclasses import replace

from classifiers.answering.general import General, general_question
from classifiers.answering.matching import FILLER, NONE, Match, is_there, load, placed
from classifiers.folding import fold
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Classifier
from mailbot.domain.suggestion import (
    FactName,
    Flag,
    KindSuggestion,
    PassageSuggestion,
    Route,
    Suggestion,
)

SURE = 0.85
"""The chance of being right from which a passage is put forward for what reads as a question."""
SURER = 0.9
"""The same, where the words alone took the mail for something else."""
SAYS_NOTHING = 0.5
"""How surely a sentence beside the question must be one that says nothing."""
PERHAPS = 0.4
"""From here a mail may ask how its own case stands, and that no passage knows."""
ENOUGH = 0.5
"""From here a kind counts as one the mail asks for."""
HINT = 0.28
"""What is left of a breach that was only asked about: a person still looks."""
LANGUAGES = ("nl", "en", "tr", "ar")
_ALIKE = 0.6
"""The share of words with the nearest example from which its language is the mail's."""
_PERSONAL = frozenset({FactName.CHILD_NAME, FactName.BIRTH_DATE, FactName.SIBLING_NAME})
_MILD = frozenset({Flag.URGENT, Flag.SEVERAL_REQUESTS})
"""Flags that the bare words of a general question may raise, such as *datalek*."""
_NEVER = frozenset({Kind.AUTHORITY})


class AnsweringClassifier:
    """Adds a passage to what another classifier says of a question; silent wherever in doubt."""

    def __init__(self, inner: Classifier, passages: Collection[str]) -> None:
        """
        Stand before another classifier.

        Args:
            inner: says what a mail may be.
            passages: the codes of the passages that hold for this board; a question that another
                passage would answer is left to a person.

        Raises:
            ModelMissing: nothing was learned; better now than at the first question.
        """
        is_there()
        self._inner = inner
        self._passages = frozenset(passages)
        self.name = inner.name

    def classify(self, mail: Mail) -> Suggestion:
        """Say what a mail may be and, where it is surely one plain question, what answers it."""
        suggestion = self._inner.classify(mail)
        if not self._passages or not _may_be_answered(mail, suggestion):
            return suggestion
        # Only now, for few mails, is anything encoded.
        general = general_question(mail.new_text)
        if not isinstance(general, General):
            return suggestion
        found = answering(general)
        if found is None or found.label not in self._passages:
            return suggestion
        asked = _kinds(suggestion)
        if found.chance < (SURE if asked == {Kind.QUESTION} else SURER):
            return suggestion
        language = _language(suggestion, general, found)
        return suggestion if language is None else _with_passage(suggestion, found, language)


def answering(general: General) -> Match | None:
    """
    Find the passage nearest to a general question, however unsure.

    Returns:
        None where no passage answers it, or where a sentence beside it says something.
    """
    question, *around = load().match(placed([general.question, *general.around]))
    if question.label in (NONE, FILLER):
        return None
    # What leads up to a question may not ask or tell anything of its own.
    if any(one.label != FILLER or one.chance < SAYS_NOTHING for one in around):
        return None
    return question


def _may_be_answered(mail: Mail, suggestion: Suggestion) -> bool:
    """Whether nothing around the words keeps a mail from being one plain question."""
    if suggestion.route not in (Route.CASE, Route.OTHER) or suggestion.asks_status >= PERHAPS:
        return False
    if mail.attachments or mail.attached_mails or mail.is_forward or mail.quoted_text.strip():
        return False
    if mail.in_reply_to or mail.references or mail.listed or suggestion.flags - _MILD:
        return False
    personal = any(fact.name in _PERSONAL for fact in suggestion.facts)
    return not personal and not (_kinds(suggestion) & _NEVER)


def _kinds(suggestion: Suggestion) -> set[Kind]:
    return {found.kind for found in suggestion.kinds if found.confidence >= ENOUGH}


def _language(suggestion: Suggestion, general: General, found: Match) -> str | None:
    """Name the language of the answer; None where the mail's is none that passages have."""
    if suggestion.language in LANGUAGES:
        return suggestion.language
    # A short question is easily taken for a neighbouring language; its words then show it.
    asked, known = set(fold(general.question).split()), set(fold(found.example).split())
    return found.language if len(asked & known) >= _ALIKE * len(asked) else None


def _with_passage(suggestion: Suggestion, found: Match, language: str) -> Suggestion:
    chance = round(found.chance, 4)
    question = next((k for k in suggestion.kinds if k.kind is Kind.QUESTION), None)
    asked = question or KindSuggestion(Kind.QUESTION, chance)
    doubts = tuple(
        replace(kind, confidence=min(HINT, kind.confidence))
        for kind in suggestion.kinds
        if kind.kind is Kind.BREACH
    )
    return replace(
        suggestion,
        route=Route.CASE,
        language=language,
        kinds=(replace(asked, confidence=max(chance, asked.confidence)), *doubts),
        unsure=False,
        flags=suggestion.flags - _MILD,
        passage=PassageSuggestion(found.label, chance),
    )
