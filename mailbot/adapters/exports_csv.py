"""Writes the breach register as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from mailbot.domain.masking import mask_bsn
from mailbot.domain.register import RegisterVersion
from mailbot.domain.register_checks import lacking
from mailbot.domain.register_fields import FIELD, FIELDS
from mailbot.domain.register_values import value_words

SEPARATOR = ";"
"""What a Dutch Excel expects, whose decimals have the comma."""
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it Excel reads UTF-8 as Windows-1252."""
# The full-width relatives count as well: some spreadsheets fold them.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - these are the characters meant.
HEAD = ("Nummer", "Versie", "Laatst gewijzigd", "Gewijzigd door")
TAIL = ("Nog in te vullen",)


def register_csv(versions: Sequence[RegisterVersion], zone: ZoneInfo) -> bytes:
    """
    Write the newest version of each entry as a line, with the fields in the order of the form.

    Every cell stands in quotes; citizen service numbers are masked (UAVG article 46).

    Args:
        versions: one version of each entry.
        zone: the zone in which instants are shown.

    Returns:
        UTF-8 with a byte order mark, semicolons and CRLF (RFC 4180 but for the semicolon).
    """
    page = io.StringIO()
    writer = csv.writer(page, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*HEAD, *(rule.dutch for rule in FIELDS), *TAIL])
    for version in versions:
        writer.writerow([neutral(mask_bsn(cell)) for cell in _cells(version, zone)])
    return (BYTE_ORDER_MARK + page.getvalue()).encode()


def neutral(cell: str) -> str:
    """
    Keep a spreadsheet from running a cell: an apostrophe before what begins like a formula.

    What begins so after spaces counts as well, since programs differ in trimming.
    """
    plain = cell.replace("\0", "")
    first = plain.lstrip(" \N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}")[:1]
    return f"'{plain}" if first in FORMULA_STARTS and first else plain


def _cells(version: RegisterVersion, zone: ZoneInfo) -> Iterator[str]:
    yield version.reference
    yield str(version.number)
    yield f"{version.at.astimezone(zone):%d-%m-%Y %H:%M}"
    yield version.officer
    for rule in FIELDS:
        yield value_words(rule, getattr(version.as_it_stands, rule.name), zone)
    yield ", ".join(FIELD[name].dutch for name in lacking(version.as_it_stands))
