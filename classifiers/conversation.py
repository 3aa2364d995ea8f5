"""Adds to any classifier what a running conversation needs: status questions, answers, language."""

from dataclasses import replace

from classifiers.answers import short_answers, which_data_in
from classifiers.deciding import deciding_text
from classifiers.language import UNKNOWN, fast_voice, language_of
from classifiers.says import said
from classifiers.school_names import school_named
from classifiers.siblings import sibling_in
from classifiers.status import PERHAPS, asked_in, asks_status
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Classifier
from mailbot.domain.suggestion import Fact, FactName, Route, Says, Suggestion

LONG_ENOUGH = 5
"""Words of a person from which letters may follow the language."""
_VOICED = 0.5
_ASKED = 0.65
_OF_A_PERSON = frozenset({FactName.CHILD_NAME, FactName.WHICH_DATA, FactName.BIRTH_DATE})
_NOT_A_PERSON = (Route.AUTOMATIC, Route.BOUNCE, Route.SPAM)


class Conversing:
    """Any classifier, with what its mail says to a running conversation beside it."""

    def __init__(self, judge: Classifier) -> None:
        self._judge = judge
        self.name = judge.name

    def classify(self, mail: Mail) -> Suggestion:
        """Judge a mail, and read what it says to what was written before."""
        suggestion = _with_language(mail, self._judge.classify(mail))
        if suggestion.route is Route.AUTOMATIC:
            return replace(suggestion, says=self._person_in(mail))
        if suggestion.route in _NOT_A_PERSON:
            return suggestion
        text = deciding_text(mail)
        return replace(
            suggestion,
            facts=_facts(mail, text, suggestion.facts),
            asks_status=_status(mail, suggestion.language),
            says=said(mail, suggestion.language),
            language_sure=language_is_sure(text, suggestion.language),
        )

    def _person_in(self, mail: Mail) -> frozenset[Says]:
        """
        Look for a person's words in an automatic mail, such as a question under an absence.

        The text is judged as if a person had written it; what asks, tells of a child or of the
        request is a person's. Nothing else of that judgement is used.
        """
        if not (mail.in_reply_to or mail.references or mail.delivered_to):
            return frozenset()
        judged = self._judge.classify(replace(mail, automatic=None, bounce=None))
        told = {fact.name for fact in judged.facts} & _OF_A_PERSON
        asks = any(found.confidence >= _ASKED for found in judged.kinds)
        words = said(mail, judged.language) & {Says.WITHDRAWS, Says.NEW_ADDRESS}
        if asks or told or words or asks_status(mail.new_text, judged.language):
            return frozenset({Says.BY_A_PERSON})
        return frozenset()


def _facts(mail: Mail, text: str, found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Add what a short answer says; the name of a sibling is none of the child already known."""
    school = None
    if all(fact.name is not FactName.SCHOOL for fact in found):
        school = school_named(text)
    sibling = sibling_in(text) if mail.in_reply_to or mail.references else None
    more = [one for one in (which_data_in(text), school, sibling) if one is not None]
    more += () if sibling else short_answers(mail, found)
    over = {fact.name for fact in more} | ({FactName.CHILD_NAME} if sibling else set())
    return (*(fact for fact in found if fact.name not in over), *more)


def _with_language(mail: Mail, suggestion: Suggestion) -> Suggestion:
    """Take the language of a short question from the words that ask it."""
    if suggestion.language != UNKNOWN:
        return suggestion
    return replace(suggestion, language=asked_in(mail.new_text) or UNKNOWN)


def _status(mail: Mail, language: str) -> float:
    """Say how surely only the state of things is asked; a file or a forward brings more than that."""
    asked = asks_status(mail.new_text, language)
    brings = any(not one.content_type.startswith("image/") for one in mail.attachments)
    if brings or mail.is_forward or mail.attached_mails:
        return min(asked, PERHAPS)
    return asked


def language_is_sure(text: str, language: str) -> bool:
    """
    Say whether letters may follow the language of a text.

    Args:
        text: what the person wrote now.
        language: what the classifier took it for.

    Returns:
        True for at least five words of which two readers say the same.
    """
    words = text.split()
    # Names are of no language; an answer of names alone must not turn the next letter around.
    plain = [word for word in words if not word[0].isupper()]
    if language == UNKNOWN or len(words) < LONG_ENOUGH or len(plain) < LONG_ENOUGH - 1:
        return False
    if language_of(text) != language:
        return False
    code, score = fast_voice(" ".join(words).lower())
    return code == language and score >= _VOICED
