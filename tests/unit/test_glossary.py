"""The glossary keeps a pair for every word that people and code must share."""

from enum import StrEnum
from pathlib import Path

import pytest

from mailbot.domain.decision import Outcome
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role

PAGE = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [Kind, Role, Outcome])
def test_every_code_has_its_dutch_word(words: type[StrEnum]) -> None:
    """A new kind, role or outcome gets its row, or an officer reads a word nobody explains."""
    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_every_row_is_a_pair_with_its_meaning() -> None:
    """Dutch, English and a meaning: three cells, none of them empty."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert len(cells) > 100
    assert [row for row in cells if len(row) != 3 or not all(row)] == []


def test_no_dutch_word_stands_twice() -> None:
    """Two meanings for one word are two words."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    first = [row.split("|")[1].strip() for row in rows]
    words = [word for word in first if word != "Dutch"]
    assert sorted(words) == sorted(set(words))
