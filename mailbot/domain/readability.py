"""Measure how easily a Dutch text reads: sentences, syllables, hard words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# The trema starts a syllable of its own, so the vowels that carry one stand apart.
_SYLLABLE = re.compile(
    "eau|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[äëïöü]|[aeiouyáéíóúàèêâîôû]"
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"\u201d')]*\s+|\n+")
_NOT_READ_ALOUD = re.compile(r"\S+@\S+|https?://\S+|[A-Z]{2,10}-\d{4}-\d{6}-?[A-Z]?|[-=]{5,}")

HARD_FROM = 4
"""Syllables from which a word counts as hard, unless it is one that readers know."""

KNOWN = frozenset(
    {
        "persoonsgegevens",
        "functionaris",
        "gegevensbescherming",
        "klachtenreglement",
        "privacyreglement",
        "burgerservicenummer",
        "autoriteit",
        "telefoonnummers",
        "automatisch",
        "februari",
        "herinnering",
        "januari",
        "mailadres",
        "medewerker",
        "verbeteren",
        "vriendelijke",
    }
)
"""Long words that readers at B1 know, and names that the letters explain."""

OFFICIALESE = frozenset(
    {
        "aangaande",
        "alsmede",
        "betreffende",
        "bovengenoemde",
        "conform",
        "derhalve",
        "desbetreffende",
        "desgewenst",
        "dienaangaande",
        "dientengevolge",
        "doch",
        "echter",
        "geschieden",
        "hieromtrent",
        "hierbij",
        "ingevolge",
        "indien",
        "inzake",
        "jegens",
        "krachtens",
        "middels",
        "mits",
        "navolgende",
        "nadere",
        "nochtans",
        "omtrent",
        "onderhavige",
        "ondergetekende",
        "onverwijld",
        "reeds",
        "strekkende",
        "teneinde",
        "tenzij",
        "terzake",
        "thans",
        "uitsluitend",
        "verstrekken",
        "vooralsnog",
        "voornoemde",
        "wederom",
        "woonachtig",
        "zulks",
        "zodoende",
    }
)
"""Words of officials, for which there is always a plainer one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of one text."""

    sentences: int
    words: int
    words_per_sentence: float
    longest_sentence: int
    syllables_per_word: float
    hard_words: tuple[str, ...]
    """Words of officials, and words of many syllables that are not generally known."""
    score: float
    """Flesch-Douma: above 80 is very easy, 70 to 80 easy, 60 to 70 plain, below 50 hard."""

    @property
    def hard_share(self) -> float:
        """The share of hard words among all words."""
        return len(self.hard_words) / max(self.words, 1)


def syllables(word: str) -> int:
    """Count the syllables of a Dutch word; at least one."""
    return max(1, len(_SYLLABLE.findall(word.lower())))


def read(text: str) -> Reading:
    """
    Measure a text.

    Addresses, links and references are not counted: nobody reads them aloud.
    A heading and each line of a list count as a sentence.

    Args:
        text: plain Dutch text.

    Returns:
        Its figures; the score is 206.84 - 0.77 x syllables per 100 words
        - 0.93 x words per sentence (Douma, 1960).
    """
    sentences = _sentences(text)
    words = [word for sentence in sentences for word in sentence]
    count = max(len(words), 1)
    per_sentence = len(words) / max(len(sentences), 1)
    per_word = sum(map(syllables, words)) / count
    return Reading(
        sentences=len(sentences),
        words=len(words),
        words_per_sentence=per_sentence,
        longest_sentence=max(map(len, sentences), default=0),
        syllables_per_word=per_word,
        hard_words=tuple(word for word in words if is_hard(word)),
        score=206.84 - 77 * per_word - 0.93 * per_sentence,
    )


def is_hard(word: str) -> bool:
    """Say whether a word stands in the way of a B1 reader."""
    plain = word.lower()
    return plain in OFFICIALESE or (plain not in KNOWN and syllables(plain) >= HARD_FROM)


def _sentences(text: str) -> Sequence[list[str]]:
    """Split a text into sentences of words, without what is not read aloud."""
    pieces = _SENTENCE_END.split(_NOT_READ_ALOUD.sub(" ", text))
    return [words for piece in pieces if (words := _WORD.findall(piece))]
