"""Chooses which names of a mail are the child's, by what was learned from labelled mails."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from classifiers.children import ENOUGH, NEVER, RELATED, Child, Heard, given_in, surname_after
from classifiers.folding import fold
from classifiers.given_names import also_words, given_names, plain_names
from classifiers.names import Name, closing, heard_names, requester_name
from classifiers.roles import told_role
from classifiers.strangers import never_names
from mailbot.domain.errors import MailbotError

NUMBERS = Path(__file__).resolve().parent / "model" / "names.npz"
BUCKETS = 1 << 16
"""Places a mark may hash to."""
WORDS = 1 << 19
"""Places a common word may hash to."""
_MOST = 6
_BEHIND = 5.0
"""A name this much less plain than the plainest is somebody else's."""
_UNSAID = 1.5
"""What must speak for a name beyond that where the rules do not take it for a child's."""

_TOKEN = re.compile(
    r"(?:[^\W\d_][\u064b-\u0652]*)+(?:(?:-|(?<=[а-яіїєґ])['’ʼ](?=[яюєї]))[^\W\d_]+)*|\d+|\n|[^\w\s]"
)
_AND = re.compile(
    r"(?:['’]?(?:n?[ıiuü]n|e|a))?,? ?(?:en|and|und|et|ve|i|y|&|iyo|w|ile|a|и|і|та|й) (?:ook )?|, |، ?| و"
)
_BREAKS = frozenset('.!?…\n:;*•–—"“”«»„>')


class NamesMissing(MailbotError):
    """What was learned of names is not there."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, as it stands and folded."""

    text: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that may be a child's name where it stands, with what speaks for it and against it."""

    given: str
    value: str
    start: int
    in_subject: bool
    said: bool
    """Whether the rules take it for a child's name."""
    weight: int | None
    """How much the rules believe it; None where they never looked."""
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name with all its mentions in one mail."""

    value: str
    start: int
    """Where it stands in the text; -1 where only the subject has it."""
    said: bool
    """Whether the rules take it for a child's."""
    refused: bool
    """Whether the rules looked at it and found a word, or somebody else."""
    buckets: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Whole:
    """What holds for every word of a mail."""

    role: str
    closing: int
    own: frozenset[str]
    """The words the mail is signed with."""
    writer: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """The text or the subject of a mail, cut into words."""

    length: int
    tokens: Sequence[Token]
    lines: Sequence[int]
    """Which of them end a line."""
    in_subject: bool
    heard: Heard


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are nobody's name, as the buckets they hash to."""

    met: bytes

    def has(self, folded: str) -> bool:
        """Say whether a word is one of them; now and then another falls into the same bucket."""
        return bool(self.met[crc32(folded.encode()) % WORDS])


def tokens_of(text: str) -> list[Token]:
    """Cut a text into words, numbers, signs and ends of lines."""
    return [
        Token(found.group(), fold(found.group()), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    ]


def candidates(
    text: str, subject: str, common: Words, told: tuple[str, Name | None] | None = None
) -> tuple[Candidate, ...]:
    """
    Find every name that may be a child's.

    Args:
        text: what the person wrote.
        subject: the subject of the mail.
        common: words that are nobody's name.
        told: the role and the name of the writer, where they are known already.

    Returns:
        Each name once, however often and in whatever case it stands there.
    """
    said, heard = heard_names(text)
    end = closing(text)
    role, writer = told or (told_role(text), requester_name(text, None))
    whole = _Whole(
        role,
        end,
        frozenset(word for line in fold(text[end:]).split("\n")[:9] for word in _firsts(line)),
        frozenset(fold(writer.value).split() if writer and writer.start >= 0 else ()),
    )
    mentions = _beside(text, list(_mentions(text, said, heard, whole, common, in_subject=False)))
    if subject:
        titled, heard = heard_names(subject)
        titled = tuple(one for one in titled if not one.value.islower())
        found = list(_mentions(subject, titled, heard, whole, common, in_subject=True))
        mentions += _beside(subject, found)
        said = said or titled
    return tuple(_joined(mentions, len(said)))


def _beside(text: str, mentions: list[Mention]) -> list[Mention]:
    """Mark each name that "and" or a comma joins to another by what the rules make of that one."""
    for at, (one, other) in enumerate(pairwise(mentions)):
        if _AND.fullmatch(text[one.start + len(one.value) : other.start]):
            for place, near in ((at, other), (at + 1, one)):
                marks = ("beside", f"beside{near.said}", f"beside:{near.weight}")
                mentions[place] = replace(mentions[place], marks=(*mentions[place].marks, *marks))
    return mentions


def _firsts(line: str) -> list[str]:
    return line.split("(", maxsplit=1)[0].strip(" ,.").split()[:2]


def _mentions(
    text: str,
    said: Sequence[Name],
    heard: Heard,
    whole: _Whole,
    common: Words,
    *,
    in_subject: bool,
) -> Iterator[Mention]:
    tokens = tokens_of(text)
    folded = [one.folded for one in tokens]
    lines = [at for at, word in enumerate(folded) if word == "\n"]
    part = _Part(len(text), tokens, lines, in_subject, heard)
    weighed = {one.start: one for one in heard.found}
    starts = {one.start for one in said}
    for at, token in enumerate(tokens):
        word = token.text
        if len(word) < 2 or not word[0].isalpha():
            continue
        arabic = "\u0600" <= word[0] <= "\u06ff"
        places = range(token.start, token.start + 3 if arabic else token.start + 1)
        child = next((weighed[place] for place in places if place in weighed), None)
        is_said = any(place in starts for place in places)
        given, cut = given_in(word, heard.manner)
        if child is None and not is_said and _is_no_name(token, given, heard, common):
            continue
        marks = [
            *_around(folded, at),
            *_place(part, at, whole),
            *_itself(part, at, given, child, whole),
            f"said{is_said}",
        ]
        value, start = _written(text, token, cut, child, heard)
        key = child.given if child else given or token.folded
        weight = child.weight if child else None
        yield Mention(key, value, start, in_subject, is_said, weight, tuple(marks))


def _is_no_name(token: Token, given: str | None, heard: Heard, common: Words) -> bool:
    """Leave out what no rule heard and what is a plain word, or stands in small letters."""
    word, folded = token.text, token.folded
    plain = not word[0].isupper() and not "\u0600" <= word[0] <= "\u06ff"
    if given is not None:
        return plain and folded in also_words() and common.has(folded)
    return common.has(folded) or folded in NEVER or (plain and not heard.manner.lower)


def _written(
    text: str, token: Token, cut: int, child: Child | None, heard: Heard
) -> tuple[str, int]:
    """Return the name as it stands, with the surname behind it."""
    if child is not None:
        return child.value, child.start
    value = text[token.start : token.end - cut]
    if token.text[0].isupper() and not cut and not heard.manner.shouted:
        value += surname_after(text[token.end :])
    return value, token.start


def _around(words: Sequence[str], at: int) -> list[str]:
    """Name the words within four places, and parts of the nearest."""
    b4, b3, b2, b1 = (words[at - k] if at >= k else "<" for k in (4, 3, 2, 1))
    ahead = words[at + 1 : at + 5]
    a1, a2, a3, a4 = (*ahead, *[">"] * (4 - len(ahead)))
    near = (f"b1:{b1}", f"b2:{b2}", f"b12:{b2} {b1}", f"a1:{a1}", f"a2:{a2}", f"a12:{a1} {a2}")
    parts = (f"b1s:{b1[-3:]}", f"b1p:{b1[:4]}", f"a1s:{a1[-3:]}", f"a1p:{a1[:4]}")
    before = [f"B:{one}" for one in (b1, b2, b3, b4)]
    after = [f"A:{one}" for one in (a1, a2, a3, a4)]
    return [*near, *parts, f"ba:{b1}_{a1}", *before, *after]


def _place(part: _Part, at: int, whole: _Whole) -> Iterator[str]:
    """Name where in the mail a word stands: how near to the beginning, the end and the closing."""
    token, count, number = part.tokens[at], len(part.tokens), bisect(part.lines, at)
    begins = part.lines[number - 1] + 1 if number else 0
    ends = part.lines[number] if number < len(part.lines) else count
    length, within = min(ends - begins, 6), at - begins
    yield f"hd{min(at, 5)}{'s' if part.in_subject else ''}"
    yield f"tl{min(count - 1 - at, 6)}"
    yield f"ll{length}"
    yield f"ll{length}_{within}"
    yield f"last{ends == count}_{min(within, 2)}"
    yield f"pos{4 * token.start // part.length}"
    if part.in_subject:
        yield "subj"
    elif token.start >= whole.closing:
        yield "closing"


def _itself(
    part: _Part, at: int, given: str | None, child: Child | None, whole: _Whole
) -> Iterator[str]:
    """Name what a word is by itself, what the rules make of it, and whose it may be."""
    tokens, manner = part.tokens, part.heard.manner
    token = tokens[at]
    folded, shape = token.folded, _shape(token.text)
    key = child.given if child else given or folded
    kind = _kind(folded, given)
    weight = child.weight if child else None
    before = tokens[at - 1] if at else None
    first = before is None or before.folded in _BREAKS
    yield from (f"w:{key}", f"sh:{shape}", f"end3:{folded[-3:]}", f"len{min(len(folded), 9)}")
    yield from (f"k:{kind}", f"k:{kind}{shape}", f"first{first}{shape}", f"firstk{first}{kind}")
    speech = "T" if manner.turkish else "P" if manner.polish else "G" if manner.german else ""
    yield from (f"wt:{weight}", f"wt:{weight}{kind}{shape}", f"wt:{weight}{speech}", f"{speech}?")
    yield from (f"role:{whole.role}", f"role:{whole.role}{weight}")
    yield from (f"hdk{min(at, 3)}{kind}", f"tlk{min(len(tokens) - 1 - at, 4)}{kind}")
    if folded in manner.told:
        yield "told"
    if folded in never_names():
        yield "never"
    if key in whole.own or folded in whole.own:
        yield "own"
    if key in whole.writer or folded in whole.writer:
        yield from ("req", f"req:{weight}", f"req{whole.role}")
    yield from _neighbours(tokens, at, kind)


def _neighbours(tokens: Sequence[Token], at: int, kind: str) -> Iterator[str]:
    """Name the words with a capital right beside a word: a given name and a surname."""
    token = tokens[at]
    if at and tokens[at - 1].end + 1 == token.start and tokens[at - 1].text[0].isupper():
        yield from ("pc", f"pcl{tokens[at - 1].folded in given_names()}{kind}")
    if at + 1 < len(tokens):
        after = tokens[at + 1]
        if token.end + 1 == after.start and after.text[0].isupper():
            yield from ("nc", f"ncl{after.folded in given_names()}")


def _shape(word: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        return "ar"
    if word.islower():
        return "low"
    if word.isupper():
        return "UP"
    return "Hy" if "-" in word else "Cap" if word[1:].islower() else "mix"


def _kind(folded: str, given: str | None) -> str:
    """Say how far a word is on the list of given names."""
    if given is None:
        return "unlisted"
    if folded in plain_names():
        return "plain"
    return "also" if folded in given_names() else "bent"


def _joined(mentions: Sequence[Mention], said: int) -> Iterator[Candidate]:
    """Put the mentions of one name together, in whatever case it stands."""
    bases: list[str] = []
    groups: dict[str, list[Mention]] = {}
    for given in sorted({one.given for one in mentions}, key=lambda one: (len(one), one)):
        base = next((b for b in bases if len(b) > 2 and _is_case(given, b)), given)
        if base == given:
            bases.append(base)
        groups.setdefault(base, []).extend(one for one in mentions if one.given == given)
    for base, group in groups.items():
        best = min(group, key=lambda one: _plainness(one, base))
        marks = {mark for one in group for mark in one.marks}
        weights = [one.weight for one in group if one.weight is not None]
        marks.add(f"n{min(len(group), 4)}")
        marks.add(f"others{min(len(groups) - 1, 5)}")
        marks.add(f"both{len({one.in_subject for one in group})}")
        marks.add(f"say{any(one.said for one in group)}{min(said, 3)}")
        yield Candidate(
            best.value,
            -1 if best.in_subject else best.start,
            any(one.said for one in group),
            bool(weights)
            and (max(weights) < ENOUGH or min(weights) < 0)
            and max(weights) < RELATED,
            frozenset(crc32(mark.encode()) % BUCKETS for mark in marks),
        )


def _is_case(given: str, base: str) -> bool:
    return given.startswith(base) and len(given) - len(base) <= 3


def _plainness(one: Mention, base: str) -> tuple[bool, bool, bool, int, int]:
    """Prefer the text, what the rules say, the bare name over a case of it, and a full name."""
    words = one.value.split()
    return (one.in_subject, not one.said, fold(words[0]) != base, -len(words), one.start)


@dataclass(frozen=True, slots=True)
class Chooser:
    """What was learned: a weight for each mark, and how much must speak for a name."""

    weights: tuple[float, ...]
    offset: float
    least: float
    common: Words

    def score(self, one: Candidate) -> float:
        """Say how much speaks for a name being the child's."""
        return self.offset + sum(map(self.weights.__getitem__, one.buckets))

    def _believes(self, score: float, one: Candidate) -> bool:
        """Say whether enough speaks for a name; the rules may refuse one, but not decide alone."""
        return (
            score >= self.least if one.said else score >= self.least + _UNSAID and not one.refused
        )

    def children(
        self, text: str, subject: str, told: tuple[str, Name | None] | None = None
    ) -> tuple[Name, ...]:
        """
        Return the names of the children the mail is about.

        Args:
            text: what the person wrote.
            subject: the subject of the mail.
            told: the role and the name of the writer, where they are known already.

        Returns:
            Each name once, in the order of the text; those that only the subject tells stand
            at -1. Empty where nobody is named.
        """
        scored = sorted(
            ((self.score(one), one) for one in candidates(text, subject, self.common, told)),
            key=lambda pair: (-pair[0], pair[1].start),
        )
        scored = [pair for pair in scored if self._believes(*pair)]
        least = scored[0][0] - _BEHIND if scored else 0.0
        kept: list[Name] = []
        for score, one in scored:
            first = fold(one.value.split()[0])
            if score >= least and all(first not in fold(k.value).split() for k in kept):
                kept.append(Name(one.value, one.start))
        return tuple(sorted(kept[:_MOST], key=lambda name: name.start))


def save(chooser: Chooser, path: Path = NUMBERS) -> None:
    """Write what was learned, each weight in eight bits."""
    weights = np.array(chooser.weights)
    scale = float(np.abs(weights).max()) / 127
    np.savez_compressed(
        path,
        weights=np.round(weights / scale).astype(np.int8),
        numbers=np.array([scale, chooser.offset, chooser.least]),
        common=np.packbits(np.frombuffer(chooser.common.met, np.uint8)),
    )


def load(path: Path = NUMBERS) -> Chooser:
    """
    Read what was learned.

    Raises:
        NamesMissing: it is not there.
    """
    try:
        with np.load(path) as kept:
            scale, offset, least = kept["numbers"].tolist()
            weights = tuple((kept["weights"].astype(np.float64) * scale).tolist())
            return Chooser(weights, offset, least, Words(np.unpackbits(kept["common"]).tobytes()))
    except FileNotFoundError as missing:
        raise NamesMissing(f"{path.name} is not there: run `make train-names`") from missing


@cache
def chooser() -> Chooser:
    """Return the shipped one, read once."""
    return load()
