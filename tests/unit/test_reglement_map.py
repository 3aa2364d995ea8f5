"""The map from the reglement to the tests names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`((?:unit|wire)/[\w/]+\.py)::(test_\w+)`")
MODULE = re.compile(r"`((?:domain|work|adapters|profiles)/[\w/]*(?:\.py)?)`")


def test_every_test_that_the_map_names_exists() -> None:
    """A row whose test was renamed or removed must be seen (issue 3, done when)."""
    text = (ROOT / "docs" / "reglement.md").read_text(encoding="utf-8")
    named = NAMED.findall(text)
    assert len(named) > 60
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"def {name}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    assert [] == missing


def test_every_module_that_the_map_names_exists() -> None:
    """The map leads an engineer to the code."""
    text = (ROOT / "docs" / "reglement.md").read_text(encoding="utf-8")
    missing = [name for name in MODULE.findall(text) if not (ROOT / "mailbot" / name).exists()]
    assert [] == missing
