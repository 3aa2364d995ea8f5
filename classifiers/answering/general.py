"""Finds the one general question of a mail, or says why there is none."""

import re
from dataclasses import dataclass
from enum import StrEnum

from classifiers.answering.words import Table, allowed_names, words
from classifiers.folding import fold, read
from classifiers.learned.sentences import Sentence, sentences_of

LONGEST = 700
"""Letters of a mail that may still be one question with its courtesies."""
MOST_WORDS = 32
"""Words of a question; a longer one tells something as well."""
_GREETING_WORDS = 7
_NAME_WORDS = 5
_ASKS = re.compile(r"[?؟]")
_NAME = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER = re.compile(r"\d+")
_AGES = frozenset({"16", "17", "18"})


class Silence(StrEnum):
    """Why a mail is left to a person."""

    TOO_LONG = "too_long"
    NO_QUESTION = "no_question"
    MORE_THAN_ONE = "more_than_one"
    OWN = "own"
    """It is about the writer or the writer's child."""
    ASKS = "asks"
    """It asks for something to be done."""
    HAPPENED = "happened"
    OTHERS = "others"
    """It is about people or matters of which the reglement says nothing."""
    NAMES = "names"
    """It names somebody or something, or a number."""


@dataclass(frozen=True, slots=True)
class General:
    """One question, with the sentences around it that must turn out to say nothing."""

    question: str
    around: tuple[str, ...] = ()


def general_question(text: str) -> General | Silence:
    """
    Find the one general question of a text.

    1. Greetings, closings with the name under them, and thanks are set aside.
    2. One sentence must be left that asks; others may only lead up to it.
    3. Nothing in the whole text may be personal, ask for an act, tell an event, or name anybody.

    Args:
        text: the new text of a mail.

    Returns:
        The question, or why there is none to answer.
    """
    if len(text) > LONGEST:
        return Silence.TOO_LONG
    left = _without_courtesies(sentences_of(read(text)))
    asking = [one for one in left if _ASKS.search(one)]
    if not asking and len(left) == 1 and words()["question_words"].opens(fold(left[0])):
        asking = left
    if not asking:
        return Silence.NO_QUESTION
    if len(asking) > 1 or len(_ASKS.findall(asking[0])) > 1:
        return Silence.MORE_THAN_ONE
    silence = next(filter(None, map(_silenced, left)), None)
    if silence is not None:
        return silence
    return General(asking[0].strip(), tuple(one for one in left if one != asking[0]))


def _without_courtesies(sentences: tuple[Sentence, ...]) -> list[str]:
    left: list[str] = []
    closed = False
    for number, sentence in enumerate(sentences):
        text, folded = sentence.text.strip(), _bare(sentence.text)
        short = len(text.split())
        if closed and short <= _NAME_WORDS and not _ASKS.search(text):
            continue
        if words()["closing"].opens(folded) and short <= _GREETING_WORDS + 2:
            closed = True
            continue
        greets = number == 0 and words()["greeting"].opens(folded)
        if greets and not _ASKS.search(text) and short <= _GREETING_WORDS:
            continue
        if words()["courtesy"].opens(folded) and not _ASKS.search(text):
            continue
        left.append(_after_greeting(text) if greets else text)
    return left


def _after_greeting(text: str) -> str:
    """Return what follows a greeting on its own line: "Hello, how long ..."."""
    head, comma, rest = text.partition(",") if "," in text else text.partition("،")
    return rest.strip() if comma and len(head.split()) <= _GREETING_WORDS else text


def _bare(text: str) -> str:
    return " ".join(fold(text).split())


def _silenced(text: str) -> Silence | None:
    """Say what keeps one sentence from being general."""
    if len(text.split()) > MOST_WORDS:
        return Silence.TOO_LONG
    tables: dict[str, Table] = words()
    folded = _bare(text)
    if tables["own"].within(tables["anyones"].without(folded)):
        return Silence.OWN
    if tables["asks"].within(tables["wants_to_know"].without(folded)):
        return Silence.ASKS
    if tables["happened"].within(tables["in_general"].without(folded)):
        return Silence.HAPPENED
    if tables["others"].within(folded):
        return Silence.OTHERS
    return Silence.NAMES if _names(text) else None


def _names(text: str) -> bool:
    """Whether a sentence names somebody: a capital within it, or a number that is no age."""
    if any(number not in _AGES for number in _NUMBER.findall(text)):
        return True
    found = [one.group() for one in _NAME.finditer(text)]
    return any(
        word[0].isupper() and fold(re.split(r"['’-]", word)[0]) not in allowed_names()
        for word in found[1:]
    )
