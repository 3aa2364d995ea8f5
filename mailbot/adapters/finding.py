"""Finds cases by what somebody types: a number, an address, or words of a mail or name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union_all

from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import case_address, cases
from mailbot.adapters.schema_queue import case_word
from mailbot.domain.errors import NotAReference
from mailbot.domain.reference import Reference
from mailbot.domain.search_words import search_words

FEW = 1000
"""As many cases are named one by one; a word of more cases is met soon in any list."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search leaves of a list of cases."""

    numbers: frozenset[int] | None
    """The few cases it can only be; None where they are too many to be named."""
    holds: Sequence[ColumnElement[bool]]
    """What must hold of each case beside that."""


def find(shelf: Shelf, words: Sequence[str], few: int = FEW) -> Found:
    """
    Find the cases that have every word.

    1. Each word is asked for by the indexes of its own. Where few cases have it they are named,
       so that a list is read from them and not from every case in turn.
    2. A word of many cases is looked for case by case, in the order of the list.
    3. A word too short to be kept ("de" of "de Vries") says nothing beside others; alone it
       finds nothing.
    """
    numbers: frozenset[int] | None = None
    holds = []
    asked = [_ways(shelf, word) for word in words]
    for ways in [ways for ways in asked if ways] or asked:
        named = _named_by(shelf, [way for way, _ in ways], few)
        if named is None:
            holds.append(or_(*(held for _, held in ways)))
        else:
            numbers = named if numbers is None else numbers & named
    return Found(numbers, holds)


def _named_by(shelf: Shelf, ways: Sequence[Select[Any]], few: int) -> frozenset[int] | None:
    """Name the cases that any of these ways finds; None where there are more than a few."""
    if not ways:
        return frozenset()
    asked = union_all(*ways).limit(few + 1)
    numbers = shelf.connection.execute(asked).scalars().all()
    return frozenset(numbers) if len(numbers) <= few else None


def _ways(shelf: Shelf, word: str) -> list[tuple[Select[Any], ColumnElement[bool]]]:
    """Give every way in which a word finds cases: what names them, and what holds for each."""
    ways: list[tuple[Select[Any], ColumnElement[bool]]] = []
    if "@" in word:
        own = case_address.c.address_hash == shelf.address_hash(word)
        held = exists().where(case_address.c.case_id == cases.c.id, own)
        ways.append((select(case_address.c.case_id).where(own), held))
    if "-" in word and any(letter.isdigit() for letter in word):
        own = _of_number(word)
        ways.append((select(cases.c.id).where(own), own))
    hashes = [shelf.word_hash(part) for part in search_words(word)]
    if hashes:
        ways.append((_with_words(hashes), and_(*(_has_word(one) for one in hashes))))
    return ways


def _of_number(word: str) -> ColumnElement[bool]:
    """Hold for the case of this number, or for those whose number begins so."""
    try:
        # Equal is found by the index on both databases; a beginning is on PostgreSQL alone.
        return cases.c.reference == str(Reference.parse(word))
    except NotAReference:
        return cases.c.reference.startswith(word.upper(), autoescape=True)


def _with_words(hashes: Sequence[bytes]) -> Select[Any]:
    """Name the cases that have all of these words."""
    first = case_word.alias()
    query = select(first.c.case_id).where(first.c.word_hash == hashes[0])
    for one in hashes[1:]:
        other = case_word.alias()
        query = query.where(
            exists().where(other.c.case_id == first.c.case_id, other.c.word_hash == one)
        )
    return query


def _has_word(one: bytes) -> ColumnElement[bool]:
    return exists().where(case_word.c.case_id == cases.c.id, case_word.c.word_hash == one)
