"""Why a mail waits, and why it was guessed to be of a case, is said in words everywhere."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mailbot.adapters.merging import MOVED
from mailbot.domain.books import Event
from mailbot.domain.guessing import SIGNS
from mailbot.web.pages.doubts import GUESSED, REASONS, guess_in_words, waiting_mails

MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
TREE = Path(__file__).parents[2]
NAMED_ELSEWHERE = {"looks_like_not_ours", "looks_like_spam", MOVED}
"""Reasons that reach `AskOfficer` through a variable or are written by an officer's act."""


def asked() -> Iterator[str]:
    """Collect every reason that handlers and work give to `AskOfficer`."""
    for path in sorted([*(TREE / "handlers").glob("*.py"), *(TREE / "mailbot/work").rglob("*.py")]):
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "AskOfficer":
                yield from _reasons(node.args[0], constants)


def _reasons(node: ast.expr, constants: dict[str, object]) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _reasons(node.body, constants)
        yield from _reasons(node.orelse, constants)
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.Name):
        yield str(constants[node.id])
    else:
        assert ast.unparse(node) == "self._reason", f"a reason nobody can read: {ast.unparse(node)}"


def test_every_reason_for_which_a_person_is_asked_has_words() -> None:
    """A code on a page is a riddle; a reason nobody gives any more goes from the table."""
    assert set(REASONS) == {*asked(), *NAMED_ELSEWHERE}


def test_the_reasons_that_go_through_a_variable_are_those_of_the_handlers() -> None:
    """What the collecting above cannot read is written in the table of handlers."""
    table = (TREE / "handlers/__init__.py").read_text()
    assert all(f'NotOurs("{one}")' in table for one in NAMED_ELSEWHERE - {MOVED})


def test_every_sign_of_a_guess_has_words() -> None:
    """Whoever puts a mail in a case reads why it was guessed, not codes."""
    assert {name for name, _, _ in SIGNS} == set(GUESSED)
    assert "it names the same child; other" == guess_in_words("same_child,other", str)


def test_a_waiting_mail_names_all_its_reasons_once() -> None:
    """A mail may wait for several reasons; the reasons of other mails are not its own."""
    events = [
        Event("officer_asked", MORNING, 1, 7, detail=(("reason", "unsure"),)),
        Event("officer_asked", MORNING, 1, 7, detail=(("reason", "possible_breach"),)),
        Event("officer_asked", MORNING, 2, 7, detail=(("reason", "unsure"),)),
        Event("officer_asked", MORNING, 1, 8, detail=(("reason", "sibling_named"),)),
    ]
    (found,) = waiting_mails([7], events, str)
    assert (7, (REASONS["unsure"], REASONS["possible_breach"])) == (found.number, found.reasons)
