"""Reads the passages in `templates/passages` and fills in what a board has laid down."""

import string
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mailbot.domain.board import BoardProfile
from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.kinds import Kind
from mailbot.domain.passages import ANY_BOARD, BoardPassage, Passage, Sources

LANGUAGES = ("nl", "en", "tr", "ar")
PLACEHOLDERS = frozenset({"board", "privacy_address", "fg_contact", "request_term", "cap_term"})
"""What a passage may leave open; anything else in braces stops mailbot at its start."""
_LINKS = frozenset({"complaints", "authority", "cbs", "nco"})
_MANY = 11
_KEYS = frozenset({"title", "text", "sources", "link", "kind"})


def passages_folder() -> Traversable:
    """Find the passages in the installed wheel, or beside the package in a checkout."""
    inside = files("mailbot") / "templates" / "passages"
    if inside.is_dir():
        return inside
    return Path(str(files("mailbot"))).parent / "templates" / "passages"


def read_passages(folder: Traversable | None = None) -> Mapping[str, Passage]:
    """
    Read every passage and check its words.

    Raises:
        LetterIncomplete: naming each file and what is wrong in it, all at once.
    """
    found, problems = dict[str, Passage](), list[str]()
    for path in sorted((folder or passages_folder()).iterdir(), key=lambda one: one.name):
        if not path.name.endswith(".toml"):
            continue
        code = path.name.removesuffix(".toml")
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        wrong = list(_wrong(table))
        problems += [f"passages/{path.name}: {line}" for line in wrong]
        if not wrong:
            found[code] = _passage(code, table)
    if problems:
        raise LetterIncomplete("\n".join(problems))
    return found


def passages_of(
    profile: BoardProfile, folder: Traversable | None = None
) -> Mapping[str, BoardPassage]:
    """
    Give the passages that hold for one board, filled in from its profile.

    Raises:
        LetterIncomplete: a passage has wrong words.
    """
    folder = folder or passages_folder()
    source = folder / "_words" / "words.toml"
    words = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        code: _filled(passage, profile, words)
        for code, passage in read_passages(folder).items()
        if passage.holds_for(profile)
    }


def _wrong(table: Mapping[str, Any]) -> Iterable[str]:
    """Name what is wrong with the words of one passage."""
    yield from (f"unknown key {key!r}" for key in sorted(table.keys() - _KEYS))
    for part in ("title", "text"):
        lacking = set(LANGUAGES) ^ table.get(part, {}).keys()
        yield from (f"{part}.{language}: missing or unknown" for language in sorted(lacking))
        for language, words in table.get(part, {}).items():
            used = {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
            yield from (f"{part}.{language}: unknown {{{name}}}" for name in used - PLACEHOLDERS)
    if not table.get("sources"):
        yield "sources: a passage without its article may not be used"
    for board, place in table.get("sources", {}).items():
        if not any(place.values()):
            yield f"sources.{board}: names no article"
    if table.get("link", "cbs") not in _LINKS:
        yield f"link: allowed: {', '.join(sorted(_LINKS))}"
    if table.get("kind", Kind.QUESTION) not in set(Kind):
        yield "kind: there is no such kind"


def _passage(code: str, table: Mapping[str, Any]) -> Passage:
    return Passage(
        code=code,
        titles=dict(table["title"]),
        texts={language: words.strip() for language, words in table["text"].items()},
        sources={
            board: Sources(
                reglement=tuple(place.get("reglement", ())),
                explained=tuple(place.get("explained", ())),
                law=tuple(place.get("law", ())),
                page=place.get("page", False),
            )
            for board, place in table["sources"].items()
        },
        link=table.get("link"),
        kind=Kind(table["kind"]) if "kind" in table else None,
    )


def _filled(
    passage: Passage, profile: BoardProfile, words: Mapping[str, Mapping[str, str]]
) -> BoardPassage:
    sources = passage.sources.get(profile.code) or passage.sources[ANY_BOARD]
    address = getattr(profile.links, passage.link) if passage.link else None
    return BoardPassage(
        code=passage.code,
        titles=passage.titles,
        texts={
            language: text.format_map(_values(profile, words[language]))
            for language, text in passage.texts.items()
        },
        articles={
            language: _articles(sources, profile.name, words[language]) for language in LANGUAGES
        },
        links=(address,) if address else (),
    )


def _values(profile: BoardProfile, words: Mapping[str, str]) -> dict[str, str]:
    return {
        "board": profile.name,
        "privacy_address": profile.privacy_address,
        "fg_contact": profile.fg.address,
        "request_term": _term(profile.terms.request_days, words),
        "cap_term": _term(profile.terms.cap_days, words),
    }


def _term(days: int, words: Mapping[str, str]) -> str:
    """Name a term in whole weeks, else in days."""
    unit, number = ("days", days) if days % 7 else ("weeks", days // 7)
    many = f"{unit}_many"
    return words[many if number >= _MANY and many in words else unit].format(n=number)


def _articles(sources: Sources, board: str, words: Mapping[str, str]) -> str:
    """Say in words where a passage stands."""

    def listed(articles: tuple[str, ...]) -> str:
        *first, last = articles
        return f"{', '.join(first)} {words['and']} {last}" if first else last

    parts = []
    if sources.reglement:
        form = "one" if len(sources.reglement) == 1 else "more"
        parts.append(words[form].format(list=listed(sources.reglement), board=board))
    if sources.explained:
        form = "explained" if sources.reglement else "explained_alone"
        parts.append(words[form].format(list=listed(sources.explained), board=board))
    if sources.law:
        parts.append(words["law"].format(list=listed(sources.law)))
    if sources.page:
        parts.append(words["page"].format(board=board))
    return "; ".join(parts)
