"""Finds the children a mail is about by their given names, wherever they stand in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.around_names import (
    ABOUT,
    ADULT,
    ARABIC_PAPER,
    ARTICLE,
    DOES,
    ENGLISH,
    FOLLOWING,
    FOREIGN,
    GREETING,
    GUARDIAN_AFTER,
    HEADER,
    KNOWN_TO_ALL,
    LIKE_A_NAME,
    MONTHS,
    NEAR,
    NEGATED,
    OF,
    ONLY_PEOPLE,
    OTHER_CHILD,
    PARAGRAPH,
    PARENT_AFTER,
    PLACE,
    PLAIN_RELATION,
    RELATION,
    SCHOOL,
    SIGNED,
    STREET_WORDS,
    TELEPHONE,
    TITLE,
    TITLE_AFTER,
    WORD,
    WRITER,
    WRITER_AFTER,
)
from classifiers.folding import fold
from classifiers.given_names import (
    also_words,
    english_words,
    given_names,
    plain_names,
    small_words,
    turkish_words,
)
from classifiers.name_cases import TURKISH_CASE, is_polish, is_turkish, stem_of, without_turkish
from classifiers.strangers import is_german, never_names, stands_as_somebody, strangers_in

ENOUGH = 2
"""The least weight of a child's name."""
_GROWN = -1
_OPENING = 20
"""Letters within which a writer says who writes."""
RELATED = 5
"""The weight of a name that the words before it call a child's."""
_SENTENCE_END = re.compile(r"[.!?:;]['\"”)]?\s*(?:['\"„“«‘(]\s*)?$")
NEVER = frozenset(
    fold(
        "in maar heeft en dat wat die dit want dus toen nu na door om of als bij voor met van aan is was zijn wij mag moet kan wil haar hij zij ze het de een "
        "und der das die ist aber hat and but the that this there then when has his her et mais alors puis est ve ama bu şu ancak i ale to jest "
        "gewoon vandaag gisteren morgen alles niemand iemand niet geen wel ook nog al zo zelf sinds per vanaf selam merhaba",
    ).split(),
)
"""Words that stand with a capital at the beginning of a sentence and are no name."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is written, worked out once for all its words."""

    shouted: bool
    lower: bool
    turkish: bool
    polish: bool
    german: bool
    words: frozenset[str]
    """The names that are words in the language of this text."""
    told: frozenset[str]
    """Names no list has, known by where they stand."""


@dataclass(frozen=True, slots=True)
class Child:
    """A given name in a text, and how strongly its surroundings show that a child is meant."""

    value: str
    start: int
    given: str
    weight: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Every given name in a text, children's and others', and how the text is written."""

    manner: Manner
    found: tuple[Child, ...]


def hear(text: str) -> Heard:
    """Weigh every given name in a text: 0 where nobody is meant, less where a grown person is."""
    manner = _manner(text)
    return Heard(manner, tuple(_candidates(text, manner)))


def _manner(text: str) -> Manner:
    shouted = sum(map(str.isupper, text)) > 0.6 * max(1, sum(map(str.isalpha, text)))
    turkish = is_turkish(text)
    return Manner(
        shouted=shouted,
        lower=not any(map(str.isupper, filter(str.isalpha, text))) or _mostly_lower(text),
        turkish=turkish,
        polish=is_polish(text),
        german=is_german(text),
        words=also_words()
        | (turkish_words() if turkish else frozenset())
        | (english_words() if len(set(map(str.lower, ENGLISH.findall(text)))) > 2 else frozenset()),
        told=frozenset() if shouted else strangers_in(text, given_names()),
    )


def children_in(text: str, end: int, heard: Heard) -> tuple[Child, ...]:
    """
    Return the given names of children, those the text speaks of most plainly first.

    A name counts where it is on the list, is not the writer's, a teacher's or another grown
    person's, and stands where a person stands. A name that is also a word needs a capital
    within a sentence, or words around it that only fit a child.

    Args:
        text: what the person wrote.
        end: where the closing and the writer's own name begin.
        heard: the given names in it.
    """
    own = _signed(text[end:])
    found = [
        one
        for one in heard.found
        if one.weight >= RELATED or (one.weight and one.start < end and one.given not in own)
    ]
    weights: dict[str, int] = {}
    for one in found:
        weights[one.given] = max(weights.get(one.given, 0), one.weight) + (one.given in weights)
    grown = {one.given for one in found if one.weight < 0}
    weights = {
        given: weight
        for given, weight in weights.items()
        if weight >= RELATED or given not in grown
    }
    strong = max(weights.values(), default=0)
    if strong < ENOUGH:
        return ()
    # Where words name a child as the writer's own, whoever else is mentioned is somebody else.
    least = max(ENOUGH, strong - 1) if strong >= RELATED else ENOUGH
    best: dict[str, Child] = {}
    for one in sorted(found, key=_plainness):
        if weights.get(one.given, 0) >= least and one.given not in best:
            best[one.given] = one
    return tuple(sorted(best.values(), key=lambda one: one.start))


def _signed(closing: str) -> frozenset[str]:
    """Return the words a mail is signed with: whoever bears them writes, and is no child."""
    lines = fold(closing.split("(", maxsplit=1)[0]).split("\n")[:9]
    return frozenset(word for line in lines for word in line.strip(" ,.").split()[:2])


def _plainness(one: Child) -> tuple[int, bool, int, int]:
    """Prefer a name in its own form over a case of it, and a full name over a given one."""
    bent = not fold(one.value).startswith(one.given)
    return (
        -one.weight,
        bent or len(one.value.split()[0]) != len(one.given),
        -len(one.value),
        one.start,
    )


def _candidates(text: str, manner: Manner) -> Iterator[Child]:
    beside: tuple[int, int] = (-9, 0)
    past = 0
    for found in WORD.finditer(text):
        if found.start() < past:
            continue
        given, cut = given_in(found.group(), manner)
        if given is None:
            given = _called(found, text, manner)
        if given is None or (
            text[max(0, found.start() - 1)] == "("
            and text[found.start() - 2 : found.start() - 1].isalpha()
        ):
            continue
        before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() - cut :]
        start = found.start() + _clitic(found.group())
        weight = _weight(found.group(), given, before, after, manner)
        if (
            beside[0] >= 0
            and re.fullmatch(
                r", (?:en |and |und |et |ve |i )?| (?:en|and|und|et|ve|i|y|&|iyo|w|ile) |، ?| و",
                text[beside[0] : start],
            )
            and (manner.lower or not found.group()[0].islower())
        ):
            weight = max(weight, beside[1] - 1)
        value = text[start : found.end() - cut]
        if value[:1].isupper() and not manner.shouted:
            value += surname_after(text[start + len(value) :])
        if weight == 0:
            yield Child(value, start, given, 0)
            continue
        past = start + len(value)
        beside = (past, weight)
        yield Child(value, start, given, weight)


def _mostly_lower(text: str) -> bool:
    """Say whether sentences begin without capitals, as telephones write them."""
    starts: list[str] = re.findall(r"(?:^|[.!?\n]\s*)([^\W\d_])", text)
    return 2 * sum(letter.islower() for letter in starts) > len(starts)


def _clitic(word: str) -> int:
    """Return how many letters of an Arabic word stand before the name (`و`, `ل`, `ب`)."""
    if not "\u0600" <= word[0] <= "\u06ff":
        return 0
    folded = fold(word)
    if folded not in given_names():
        for length in (1, 2):
            if folded[length:] in given_names() and folded[:length] in {
                "و",
                "ل",
                "ب",
                "ول",
                "وب",
                "ف",
            }:
                return length
    return 0


def _is_double(word: str) -> bool:
    """Say whether a word is two names with a hyphen between them, such as `Ty-Ana`."""
    if "-" not in word or not all(part[0].isupper() for part in word.split("-")):
        return False
    first, *_, last = fold(word).split("-")
    return first in given_names() or (last in given_names() and first not in never_names())


def given_in(word: str, manner: Manner) -> tuple[str | None, int]:
    """Return the name a word holds, and how many letters at its end do not belong to it."""
    names, folded = given_names(), fold(word).strip("-")
    clitic = _clitic(word)
    if clitic:
        return folded[clitic:], 0
    if folded in names:
        polish = manner.polish and folded in manner.words and word[0].isupper()
        return (stem_of(folded) or folded if polish else folded), 0
    if _is_double(word):
        return folded, 0
    bent = manner.turkish and manner.lower and word.islower()
    if len(folded) < 4 or not (word[0].isupper() or bent):
        return None, 0
    if folded.endswith("s") and folded[:-1] in plain_names() and not bent:
        return folded[:-1], 1
    if manner.shouted or manner.turkish:
        base = without_turkish(folded, small=bent)
        if base is not None:
            return base, len(folded) - len(base)
    if (
        not manner.shouted
        and word[0].isupper()
        and folded not in never_names()
        and (manner.polish or "\u0400" <= word[0] <= "\u04ff")
    ):
        return stem_of(folded), 0
    return None, 0


def _called(found: re.Match[str], text: str, manner: Manner) -> str | None:
    """Take a name no list has, where the words before it call it a child's."""
    word = found.group()
    if manner.shouted or len(word) < 3 or not word[0].isupper() or word.isupper():
        return None
    folded, before = fold(word), text[max(0, found.start() - 40) : found.start()]
    if folded in NEVER or folded in never_names():
        return None
    if before[-1:] == " " and PLAIN_RELATION.search(before):
        return folded
    case = manner.turkish and TURKISH_CASE.match(text[found.end() :]) and not before.endswith(". ")
    if case or folded in manner.told:
        return folded
    if manner.german:
        return None
    return folded if LIKE_A_NAME.match(word) and _stands_as_person(found, text, before) else None


def _stands_as_person(found: re.Match[str], text: str, before: str) -> bool:
    """Say whether a word with a capital stands where only somebody's name does."""
    after = text[found.end() :]
    told = bool(ABOUT.search(before)) and not re.match(r" [A-ZÀ-Þ]|['’-]?\w", after)
    return (told and bool(DOES.match(after))) or bool(ONLY_PEOPLE.match(after))


def _weight(word: str, given: str, before: str, after: str, manner: Manner) -> int:
    """Weigh what stands around a name; 0 where it is no child's."""
    line = before.rsplit("\n", maxsplit=1)[-1]
    owned, related = bool(OF.match(after)), bool(RELATION.search(before))
    if GUARDIAN_AFTER.match(after):
        return RELATED
    if _is_grown(line, before, after, owned=owned):
        return _GROWN if word[0].isupper() else 0
    if _is_somebody_else(line, before, after, owned=owned, related=related):
        return 0
    arabic, capital = "\u0600" <= word[0] <= "\u06ff", word[0].isupper()
    common = given in manner.words
    if related and (capital or arabic or not common):
        return RELATED
    near, does = bool(NEAR.search(before)), bool(DOES.match(after))
    if common and arabic:
        return _weight_of_arabic_word(given, before, near=near, does=does)
    plain = manner.shouted or (manner.lower and word not in small_words())
    if common and manner.turkish and manner.lower and TURKISH_CASE.match(after):
        return 3
    if common:
        if not capital or plain or PLACE.search(before):
            return 0
        weight = _weight_of_word(line, after, owned=owned, near=near, does=does)
        thing = manner.german or word.isupper() or given in MONTHS or ARTICLE.search(before)
        return weight if thing or not _inside(line) else max(weight, ENOUGH)
    if not (capital or arabic or plain):
        return 0
    return _weight_of_name(before, after, known=near or does)


def _weight_of_name(before: str, after: str, *, known: bool) -> int:
    """Weigh a name that is nothing else, unless it may be a town's."""
    if FOREIGN.search(before) and not (known or re.match(r"['’]?s ", after)):
        return 1
    return 3 if known else ENOUGH


def _inside(line: str) -> bool:
    """Say whether a word stands within a sentence, where a capital has a meaning."""
    return bool(line.strip()) and not _SENTENCE_END.search(line)


def _weight_of_word(line: str, after: str, *, owned: bool, near: bool, does: bool) -> int:
    """Weigh a name that is also a word: within a sentence, or where only a person fits."""
    if owned or stands_as_somebody(after) or (_inside(line) and (near or does)):
        return 3
    return int(does)


def _weight_of_arabic_word(given: str, before: str, *, near: bool, does: bool) -> int:
    """Weigh a name that is also an Arabic word; what stands often enough is a name."""
    if ARABIC_PAPER.search(before):
        return 3
    if given in STREET_WORDS:
        return ENOUGH if near and does else 0
    begins = not before.rsplit("\n", maxsplit=1)[-1].strip()
    return ENOUGH if does and begins else int(near) + int(does)


def _is_grown(line: str, before: str, after: str, *, owned: bool) -> bool:
    """Say whether a name is the writer's or another grown person's."""
    if HEADER.match(line) or PARENT_AFTER.match(after) or TITLE_AFTER.match(after):
        return True
    if not line.strip() and SIGNED.match(after):
        return True
    if len(before) < _OPENING and not owned and WRITER_AFTER.match(after):
        return True
    beside = PARAGRAPH.split(before)[-1]
    if TITLE.search(beside) or ADULT.search(beside):
        return True
    return bool(WRITER.search(before) or TELEPHONE.search(line)) and not owned


def _is_somebody_else(line: str, before: str, after: str, *, owned: bool, related: bool) -> bool:
    """Say whether a name is another child's, a school's, or that of whoever is spoken to."""
    called_upon = not line.strip() and re.match(r",\s*\n", after)
    mankind = re.search(r"(?<!\w)بني\s+$", before)
    if called_upon or mankind or KNOWN_TO_ALL.match(after):
        return True
    if OTHER_CHILD.search(before) or NEGATED.search(before):
        return True
    does = bool(DOES.match(after)) and after[0] != ","
    if GREETING.search(f"\n{line}") and not (owned or related or does):
        return True
    return bool(SCHOOL.search(line[-14:])) or after[:1] in {"@", "/"}


def surname_after(rest: str) -> str:
    """Return the surname that stands right behind a given name, with the space before it."""
    taken = ""
    for _ in range(3):
        found = FOLLOWING.match(rest, len(taken))
        if found is None:
            break
        taken = rest[: found.end()]
    return taken.rstrip(".") if not re.search(r"\b[A-Z]\.$", taken) else taken
