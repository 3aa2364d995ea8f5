"""Writes the yearly figures as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, fields

from mailbot.adapters.exports_csv import BYTE_ORDER_MARK, SEPARATOR, neutral
from mailbot.adapters.figures_words import MONTHS, WORDS, kind_name, language_name, number
from mailbot.domain.figures import Row, YearFigures

MEASURES = tuple(field.name for field in fields(Row))


def figures_csv(figures: YearFigures, language: str = "nl") -> bytes:
    """
    Write one line for each group of cases, then the breaches and the letters.

    Returns:
        UTF-8 with a byte order mark and semicolons, as a Dutch spreadsheet expects.
    """
    words = WORDS[language]
    page = io.StringIO()
    writer = csv.writer(page, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    head = (words["year"], words["section"], words["row"], words["count"])
    # The first measure of a group is its count, so that every line has one.
    writer.writerow([*head, *(words[name] for name in MEASURES[1:])])
    for section, name, cells in _lines(figures, language):
        line = [str(figures.year), section, name, *cells]
        writer.writerow([neutral(cell) for cell in line])
    return (BYTE_ORDER_MARK + page.getvalue()).encode()


def _lines(figures: YearFigures, language: str) -> Iterator[tuple[str, str, list[str]]]:
    words = WORDS[language]
    yield words["total"], words["total"], _cells(figures.total, language)
    for kind, row in figures.by_kind.items():
        yield words["kinds"], kind_name(kind, language), _cells(row, language)
    for month, row in figures.by_month.items():
        yield words["months"], MONTHS[language][month - 1], _cells(row, language)
    for code, row in figures.by_language.items():
        yield words["languages"], language_name(code, language), _cells(row, language)
    for section, counts in (("breaches", figures.breaches), ("letters", figures.letters)):
        for name, count in asdict(counts).items():
            yield words[section], words[name], [str(count), *[""] * (len(MEASURES) - 1)]


def _cells(row: Row, language: str) -> list[str]:
    return [number(getattr(row, name), language) for name in MEASURES]
