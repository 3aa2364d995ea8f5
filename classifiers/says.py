"""Reads what a mail says to its own conversation: take it back, yes, I have another address."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from classifiers.folding import BREAK, fold, read
from classifiers.patterns import Pattern, compile_phrase
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Says

_LONGEST = 2500
"""Letters; a longer mail tells a story in which much is taken back and little of it asked."""
_LONGEST_YES = 14
"""Words; a longer first sentence says more than yes."""
_ALWAYS = ("nl", "en")
_WORDS = re.compile(r"\w+")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_BY_MAIL = re.compile("mail|posta|courriel|بريد|ايميل")
_PARTS = ("withdraws", "stays", "yes", "moved")


@dataclass(frozen=True, slots=True)
class _Language:
    withdraws: tuple[Pattern, ...]
    stays: tuple[Pattern, ...]
    yes: tuple[Pattern, ...]
    moved: tuple[Pattern, ...]


@cache
def _tables() -> dict[str, _Language]:
    source = (files("classifiers") / "says_words.toml").read_text("utf-8")
    return {
        code: _Language(
            *(
                tuple(compile_phrase(one, rows.get("words", {})) for one in rows[part])
                for part in _PARTS
            )
        )
        for code, rows in tomllib.loads(source).items()
    }


def said(mail: Mail, language: str) -> frozenset[Says]:
    """
    Say what the new text of a mail says to its conversation.

    Args:
        mail: the mail.
        language: its language as far as known.

    Returns:
        Nothing for a forward: its words are somebody else's.
    """
    if mail.is_forward or mail.attached_mails:
        return frozenset()
    sentences = _sentences(mail.new_text)
    tables = _languages(language)
    found = set()
    if withdraws(mail.new_text, language):
        found.add(Says.WITHDRAWS)
    if sentences and _says_yes(sentences[0], tables):
        found.add(Says.YES)
    if _moved(mail, sentences, tables):
        found.add(Says.NEW_ADDRESS)
    return frozenset(found)


def withdraws(text: str, language: str) -> bool:
    """
    Say whether a text takes a request back, in so many words.

    1. One sentence must do so, and must not be a question.
    2. A sentence that says on what condition, that it is not so, or that a consent is taken back,
       makes it doubtful: a person reads the mail anyway.

    Args:
        text: the new text of a mail.
        language: its language as far as known.
    """
    if len(text) > _LONGEST:
        return False
    tables = _languages(language)
    sentences = [one for one in _sentences(text) if not one.endswith(("?", "؟"))]
    # Few mails take anything back, so what makes it doubtful is looked for only then.
    if not any(_hit(table.withdraws, one) for one in sentences for table in tables):
        return False
    return not any(_hit(table.stays, one) for one in sentences for table in tables)


def _says_yes(sentence: str, tables: tuple[_Language, ...]) -> bool:
    if sentence.endswith(("?", "؟")) or len(_WORDS.findall(sentence)) > _LONGEST_YES:
        return False
    return any(one.regex.match(sentence) for table in tables for one in table.yes)


def _moved(mail: Mail, sentences: list[str], tables: tuple[_Language, ...]) -> bool:
    """Whether a sentence tells of another mail address; where somebody lives is none."""
    own = mail.sender.address if mail.sender else ""
    others = [one for one in _ADDRESS.findall(mail.new_text.lower()) if one != own]
    told = [one for one in sentences if any(_hit(table.moved, one) for table in tables)]
    return bool(told) and (bool(others) or any(_BY_MAIL.search(one) for one in told))


def _languages(language: str) -> tuple[_Language, ...]:
    """Take the language of the text, and the two that parents mix into everything."""
    tables = _tables()
    if language not in tables:
        return tuple(tables.values())
    return tuple(tables[code] for code in dict.fromkeys((language, *_ALWAYS)))


def _hit(patterns: tuple[Pattern, ...], text: str) -> bool:
    return any(one.possible(text) and one.regex.search(text) for one in patterns)


def _sentences(text: str) -> list[str]:
    """Cut a text into folded sentences, each with the mark that ended it."""
    folded = read(text)
    marks = fold(text)
    ends = [*folded.breaks, len(folded.text)]
    pieces, start = [], 0
    for end in ends:
        piece = folded.text[start:end].replace(BREAK, " ").strip()
        if piece:
            pieces.append(piece + marks[end : end + 1].strip())
        start = end + 1
    return pieces
