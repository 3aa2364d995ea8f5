"""Check, before a letter is ever written, that templates use the words they should."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from mailbot.domain.errors import LetterIncomplete
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
    problems = [
        problem
        for language in languages
        for letter, rule in LETTERS.items()
        for problem in _letter_problems(environment, sources, f"{language}/{letter}", rule)
    ]
    if "nl" not in languages:
        problems.append("nl/language.toml: there must be Dutch")
    if problems:
        raise LetterIncomplete("\n".join(problems))


def _letter_problems(
    environment: Environment, sources: Mapping[str, str], folder: str, rule: LetterRule
) -> Iterator[str]:
    """Name what is wrong with one letter in one language."""
    known = {"board", *rule.needs, *rule.may}
    used: set[str] = set()
    paths = (f"{folder}/subject.txt", f"{folder}/body.md")
    absent = [path for path in paths if path not in sources]
    if absent:
        # A letter may be missing in a language as a whole, though never in Dutch.
        if len(absent) == 1 or folder.startswith("nl/"):
            yield from (f"{path}: this file is missing" for path in absent)
        return
    for path in paths:
        found, problems = _words_of(environment, sources, path)
        used |= found
        yield from problems
        yield from (f"{path}: unknown word {name!r}" for name in sorted(found - known))
    body = f"{folder}/body.md"
    yield from (f"{body}: never uses {name!r}" for name in sorted(known - used))


def _words_of(
    environment: Environment, sources: Mapping[str, str], path: str
) -> tuple[set[str], list[str]]:
    """Find the words a template and its shared pieces use, and what is wrong with them."""
    if path not in sources:
        return set(), [f"{path}: this file is missing"]
    try:
        tree = environment.parse(sources[path])
        words = meta.find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        return set(), [f"{path}: line {error.lineno}: {error.message}"]
    problems = [f"{path}: {problem}" for problem in _wrong_parts(tree)]
    for piece in meta.find_referenced_templates(tree):
        if piece is None:
            problems.append(f"{path}: include a shared piece by its plain name")
            continue
        more, wrong = _words_of(environment, sources, environment.join_path(piece, path))
        words |= more - {"request", "case", "part"}
        problems += wrong
    return words, problems


def _wrong_parts(tree: nodes.Template) -> Iterator[str]:
    """Name the attributes our values do not have."""
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in _SHAPES:
            name = node.node.name
            if node.attr not in _SHAPES[name]:
                yield f"unknown word '{name}.{node.attr}'"
        elif not (isinstance(node.node, nodes.Name) and node.node.name == "loop"):
            yield f"only {', '.join(_SHAPES)} have parts, not '.{node.attr}'"
