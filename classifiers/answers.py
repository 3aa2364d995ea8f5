"""Reads the short answers to what an acknowledgement asked: a name on a line, a role, which data."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from classifiers.folding import fold, read
from classifiers.patterns import Pattern, compile_phrase
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Fact, FactName

_SHORT = 30
"""Words; a longer text says what it says in sentences, which the other readers know."""
_MOST_NAMED = 5
_LABEL = re.compile(r"^[ \t]*(?:[-*•]|\d[.)])?[ \t]*(?:[\w' ]{2,20}:)?[ \t]*")
_NAME = re.compile(
    r"[^\W\d_][\w'’-]+(?: (?:van|de|der|den|el|al|bin|von|da|di|ter|ten|te|'t|la|le|ibn)){0,2}(?: [^\W\d_][\w'’-]+){1,3}[.,]?"
)
_SCHOOL_LINE = re.compile(
    r"(?m)(?:^|,)[ \t]*(?:[-*•]|\d[.)])?[ \t]*"
    r"(?P<name>(?:De|Het|'t|OBS|CBS|KBS|RKBS|IKC|St\.?|Sint) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)[ \t]*(?:$|,|\.)"
)
"""A line that holds nothing but the name of a school."""
_LATIN = re.compile(r"[a-zà-öø-ÿğışçöü]", re.IGNORECASE)


@cache
def patterns(part: str) -> tuple[Pattern, ...]:
    """Read one list of `answer_words.toml`."""
    table = tomllib.loads((files("classifiers") / "answer_words.toml").read_text("utf-8"))
    return tuple(compile_phrase(one, {}) for one in table[part])


def which_data_in(text: str) -> Fact | None:
    """Find which data a mail names, in its own words; None where it names none."""
    folded = read(text)
    found: dict[str, int] = {}
    for one in patterns("which_data"):
        hit = one.regex.search(folded.text) if one.possible(folded.text) else None
        if hit is not None:
            found.setdefault(
                folded.written(hit.start(), hit.end()).lower(), folded.place(hit.start())
            )
    if not found:
        return None
    named = sorted(found, key=found.__getitem__)[:_MOST_NAMED]
    return Fact(FactName.WHICH_DATA, ", ".join(named), found[named[0]])


def short_answers(mail: Mail, known: Sequence[Fact]) -> tuple[Fact, ...]:
    """
    Read the facts of a short answer that the readers of sentences leave open.

    Args:
        mail: an answer to one of our letters.
        known: what was found already; nothing of it is found again.

    Returns:
        A child's name that stands alone on its line, and a role said in one word.
    """
    text = mail.new_text
    if not (mail.in_reply_to or mail.references) or len(text.split()) > _SHORT:
        return ()
    names = {fact.name: fact.value for fact in known}
    found: list[Fact] = []
    if FactName.SCHOOL not in names and (school := _SCHOOL_LINE.search(text)):
        found.append(Fact(FactName.SCHOOL, school["name"], school.start("name")))
        names[FactName.SCHOOL] = school["name"]
    if FactName.CHILD_NAME not in names and (child := _lone_name(mail, names)):
        found.append(child)
    if names.get(FactName.REQUESTER_ROLE, "unknown") == "unknown":
        folded = read(text).text
        for role in ("pupil", "parent"):
            if any(one.regex.search(folded) for one in patterns(role)):
                found.append(Fact(FactName.REQUESTER_ROLE, role))
                break
    return tuple(found)


def _lone_name(mail: Mail, names: dict[FactName, str]) -> Fact | None:
    """Find a full name that stands by itself on a line or between commas, not the writer's own."""
    own = set(fold(mail.sender.name).split()) if mail.sender else set()
    place = 0
    for piece in re.split(r"([\n,;])", mail.new_text):
        start, place = place, place + len(piece)
        label = _LABEL.match(piece)
        words = piece[label.end() if label else 0 :].strip().rstrip(".,")
        if not _NAME.fullmatch(words) or not _capital(words):
            continue
        said = set(fold(words).split())
        is_school = fold(words) in fold(names.get(FactName.SCHOOL, ""))
        if said <= own or is_school or _is_word(words):
            continue
        return Fact(FactName.CHILD_NAME, words, start + piece.index(words))
    return None


def _capital(words: str) -> bool:
    """Whether every word that is no link begins as a name; Arabic knows no capitals, so never."""
    parts = words.split()
    return bool(_LATIN.match(parts[0])) and parts[0][0].isupper() and parts[-1][0].isupper()


def _is_word(words: str) -> bool:
    """Whether it is a greeting or a role rather than a name."""
    folded = read(words).text
    return any(
        one.regex.search(folded) for part in ("parent", "which_data") for one in patterns(part)
    ) or bool(_GREETING.search(folded))


_GREETING = re.compile(
    r"\b(?:groet\w*|dank\w*|bedankt|beste|geachte|hallo|regards|thanks|thank|dear|tesekkur\w*|"
    r"saygilar\w*|merhaba|iyi|gruss\w*|grusse|danke|bonjour|merci|cordialement|dzien|pozdrawiam|"
    r"dziekuje|basisschool|school|kompas|groep|group|grup|klas)\b"
)
