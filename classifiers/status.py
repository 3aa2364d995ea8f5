"""Recognises a mail that asks how a running case stands, and asks nothing else."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from classifiers.folding import BREAK, fold, read
from classifiers.patterns import Pattern, compile_phrase

SURE = 0.95
"""Every sentence asks for the state of things or only goes along with that."""
PERHAPS = 0.6
"""A few words remain that nobody could place."""
FAINT = 0.3
"""It is asked among other things."""
_LONGEST = 1500
"""Letters; whoever writes more than this tells something besides."""
_LOOSE_WORDS = 4
"""A sentence no longer than this, without a question mark, is a name or a greeting."""
_LEFT_WORDS = 8
_AROUND_WORDS = 14
"""A longer piece tells something, whatever words stand in it."""
_JOINTS = re.compile(
    r"[,;:،؛]|(?<!\w)(?:want|omdat|aangezien|terwijl|because|since|while|weil|denn|cunku|zira|"
    r"parce que|car|poniewaz|gdyz|porque|لان|لانه|لاني|тому що|бо)(?!\w)"
)
"""Where a sentence turns to something else; each piece is looked at by itself."""
_ALWAYS = ("nl", "en")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Language:
    asks: tuple[Pattern, ...]
    around: tuple[Pattern, ...]
    more: tuple[Pattern, ...]


@cache
def _tables() -> dict[str, _Language]:
    source = (files("classifiers") / "status_words.toml").read_text("utf-8")
    return {
        code: _Language(
            *(
                tuple(compile_phrase(one, rows.get("words", {})) for one in rows[part])
                for part in _PARTS
            )
        )
        for code, rows in tomllib.loads(source).items()
    }


_PARTS = ("asks", "around", "more")


def _languages(language: str) -> tuple[_Language, ...]:
    """Take the language of the text, and the two that parents mix into everything."""
    tables = _tables()
    if language not in tables:
        return tuple(tables.values())
    return tuple(tables[code] for code in dict.fromkeys((language, *_ALWAYS)))


def _hit(patterns: tuple[Pattern, ...], text: str) -> bool:
    return any(one.possible(text) and one.regex.search(text) for one in patterns)


def asks_status(text: str, language: str) -> float:
    """
    Say how surely a text asks how a running case stands, and nothing else.

    1. One sentence must ask it in so many words.
    2. A sentence that asks for something more makes it faint: nobody is answered by half.
    3. What is left must be greetings, thanks, names, or a word about the waiting.

    Args:
        text: the new text of a mail.
        language: its language as far as known.

    Returns:
        `SURE`, `PERHAPS`, `FAINT`, or 0 where nothing asks for it.
    """
    tables = _languages(language)
    sentences = _sentences(text)
    # Few mails ask for it, so the rest is looked at only then.
    if not any(_hit(table.asks, sentence) for sentence in sentences for table in tables):
        return 0.0
    kinds = [_kind(sentence, tables) for sentence in sentences]
    if "asks" not in kinds:
        return 0.0
    if len(text) > _LONGEST or "more" in kinds:
        return FAINT
    left = [one for one, kind in zip(sentences, kinds, strict=True) if kind == "left"]
    if any("?" in one or "؟" in one for one in left):
        return FAINT
    words = sum(len(_WORDS.findall(one)) for one in left)
    if not words:
        return SURE
    return PERHAPS if words <= _LEFT_WORDS else FAINT


def asked_in(text: str) -> str | None:
    """Name the one language whose words ask for it; a question of three words shows no more."""
    sentences = _sentences(text)
    found = [
        code
        for code, table in _tables().items()
        if any(_hit(table.asks, sentence) for sentence in sentences)
    ]
    return found[0] if len(found) == 1 else None


def _kind(sentence: str, tables: tuple[_Language, ...]) -> str:
    for table in tables:
        if _hit(table.more, sentence):
            return "more"
    for table in tables:
        if _hit(table.asks, sentence):
            return "asks"
    words = len(_WORDS.findall(sentence))
    loose = words <= _LOOSE_WORDS and "?" not in sentence
    along = words <= _AROUND_WORDS and any(_hit(table.around, sentence) for table in tables)
    if loose or along:
        return "around"
    return "left"


def _sentences(text: str) -> list[str]:
    """Cut a text into folded pieces of sentences, the last of each with the mark that ended it."""
    folded = read(text)
    ends = [*folded.breaks, len(folded.text)]
    plain = fold(text)
    marks = [plain[at : at + 1] for at in folded.breaks]
    pieces, start = [], 0
    for end, mark in zip(ends, [*marks, ""], strict=True):
        piece = folded.text[start:end].replace(BREAK, " ").strip()
        parts = [part for part in _JOINTS.split(piece) if part.strip()]
        pieces += [*parts[:-1], *(part + mark.strip() for part in parts[-1:])]
        start = end + 1
    return pieces
