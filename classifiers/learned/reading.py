"""What one mail says before any weighing: its sentences, its language and its word tables."""

import re
from dataclasses import dataclass

from classifiers.deciding import deciding_text
from classifiers.folding import read
from classifiers.language import language_of
from classifiers.learned.sentences import Sentence, sentences_of
from classifiers.rules import LONGEST, Reading, weigh
from mailbot.domain.mail import Mail

_ANSWERS = re.compile(r"(?i)^\s*(?:re|antw|aw|odp|ynt|sv|rif|رد)\s*[:：]")
_PREFIX = re.compile(r"(?i)^\s*(?:(?:re|antw|aw|odp|ynt|fwd?|wg|tr|doorst|رد)\s*[:：]\s*)+")
MOST_SENTENCES = 120
"""Sentences that are weighed; a mail of more is cut off and left to a person."""


@dataclass(frozen=True, slots=True)
class MailReading:
    """One mail, read but not yet judged."""

    text: str
    language: str
    reading: Reading
    """What the word tables find; facts, flags and evidence of the rules come from it."""
    sentences: tuple[Sentence, ...]
    """The subject first, with the place -1, where a person wrote it for this mail."""
    titled_answer: bool
    whole: bool
    """Whether all of the text was read."""


def read_mail(mail: Mail) -> MailReading:
    """
    Read a mail: the text that decides, its language, its sentences.

    Args:
        mail: the mail; quoted text adds nothing.

    Returns:
        What is judged.
    """
    text = deciding_text(mail)
    folded = read(text[:LONGEST])
    language = language_of(folded.original if folded.text.strip() else mail.subject)
    sentences = sentences_of(folded)
    answers = bool(_ANSWERS.search(mail.subject))
    # The subject of a reply was written earlier, often by ourselves: it adds nothing new.
    subject = "" if answers else _PREFIX.sub("", mail.subject).strip()
    titled = (Sentence(subject, -1),) if subject else ()
    return MailReading(
        text=folded.original,
        language=language,
        reading=weigh(folded, language),
        sentences=(titled + sentences)[:MOST_SENTENCES],
        titled_answer=answers,
        whole=len(text) <= LONGEST and len(sentences) < MOST_SENTENCES,
    )
