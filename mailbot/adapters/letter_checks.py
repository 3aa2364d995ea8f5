"""Check, before a letter is ever written, that templates use the words they should."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.letter_words import AnsweredWords, HeapWords, LeavingWords
from mailbot.domain.letters import (
    LETTERS,
    BoardWords,
    LetterRule,
    RefusedPart,
    RequestWords,
    StatusWords,
)

_SHAPES: Mapping[str, frozenset[str]] = {
    name: frozenset(field.name for field in fields(shape))
    for name, shape in {
        "board": BoardWords,
        "request": RequestWords,
        "case": StatusWords,
        "part": RefusedPart,
        "heap": HeapWords,
        "leaving": LeavingWords,
        "answered": AnsweredWords,
    }.items()
}
"""The names under which templates meet our values, with what each value has."""


def check_templates(
    environment: Environment, sources: Mapping[str, str], languages: Sequence[str]
) -> None:
    """
    Check the words of every letter in every language.

    Args:
        environment: reads the templates.
        sources: the text of each file by its path.
        languages: the languages there are.

    Raises:
        LetterIncomplete: names each file and word that is wrong, all at once.
    """
    read = {
        path: _read_template(environment, path, source)
        for path, source in sources.items()
        if path.endswith((".md", ".txt"))
    }
    problems = [
        problem
        for language in languages
        for letter, rule in LETTERS.items()
        for problem in _letter_problems(read, f"{language}/{letter}", rule)
    ]
    if "nl" not in languages:
        problems.append("nl/language.toml: there must be Dutch")
    if problems:
        raise LetterIncomplete("\n".join(problems))


@dataclass(frozen=True, slots=True)
class _Template:
    """What one file uses, and what is wrong with it."""

    words: frozenset[str] = frozenset()
    pieces: tuple[str, ...] = ()
    """The paths of the shared pieces it includes."""
    problems: tuple[str, ...] = ()


def _read_template(environment: Environment, path: str, source: str) -> _Template:
    """Read one file; its own words only, not those of its shared pieces."""
    try:
        tree = environment.parse(source)
        words = meta.find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        return _Template(problems=(f"{path}: line {error.lineno}: {error.message}",))
    names = list(meta.find_referenced_templates(tree))
    problems = [f"{path}: {problem}" for problem in _wrong_parts(tree)]
    problems += [f"{path}: include a shared piece by its plain name" for n in names if n is None]
    pieces = tuple(environment.join_path(name, path) for name in names if name is not None)
    return _Template(frozenset(words), pieces, tuple(problems))


def _letter_problems(read: Mapping[str, _Template], folder: str, rule: LetterRule) -> Iterator[str]:
    """Name what is wrong with one letter in one language."""
    known = {"board", *rule.needs, *rule.may}
    used: set[str] = set()
    paths = (f"{folder}/subject.txt", f"{folder}/body.md")
    absent = [path for path in paths if path not in read]
    if absent:
        # A letter may be missing in a language as a whole, though never in Dutch.
        if len(absent) == 1 or folder.startswith("nl/"):
            yield from (f"{path}: this file is missing" for path in absent)
        return
    for path in paths:
        found = set[str]()
        yield from _gather(read, path, found)
        yield from (f"{path}: unknown word {name!r}" for name in sorted(found - known))
        used |= found
    body = f"{folder}/body.md"
    yield from (f"{body}: never uses {name!r}" for name in sorted(known - used))


def _gather(
    read: Mapping[str, _Template], path: str, found: set[str], inside: tuple[str, ...] = ()
) -> Iterator[str]:
    """Add the words of a file and its shared pieces to *found*; name what is wrong with them."""
    if path not in read:
        yield f"{path}: this file is missing"
        return
    template = read[path]
    found |= template.words
    yield from template.problems
    for piece in template.pieces:
        if piece in (*inside, path):
            yield f"{piece}: includes itself"
            continue
        yield from _gather(read, piece, found, (*inside, path))


def _wrong_parts(tree: nodes.Template) -> Iterator[str]:
    """Name the attributes our values do not have."""
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in _SHAPES:
            name = node.node.name
            if node.attr not in _SHAPES[name]:
                yield f"unknown word '{name}.{node.attr}'"
        elif not (isinstance(node.node, nodes.Name) and node.node.name == "loop"):
            yield f"only {', '.join(_SHAPES)} have parts, not '.{node.attr}'"
