"""The parents who are written to about a breach: one address a line, and their language if known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mailbot.domain.errors import EntryWrong

_PLAIN = re.compile(r"[^\s<>,;@\x00-\x1f\x7f]+@[^\s<>,;@\x00-\x1f\x7f]+")
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Parent:
    """One parent to be told."""

    address: str = field(repr=False)
    language: str | None = None
    """ISO 639-1, where the school knows it."""


def read_parents(lines: Sequence[str]) -> Sequence[Parent]:
    """
    Read addresses, one a line, each with a language behind it if that is known.

    An address that stands there twice is written to once, in the language it was first given.

    Args:
        lines: such as `ouder@voorbeeld.nl` or `ouder@voorbeeld.nl tr`.

    Raises:
        EntryWrong: a line is no address, or there is none; names the line and never the address.
    """
    found: dict[str, Parent] = {}
    wrong = []
    for number, line in enumerate(lines, start=1):
        address, *rest = line.split()[:3] or [""]
        if not address:
            continue
        if not _PLAIN.fullmatch(address) or len(rest) > 1:
            wrong.append(
                f"address {number}: write one plain address a line, such as ouder@voorbeeld.nl,"
                " with its language behind it if you know it: ouder@voorbeeld.nl tr"
            )
        elif rest and not _LANGUAGE.fullmatch(rest[0]):
            wrong.append(f"address {number}: a language is two letters, such as nl, en, tr or ar")
        else:
            found.setdefault(address.lower(), Parent(address, rest[0] if rest else None))
    if wrong or not found:
        # The number and not the address, for errors show no address.
        raise EntryWrong(wrong or ["addresses: there is none"])
    return tuple(found.values())
