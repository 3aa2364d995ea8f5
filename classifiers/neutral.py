"""Takes the people out of a text: names, addresses and numbers become stand-ins of the same sort."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from classifiers.folding import fold
from classifiers.given_names import also_words, given_names
from classifiers.names import child_names, requester_name
from classifiers.neutral_places import (
    OWN_WORDS,
    in_shape,
    without_addresses,
    without_months,
    without_schools,
)
from mailbot.domain.mail import Address

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LINKS = frozenset(
    fold(
        "van der den de het 't von zu zur la le el al ter ten te bin ben ibn di du da dos del und et en ve of"
        " op in oude",
    ).split()
)
"""Small words inside surnames; alone they are no name."""
_TITLES = frozenset(
    fold(
        "juf juffrouw juffie meester mevrouw mevr mw meneer dhr heer mr mrs ms miss dr drs prof frau herr"
        " herrn madame mme monsieur bay bayan hoca pan pani pana fam familie senor senora sir mentor"
        " oom tante oma opa buurvrouw buurman",
    ).split()
)
_ENDS = re.compile(r"(?:s|in|un|nin|nun|yi|ya|ye|a|e|i|u|da|de|dan|den|em|owi|om|y|ie|ka|la|le)\Z")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_ARABIC_PREFIXES = ("وال", "ال", "لل", "و", "ل", "ب", "ك", "ف", "ي")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_STAND_INS = {
    "latin": ("Robin", "Sam", "Kim", "Charlie", "Alex", "Jip", "Bo", "Luca", "Nour", "Dani"),
    "arabic": ("نور", "صباح", "رجاء", "وسام", "جهاد"),
    "cyrillic": ("Саша", "Женя", "Валя", "Паша"),
}
_SENTENCE_END = re.compile(r"(?:^|[.!?:;…\n\"“”(•*-])\s*\Z")
_LEAST = 2
_SHORTEST = 3
_STEM = 4
_SHORT_FORM = 4
"""Letters of an abbreviation such as GDPR; more in capitals may be a name that is shouted."""


@dataclass(frozen=True, slots=True)
class People:
    """What is known of the people in a mail, so that none of it stays in its text."""

    names: Sequence[str] = field(default=(), repr=False)
    """The names of facts, confirmed facts and files."""
    sender: Address | None = field(default=None, repr=False)
    schools: Sequence[str] = ()
    """The names of the board's schools and its own name."""
    plain_words: Collection[str] = frozenset()
    """Words that are certainly no names, folded; without them every capital inside a sentence counts."""


@dataclass(frozen=True, slots=True)
class Neutral:
    """A text without its people, and whether it is fit to leave the house."""

    texts: tuple[str, ...]
    fit: bool
    """False where something of the people was still found afterwards."""


def neutral(texts: Sequence[str], people: People) -> Neutral:
    """
    Take the people out of a mail's texts.

    1. Mail addresses, web addresses, handles, streets and postcodes.
    2. Schools of the board, spelling mistakes included.
    3. Names: those that are known, those the text shows, those of the list of given names with
       what follows them, and words with a capital that are no words of ours.
    4. Numbers keep their shape and lose their value; the number of an article stays.

    What was taken out is then looked for again: a text in which it still stands is not fit.

    Args:
        texts: the texts of one mail, such as subject and body; one name gets one stand-in in all.
        people: what is known of them.

    Returns:
        The texts, and whether they may be kept apart from their case.
    """
    names = _known_names(texts, people)
    hiding = _Hiding(names, people.plain_words)
    found = tuple(in_shape(hiding(_without_places(text, people.schools))) for text in texts)
    return Neutral(found, fit=not any(_leaks(text, names) for text in found))


def _without_places(text: str, schools: Sequence[str]) -> str:
    return without_months(without_schools(without_addresses(text), schools))


def name_parts(name: str) -> frozenset[str]:
    """Return the parts of a name that tell who is meant, folded."""
    parts = (fold(word) for whole in _WORD.findall(name) for word in (whole, *whole.split("-")))
    return frozenset(part for part in parts if len(part) >= _LEAST and part not in _LINKS)


def _known_names(texts: Sequence[str], people: People) -> frozenset[str]:
    said = list(people.names)
    if people.sender is not None:
        said += [people.sender.name, re.sub(r"[\W\d_]+", " ", people.sender.address.split("@")[0])]
    for text in texts:
        said += [one.value for one in child_names(text)]
        writer = requester_name(text, people.sender)
        said += [writer.value] if writer else []
    # A display name may be a word of every day, such as "ouder"; words we know stay words there.
    shown = frozenset().union(*map(name_parts, said)) if said else frozenset()
    return frozenset(part for part in shown if part not in _NEVER_NAMES)


_NEVER_NAMES = frozenset(
    fold(
        "ouder ouders moeder vader mama papa parent mother father school info mail privacy family"
        " familie gezin admin kind dochter zoon groep klas",
    ).split()
)


class _Hiding:
    """Replaces names, each by the same stand-in throughout."""

    def __init__(self, names: frozenset[str], plain: Collection[str]) -> None:
        self._names, self._plain = names, plain
        self._given: dict[str, str] = {}
        self._listed = given_names() - also_words()
        self._maybe = given_names()

    def __call__(self, text: str) -> str:
        """Replace the names of one text."""
        pieces: list[str] = []
        at, after = 0, ""
        for found in _WORD.finditer(text):
            between = text[at : found.start()]
            word = found.group()
            pieces.append(between)
            near = after if not between.strip(" '’") else ""
            kind = self._kind(word, text[: found.start()], near)
            pieces.append(self._stand_in(word) if kind == "name" else word)
            after = kind
            at = found.end()
        return "".join(pieces) + text[at:]

    def _kind(self, word: str, before: str, near: str) -> str:
        """Say what a word is: a name, a title before one, a link inside one, or a word."""
        folded = fold(word)
        if folded in _LINKS and near in ("name", "title", "link"):
            return "link"
        if self._is_known(folded):
            return "name"
        if folded in _TITLES:
            return "title"
        capital = word[0].isupper()
        if self._is_listed(folded, capital=capital):
            return "name"
        if near in ("name", "title", "link") and self._follows(word, folded, near):
            return "name"
        if folded in OWN_WORDS or (word.isupper() and len(word) <= _SHORT_FORM):
            return "word"
        starts = bool(_SENTENCE_END.search(before[-12:]))
        if capital and len(word) > 1 and self._is_strange(folded, starts=starts):
            return "name"
        return "word"

    def _is_known(self, folded: str) -> bool:
        return any(form in self._names for form in _forms(folded)) or any(
            len(name) >= _STEM and folded.startswith(name[:-1]) and len(folded) - len(name) <= 3
            for name in self._names
        )

    def _is_listed(self, folded: str, *, capital: bool) -> bool:
        if capital:
            return folded in self._maybe and folded not in _NEVER_NAMES
        return any(form in self._listed for form in (folded, *_without_prefixes(folded)))

    def _follows(self, word: str, folded: str, near: str) -> bool:
        """Whether a word behind a name or a title goes on with it."""
        if word[0].isupper():
            return True
        known = folded in self._plain or not self._plain
        return not known and (near != "title" or _ARABIC.search(word) is not None)

    def _is_strange(self, folded: str, *, starts: bool) -> bool:
        """Whether a word with a capital is none we know; at the beginning of a sentence all have one."""
        if self._plain:
            return folded not in self._plain
        return not starts

    def _stand_in(self, word: str) -> str:
        folded = fold(word)
        if folded not in self._given:
            script = (
                "arabic"
                if _ARABIC.search(word)
                else "cyrillic"
                if _CYRILLIC.search(word)
                else "latin"
            )
            free = [one for one in _STAND_INS[script] if fold(one) not in self._names]
            taken = set(self._given.values())
            left = [one for one in free if one not in taken]
            self._given[folded] = (left or free or list(_STAND_INS[script]))[0]
        one = self._given[folded]
        return one.lower() if word[0].islower() else one


def _forms(folded: str) -> set[str]:
    """Return a word with and without what languages put before and behind a name."""
    forms = {folded, *folded.split("-"), *_without_prefixes(folded)}
    shorter = _ENDS.sub("", folded)
    return forms | ({shorter} if len(shorter) >= _SHORTEST else set())


def _without_prefixes(folded: str) -> set[str]:
    """Take off what Arabic writes before a word as one with it: and, the, for, with, as."""
    found: set[str] = set()
    left = {folded} if _ARABIC.match(folded) else set()
    while left:
        left = {
            one.removeprefix(prefix)
            for one in left
            for prefix in _ARABIC_PREFIXES
            if one.startswith(prefix) and len(one) - len(prefix) >= _SHORTEST
        }
        found |= left
    return found


def _leaks(text: str, names: frozenset[str]) -> bool:
    """Whether a known name still stands in a text: also within a word, where it is long enough."""
    said = fold(text)
    words = {form for word in _WORD.findall(said) for form in (word, *word.split("-"))}
    return any(name in words or (len(name) > _STEM and name in said) for name in names)
